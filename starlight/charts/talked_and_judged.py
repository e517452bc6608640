"""The chart of how often craft themes are mentioned and how often they are judged."""

from __future__ import annotations

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..summaries import TALKED_AND_JUDGED, some
from .checks import drawable, to_draw
from .style import BLUE, GREY, LIGHT_BLUE, LINE, count_x, largest_first, theme_y, written
from .wording import coders, describe, each, heading, tip


def chart_talked_and_judged(counted: pd.DataFrame) -> ChartType:
    """Draw how often each craft theme is mentioned and how often it is judged.

    Parameters
    ----------
    counted : DataFrame
        The talked_and_judged table.

    Returns
    -------
    altair chart
        A line for each theme, from its opinions to its mentions, on one scale.

    Raises
    ------
    TableError
        If `counted` breaks its declaration.

    Examples
    --------
    >>> from starlight import find_mentions, load_reviews, read_opinions, split_sentences, talked_and_judged
    >>> reviews = load_reviews()
    >>> table = talked_and_judged(find_mentions(split_sentences(reviews)), read_opinions(), reviews)
    >>> chart_talked_and_judged(table).to_dict()["title"]["text"]
    'Talked about far more than judged: “Music”, 17 mentions and 1 opinion'
    """
    counted = drawable(to_draw(counted, TALKED_AND_JUDGED, "counted"), "counted")
    most = max(1, counted[["mentions", "opinions"]].to_numpy().max(initial=0))
    shown = ("label", "mentions", "reviews_mentioning", "opinions", "reviews_judging", "of_reviews")
    base = (
        alt.Chart(counted)
        .transform_calculate(
            further="max(datum.mentions, datum.opinions)",
            said=f"{written('mentions', most)} + ' in ' + {written('reviews_mentioning', most)} + "
            "(datum.reviews_mentioning == 1 ? ' review; ' : ' reviews; ') + "
            f"{written('opinions', most)} + ' in ' + {written('reviews_judging', most)}",
        )
        .encode(
            y=theme_y(largest_first(counted, "mentions"), ticks=False, offset=9),
            **tip(counted, *shown),
        )
    )
    what, legend = ["mentions", "opinions"], alt.Legend(orient="top", title=None)
    color = alt.Color("what:N", scale=alt.Scale(domain=what, range=[LIGHT_BLUE, BLUE]), legend=legend)
    shape = alt.Shape("what:N", scale=alt.Scale(domain=what, range=["circle", "square"]), legend=legend)
    ends = [
        base.transform_calculate(what=f"'{count}'")
        .mark_point(size=size, filled=True, opacity=1)
        .encode(x=count_x(f"{count}:Q", 1.55 * most, "how often"), color=color, shape=shape)
        for count, size in zip(what, (150, 45), strict=True)
    ]
    return alt.layer(
        base.mark_rule(color=GREY, strokeWidth=2, opacity=0.6).encode(x="mentions:Q", x2="opinions:Q"),
        *ends,
        base.mark_text(align="left", dx=9).encode(x="further:Q", text="said:N"),
    ).properties(
        width=480,
        height=alt.Step(LINE + 2),
        title=heading(
            _title(counted), "mentions and opinions of each craft theme, and in how many reviews", *coders(counted)
        ),
        description=describe(
            "Lines: from the opinions of each craft theme to its mentions.",
            each(counted, "{label}: {mentions} mentions, {opinions} opinions"),
        ),
    )


def _title(counted: pd.DataFrame) -> str:
    """Name the theme that is mentioned most beyond its opinions, if one is mentioned more often than judged."""
    beyond = (counted["mentions"] + 1) / (counted["opinions"] + 1)
    if not beyond.gt(2).any():
        return "No theme is talked about far more than it is judged"
    row = counted[beyond.eq(beyond.max())].to_dict("records")[0]
    counts = f"{some(row['mentions'], 'mention')} and {some(row['opinions'], 'opinion')}"
    return f"Talked about far more than judged: “{row['label']}”, {counts}"
