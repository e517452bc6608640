"""The chart of praise and criticism of each theme."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ..summaries.opinions import PRAISE_AND_CRITICISM
from ..tables.columns import POLARITIES
from .style import BLUE, LINE, ORANGE, both_sides, check_drawable, largest_first, written
from .wording import coders, describe, heading


def chart_praise_and_criticism(counted: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw praise and criticism of each theme: bars to the right and to the left.

    Parameters
    ----------
    counted : DataFrame
        The praise_and_criticism table.

    Returns
    -------
    altair chart
        Themes from the most to the least judged; a bar carries its count and how many reviews it comes from.

    Raises
    ------
    TableError
        If `counted` breaks its declaration.

    Examples
    --------
    >>> from starlight import load_reviews, praise_and_criticism, read_opinions
    >>> chart = chart_praise_and_criticism(praise_and_criticism(read_opinions(), load_reviews()))
    >>> chart.to_dict()["title"]["text"]
    'What is praised, and what is criticised'
    """
    check_drawable(counted, PRAISE_AND_CRITICISM, "counted")
    most = max(1, counted["opinions"].max()) if len(counted) else 1
    of_opinions = counted["of_opinions"].iloc[0] if len(counted) else 0
    example = "".join(
        f", “{r.opinions:,} in {r.reviews:,}” is {r.opinions:,} opinions in {r.reviews:,} of {r.of_reviews:,} reviews"
        for r in counted.nlargest(1, "opinions").itertuples()
    )
    base = (
        alt.Chart(counted)
        .transform_calculate(
            signed="datum.polarity == 'praise' ? datum.opinions : -datum.opinions",
            count=f"{written('opinions', most)} + ' in ' + {written('reviews', most)}",
        )
        .encode(
            x=alt.X(
                "signed:Q",
                title=f"← criticism\u2003\u2003opinions, of {of_opinions:,}\u2003\u2003praise →",
                **both_sides(most),
            ),
            y=alt.Y("label:N", sort=largest_first(counted, "opinions"), title=None),
            tooltip=["label:N", "polarity:N", "opinions:Q", "of_opinions:Q", "reviews:Q", "of_reviews:Q"],
        )
    )
    bars = base.mark_bar(height={"band": 0.7}).encode(
        color=alt.Color(
            "polarity:N",
            title=None,
            scale=alt.Scale(domain=list(POLARITIES), range=[BLUE, ORANGE]),
            legend=None,
        )
    )
    praise = base.transform_filter("datum.polarity == 'praise' && datum.opinions > 0").mark_text(align="left", dx=4)
    criticism = base.transform_filter("datum.polarity == 'criticism' && datum.opinions > 0").mark_text(
        align="right", dx=-4
    )
    return alt.layer(bars, praise.encode(text="count:N"), criticism.encode(text="count:N")).properties(
        width=520,
        height=alt.Step(LINE + 4),
        title=heading(
            "What is praised, and what is criticised",
            f"opinions of each theme{example}",
            *coders(counted),
        ),
        description=describe(
            "Diverging bars: praise and criticism of each theme.",
            (f"{r.label}: {r.opinions} {r.polarity}" for r in counted.itertuples() if r.opinions),
        ),
    )
