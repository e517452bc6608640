"""The chart of praise and criticism: of each theme, in each review, or in groups of reviews."""

from __future__ import annotations

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..summaries import PRAISE_AND_CRITICISM, PRAISE_AND_CRITICISM_BY_GROUP, PRAISE_AND_CRITICISM_BY_REVIEW
from .by_group import praise_by_group
from .checks import check_form, drawable
from .praise_and_criticism_by_review import praise_by_review
from .style import INK, LINE, POLARITY, both_sides, largest_first, written
from .wording import SIDES, coders, describe, each, heading

_FORMS = (PRAISE_AND_CRITICISM_BY_GROUP, PRAISE_AND_CRITICISM_BY_REVIEW, PRAISE_AND_CRITICISM)


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
        column: a panel for each theme, with a bar for the share of each group's reviews that praise it, one for those
        that criticise it, and the 95 % interval of each.

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
    'What is praised, and what is criticised'
    """
    form = check_form(counted, _FORMS, "praise_and_criticism(opinions, reviews")
    if form is PRAISE_AND_CRITICISM_BY_GROUP:
        return praise_by_group(counted)
    if form is PRAISE_AND_CRITICISM_BY_REVIEW:
        return praise_by_review(counted)
    return praise_bars(drawable(counted, "counted")).properties(description=praise_in_words(counted))


def praise_in_words(counted: pd.DataFrame) -> str:
    """Return the bars in words."""
    some = counted[counted["opinions"] > 0]
    return describe("Diverging bars: praise and criticism of each theme.", each(some, "{label}: {opinions} {polarity}"))


def praise_bars(counted: pd.DataFrame, selection: alt.Parameter | None = None) -> ChartType:
    """Draw bars of praise to the right and of criticism to the left of each theme; a selection outlines its own."""
    example = each(
        counted.nlargest(1, "opinions"),
        ", “{opinions:,} in {reviews:,}” is {opinions:,} opinions in {reviews:,} of {of_reviews:,} reviews",
    )
    base = _sides(counted)
    bars = base.mark_bar(height={"band": 0.7}).encode(color=POLARITY)
    if selection:
        outline = alt.condition(selection, alt.value(INK), alt.value(None))
        bars = base.mark_bar(height={"band": 0.7}, strokeWidth=2.5, cursor="pointer")
        bars = bars.encode(color=POLARITY, stroke=outline).add_params(selection)
    praise = base.transform_filter("datum.polarity == 'praise' && datum.opinions > 0")
    criticism = base.transform_filter("datum.polarity == 'criticism' && datum.opinions > 0")
    return alt.layer(
        bars,
        praise.mark_text(align="left", dx=4).encode(text="count:N"),
        criticism.mark_text(align="right", dx=-4).encode(text="count:N"),
    ).properties(
        width=520,
        height=alt.Step(LINE + 4),
        title=heading(
            "What is praised, and what is criticised", f"opinions of each theme{''.join(example)}", *coders(counted)
        ),
    )


def _sides(counted: pd.DataFrame) -> alt.Chart:
    """Return the chart that bars and counts come from: praise to the right, criticism to the left."""
    most = max(1, counted["opinions"].max()) if len(counted) else 1
    of_opinions = counted["of_opinions"].iloc[0] if len(counted) else 0
    return (
        alt.Chart(counted)
        .transform_calculate(
            signed="datum.polarity == 'praise' ? datum.opinions : -datum.opinions",
            count=f"{written('opinions', most)} + ' in ' + {written('reviews', most)}",
        )
        .encode(
            x=both_sides("signed:Q", most, SIDES.format(f"opinions, of {of_opinions:,}")),
            y=alt.Y("label:N", sort=largest_first(counted, "opinions"), title=None),
            tooltip=["label:N", "polarity:N", "opinions:Q", "of_opinions:Q", "reviews:Q", "of_reviews:Q"],
        )
    )
