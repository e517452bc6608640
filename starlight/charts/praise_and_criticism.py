"""The chart of praise and criticism: of each theme, in each review, or in groups of reviews."""

from functools import partial

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..summaries import headlines
from ..summaries.bins import praise_in_tenths
from ..tables import POLARITIES
from .by_group import in_groups
from .checks import are_many, drawable, to_draw_in_form
from .marks import bars, column
from .style import (
    CARD,
    FEW,
    INK,
    LIGHT_BLUE,
    POLARITY,
    PRAISE,
    ROW,
    THIN_PRAISE,
    WIDTH,
    both_sides,
    largest_first,
    review_y,
    share_x,
)
from .wording import EACH_BAR, PRINTED, SIDES, each, framed, nothing, tip

_X = partial(share_x, title="share of praise")


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
    form, counted = to_draw_in_form(counted, "praise_and_criticism", "opinions")
    if form == "_by_group":
        return in_groups(counted)
    if len(counted) and counted["opinions"].sum() == 0:
        return nothing("No review holds an opinion that was found", coded=counted)
    if form == "_by_review":
        return _of_many(counted) if are_many(counted) else _of_each(counted)
    return framed_praise(praise_bars(drawable(counted, "counted")), counted)


def framed_praise(drawn: ChartType, counted: pd.DataFrame, *more: str) -> ChartType:
    """Add the title of the bars to them, or to a chart that holds them, and text for people who do not see them."""
    return framed(
        drawn,
        headlines.of_praise(counted),
        "opinions of each theme, and in how many reviews",
        coded=counted,
        said="Diverging bars: praise and criticism of each theme.",
        values=[*each(counted[counted["opinions"] > 0], "{label}: {opinions} {polarity}"), *more],
    )


def praise_bars(counted: pd.DataFrame, selection: alt.Parameter | None = None) -> ChartType:
    """Draw bars of praise to the right and of criticism to the left of each theme; a selection outlines its own."""
    longest = max(map(len, each(counted, "{opinions:,}, in {reviews:,} reviews")), default=0)
    x = both_sides(
        "signed:Q",
        counted["opinions"].max() if counted["opinions"].any() else 1,
        SIDES.format(f"opinions, {counted['of_opinions'].iloc[0] if len(counted) else 0:,} in all"),
        room=6 * longest + 6,
    )
    base = (
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
    drawn = base.mark_bar(height={"band": 0.7}).encode(color=POLARITY)
    if selection:
        outline = alt.condition(selection, alt.value(INK), alt.value(None))
        drawn = base.mark_bar(height={"band": 0.7}, strokeWidth=2.5, cursor="pointer")
        drawn = drawn.encode(color=POLARITY, stroke=outline).add_params(selection)
    praise, criticism = (
        base.transform_filter(f"datum.opinions > 0 && datum.polarity == '{one}'") for one in POLARITIES
    )
    return alt.layer(
        drawn,
        praise.mark_text(align="left", dx=4).encode(text="count:N"),
        criticism.mark_text(align="right", dx=-4).encode(text="count:N"),
    ).properties(width=WIDTH, height=ROW)


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
    return framed(
        alt.layer(
            base.mark_bar(height={"band": 0.6}, stroke=THIN_PRAISE).encode(x=_X("share:Q"), color=color, **shown),
            base.mark_text(align="left", dx=5).encode(x=_X("end:Q"), text="count:N"),
            *column(base, "printed score", "grade:N", 500),
        ),
        headlines.of_shares_of_praise(counted),
        f"praise among the review’s opinions; a hollow bar has fewer than {FEW}",
        coded=counted,
        said="Bars: the share of praise among each review's opinions.",
        values=each(counted, "{name}: {praise} of {opinions} praise"),
        width=350,
    )


def _of_many(counted: pd.DataFrame) -> ChartType:
    """Draw how many reviews have which share of praise among their opinions, those with few opinions apart."""
    bins = praise_in_tenths(counted)
    praise, opinions = counted["praise"].sum(), counted["opinions"].sum()
    judging, every = len(counted[counted["opinions"] > 0]), len(counted)
    scale = alt.Scale(domain=bins["opinions"].drop_duplicates().tolist(), range=[PRAISE, LIGHT_BLUE])
    there = bins.loc[bins["reviews"] > 0, "opinions"].unique().tolist()
    color = alt.Color("opinions:N", title=None, scale=scale, legend=alt.Legend(orient="top", values=there))
    return framed(
        bars(bins, _X, color=color),
        headlines.of_shares_of_praise(counted),
        f"{judging:,} of {every:,} reviews, by the share of praise among their opinions"
        + f"; without an opinion: {every - judging:,}" * (judging < every),
        f"{praise:,} of the {opinions:,} opinions are praise",
        EACH_BAR,
        coded=counted,
        said=f"Histogram: the share of praise among the opinions of {judging} of {every} reviews.",
        values=each(bins[bins["reviews"] > 0], "{low:.0%} to {high:.0%}, {opinions}: {reviews}"),
        height=220,
    )
