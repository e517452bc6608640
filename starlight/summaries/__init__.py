"""Count: every number that a chart draws is counted here in pandas, and each table is declared beside its function.

In: the tables that loading and coding give. Out: summary tables, in which cells without rows are 0. It may use the
folders from `base` to `coding`.
"""

from .agreement import AGREEMENT, agreement
from .bins import (
    OPINIONS_OF_FEW,
    by_difference,
    by_side,
    count_in_bins,
    divided_themes,
    makeup_in_tenths,
    median_scores,
    mentions_in_twentieths,
    praise_in_tenths,
    scores_in_tens,
    shares_of_rows,
    themes_in_tenths,
)
from .by_group import PRAISE_AND_CRITICISM_BY_GROUP, THEME_FREQUENCY_BY_GROUP
from .findings import findings
from .keyness import KEYNESS, keyness, sets_apart
from .makeup import KINDS, MAKEUP, makeup
from .opinions import (
    DISAGREEMENT,
    PRAISE_AND_CRITICISM,
    PRAISE_AND_CRITICISM_BY_REVIEW,
    QUOTES,
    disagreement,
    praise_and_criticism,
    quotes,
)
from .review_names import add_names
from .scores import SCORE_DISTRIBUTION, score_distribution
from .sums import balances, halves, in_all_groups, mentions_in_all, totals, unstated_scores
from .themes import (
    MENTION_POSITIONS,
    TALKED_AND_JUDGED,
    THEME_FREQUENCY,
    THEME_FREQUENCY_BY_REVIEW,
    mention_positions,
    talked_and_judged,
    theme_frequency,
)
from .trust import CONFUSION, RELIABILITY, confusion, reliability
from .wording import as_word

__all__ = [
    "AGREEMENT",
    "CONFUSION",
    "DISAGREEMENT",
    "KEYNESS",
    "KINDS",
    "MAKEUP",
    "MENTION_POSITIONS",
    "OPINIONS_OF_FEW",
    "PRAISE_AND_CRITICISM",
    "PRAISE_AND_CRITICISM_BY_GROUP",
    "PRAISE_AND_CRITICISM_BY_REVIEW",
    "QUOTES",
    "RELIABILITY",
    "SCORE_DISTRIBUTION",
    "TALKED_AND_JUDGED",
    "THEME_FREQUENCY",
    "THEME_FREQUENCY_BY_GROUP",
    "THEME_FREQUENCY_BY_REVIEW",
    "add_names",
    "agreement",
    "as_word",
    "balances",
    "by_difference",
    "by_side",
    "confusion",
    "count_in_bins",
    "disagreement",
    "divided_themes",
    "findings",
    "halves",
    "in_all_groups",
    "keyness",
    "makeup",
    "makeup_in_tenths",
    "median_scores",
    "mention_positions",
    "mentions_in_all",
    "mentions_in_twentieths",
    "praise_and_criticism",
    "praise_in_tenths",
    "quotes",
    "reliability",
    "score_distribution",
    "scores_in_tens",
    "sets_apart",
    "shares_of_rows",
    "talked_and_judged",
    "theme_frequency",
    "themes_in_tenths",
    "totals",
    "unstated_scores",
]
