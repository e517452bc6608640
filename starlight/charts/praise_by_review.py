"""The chart of how much reviews praise."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ..summaries.bins import OPINIONS_OF_FEW, praise_in_tenths
from ..summaries.opinions import PRAISE_AND_CRITICISM_BY_REVIEW
from ..tables.schema import check
from .binned import EACH_BAR, SHARE, bars, tenth
from .style import BLUE, LIGHT_BLUE, LINE, MUTED, are_many, review_axis, review_names
from .wording import PRINTED, coders, describe, heading


def chart_praise_by_review(counted: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw the share of praise among each review's opinions, with its grade beside it.

    Parameters
    ----------
    counted : DataFrame
        The praise_and_criticism_by_review table.

    Returns
    -------
    altair chart
        From 30 reviews on, a histogram: how many reviews praise in which share of their opinions.

    Raises
    ------
    TableError
        If `counted` breaks its declaration.

    Examples
    --------
    >>> from starlight import load_reviews, praise_and_criticism, read_opinions
    >>> counted = praise_and_criticism(read_opinions(), load_reviews(), by="review_id")
    >>> chart = chart_praise_by_review(counted)
    >>> chart.to_dict()["title"]["text"]
    'How much of each review’s opinion is praise'
    """
    check(counted, PRAISE_AND_CRITICISM_BY_REVIEW, "counted")
    return _praise_of_many(counted) if are_many(counted) else _praise_of_each(counted)


def _praise_of_each(counted: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw a bar for each review, with its grade."""
    names = review_names(counted)
    base = alt.Chart(counted).encode(y=alt.Y("review_id:N", title="review", axis=review_axis(counted)))
    axis = {"title": "share of praise", **SHARE}
    shares = base.mark_bar(height={"band": 0.55}).encode(
        color=alt.condition(f"datum.opinions < {OPINIONS_OF_FEW}", alt.value(LIGHT_BLUE), alt.value(BLUE)),
        x=alt.X("share:Q", **axis),
        tooltip=[
            "review_id:N",
            "praise:Q",
            "criticism:Q",
            "opinions:Q",
            alt.Tooltip("share:Q", format=".0%"),
        ],
    )
    counts = (
        base.transform_calculate(
            count="datum.opinions ? datum.praise + ' of ' + datum.opinions + ' praise' : 'no opinions'",
            end="datum.opinions ? datum.share : 0",
        )
        .mark_text(align="left", dx=5)
        .encode(x=alt.X("end:Q", **axis), text="count:N")
    )
    grades = (
        base.transform_calculate(grade=PRINTED)
        .mark_text(align="left", fontWeight="bold")
        .encode(x=alt.value(540), text="grade:N")
    )
    column = (
        alt.Chart(pd.DataFrame({"column": ["printed score"]}))
        .mark_text(align="left", color=MUTED)
        .encode(x=alt.value(540), y=alt.value(-8), text="column:N")
    )
    return alt.layer(shares, counts, grades, column).properties(
        width=420,
        height=alt.Step(int(1.4 * LINE)),
        title=heading(
            "How much of each review’s opinion is praise",
            f"praise among the review’s opinions; a pale bar stands for fewer than {OPINIONS_OF_FEW}",
            *coders(counted),
        ),
        description=describe(
            "Bars: the share of praise among each review's opinions.",
            (f"{names[r.review_id]}: {r.praise} of {r.opinions} praise" for r in counted.itertuples()),
        ),
    )


def _praise_of_many(counted: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw how many reviews have which share of praise among their opinions, those with few opinions apart."""
    judging = counted[counted["opinions"] > 0]
    bins = praise_in_tenths(counted)
    names = bins["opinions"].drop_duplicates().tolist()
    most = bins.groupby("low")["reviews"].sum().max()
    silent, praise, total = len(counted) - len(judging), judging["praise"].sum(), judging["opinions"].sum()
    scale = alt.Scale(domain=names, range=[BLUE, LIGHT_BLUE])
    color = alt.Color("opinions:N", title=None, scale=scale, legend=alt.Legend(orient="top"))
    panel = bars(bins, most, {"title": "share of praise", **SHARE}, color=color)
    return panel.properties(
        height=220,
        title=heading(
            "How much of each review’s opinion is praise",
            f"{len(judging):,} of {len(counted):,} reviews, by the share of praise among their opinions; "
            f"{silent:,} hold no opinion",
            f"of all {total:,} opinions {praise:,} praise",
            EACH_BAR,
            *coders(counted),
        ),
        description=describe(
            f"Histogram: the share of praise among the opinions of {len(judging)} of {len(counted)} reviews; "
            f"{silent} hold no opinion.",
            (f"{tenth(b)}, {b.opinions}: {b.reviews}" for b in bins.itertuples() if b.reviews),
        ),
    )
