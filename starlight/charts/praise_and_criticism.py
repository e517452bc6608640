"""The chart of praise and criticism: of each theme, in each review, or in groups of reviews."""

from __future__ import annotations

from functools import partial

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..summaries import (
    PRAISE_AND_CRITICISM,
    PRAISE_AND_CRITICISM_BY_GROUP,
    PRAISE_AND_CRITICISM_BY_REVIEW,
    headlines,
)
from ..summaries.bins import praise_in_tenths
from ..tables import POLARITIES
from .binned import bars
from .by_group import in_groups
from .checks import are_many, drawable, to_draw_in_form
from .style import (
    CARD,
    FEW,
    INK,
    LIGHT_BLUE,
    LINE,
    POLARITY,
    PRAISE,
    THIN_PRAISE,
    both_sides,
    column_head,
    largest_first,
    review_y,
    share_x,
)
from .wording import EACH_BAR, PRINTED, SIDES, coders, describe, each, heading, nothing, tip

_FORMS = (PRAISE_AND_CRITICISM_BY_GROUP, PRAISE_AND_CRITICISM_BY_REVIEW, PRAISE_AND_CRITICISM)
_X = partial(share_x, title="share of praise")
_BOTH = 520  # pixels: of bars to both sides
_GRADES = 425  # pixels from the left to where the printed scores stand


def chart_praise_and_criticism(counted: pd.DataFrame) -> ChartType:
    """Draw how much is praised and how much is criticised.

    Parameters
    ----------
    counted : DataFrame
        What `praise_and_criticism` returns: of each theme, or by review, or by another column of the reviews.

    Returns
    -------
    altair chart
        Of each theme: bars of praise to the right and of criticism to the left, from the most to the least judged
        theme; a bar carries its count and how many reviews it comes from. By review: a bar for the share of praise
        among each review's opinions, with its grade; from 30 reviews on, a histogram of these shares. By another
        column, or by date: as `chart_themes` draws groups, at the share of reviews that praise a theme less the share
        that criticise it, with the interval of that difference (R. G. Newcombe, Statistics in Medicine 17, 1998, for
        paired data).

    Raises
    ------
    TableError
        If `counted` is none of the three tables, breaks its declaration, holds groups of several columns, or has too
        many rows to be drawn.

    Examples
    --------
    >>> from starlight import load_reviews, praise_and_criticism, read_opinions
    >>> chart = chart_praise_and_criticism(praise_and_criticism(read_opinions(), load_reviews()))
    >>> chart.to_dict()["title"]["text"]
    'All five reviews praise the visuals; two criticise the story'
    """
    form, counted = to_draw_in_form(counted, _FORMS, "praise_and_criticism(opinions, reviews")
    if form is PRAISE_AND_CRITICISM_BY_GROUP:
        return in_groups(counted)
    if len(counted) and counted["opinions"].sum() == 0:
        return nothing("No review holds an opinion that was found", *coders(counted))
    if form is PRAISE_AND_CRITICISM_BY_REVIEW:
        return _of_many(counted) if are_many(counted) else _of_each(counted)
    return praise_bars(drawable(counted, "counted")).properties(description=praise_in_words(counted))


def praise_in_words(counted: pd.DataFrame) -> str:
    """Return the bars in words."""
    some = counted[counted["opinions"] > 0]
    return describe("Diverging bars: praise and criticism of each theme.", each(some, "{label}: {opinions} {polarity}"))


def praise_bars(counted: pd.DataFrame, selection: alt.Parameter | None = None) -> ChartType:
    """Draw bars of praise to the right and of criticism to the left of each theme; a selection outlines its own."""
    base = _sides(counted)
    bars = base.mark_bar(height={"band": 0.7}).encode(color=POLARITY)
    if selection:
        outline = alt.condition(selection, alt.value(INK), alt.value(None))
        bars = base.mark_bar(height={"band": 0.7}, strokeWidth=2.5, cursor="pointer")
        bars = bars.encode(color=POLARITY, stroke=outline).add_params(selection)
    praise, criticism = (
        base.transform_filter(f"datum.opinions > 0 && datum.polarity == '{one}'") for one in POLARITIES
    )
    return alt.layer(
        bars,
        praise.mark_text(align="left", dx=4).encode(text="count:N"),
        criticism.mark_text(align="right", dx=-4).encode(text="count:N"),
    ).properties(
        width=_BOTH,
        height=alt.Step(LINE + 4),
        title=heading(
            headlines.of_praise(counted), "opinions of each theme, and in how many reviews", *coders(counted)
        ),
    )


