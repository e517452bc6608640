"""Starlight: explore what film reviews say, in Jupyter, with the reviewer's words behind every mark."""

from .charts import (
    chart_agreement,
    chart_confusion,
    chart_disagreement,
    chart_keyness,
    chart_makeup,
    chart_mention_positions,
    chart_praise_and_criticism,
    chart_quotes,
    chart_reliability,
    chart_scores,
    chart_talked_and_judged,
    chart_themes,
    setup_notebook,
)
from .coding.mentions import find_mentions, in_context
from .coding.opinions import find_opinions, read_opinions
from .coding.themes import read_themes
from .errors import StarlightError
from .loading.load import load_reviews
from .loading.report import load_report
from .scale.annotation import annotate
from .summaries.agreement import agreement
from .summaries.findings import findings
from .summaries.keyness import keyness
from .summaries.makeup import makeup
from .summaries.opinions import disagreement, praise_and_criticism, quotes
from .summaries.scores import score_distribution
from .summaries.themes import mention_positions, talked_and_judged, theme_frequency
from .summaries.trust import confusion, reliability
from .tables.save import save_table
from .text.scores import parse_score, read_conventions
from .text.sentences import split_sentences
from .widgets.close_reading.open import close_reading
from .widgets.explore.widget import explore
from .widgets.try_a_review import try_a_review

__version__ = "0.2.0"

__all__ = [
    "StarlightError",
    "__version__",
    "agreement",
    "annotate",
    "chart_agreement",
    "chart_confusion",
    "chart_disagreement",
    "chart_keyness",
    "chart_makeup",
    "chart_mention_positions",
    "chart_praise_and_criticism",
    "chart_quotes",
    "chart_reliability",
    "chart_scores",
    "chart_talked_and_judged",
    "chart_themes",
    "close_reading",
    "confusion",
    "disagreement",
    "explore",
    "find_mentions",
    "find_opinions",
    "findings",
    "in_context",
    "keyness",
    "load_report",
    "load_reviews",
    "makeup",
    "mention_positions",
    "parse_score",
    "praise_and_criticism",
    "quotes",
    "read_conventions",
    "read_opinions",
    "read_themes",
    "reliability",
    "save_table",
    "score_distribution",
    "setup_notebook",
    "split_sentences",
    "talked_and_judged",
    "theme_frequency",
    "try_a_review",
]
