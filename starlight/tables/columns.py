"""Declare tables; the columns that several tables share, each declared once, and the values that some may hold."""

from .schema import COUNT, NUMBER, TEXT, Column, Table

DECLARED: list[Table] = []  # every table of the package, in the order of their declaration
POLARITIES = ("praise", "criticism")
SCORE_STATUSES = ("stated", "ambiguous", "unreadable", "none")
PARTS = ("title", "body", "boilerplate")
RENAMED_PARTS = (("furniture", "boilerplate"),)  # what version 0.1 wrote, and what it is called now

_SHARED = (
    Column("review_id", TEXT, "The review: its file's name without suffix, its id in a table, or its row's number."),
    Column("name", TEXT, "What people call the review."),
    Column("sentence", COUNT, "The sentence's number in its review, from 0; titles and boilerplate count too."),
    Column("film", TEXT, "The film that is reviewed.", missing=True),
    Column("start", COUNT, "Where the span begins: characters from the beginning of the review's text, from 0."),
    Column("end", COUNT, "Where the span ends: `text[start:end]` of the review is the span."),
    Column("position", NUMBER, "start / length of the review's text: 0 is its beginning, 1 its end.", most=1),
    Column("quote", TEXT, "The words of the opinion: `text[start:end]` of the review."),
    Column("theme", TEXT, "The theme, by its name in data/themes.csv."),
    Column("label", TEXT, "The theme's name for people."),
    Column("kind", TEXT, "craft (what critics judge) or motif (what these reviews talk about).", ("craft", "motif")),
    Column("polarity", TEXT, "Whether the opinion praises or criticises.", POLARITIES),
    Column("coder", TEXT, "Who coded: reader_1, reader_2, settled, or a model's name."),
    Column(
        "corpus", TEXT, "Known reviews, on which coding was measured; missing for others.", ("the five",), missing=True
    ),
    Column("other", TEXT, "The coding that it is compared with: its coder, or the name given to it."),
    Column("mentions", COUNT, "Number of mentions: terms of the theme in the text."),
    Column("opinions", COUNT, "Number of opinions."),
    Column("praise", COUNT, "Number of opinions that praise."),
    Column("criticism", COUNT, "Number of opinions that criticise."),
    Column("reviews", COUNT, "Number of reviews in which they occur."),
    Column("of_reviews", COUNT, "Number of reviews in all."),
    Column("score_raw", TEXT, "The score as printed.", missing=True),
    Column("score_scale", TEXT, "The printed score's scale: letter, percent, thumbs, or its maximum.", missing=True),
    Column(
        "score", NUMBER, "From 0 to 100, by the chosen convention; missing if none is stated.", missing=True, most=100
    ),
    Column("convention", TEXT, "The convention by which letters become numbers (data/score_conventions.csv)."),
    Column("score_status", TEXT, "Whether the review states a score that can be read.", SCORE_STATUSES),
    Column("adjusted", NUMBER, "p, adjusted for all that was tested in the table.", missing=True, most=1),
)


def declare(name: str, grain: str, *columns: Column | str, key: str = "") -> Table:
    """Declare a table, for the data dictionary too; a string names shared columns, such as `"theme label"`."""
    shared = {column.name: column for column in _SHARED}
    each = [[shared[name] for name in part.split()] if isinstance(part, str) else [part] for part in columns]
    table = Table(name, grain, tuple(key.split()), tuple(column for part in each for column in part))
    DECLARED.append(table)
    return table