def _sides(counted: pd.DataFrame) -> alt.Chart:
    """Return the chart that bars and counts come from: praise to the right, criticism to the left."""
    of_opinions = counted["of_opinions"].iloc[0] if len(counted) else 0
    longest = max(map(len, each(counted, "{opinions:,}, in {reviews:,} reviews")), default=0)
    x = both_sides(
        "signed:Q",
        counted["opinions"].max() if counted["opinions"].any() else 1,
        SIDES.format(f"opinions, {of_opinions:,} in all"),
        width=_BOTH,
        room=6 * longest + 6,
    )
    return (
        alt.Chart(counted)
        .transform_calculate(
            signed="datum.polarity == 'praise' ? datum.opinions : -datum.opinions",
            count="format(datum.opinions, ',d') + ', in ' + format(datum.reviews, ',d')"
            " + (datum.reviews == 1 ? ' review' : ' reviews')",
        )
        .encode(
            x=x,
            y=alt.Y("label:N", sort=largest_first(counted, "opinions"), title=None),
            **tip(counted, "label", "polarity", "opinions", "of_opinions", "reviews", "of_reviews"),
        )
    )


def _of_each(counted: pd.DataFrame) -> ChartType:
    """Draw a bar for each review, with its grade."""
    base = (
        alt.Chart(counted)
        .transform_calculate(
            count="datum.opinions ? datum.praise + ' of ' + datum.opinions : 'no opinions'",
            end="datum.opinions ? datum.share : 0",
            grade=PRINTED,
        )
        .encode(y=review_y(counted, by="share"))
    )
    shown = tip(counted, "name", "review_id", "praise", "criticism", "opinions", "share")
    color = alt.condition(f"datum.opinions < {FEW}", alt.value(CARD), alt.value(PRAISE))
    shares = base.mark_bar(height={"band": 0.6}, stroke=THIN_PRAISE).encode(x=_X("share:Q"), color=color, **shown)
    counts = base.mark_text(align="left", dx=5).encode(x=_X("end:Q"), text="count:N")
    grades = base.mark_text(align="left", fontWeight="bold", limit=110).encode(x=alt.value(_GRADES), text="grade:N")
    return alt.layer(shares, counts, grades, column_head("printed score", _GRADES, "left")).properties(
        width=350,
        height=alt.Step(LINE + 2),
        title=heading(
            headlines.of_shares_of_praise(counted),
            f"praise among the review’s opinions; a hollow bar has fewer than {FEW}",
            *coders(counted),
        ),
        description=describe(
            "Bars: the share of praise among each review's opinions.",
            each(counted, "{name}: {praise} of {opinions} praise"),
        ),
    )


def _of_many(counted: pd.DataFrame) -> ChartType:
    """Draw how many reviews have which share of praise among their opinions, those with few opinions apart."""
    bins = praise_in_tenths(counted)
    praise, opinions = counted["praise"].sum(), counted["opinions"].sum()
    judging, every = len(counted[counted["opinions"] > 0]), len(counted)
    scale = alt.Scale(domain=bins["opinions"].drop_duplicates().tolist(), range=[PRAISE, LIGHT_BLUE])
    there = bins.loc[bins["reviews"] > 0, "opinions"].unique().tolist()
    color = alt.Color("opinions:N", title=None, scale=scale, legend=alt.Legend(orient="top", values=there))
    return bars(bins, _X, color=color).properties(
        height=220,
        title=heading(
            headlines.of_shares_of_praise(counted),
            f"{judging:,} of {every:,} reviews, by the share of praise among their opinions"
            + f"; without an opinion: {every - judging:,}" * (judging < every),
            f"{praise:,} of the {opinions:,} opinions are praise",
            EACH_BAR,
            *coders(counted),
        ),
        description=describe(
            f"Histogram: the share of praise among the opinions of {judging} of {every} reviews.",
            each(bins[bins["reviews"] > 0], "{low:.0%} to {high:.0%}, {opinions}: {reviews}"),
        ),
    )
