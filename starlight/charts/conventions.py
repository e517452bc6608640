"""The chart of what a convention makes of printed scores."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ..summaries.bins import median_scores, scores_in_tens
from ..summaries.scores import SCORE_DISTRIBUTION
from ..tables.schema import check
from .binned import EACH_BAR, bars
from .style import (
    BLUE,
    GREEN,
    INK,
    LIGHT,
    LINE,
    MUTED,
    ORANGE,
    PURPLE,
    SCORE_AXIS,
    are_many,
    review_axis,
    review_names,
)
from .wording import PRINTED, describe, heading, not_drawn

_SHAPES = ["square", "circle", "triangle-up", "diamond", "cross", "triangle-down"]
_COLORS = [ORANGE, BLUE, GREEN, PURPLE, INK, MUTED]


def chart_conventions(scores: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw what each printed score is worth under each convention: a range for each review.

    Parameters
    ----------
    scores : DataFrame
        The score_distribution table of several conventions, as `score_distribution` gives it.

    Returns
    -------
    altair chart
        A line from the lowest to the highest value, and a mark of its own shape for each convention. From 30 reviews
        on, a histogram of the stated scores under each convention, with its median.

    Raises
    ------
    TableError
        If `scores` breaks its declaration.

    Examples
    --------
    >>> from starlight import load_reviews, score_distribution
    >>> scores = score_distribution(load_reviews(), convention=["metacritic", "school"])
    >>> len(chart_conventions(scores).to_dict()["layer"])
    4
    """
    check(scores, SCORE_DISTRIBUTION, "scores")
    return _of_many(scores) if are_many(scores) else _of_each(scores)


def _of_each(scores: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw a range for each review."""
    names, reviews = scores["convention"].unique().tolist(), review_names(scores)
    base = alt.Chart(scores).encode(y=alt.Y("review_id:N", title="review", axis=review_axis(scores)))
    span = base.mark_rule(strokeWidth=3, color=LIGHT).encode(x=alt.X("min(score):Q", **SCORE_AXIS), x2="max(score):Q")
    legend = alt.Legend(orient="top", title="convention", symbolStrokeWidth=2)
    marks = base.mark_point(size=110, strokeWidth=2, filled=False, opacity=1).encode(
        x=alt.X("score:Q", **SCORE_AXIS),
        shape=alt.Shape("convention:N", scale=alt.Scale(domain=names, range=_SHAPES[: len(names)]), legend=legend),
        color=alt.Color("convention:N", scale=alt.Scale(domain=names, range=_COLORS[: len(names)]), legend=legend),
        tooltip=["review_id:N", "score_raw:N", "score_status:N", "convention:N", "score:Q"],
    )
    printed = (
        base.transform_aggregate(high="max(score)", groupby=["review_id", "score_raw", "score_status"])
        .transform_calculate(printed=PRINTED)
        .mark_text(align="left", dx=12)
        .encode(x=alt.X("high:Q", **SCORE_AXIS), text="printed:N")
    )
    unreadable = (
        base.transform_filter("!isValid(datum.score)")
        .transform_aggregate(groupby=["review_id", "score_raw", "score_status"])
        .transform_calculate(printed=PRINTED)
        .mark_text(align="left", color=MUTED)
        .encode(x=alt.value(6), text="printed:N")
    )
    return alt.layer(span, marks, printed, unreadable).properties(
        width=520,
        height=alt.Step(2 * LINE),
        title=heading("What the same printed score is worth", "score from 0 to 100 under each convention for letters"),
        description=describe(
            "Ranges: each printed score under each convention.",
            (
                f"{reviews[r.review_id]} {r.score_raw}, {r.convention}: {_value(r.score, r.score_status)}"
                for r in scores.itertuples()
            ),
        ),
    )


def _value(score: float, status: str) -> str:
    """Write a score, or why there is none."""
    return status if pd.isna(score) else f"{score:g}"


def _of_many(scores: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw how many stated scores fall in each ten points under each convention."""
    states = scores["score_status"] == "stated"
    stated, others = scores[states], scores[~states].drop_duplicates("review_id")
    names = scores["convention"].unique().tolist()
    bins = scores_in_tens(scores)
    medians = median_scores(scores)["median"]
    titles = [f"{name}{_median(median)}" for name, median in zip(names, medians, strict=True)]
    axis = {**SCORE_AXIS, "axis": alt.Axis(values=list(range(0, 101, 10)))}
    parts = [bins[bins["convention"] == name] for name in names]
    panels = [bars(rows, bins["reviews"].max(), axis, title) for rows, title in zip(parts, titles, strict=True)]
    once = stated.drop_duplicates("review_id")
    letters = once["score_scale"].eq("letter").sum()
    return alt.vconcat(*panels, spacing=16).properties(
        title=heading(
            "What the same printed scores are worth",
            f"{len(once):,} stated scores from 0 to 100 under each convention for letters, which {letters:,} of them "
            "are: only these move",
            *not_drawn(others),
            EACH_BAR,
        ),
        description=describe(
            f"Histograms: {len(once)} stated scores under each convention, {letters} of them letters.",
            (f"{title}: {_listed(rows)}" for rows, title in zip(parts, titles, strict=True)),
        ),
    )


def _listed(bins: pd.DataFrame) -> str:
    """Write the bins that hold a review."""
    return ", ".join(f"{b.low:g} to {b.high:g}: {b.reviews}" for b in bins.itertuples() if b.reviews)


def _median(median: float) -> str:
    """Say the median, unless there are too few for one."""
    return "" if pd.isna(median) else f", median {median:g}"
