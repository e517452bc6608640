"""The tables of Starlight, each declared once: its grain, key and columns, and what is allowed in them.

`checks` builds and checks tables by these declarations, and `data/README.md` prints them. A table may carry further
columns of its user's own; the declared ones come first.
"""

from __future__ import annotations

from dataclasses import dataclass

TEXT, COUNT, NUMBER, DATE = "str", "int64", "float64", "datetime64[us]"
POLARITIES = ("praise", "criticism")
SCORE_STATUS = ("stated", "ambiguous", "unreadable", "none")
PARTS = ("title", "body", "furniture")


@dataclass(frozen=True)
class Column:
    """One column of a table: its dtype, its meaning, and which values it may hold."""

    name: str
    dtype: str
    meaning: str
    allowed: tuple[str, ...] = ()
    missing: bool = False
    most: float | None = None


@dataclass(frozen=True)
class Table:
    """One table: what a row is, which columns tell rows apart (if any do), and all columns in order."""

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """The names of the columns, in order."""
        return [column.name for column in self.columns]


REVIEW_ID = Column("review_id", TEXT, "Which review: a file's name without its suffix, a given id, or the row from 1.")
SENTENCE = Column("sentence", COUNT, "Which sentence of the review, counted from 0, titles and furniture included.")
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

