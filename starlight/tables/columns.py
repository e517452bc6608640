"""The columns that several tables share, each declared once, and the values that some of them may hold.

A module that declares a table writes ``columns.REVIEW_ID`` for one of them; `base` has the tables themselves.
"""

from __future__ import annotations

from dataclasses import replace

from .schema import COUNT, NUMBER, TEXT, Column

POLARITIES = ("praise", "criticism")
SCORE_STATUSES = ("stated", "ambiguous", "unreadable", "none")
PARTS = ("title", "body", "boilerplate")
RENAMED_PARTS = (("furniture", "boilerplate"),)  # what version 0.1 wrote, and what it is called now

REVIEW_ID = Column(
    "review_id", TEXT, "The review: its file's name without the suffix, the id in its table, or its row counted from 1."
)
NAME = Column(
    "name",
    TEXT,
    "The review's name for people: its critic, else its outlet, headline or first words; the film comes first where "
    "there are several.",
    unique=True,
)
NAME_IN_ROWS = replace(NAME, meaning="What people call the review.", unique=False)  # where a review has many rows
SENTENCE = Column("sentence", COUNT, "The sentence's number in its review, from 0; titles and boilerplate count too.")
START = Column("start", COUNT, "Where the span begins: characters from the beginning of the review's text, from 0.")
END = Column("end", COUNT, "Where the span ends: `text[start:end]` of the review is the span.")
THEME = Column("theme", TEXT, "The theme, by its name in data/themes.csv.")
LABEL = Column("label", TEXT, "The theme's name for people.")
POLARITY = Column("polarity", TEXT, "Whether the opinion praises or criticises.", POLARITIES)
CODER = Column("coder", TEXT, "Who coded: reader_1, reader_2, settled, or a model's name.")
OPINIONS = Column("opinions", COUNT, "Number of opinions.")
REVIEWS = Column("reviews", COUNT, "Number of reviews in which they occur.")
OF_REVIEWS = Column("of_reviews", COUNT, "Number of reviews in all.")
SCORE_RAW = Column("score_raw", TEXT, "The score as printed.", missing=True)
SCORE_SCALE = Column(
    "score_scale", TEXT, "The scale of the printed score: letter, percent, thumbs, or its maximum.", missing=True
)
SCORE = Column(
    "score",
    NUMBER,
    "The score from 0 to 100, by the chosen convention; missing unless the review states one.",
    missing=True,
    most=100,
)
SCORE_STATUS = Column("score_status", TEXT, "Whether the review states a score that can be read.", SCORE_STATUSES)
PRAISE = Column("praise", COUNT, "Number of opinions that praise.")
CRITICISM = Column("criticism", COUNT, "Number of opinions that criticise.")
MENTIONS = Column("mentions", COUNT, "Number of mentions: terms of the theme in the text.")
KIND = Column(
    "kind", TEXT, "craft (a theme that critics judge) or motif (what these reviews talk about).", ("craft", "motif")
)
