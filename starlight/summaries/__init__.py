"""Count: every number that a chart draws is counted here in pandas, and each table is declared beside its function.

In: the tables that loading and coding give. Out: summary tables, in which cells without rows are 0. It may use the
folders from `base` to `coding`.
"""

from . import bins, headlines
from .agreement import AGREEMENT, agreement, decisions
from .compared import CHANCE
from .differences import DIFFERENCES, compare_scores, compare_shares, differences
from .findings import findings
from .introduction import introduce
from .keyness import KEYNESS, keyness, sets_apart
from .makeup import KINDS, MAKEUP, makeup
from .opinions import (
    DISAGREEMENT,
    OPINION_POSITIONS,
    PRAISE_AND_CRITICISM,
    PRAISE_AND_CRITICISM_BY_GROUP,
    PRAISE_AND_CRITICISM_BY_REVIEW,
    QUOTES,
    disagreement,
    opinion_positions,
    praise_and_criticism,
    quotes,
)
from .scores import MEDIAN_FROM, SCORE_DISTRIBUTION, SCORE_DISTRIBUTION_BY_GROUP, scales_taken, score_distribution
from .scores_and_praise import SCORES_AND_PRAISE, scores_and_praise
from .themes import (
    MENTION_POSITIONS,
    TALKED_AND_JUDGED,
    THEME_FREQUENCY,
    THEME_FREQUENCY_BY_GROUP,
    THEME_FREQUENCY_BY_REVIEW,
    mention_positions,
    talked_and_judged,
    theme_frequency,
)
from .together import THEMES_TOGETHER, beyond_chance, themes_together
from .trust import CONFUSION, RELIABILITY, confusion, reliability, tagger_on_the_five
from .wording import UNREAD, as_word, joined, some

__all__ = [
    "AGREEMENT",
    "CHANCE",
    "CONFUSION",
    "DIFFERENCES",
    "DISAGREEMENT",
    "KEYNESS",
    "KINDS",
    "MAKEUP",
    "MEDIAN_FROM",
    "MENTION_POSITIONS",
    "OPINION_POSITIONS",
    "PRAISE_AND_CRITICISM",
    "PRAISE_AND_CRITICISM_BY_GROUP",
    "PRAISE_AND_CRITICISM_BY_REVIEW",
    "QUOTES",
    "RELIABILITY",
    "SCORES_AND_PRAISE",
    "SCORE_DISTRIBUTION",
    "SCORE_DISTRIBUTION_BY_GROUP",
    "TALKED_AND_JUDGED",
    "THEMES_TOGETHER",
    "THEME_FREQUENCY",
    "THEME_FREQUENCY_BY_GROUP",
    "THEME_FREQUENCY_BY_REVIEW",
    "UNREAD",
    "agreement",
    "as_word",
    "beyond_chance",
    "bins",
    "compare_scores",
    "compare_shares",
    "compared",
    "confusion",
    "decisions",
    "differences",
    "disagreement",
    "findings",
    "headlines",
    "introduce",
    "joined",
    "keyness",
    "makeup",
    "mention_positions",
    "opinion_positions",
    "praise_and_criticism",
    "quotes",
    "reliability",
    "scales_taken",
    "score_distribution",
    "scores_and_praise",
    "sets_apart",
    "some",
    "tagger_on_the_five",
    "talked_and_judged",
    "theme_frequency",
    "themes_together",
]
