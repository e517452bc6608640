"""Draw: each chart function draws one summary table and returns an Altair chart; it counts and displays nothing.

In: a summary table. Out: an Altair chart. It may use the folders from `base` to `summaries`. Reviews are drawn one by
one up to 29 by most charts, and in bins from 30 on, so that a chart of any number of reviews stays below 200 kB.
`style` holds the colours and axes that charts share, `wording` their words, with the caption of whose coding is drawn
and its F1. CONTRIBUTING lists what a new chart needs.
"""

from .agreement import chart_agreement, chart_confusion, chart_reliability
from .corrected_shares import chart_corrected_shares
from .differences import chart_differences
from .disagreement import chart_disagreement
from .in_words import as_list, in_parts
from .keyness import chart_keyness
from .makeup import chart_makeup
from .notebook import EMBED, MIME, VEGA_LITE, setup_notebook
from .positions import chart_mention_positions, chart_opinion_positions
from .praise_and_criticism import chart_praise_and_criticism
from .quotes import chart_quotes
from .scores import chart_scores
from .scores_and_praise import chart_scores_and_praise
from .themes import chart_themes
from .two_counts import chart_talked_and_judged, chart_themes_together, chart_two_codings
from .wording import READERS_F1, coders, each