REVIEWS = Table(
    "reviews",
    "one row per review",
    ("review_id",),
    (
        REVIEW_ID,
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
LOAD_REPORT = Table(
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
SENTENCES = Table(
    "sentences",
    "one row per sentence of a review",
    ("review_id", "sentence"),
    (
        REVIEW_ID,
        SENTENCE,
        START,
        END,
        Column("text", TEXT, "The sentence: the review's `text[start:end]`."),
        Column("part", TEXT, "A title, the body, or furniture of the page (never counted).", PARTS),
    ),
)
THEMES = Table(
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
CONVENTIONS = Table(
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
MENTIONS_TABLE = Table(
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
OPINIONS_TABLE = Table(
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
CORRECTIONS_TABLE = Table(
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
SCORE_DISTRIBUTION = Table(
    "score_distribution",
    "one row per review with a printed score and convention",
    ("review_id", "convention"),
    (
        REVIEW_ID,
        SCORE_RAW,
        SCORE_SCALE,
        Column("convention", TEXT, "The convention by which letters become numbers (data/score_conventions.csv)."),
        Column(
            "score",
            NUMBER,
            "The score from 0 to 100; what an ambiguous one would be.",
            missing=True,
            most=100,
        ),
        STATUS,
    ),
)
MAKEUP = Table(
    "makeup",
    "one row per review and kind of sentence",
    ("review_id", "kind"),
    (
        REVIEW_ID,
        Column("kind", TEXT, "What the sentence is.", ("opinion", "other prose", "other title", "furniture")),
        Column("sentences", COUNT, "How many sentences are of that kind."),
        Column("of_sentences", COUNT, "Of how many sentences in the review."),
        Column("share", NUMBER, "sentences / of_sentences.", most=1),
    ),
)
THEME_FREQUENCY = Table(
    "theme_frequency",
    "one row per theme",
    ("theme",),
    (THEME, LABEL, KIND, MENTIONS, REVIEWS_COUNT, OF_REVIEWS),
)
THEMES_BY_REVIEW = Table(
    "themes_by_review",
    "one row per review and theme",
    ("review_id", "theme"),
    (
        REVIEW_ID,
        THEME,
        LABEL,
        KIND,
        MENTIONS,
        Column("of_mentions", COUNT, "Of how many mentions of any theme in the review."),
        Column(
            "share",
            NUMBER,
            "mentions / of_mentions; missing where the review has none.",
            missing=True,
            most=1,
        ),
    ),
)
MENTION_POSITIONS = Table(
    "mention_positions",
    "one row per mention",
    ("review_id", "start", "end", "theme"),
    (
        REVIEW_ID,
        START,
        END,
        THEME,
        LABEL,
        KIND,
        Column("words", TEXT, "The words found: the review's `text[start:end]`."),
        Column(
            "position",
            NUMBER,
            "start / length of the review's text: 0 its first character, 1 its end.",
            most=1,
        ),
    ),
)
TALKED_AND_JUDGED = Table(
    "talked_and_judged",
    "one row per craft theme that has terms",
    ("theme",),
    (
        THEME,
        LABEL,
        CODER,
        MENTIONS,
        Column("reviews_mentioning", COUNT, "How many reviews mention it."),
        OPINIONS,
        Column("reviews_judging", COUNT, "How many reviews hold an opinion of it."),
        OF_REVIEWS,
    ),
)
PRAISE_BY_REVIEW = Table(
    "praise_by_review",
    "one row per review",
    ("review_id",),
    (
        REVIEW_ID,
        SCORE_RAW,
        STATUS,
        CODER,
        PRAISE,
        CRITICISM,
        OPINIONS,
        Column("share", NUMBER, "praise / opinions; missing where there is no opinion.", missing=True, most=1),
    ),
)
PRAISE_AND_CRITICISM = Table(
    "praise_and_criticism",
    "one row per theme and polarity",
    ("theme", "polarity"),
    (
        THEME,
        LABEL,
        CODER,
        POLARITY,
        OPINIONS,
        Column("of_opinions", COUNT, "Of how many opinions in all."),
        REVIEWS_COUNT,
        OF_REVIEWS,
    ),
)
DISAGREEMENT = Table(
    "disagreement",
    "one row per theme and review",
    ("theme", "review_id"),
    (THEME, REVIEW_ID, PRAISE, CRITICISM),
)
QUOTES = Table(
    "quotes",
    "one row per opinion",
    ("review_id", "start", "end", "theme", "polarity", "coder"),
    (
        REVIEW_ID,
        START,
        END,
        THEME,
        POLARITY,
        CODER,
        Column("quote", TEXT, "The words that carry the opinion."),
    ),
)
CONTEXTS = Table(
    "contexts",
    "one row per span given",
    (),
    (
        REVIEW_ID,
        START,
        END,
        THEME,
        Column("before", TEXT, "The words before it, on the same line."),
        Column("words", TEXT, "The words themselves: the review's `text[start:end]`."),
        Column("after", TEXT, "The words after it, on the same line."),
    ),
)
_LOW_HIGH = "The {} end of its 95 % bootstrap interval over sentences."
AGREEMENT = Table(
    "agreement",
    "one row per level and theme",
    ("level", "theme"),
    (
        Column(
            "level",
            TEXT,
            "What must agree, sentence by sentence: that there is an opinion, its polarity, its theme, or all of it.",
            ("opinion", "polarity", "theme", "all"),
        ),
        Column("theme", TEXT, "The theme compared; missing for all themes together.", missing=True),
        Column("f1", NUMBER, "F1 of the two codings; missing where neither has a row.", missing=True, most=1),
        Column("f1_low", NUMBER, _LOW_HIGH.format("low"), missing=True, most=1),
        Column("f1_high", NUMBER, _LOW_HIGH.format("high"), missing=True, most=1),
        Column(
            "alpha",
            NUMBER,
            "Krippendorff's alpha, nominal, on yes or no per sentence and label.",
            missing=True,
        ),
        Column("alpha_low", NUMBER, _LOW_HIGH.format("low"), missing=True),
        Column("alpha_high", NUMBER, _LOW_HIGH.format("high"), missing=True),
        Column("sentences", COUNT, "How many sentences were compared."),
    ),
)
COMPARED = Table(
    "compared",
    "one row per coding, level and theme",
    ("coding", "level", "theme"),
    (Column("coding", TEXT, "The name given to the coding."), *AGREEMENT.columns),
)
CONFUSION = Table(
    "confusion",
    "one row per theme of one coding and theme of the other",
    ("theme", "other_theme"),
    (
        Column("theme", TEXT, "The theme in the one coding; none where only the other judges."),
        Column("other_theme", TEXT, "The theme in the other coding; none where only the one judges."),
        Column("sentences", COUNT, "In how many sentences the one stands for the other."),
    ),
)
RELIABILITY = Table(
    "reliability",
    "one row per tenth of confidence in which there is an opinion",
    ("low",),
    (
        Column("low", NUMBER, "Where the tenth begins; 0.4 is from 0.4 to 0.5.", most=1),
        Column("confidence", NUMBER, "The mean confidence of the opinions in it.", most=1),
        Column("found", NUMBER, "The share of them that the other coding has too.", most=1),
        OPINIONS,
    ),
)
KEYNESS = Table(
    "keyness",
    "one row per word",
    ("word",),
    (
        Column("word", TEXT, "The word as it is written, folded to lower case."),
        CODER,
        Column("praise", COUNT, "How many times it stands in quotes that praise."),
        Column("of_praise", COUNT, "Of how many words in quotes that praise, names left out."),
        Column("criticism", COUNT, "How many times it stands in quotes that criticise."),
        Column("of_criticism", COUNT, "Of how many words in quotes that criticise, names left out."),
        Column("reviews", COUNT, "In the quotes of how many reviews."),
        OF_REVIEWS,
        Column("log_odds", NUMBER, "The log-odds ratio of praise to criticism, drawn towards 0 by the prior."),
        Column("z", NUMBER, "log_odds in standard errors: above 0 of praise, below it of criticism."),
    ),
)
_SHARE = (
    Column("share", NUMBER, "reviews / of_reviews; missing where the group has none.", missing=True, most=1),
    Column("low", NUMBER, "The low end of the share's 95 % interval (Wilson's).", most=1),
    Column("high", NUMBER, "The high end of it.", most=1),
)
_GROUP = (
    Column("by", TEXT, "The column of the reviews that they are grouped by."),
    Column("period", TEXT, "How long the group is, where it is a period of time.", missing=True),
    Column("group", TEXT, "The group: a value, a period, a band of scores, the rest, or not stated."),
)
_OF_GROUP = Column("of_reviews", COUNT, "Of how many reviews in the group.")
THEMES_BY = Table(
    "themes_by",
    "one row per group of reviews and theme",
    ("by", "group", "theme"),
    (*_GROUP, THEME, LABEL, KIND, MENTIONS, REVIEWS_COUNT, _OF_GROUP, *_SHARE),
)
OPINIONS_BY = Table(
    "opinions_by",
    "one row per group of reviews, theme and polarity",
    ("by", "group", "theme", "polarity"),
    (
        *_GROUP,
        THEME,
        LABEL,
        CODER,
        POLARITY,
        OPINIONS,
        Column("of_opinions", COUNT, "Of how many opinions in the group's reviews."),
        REVIEWS_COUNT,
        _OF_GROUP,
        *_SHARE,
    ),
)
FINDINGS = Table(
    "findings",
    "one row per finding",
    ("finding",),
    (
        Column("finding", TEXT, "What is found, in a sentence with its numbers."),
        Column(
            "about",
            TEXT,
            "What it is about.",
            ("reviews", "scores", "themes", "opinions", "disagreement", "words", "groups"),
        ),
        Column("table", TEXT, "The table it is read from, as the call that gives it."),
        Column("rows", TEXT, "The rows it is read from, as `DataFrame.query` takes it; missing: all.", missing=True),
        Column("coder", TEXT, "Whose coding it rests on; missing where on none.", missing=True),
    ),
)
ALL_TABLES = tuple(value for value in list(globals().values()) if isinstance(value, Table))


def dictionary() -> str:
    """Write the data dictionary: every table's grain, key and columns, as Markdown.

    Returns
    -------
    str
        What stands in `data/README.md`; ``python -m starlight.tables`` prints it.
    """
    return "\n\n".join(_describe(table) for table in ALL_TABLES) + "\n"


def _describe(table: Table) -> str:
    lines = [f"### {table.name}", "", f"{table.grain.capitalize()}; key: {', '.join(table.key) or 'none'}.", ""]
    lines += ["| column | dtype | meaning |", "| --- | --- | --- |"]
    for column in table.columns:
        allowed = f" One of: {', '.join(column.allowed)}." if column.allowed else ""
        missing = " May be missing." if column.missing else ""
        lines.append(f"| {column.name} | {column.dtype} | {column.meaning}{allowed}{missing} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(dictionary(), end="")
