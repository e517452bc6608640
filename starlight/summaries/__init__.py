"""Count: every number that a chart draws is counted here in pandas, and each table is declared beside its function.

In: the tables that loading and coding give. Out: summary tables, in which cells without rows are 0. It may use the
folders from `base` to `coding`.
"""

from . import bins, compared, headlines
from .agreement import AGREEMENT, CONFUSION, RELIABILITY, agreement, confusion, reliability, tagger_on_the_five
from .compared import CHANCE
from .corrected_shares import CORRECTED_DIFFERENCES, CORRECTED_SHARES, corrected_differences, corrected_shares
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
from .samples import FEWEST_READ, SAMPLE, drawn_from, sample_to_read
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
from .wording import UNREAD, as_word, joined, some
