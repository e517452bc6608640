"""What several conventions make of the same printed scores."""

from __future__ import annotations

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..errors import TableError
from ..summaries.bins import median_scores, scores_in_tens
from .binned import bars
from .checks import are_many
from .style import COLORS, LIGHT, LINE, MUTED, SHAPES, review_y, score_x
from .wording import EACH_BAR, PRINTED, describe, each, heading, not_drawn


def scores_by_convention(scores: pd.DataFrame, silent: pd.DataFrame) -> ChartType:
    """Draw a range for each review, and from 30 reviews on a histogram for each convention; `silent` print no score."""
    if scores["convention"].nunique() > len(SHAPES):
        raise TableError(
            f"scores holds {scores['convention'].nunique()} conventions, and a chart tells {len(SHAPES)} apart. "
            "Take fewer."
        )
    return _of_many(scores, silent) if are_many(scores) else _of_each(scores, silent)


def _of_each(scores: pd.DataFrame, silent: pd.DataFrame) -> ChartType:
    """Draw a line from the lowest to the highest value of each printed score, and a mark for each convention."""
    base = alt.Chart(scores).encode(y=review_y(scores))
    span = base.mark_rule(strokeWidth=3, color=LIGHT).encode(x=score_x("min(score):Q"), x2="max(score):Q")
    labels = (
        base.transform_aggregate(high="max(score)", groupby=["name", "score_raw", "score_status"])
        .transform_calculate(printed=PRINTED)
        .mark_text(align="left", dx=12)
    )
    read = labels.transform_filter("isValid(datum.high)").encode(x=score_x("high:Q"), text="printed:N")
    unread = labels.transform_filter("!isValid(datum.high)").encode(
        x=alt.value(6), text="printed:N", color=alt.value(MUTED)
    )
    values = scores.assign(
        value=scores["score"].map("{:g}".format).where(scores["score"].notna(), scores["score_status"])
    )
    return alt.layer(span, _marks(base, scores["convention"].unique().tolist()), read, unread).properties(
        width=520,
        height=alt.Step(2 * LINE),
        title=heading(
            "What the same printed score is worth",
            "score from 0 to 100 under each convention for letters",
            *not_drawn(silent),
        ),
        description=describe(
            "Ranges: each printed score under each convention.",
            each(values, "{name} {score_raw}, {convention}: {value}"),
        ),
    )


def _marks(base: alt.Chart, names: list[str]) -> alt.Chart:
    """Draw a mark of its own shape and colour for each convention."""
    legend = alt.Legend(orient="top", title="convention", symbolStrokeWidth=2)
    shapes = alt.Scale(domain=names, range=SHAPES[: len(names)])
    colors = alt.Scale(domain=names, range=COLORS[: len(names)])
    return base.mark_point(size=110, strokeWidth=2, filled=False, opacity=1).encode(
        x=score_x("score:Q"),
        shape=alt.Shape("convention:N", scale=shapes, legend=legend),
        color=alt.Color("convention:N", scale=colors, legend=legend),
        tooltip=["name:N", "review_id:N", "score_raw:N", "score_status:N", "convention:N", "score:Q"],
    )


def _of_many(scores: pd.DataFrame, silent: pd.DataFrame) -> ChartType:
    """Draw how many stated scores fall in each ten points under each convention."""
    states = scores["score_status"] == "stated"
    stated, others = (rows.drop_duplicates("review_id") for rows in (scores[states], scores[~states]))
    bins, medians = scores_in_tens(scores), median_scores(scores)
    names = medians["convention"]
    middles = ("" if pd.isna(median) else f", median {median:g}" for median in medians["median"])
    titles = [name + middle for name, middle in zip(names, middles, strict=True)]
    parts = [bins[bins["convention"] == name] for name in names]
    panels = [
        bars(rows, score_x, title=title, most=bins["reviews"].max()) for rows, title in zip(parts, titles, strict=True)
    ]
    letters = stated[stated["score_scale"] == "letter"]
    return alt.vconcat(*panels, spacing=16).properties(
        title=heading(
            "What the same printed scores are worth",
            f"{len(stated):,} stated scores from 0 to 100 under each convention for letters; {len(letters):,} are "
            "letters, and only these reviews change",
            *not_drawn(pd.concat([others, silent])),
            EACH_BAR,
        ),
        description=describe(
            f"Histograms: {len(stated)} stated scores under each convention, {len(letters)} of them letters.",
            [f"{title}: {_listed(rows)}" for rows, title in zip(parts, titles, strict=True)],
        ),
    )


def _listed(bins: pd.DataFrame) -> str:
    """Return the bins that hold a review, in words."""
    return ", ".join(each(bins[bins["reviews"] > 0], "{low:g} to {high:g}: {reviews}"))
