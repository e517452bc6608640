"""The columns that several tables share, each declared once, and the values that they may hold.

A module that declares a table writes ``columns.REVIEW_ID`` for one of them; `base` has the tables themselves.
"""

from __future__ import annotations

from .schema import COUNT, NUMBER, TEXT, Column

POLARITIES = ("praise", "criticism")
SCORE_STATUSES = ("stated", "ambiguous", "unreadable", "none")
PARTS = ("title", "body", "boilerplate")
RENAMED_PARTS = (("furniture", "boilerplate"),)  # what version 0.1 wrote, and what it is called now

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
REVIEWS = Column("reviews", COUNT, "In how many reviews.")
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
SCORE_STATUS = Column("score_status", TEXT, "What the review says of its score.", SCORE_STATUSES)
PRAISE = Column("praise", COUNT, "How many opinions praise.")
CRITICISM = Column("criticism", COUNT, "How many opinions criticise.")
MENTIONS = Column("mentions", COUNT, "How many times a term of the theme is found.")
KIND = Column("kind", TEXT, "craft (what critics judge) or motif (what these reviews talk about).", ("craft", "motif"))
