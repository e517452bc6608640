"""The chart of scores against shares of praise."""

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..summaries import SCORES_AND_PRAISE
from ..summaries.scores_and_praise import furthest, in_cells, in_words
from .checks import to_draw
from .scores import score_x
from .style import BLUE, CARD, FEW, SHARES, THIN_PRAISE, WHOLE
from .wording import each, framed, nothing, tip

_MOST_DOTS = 800
_NAMED = 5  # reviews that all have their name beside them; of more, only those furthest out
_OUT = 3


def chart_scores_and_praise(table: pd.DataFrame) -> ChartType:
    """Draw each review's score against the share of praise among its opinions.

    Parameters
    ----------
    table : DataFrame
        The scores_and_praise table.

    Returns
    -------
    altair chart
        A dot for each review, hollow if it holds fewer than ten opinions. Of more than five reviews, the three are
        named whose score fits least with their share of praise. Of more than 800, circles count them in cells.

    Raises
    ------
    TableError
        If `table` breaks its declaration.

    Examples
    --------
    >>> from starlight import load_reviews, read_opinions, scores_and_praise
    >>> chart_scores_and_praise(scores_and_praise(read_opinions(), load_reviews())).to_dict()["title"]["text"]
    'Too few reviews state a score to say whether praise goes with it'
    """
    table = to_draw(table, SCORES_AND_PRAISE, "table")
    if table.empty:
        return nothing("No review states a score and judges the film")
    title, how, _ = in_words(table)
    many = len(table) > _MOST_DOTS
    drawn = _cells(in_cells(table)) if many else _dots(table)
    few = not many and bool(table["opinions"].lt(FEW).any())
    mark = "circles count reviews" if many else f"a dot a review{f'; hollow: fewer than {FEW} opinions' * few}"
    told = furthest(table, _OUT if len(table) > _NAMED else len(table))
    return framed(
        drawn,
        title,
        f"{len(table):,} reviews that state a score and judge: {mark}",
        *how,
        coded=table,
        said=f"Scatter: score against share of praise, of {len(table)} reviews. {title}. Furthest out:",
        values=each(told, "{name}: {score:g} of 100, {praise} of {opinions} opinions praise"),
        width=460,
        height=320,
    )


def _placed(rows: pd.DataFrame) -> alt.Chart:
    """Return the chart whose marks stand at their score and share of praise."""
    share = alt.Y("share:Q", title="share of praise", scale=WHOLE, axis=SHARES)
    return alt.Chart(rows).encode(x=score_x("score:Q"), y=share)


def _dots(table: pd.DataFrame) -> ChartType:
    """Draw a dot for each review, with the names of few."""
    named = furthest(table, _OUT if len(table) > _NAMED else _NAMED)
    shown = ["name", "review_id", "score_raw", "score", "praise", "criticism", "share"]
    base = _placed(table[[*shown, "opinions"]].round({"share": 4})).encode(**tip(table, *shown))
    fill = alt.condition(f"datum.opinions < {FEW}", alt.value(CARD), alt.value(BLUE))
    dots = base.mark_point(size=60, stroke=THIN_PRAISE, strokeWidth=1.5, filled=True, opacity=0.7).encode(fill=fill)
    beside = _placed(named[["name", "score", "share"]]).encode(text="name:N")
    right = beside.transform_filter("datum.score <= 60").mark_text(align="left", dx=-5, dy=-10, fontSize=11)
    left = beside.transform_filter("datum.score > 60").mark_text(align="right", dx=5, dy=-10, fontSize=11)
    return alt.layer(dots, right, left)


def _cells(cells: pd.DataFrame) -> ChartType:
    """Draw a circle for each cell, as large as its number of reviews."""
    size = alt.Size("reviews:Q", scale=alt.Scale(domainMin=0, range=[0, 700]), legend=None)
    base = _placed(cells)
    circles = base.mark_circle(color=BLUE, opacity=0.5).encode(size=size, **tip(cells, "reviews"))
    numbers = base.mark_text(fontSize=11).encode(text=alt.Text("reviews:Q", format=",d"))
    return alt.layer(circles, numbers)
