"""What charts of many reviews share: bars that count reviews in bins, and matrices that count them in cells."""

from __future__ import annotations

from collections.abc import Callable

import altair as alt
import pandas as pd
from altair.typing import ChartType

from .checks import drawable
from .style import BLACK, CARD, INK, LIGHT_BLUE, LINE, panel_title, theme_y

_NARROW = 40  # pixels; room for four digits, where a wider cell has room for six
# A count as it stands in a cell, as an expression of Vega; the tooltip has it in full.
_SHORT = "datum.{0} < {1} ? format(datum.{0}, ',') : datum.{0} < 1e6 ? format(datum.{0} / 1e3, '.0f') + 'k' : "
_SHORT += "format(datum.{0} / 1e6, '.1f') + 'M'"


def bars(
    bins: pd.DataFrame,
    x: Callable[[str], alt.X],
    *,
    title: str = "",
    most: int | None = None,
    color: alt.Color | None = None,
) -> ChartType:
    """Draw a histogram: a bar for each bin, with its reviews on top; in parts of several colours where bins have them.

    `x` returns the axis of the values; that of the reviews ends at `most`, the same in panels that are compared.
    """
    y = alt.Y(
        "reviews:Q",
        title="reviews",
        scale=alt.Scale(domain=[0, max(1, most)], nice=False) if most is not None else alt.Undefined,
        axis=alt.Axis(tickMinStep=1, tickCount=3, format=",d"),
    )
    parts = [color.shorthand] if color else []
    base = alt.Chart(bins).encode(y=y)
    drawn = (
        base.transform_filter("datum.reviews > 0")
        .mark_bar(color=LIGHT_BLUE, binSpacing=2)
        .encode(
            x=x("low:Q").bin("binned"),
            x2="high:Q",
            color=color or alt.Undefined,
            tooltip=["low:Q", "high:Q", *parts, alt.Tooltip("reviews:Q", format=",d")],
        )
    )
    counts = (
        base.transform_aggregate(reviews="sum(reviews)", groupby=["middle"])
        .transform_filter("datum.reviews > 0")
        .mark_text(dy=-7, fontSize=11)
        .encode(x=x("middle:Q"), text=alt.Text("reviews:Q", format=",d"))
    )
    return alt.layer(drawn, counts).properties(width=520, height=80, title=panel_title(title, offset=14))


def histograms(bins: pd.DataFrame, by: str, titles: list[str], x: Callable[[str], alt.X]) -> ChartType:
    """Draw a histogram for each group of bins, one below the other, on one scale of reviews."""
    groups, most = zip(bins[by].unique(), titles, strict=True), bins["reviews"].max()
    panels = [bars(bins[bins[by] == group], x, title=title, most=most) for group, title in groups]
    return alt.vconcat(*panels, spacing=16)


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
) -> ChartType:
    """Draw a matrix: a row for each label, each cell with its count of `unit` on the colour of its share.

    A cell without a share has no colour, one with a share above `white_from` a white count. `label` is the label of a
    column, as an expression of Vega, and `step` the width of a column in pixels.
    """
    drawable(counted, "the table")
    here = set(counted["label"])
    axis = alt.Axis(orient="top", labelAngle=0, labelFontSize=11, labelOverlap=False, labelExpr=label, ticks=False)
    columns = alt.Scale(domain=counted["column"].drop_duplicates().tolist())
    figures = [alt.Tooltip(f"{name}:Q", format=",d") for name in (unit, "of")]
    base = (
        alt.Chart(counted)
        .transform_filter(f"datum.{unit} > 0")
        .transform_calculate(short=_SHORT.format(unit, "1e4" if step < _NARROW else "1e6"))
        .encode(
            x=alt.X("column:N", title=title, scale=columns, axis=axis),
            y=theme_y([name for name in order if name in here], ticks=False),
            tooltip=["label:N", "column:N", *figures, alt.Tooltip("share:Q", format=".1%")],
        )
    )
    squares = base.transform_filter("isValid(datum.share)").mark_rect(stroke=CARD, strokeWidth=1).encode(color=color)
    there = "isValid(datum.share)"  # else the cell has no colour, and its count that of the page's words
    dark = alt.when(f"{there} && datum.share > {white_from:.6g}").then(alt.value("white"))
    white = dark.when(there).then(alt.value(BLACK)).otherwise(alt.value(INK))
    text = base.mark_text(fontSize=11).encode(text="short:N", color=white)
    return alt.layer(squares, text).properties(width=alt.Step(step), height=alt.Step(LINE))
