"""The tables that everything starts from, each declared once: its grain, its key and its columns.

`schema` builds and checks tables by these declarations, and `data/README.md` lists them. A user's table may have more
columns; the declared ones come first.
"""

from .columns import PARTS, RENAMED_PARTS, declare
from .schema import COUNT, DATE, NUMBER, TEXT, Column

REVIEWS = declare(
    "reviews",
    "one row per review",
    "review_id",
    Column(
        "name",
        TEXT,
        "The review's name for people: its critic, else its outlet, headline or first words, without the "
        "film; where there are several films, the film comes first.",
        unique=True,
    ),
    "film",
    Column("title", TEXT, "The review's headline.", missing=True),
    Column("outlet", TEXT, "The newspaper or site that published it.", missing=True),
    Column("critic", TEXT, "Who wrote it.", missing=True),
    Column("published", DATE, "The day of publication, at midnight.", missing=True),
    Column(
        "text",
        TEXT,
        "The review. Newlines and Unicode (NFC) are normalised; markup in a table's cells is made plain text, and "
        "letters that were read in a wrong encoding are mended.",
    ),
    Column("words", COUNT, "Number of words, counted between blanks, in titles and body; a lone `*` is not one."),
    "score_raw score_scale score score_status",
    key="review_id",
)
LOAD_REPORT = declare(
    "load_report",
    "one row per note about what was loaded",
    Column("source", TEXT, "The file's name, or what was given in place of a file, such as `the DataFrame`."),
    Column("row", COUNT, "The row there, from 1 below the header, or as its sheet shows it; 0 for all of the source."),
    Column("column", TEXT, "The column, by its name in the source.", missing=True),
    Column("value", TEXT, "The value; a long one is cut.", missing=True),
    Column("reason", TEXT, "What is wrong, or what was done."),
    Column(
        "action",
        TEXT,
        "refused: the row was left out; kept: the row was loaded, but something about it is odd or missing; noted: "
        "about the source as a whole, also what was not read, or a review that is not English.",
        ("refused", "kept", "noted"),
    ),
)
SENTENCES = declare(
    "sentences",
    "one row per sentence of a review",
    "review_id sentence start end",
    Column("text", TEXT, "The sentence: `text[start:end]` of the review."),
    Column(
        "part",
        TEXT,
        "title, body, or boilerplate: what the page adds to the review, which is never counted.",
        PARTS,
        renamed=RENAMED_PARTS,
    ),
    key="review_id sentence",
)
THEMES = declare(
    "themes",
    "one row per theme",
    "theme label kind",
    Column("covers", TEXT, "What belongs to the theme.", missing=True),
    Column("terms", TEXT, "The words and phrases that mention the theme, separated by semicolons.", missing=True),
    key="theme",
)
CONVENTIONS = declare(
    "score_conventions",
    "one row per convention and grade",
    Column("convention", TEXT, "The convention's name."),
    Column("grade", TEXT, "A letter grade, such as B+."),
    Column("value", NUMBER, "The grade's value from 0 to 100.", most=100),
    Column("source", TEXT, "Where the value comes from."),
    key="convention grade",
)
MENTIONS = declare(
    "mentions",
    "one row per term found in a sentence",
    "review_id sentence start end theme",
    Column("term", TEXT, "The term, as data/themes.csv lists it."),
    key="review_id start end theme",
)
OPINIONS = declare(
    "opinions",
    "one row per opinion",
    "review_id sentence start end",
    "quote theme polarity coder",
    Column("confidence", NUMBER, "How sure the model is, from 0 to 1; missing for readings.", missing=True, most=1),
    key="review_id start end theme polarity coder",
)
QUEUE = declare(
    "queue",
    "one row per sentence to read and theme that it was chosen for, in the order in which to read them",
    "review_id sentence start end",
    Column("text", TEXT, "The sentence: `text[start:end]` of the review."),
    "theme",
    Column("why", TEXT, "Why it was chosen to be read."),
    key="review_id sentence theme",
)
CORRECTIONS = declare(
    "corrections",
    "one row per change to an opinion, or mark of a review or a sentence as read, the oldest first",
    *OPINIONS.columns,
    Column(
        "action",
        TEXT,
        "add, remove, `note: <what a person noted on it>`, or `change from <polarity> of <theme>`; the row then holds "
        "the changed opinion. `read whole` or `not read whole` mark a review, and `read sentence` or `not read "
        "sentence` one of its sentences; the row then holds no opinion, and as quote a digest of those shown there.",
    ),
    Column("who", TEXT, "Who changed it."),
    Column("when", TEXT, "When, in UTC, such as 2026-11-21T13:40:05.123+00:00."),
)
SETTLED = declare(
    "settled",
    "one row per opinion of each of several codings, and of the coding that settles their differences",
    *OPINIONS.columns,
    Column("note", TEXT, "What its coder noted on it.", missing=True),
    Column("who", TEXT, "Who settled its sentence; missing where the codings agree, or until then.", missing=True),
    Column("when", TEXT, "When, in UTC, such as 2026-11-21T13:40:05.123456+00:00.", missing=True),
    key=" ".join(OPINIONS.key),
)
