"""Count: every number that a chart draws is counted here in pandas, and each table is declared beside its function.

In: the tables that loading and coding give. Out: summary tables, in which cells without rows are 0. It may use the
folders from `base` to `coding`.
"""

from .agreement import COMPARED, agreement, compare
from .bins import count_in_bins
from .by_group import OPINIONS_BY, THEMES_BY, opinions_by, themes_by
from .counting import count, cross
from .findings import findings
from .keyness import KEYNESS, keyness, sets_apart
from .opinions import DISAGREEMENT, PRAISE_AND_CRITICISM, QUOTES, disagreement, praise_and_criticism, quotes
from .reviews import MAKEUP, PRAISE_BY_REVIEW, makeup, praise_by_review
from .scores import SCORE_DISTRIBUTION, score_distribution, scores_by_convention
from .themes import (
    MENTION_POSITIONS,
    TALKED_AND_JUDGED,
    THEME_FREQUENCY,
    THEMES_BY_REVIEW,
    mention_positions,
    talked_and_judged,
    theme_frequency,
    themes_by_review,
)
from .trust import CONFUSION, RELIABILITY, confusion, reliability
from .wording import as_word

__all__ = [
    "COMPARED",
    "CONFUSION",
    "DISAGREEMENT",
    "KEYNESS",
    "MAKEUP",
    "MENTION_POSITIONS",
    "OPINIONS_BY",
    "PRAISE_AND_CRITICISM",
    "PRAISE_BY_REVIEW",
    "QUOTES",
    "RELIABILITY",
    "SCORE_DISTRIBUTION",
    "TALKED_AND_JUDGED",
    "THEMES_BY",
    "THEMES_BY_REVIEW",
    "THEME_FREQUENCY",
    "agreement",
    "as_word",
    "compare",
    "confusion",
    "count",
    "count_in_bins",
    "cross",
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
    "sets_apart",
    "talked_and_judged",
    "theme_frequency",
    "themes_by",
    "themes_by_review",
]
