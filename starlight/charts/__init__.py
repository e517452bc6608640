"""The charts: each draws one summary table and returns it as an Altair chart, with no display and no global state.

Numbers are counted in `summaries`; here they are only drawn. Praise and criticism are told apart by side and word
besides colour, every chart names its measure and its denominator, and `description` says in words what it shows.

Reviews are drawn one by one up to 29. From 30 on nobody reads a line for each, and they are counted in bins (`many`),
so that a chart of any number of reviews is small: under 200 kB.
"""

from .conventions import chart_conventions
from .disagreement import chart_disagreement, chart_opinions_by_review
from .grouped import chart_opinions_by, chart_themes_by
from .keyness import chart_keyness
from .makeup import chart_makeup
from .opinions import chart_praise_and_criticism
from .positions import chart_mention_positions
from .praise import chart_praise_by_review
from .quotes import chart_quotes
from .scores import chart_scores
from .theme_shares import chart_themes_by_review
from .themes import chart_talked_and_judged, chart_themes
from .trust import chart_agreement, chart_confusion, chart_reliability

__all__ = [
    "chart_agreement",
    "chart_confusion",
    "chart_conventions",
    "chart_disagreement",
    "chart_keyness",
    "chart_makeup",
    "chart_mention_positions",
    "chart_opinions_by",
    "chart_opinions_by_review",
    "chart_praise_and_criticism",
    "chart_praise_by_review",
    "chart_quotes",
    "chart_reliability",
    "chart_scores",
    "chart_talked_and_judged",
    "chart_themes",
    "chart_themes_by",
    "chart_themes_by_review",
]
