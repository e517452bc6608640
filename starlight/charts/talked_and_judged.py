"""The chart of how often craft themes are mentioned beside how often they are judged."""

from __future__ import annotations

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..summaries import TALKED_AND_JUDGED
from .checks import drawable, to_draw
from .style import BLUE, LIGHT_BLUE, LINE, count_x, counts_in_reviews, largest_first
from .wording import coders, describe, each, heading

_COUNTS = ["mentions:Q", "reviews_mentioning:Q", "opinions:Q", "reviews_judging:Q", "of_reviews:Q"]


def chart_talked_and_judged(counted: pd.DataFrame) -> ChartType:
    """Draw how often each craft theme is mentioned beside how often it is judged.

    Parameters
    ----------
    counted : DataFrame
        The talked_and_judged table.

    Returns
    -------
    altair chart
        Mentions to the left, opinions to the right, on scales of their own.

    Raises
    ------
    TableError
        If `counted` breaks its declaration.

    Examples
    --------
    >>> from starlight import find_mentions, load_reviews, read_opinions, split_sentences, talked_and_judged
    >>> reviews = load_reviews()
    >>> table = talked_and_judged(find_mentions(split_sentences(reviews)), read_opinions(), reviews)
    >>> len(chart_talked_and_judged(table).to_dict()["hconcat"])
    2
    """
    counted = drawable(to_draw(counted, TALKED_AND_JUDGED, "counted"), "counted")
    panels = [
        _side(counted, "mentions", "reviews_mentioning", "talked about: mentions", LIGHT_BLUE, left=True),
        _side(counted, "opinions", "reviews_judging", "judged: opinions", BLUE, left=False),
    ]
    return alt.hconcat(*panels, spacing=12).properties(
        title=heading(
            "Talked about, and judged",
            "mentions and opinions of each craft theme, and in how many reviews; each side has its own scale",
            *coders(counted),
        ),
        description=describe(
            "Bars: mentions against opinions of each craft theme.",
            each(counted, "{label}: {mentions} mentions, {opinions} opinions"),
        ),
    )


def _side(counted: pd.DataFrame, count: str, reviews: str, title: str, color: str, *, left: bool) -> ChartType:
    """Draw one side of the themes: bars towards the left or towards the right."""
    most = max(1, counted[count].max()) * 1.45 if len(counted) else 1
    axis = alt.Axis(labels=not left, ticks=False, domain=False, labelPadding=8)
    base = (
        alt.Chart(counted)
        .transform_calculate(count=counts_in_reviews(counted, count, reviews))
        .encode(
            x=count_x(f"{count}:Q", most, title, reverse=left),
            y=alt.Y("label:N", sort=largest_first(counted, "mentions"), title=None, axis=axis),
            tooltip=["label:N", *_COUNTS],
        )
    )
    text = base.mark_text(align="right" if left else "left", dx=-4 if left else 4).encode(text="count:N")
    return alt.layer(base.mark_bar(color=color, height={"band": 0.7}), text).properties(
        width=260, height=alt.Step(LINE + 2)
    )
