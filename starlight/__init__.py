"""Starlight: explore what film reviews say, in Jupyter, with the reviewer's words behind every mark."""

from .agreement import agreement, compare
from .baselines import keyword_opinions
from .charts import (
    chart_agreement,
    chart_confusion,
    chart_conventions,
    chart_disagreement,
    chart_keyness,
    chart_makeup,
    chart_mention_positions,
    chart_opinions_by,
    chart_opinions_by_review,
    chart_praise_and_criticism,
    chart_praise_by_review,
    chart_quotes,
    chart_reliability,
    chart_scores,
    chart_talked_and_judged,
    chart_themes,
    chart_themes_by,
    chart_themes_by_review,
)
from .display import setup_notebook
from .errors import ReadError, ScoreError, StarlightError, TableError
from .mentions import find_mentions, in_context
from .opinions import find_opinions, read_opinions
from .report import load_report
from .reviews import load_reviews
from .save import save_table
from .scale import annotate
from .scores import Score, parse_score, read_conventions
from .sentences import split_sentences
from .summaries import (
    confusion,
    disagreement,
    findings,
    keyness,
    makeup,
    mention_positions,
    opinions_by,
    praise_and_criticism,
    praise_by_review,
    quotes,
    reliability,
    score_distribution,
    scores_by_convention,
    talked_and_judged,
    theme_frequency,
    themes_by,
    themes_by_review,
)
from .themes import read_themes
from .widgets import close_reading, explore, try_a_review

__all__ = [
    "ReadError",
    "Score",
    "ScoreError",
    "StarlightError",
    "TableError",
    "agreement",
    "annotate",
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
    "close_reading",
    "compare",
    "confusion",
    "disagreement",
    "explore",
    "find_mentions",
    "find_opinions",
    "findings",
    "in_context",
    "keyness",
    "keyword_opinions",
    "load_report",
    "load_reviews",
    "makeup",
    "mention_positions",
    "opinions_by",
    "parse_score",
    "praise_and_criticism",
    "praise_by_review",
    "quotes",
    "read_conventions",
    "read_opinions",
    "read_themes",
    "reliability",
    "save_table",
    "score_distribution",
    "scores_by_convention",
    "setup_notebook",
    "split_sentences",
    "talked_and_judged",
    "theme_frequency",
    "themes_by",
    "themes_by_review",
    "try_a_review",
]
