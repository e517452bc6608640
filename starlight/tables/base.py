"""The tables of Starlight, each declared once: its grain, key and columns, and what is allowed in them.

`schema` builds and checks tables by these declarations, and `data/README.md` prints them. A table may carry further
columns of its user's own; the declared ones come first.
"""

from __future__ import annotations

from . import columns
from .schema import COUNT, DATE, NUMBER, TEXT, Column, declare

REVIEWS = declare(
    "reviews",
    "one row per review",
    ("review_id",),
    (
        columns.REVIEW_ID,
        columns.NAME,
        Column("film", TEXT, "The film reviewed.", missing=True),
        Column("title", TEXT, "The review's headline.", missing=True),
        Column("outlet", TEXT, "Where it was published.", missing=True),
        Column("critic", TEXT, "Who wrote it.", missing=True),
        Column("published", DATE, "The day it was published, at midnight.", missing=True),
        Column("text", TEXT, "The review as given; only newlines and Unicode (NFC) normalised and a BOM dropped."),
        Column("words", COUNT, "Whitespace-separated tokens of title and body; `*` is a mark, not a word."),
        columns.SCORE_RAW,
        columns.SCORE_SCALE,
        columns.SCORE,
        columns.SCORE_STATUS,
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
        columns.REVIEW_ID,
        columns.SENTENCE,
        columns.START,
        columns.END,
        Column("text", TEXT, "The sentence: the review's `text[start:end]`."),
        Column(
            "part",
            TEXT,
            "A title, the body, or boilerplate of the page (never counted).",
            columns.PARTS,
            renamed=columns.RENAMED_PARTS,
        ),
    ),
)
THEMES = declare(
    "themes",
    "one row per theme",
    ("theme",),
    (
        columns.THEME,
        columns.LABEL,
        columns.KIND,
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
MENTIONS = declare(
    "mentions",
    "one row per term found in a sentence",
    ("review_id", "start", "end", "theme"),
    (
        columns.REVIEW_ID,
        columns.SENTENCE,
        columns.START,
        columns.END,
        columns.THEME,
        Column("term", TEXT, "The term found, as data/themes.csv lists it."),
    ),
)
OPINIONS = declare(
    "opinions",
    "one row per opinion",
    ("review_id", "start", "end", "theme", "polarity", "coder"),
    (
        columns.REVIEW_ID,
        columns.SENTENCE,
        columns.START,
        columns.END,
        Column("quote", TEXT, "The words that carry the opinion: the review's `text[start:end]`."),
        columns.THEME,
        columns.POLARITY,
        columns.CODER,
        Column("confidence", NUMBER, "How sure a model was, 0 to 1; missing for readers.", missing=True, most=1),
    ),
)
CORRECTIONS = declare(
    "corrections",
    "one row per change to an opinion, in the order in which they were made",
    (),
    (
        *OPINIONS.columns,
        Column(
            "action",
            TEXT,
            "add, remove, or `change from <polarity> of <theme>`: the row holds what a change made of it.",
        ),
        Column("who", TEXT, "Who made it."),
        Column("when", TEXT, "When, in UTC, as 2026-11-21T13:40:05.123+00:00."),
    ),
)
