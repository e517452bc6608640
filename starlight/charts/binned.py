"""What charts of many reviews share: bars that count reviews in bins, and matrices that count them in cells."""

from __future__ import annotations

from typing import NamedTuple

import altair as alt
import pandas as pd

from .style import BLUE, INK, LIGHT_BLUE, LINE, THEME_LABELS, drawable, percent_axis

EACH_BAR = "each bar holds ten points from its lower end, the last one 100 too"
SHARE = {"scale": alt.Scale(domain=[0, 1]), "axis": percent_axis([0, 0.25, 0.5, 0.75, 1])}
_NARROW = 40  # pixels; room for four digits, where a wider cell has room for six
# A count as it stands in a cell, as an expression of Vega; the tooltip has it in full.
_SHORT = "datum.{0} < {1} ? format(datum.{0}, ',') : datum.{0} < 1e6 ? format(datum.{0} / 1e3, '.0f') + 'k' : "
_SHORT += "format(datum.{0} / 1e6, '.1f') + 'M'"


def bars(
    bins: pd.DataFrame, most: int, axis: dict[str, object], title: str = "", color: alt.Color | None = None
) -> alt.LayerChart:
    """Draw a panel of a histogram: a bar for each bin, on an axis up to `most` reviews, with its count on top.

    Parameters
    ----------
    bins : DataFrame
        What `count_in_bins` gives of one group, in reviews.
    most : int
        The most reviews of a bar, in all panels that are compared.
    axis : dict
        The axis of the values.
    title : str
        What stands over the panel, where there are several.
    color : altair.Color, optional
        What tells the parts of a bar apart, where a bin has several rows.
    """
    base = alt.Chart(bins).encode(
        y=alt.Y(
            "reviews:Q",
            title="reviews",
            scale=alt.Scale(domain=[0, max(1, most)], nice=False),
            axis=alt.Axis(tickMinStep=1, tickCount=3, format=",d"),
        )
    )
    some = base.transform_filter("datum.reviews > 0")
    drawn = some.mark_bar(color=LIGHT_BLUE, binSpacing=2).encode(
        x=alt.X("low:Q", bin="binned", **axis),
        x2="high:Q",
        color=color or alt.Undefined,
        tooltip=["low:Q", "high:Q", *([color.shorthand] if color else []), alt.Tooltip("reviews:Q", format=",d")],
    )
    counts = (
        base.transform_aggregate(reviews="sum(reviews)", groupby=["middle"])
        .transform_filter("datum.reviews > 0")
        .mark_text(dy=-7, fontSize=11)
        .encode(x=alt.X("middle:Q", **axis), text=alt.Text("reviews:Q", format=",d"))
    )
    small = alt.TitleParams(title, fontSize=12, anchor="start", offset=14, frame="group")
    return alt.layer(drawn, counts).properties(width=520, height=80, title=small)


def tenth(row: NamedTuple) -> str:
    """Write a bin of shares."""
    return f"{row.low:.0%} to {row.high:.0%}"


def in_blue(most: float) -> alt.Color:
    """Give the colour of a cell by its share of the row: from `most` on the darkest."""
    return alt.Color(
        "share:Q",
        title="share of the row",
        scale=alt.Scale(range=["#FFFFFF", BLUE], domain=[0, most], interpolate="rgb", clamp=True),
        legend=alt.Legend(format=".0%"),
    )


def cells(
    counted: pd.DataFrame,
    unit: str,
    order: list[str],
    color: alt.Color,
    *,
    title: str,
    step: int = 52,
    label: str = "datum.value",
    white_from: float = 1,
) -> alt.LayerChart:
    """Draw a panel of a matrix: a row for each label, each cell with its count on the colour of its share.

    Parameters
    ----------
    counted : DataFrame
        A row for each label and column: the count, `of` how many, and their share, missing where a cell has no colour.
    unit : str
        The column of counts.
    order : list of str
        The labels of all panels, from the top.
    color : altair.Color
        The colour of a cell.
    title : str
        What the columns are.
    step : int
        The width of a column, in pixels.
    label : str
        The label of a column, as an expression of Vega.
    white_from : float
        The share above which a count is white, on a dark ground.
    """
    drawable(counted, "the table")
    columns, here = counted["column"].drop_duplicates().tolist(), set(counted["label"])
    order = [name for name in order if name in here]
    labels = alt.Axis(orient="top", labelAngle=0, labelFontSize=11, labelOverlap=False, labelExpr=label, ticks=False)
    base = (
        alt.Chart(counted)
        .transform_filter(f"datum.{unit} > 0")
        .transform_calculate(short=_SHORT.format(unit, "1e4" if step < _NARROW else "1e6"))
        .encode(
            x=alt.X("column:N", title=title, scale=alt.Scale(domain=columns), axis=labels),
            y=alt.Y(
                "label:N", title=None, scale=alt.Scale(domain=order), axis=alt.Axis(minExtent=THEME_LABELS, ticks=False)
            ),
            tooltip=[
                "label:N",
                "column:N",
                *(alt.Tooltip(f"{count}:Q", format=",d") for count in (unit, "of")),
                alt.Tooltip("share:Q", format=".1%"),
            ],
        )
    )
    squares = base.transform_filter("isValid(datum.share)").mark_rect(stroke="white", strokeWidth=1)
    white = alt.condition(f"isValid(datum.share) && datum.share > {white_from:.6g}", alt.value("white"), alt.value(INK))
    return alt.layer(
        squares.encode(color=color), base.mark_text(fontSize=11).encode(text="short:N", color=white)
    ).properties(width=alt.Step(step), height=alt.Step(LINE))
