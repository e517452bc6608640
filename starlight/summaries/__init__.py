"""Every number that a chart draws, counted here in pandas, so that each has a test and a denominator.

All functions take tables and give a new one; cells without rows are there as 0.
"""

from .findings import findings
from .grouped import opinions_by, themes_by
from .keyness import keyness
from .opinions import disagreement, praise_and_criticism, quotes
from .reviews import makeup, praise_by_review
from .scores import score_distribution, scores_by_convention
from .themes import mention_positions, talked_and_judged, theme_frequency, themes_by_review
from .trust import confusion, reliability

__all__ = [
    "confusion",
    "disagreement",
    "findings",
    "keyness",
    "makeup",
    "mention_positions",
    "opinions_by",
    "praise_and_criticism",
    "praise_by_review",
    "quotes",
    "reliability",
    "score_distribution",
    "scores_by_convention",
    "talked_and_judged",
    "theme_frequency",
    "themes_by",
    "themes_by_review",
]
