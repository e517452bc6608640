"""Starlight: explore what film reviews say, in Jupyter, with the reviewer's words behind every mark."""

from .charts import (
    chart_agreement,
    chart_confusion,
    chart_differences,
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
from .coding import find_mentions, find_opinions, in_context, read_opinions, read_themes
from .errors import StarlightError
from .loading import load_report, load_reviews
from .scale import annotate
from .summaries import (
    agreement,
    confusion,
    differences,
    disagreement,
    findings,
    keyness,
    makeup,
    mention_positions,
    praise_and_criticism,
    quotes,
    reliability,
    score_distribution,
    talked_and_judged,
    theme_frequency,
)
from .tables import save_table
from .text import parse_score, read_conventions, split_sentences
from .widgets import close_reading, explore, try_a_review

__version__ = "0.2.0"

__all__ = [
    "StarlightError",
    "__version__",
    "agreement",
    "annotate",
    "chart_agreement",
    "chart_confusion",
    "chart_differences",
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
    "differences",
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
