"""The tables of Starlight, each declared once: its grain, key and columns, and what is allowed in them.

`checks` builds and checks tables by these declarations, and `data/README.md` prints them. A table may carry further
columns of its user's own; the declared ones come first.
"""

from __future__ import annotations

from .schema import COUNT, DATE, NUMBER, TEXT, Column, declare

POLARITIES = ("praise", "criticism")
SCORE_STATUS = ("stated", "ambiguous", "unreadable", "none")
PARTS = ("title", "body", "boilerplate")

REVIEW_ID = Column("review_id", TEXT, "Which review: a file's name without its suffix, a given id, or the row from 1.")
NAME = Column(
    "name",
    TEXT,
    "What people call the review: its critic, else its outlet, headline or first words, after its film where there are "
    "several.",
    unique=True,
)
SENTENCE = Column("sentence", COUNT, "Which sentence of the review, counted from 0, titles and boilerplate included.")
START = Column("start", COUNT, "Where it begins in the review's text, in characters from 0.")
END = Column("end", COUNT, "Where it ends in the review's text: `text[start:end]` is it.")
THEME = Column("theme", TEXT, "Which theme, as data/themes.csv names it.")
LABEL = Column("label", TEXT, "The theme's name for readers.")
POLARITY = Column("polarity", TEXT, "Whether it praises or criticises.", POLARITIES)
CODER = Column("coder", TEXT, "Whose coding: reader_1, reader_2, settled, or a model's name.")
OPINIONS = Column("opinions", COUNT, "How many opinions.")
REVIEWS_COUNT = Column("reviews", COUNT, "In how many reviews.")
OF_REVIEWS = Column("of_reviews", COUNT, "Of how many reviews.")
SCORE_RAW = Column("score_raw", TEXT, "The score as printed.", missing=True)
SCORE_SCALE = Column("score_scale", TEXT, "letter, percent, thumbs, or the printed maximum.", missing=True)
SCORE = Column(
    "score",
    NUMBER,
    "The score from 0 to 100 by the convention; missing unless stated.",
    missing=True,
    most=100,
)
STATUS = Column("score_status", TEXT, "What the review says of its score.", SCORE_STATUS)
PRAISE = Column("praise", COUNT, "How many opinions praise.")
CRITICISM = Column("criticism", COUNT, "How many opinions criticise.")
MENTIONS = Column("mentions", COUNT, "How many times a term of the theme is found.")
KIND = Column("kind", TEXT, "craft (what critics judge) or motif (what these reviews talk about).", ("craft", "motif"))

REVIEWS = declare(
    "reviews",
    "one row per review",
    ("review_id",),
    (
        REVIEW_ID,
        NAME,
        Column("film", TEXT, "The film reviewed.", missing=True),
        Column("title", TEXT, "The review's headline.", missing=True),
        Column("outlet", TEXT, "Where it was published.", missing=True),
        Column("critic", TEXT, "Who wrote it.", missing=True),
        Column("published", DATE, "The day it was published, at midnight.", missing=True),
        Column("text", TEXT, "The review as given; only newlines and Unicode (NFC) normalised and a BOM dropped."),
        Column("words", COUNT, "Whitespace-separated tokens of title and body; `*` is a mark, not a word."),
        SCORE_RAW,
        SCORE_SCALE,
        SCORE,
        STATUS,
    ),
)
LOAD_REPORT = declare(
    "load_report",
    "one row per note that loading made",
    (),
    (
        Column("source", TEXT, "The file's name, or what stands for it."),
        Column("row", COUNT, "Which data row, counted from 1 without the header; 0 for the source as a whole."),
        Column("column", TEXT, "Which column, as the source names it.", missing=True),
        Column("value", TEXT, "What stands there, a long value cut.", missing=True),
        Column("reason", TEXT, "What is wrong with it, or what was found."),
        Column(
            "action",
            TEXT,
            "Whether the row was left out, or kept without what could not be read, or all is well.",
            ("refused", "kept", "noted"),
        ),
    ),
)
SENTENCES = declare(
    "sentences",
    "one row per sentence of a review",
    ("review_id", "sentence"),
    (
        REVIEW_ID,
        SENTENCE,
        START,
        END,
        Column("text", TEXT, "The sentence: the review's `text[start:end]`."),
        Column("part", TEXT, "A title, the body, or boilerplate of the page (never counted).", PARTS),
    ),
)
THEMES = declare(
    "themes",
    "one row per theme",
    ("theme",),
    (
        THEME,
        LABEL,
        KIND,
        Column("covers", TEXT, "What belongs to it.", missing=True),
        Column("terms", TEXT, "The words and phrases that mention it, separated by semicolons.", missing=True),
    ),
)
CONVENTIONS = declare(
    "score_conventions",
    "one row per convention and grade",
    ("convention", "grade"),
    (
        Column("convention", TEXT, "Whose numbers they are."),
        Column("grade", TEXT, "A letter grade, such as B+."),
        Column("value", NUMBER, "What the grade is worth, from 0 to 100.", most=100),
        Column("source", TEXT, "Where the number is from."),
    ),
)
MENTIONS_TABLE = declare(
    "mentions",
    "one row per term found in a sentence",
    ("review_id", "start", "end", "theme"),
    (
        REVIEW_ID,
        SENTENCE,
        START,
        END,
        THEME,
        Column("term", TEXT, "The term found, as data/themes.csv lists it."),
    ),
)
OPINIONS_TABLE = declare(
    "opinions",
    "one row per opinion",
    ("review_id", "start", "end", "theme", "polarity", "coder"),
    (
        REVIEW_ID,
        SENTENCE,
        START,
        END,
        Column("quote", TEXT, "The words that carry the opinion: the review's `text[start:end]`."),
        THEME,
        POLARITY,
        CODER,
        Column("confidence", NUMBER, "How sure a model was, 0 to 1; missing for readers.", missing=True, most=1),
    ),
)
CORRECTIONS_TABLE = declare(
    "corrections",
    "one row per change to an opinion, in the order in which they were made",
    (),
    (
        *OPINIONS_TABLE.columns,
        Column(
            "action",
            TEXT,
            "add, remove, or `change from <polarity> of <theme>`: the row holds what a change made of it.",
        ),
        Column("who", TEXT, "Who made it."),
        Column("when", TEXT, "When, in UTC, as 2026-11-21T13:40:05.123+00:00."),
    ),
)
