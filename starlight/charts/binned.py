"""What charts of many reviews share: bars that count reviews in bins, and matrices that count them in cells."""

from __future__ import annotations

from collections.abc import Callable

import altair as alt
import pandas as pd
from altair.typing import ChartType

from .checks import drawable
from .style import BLUE, CARD, LIGHT_BLUE, LINE, panel_title, shade, theme_y
from .wording import tip

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
    named: bool = True,
) -> ChartType:
    """Draw a histogram: a bar for each bin, with its reviews on top; in parts of several colours where bins have them.

    `x` returns the axis of the values, whose title is left out unless it is `named`; that of the reviews, which stand
    on the bars and so have none, ends at `most`, the same in panels that are compared.
    """
    scale = alt.Scale(domain=[0, max(1, most)], nice=False) if most is not None else alt.Undefined
    y = alt.Y("reviews:Q", scale=scale, axis=None)
    at = x if named else lambda field: x(field).title(None)
    base = alt.Chart(bins).encode(y=y)
    drawn = (
        base.transform_filter("datum.reviews > 0")
        .mark_bar(color=LIGHT_BLUE, binSpacing=2)
        .encode(
            x=at("low:Q").bin("binned"),
            x2="high:Q",
            color=color or alt.Undefined,
            **tip(bins, "low", "high", *([color.shorthand.split(":")[0]] if color else []), "reviews"),
        )
    )
    counts = (
        base.transform_aggregate(reviews="sum(reviews)", groupby=["middle"])
        .transform_filter("datum.reviews > 0")
        .mark_text(dy=-7, fontSize=11)
        .encode(x=at("middle:Q"), text=alt.Text("reviews:Q", format=",d"))
    )
    return alt.layer(drawn, counts).properties(width=520, height=80, title=panel_title(title, offset=14))


def histograms(bins: pd.DataFrame, by: str, titles: list[str], x: Callable[[str], alt.X]) -> ChartType:
    """Draw a histogram for each group of bins, one below the other, on one scale of reviews."""
    groups, most = bins[by].unique().tolist(), bins["reviews"].max()
    panels = [
        bars(bins[bins[by] == group], x, title=title, most=most, named=group == groups[-1])
        for group, title in zip(groups, titles, strict=True)
    ]
    return alt.vconcat(*panels, spacing=16)


def cells(
    counted: pd.DataFrame,
    unit: str,
    order: list[str],
    most: float,
    *,
    title: str,
    step: int = 52,
    label: str = "datum.value",
    color: alt.Color | str = BLUE,
) -> ChartType:
    """Draw a matrix: a row for each label, each cell with its count of `unit`, coloured the stronger its share is.

    A share of `most` has the strongest colour, a cell without a share none. `label` is the label of a column, as an
    expression of Vega, and `step` the width of a column in pixels.
    """
    drawable(counted, "the table")
    here = set(counted["label"])
    axis = alt.Axis(orient="top", labelAngle=0, labelFontSize=11, labelOverlap=False, labelExpr=label, ticks=False)
    columns = alt.Scale(domain=counted["column"].drop_duplicates().tolist())
    base = (
        alt.Chart(counted)
        .transform_filter(f"datum.{unit} > 0")
        .transform_calculate(short=_SHORT.format(unit, "1e4" if step < _NARROW else "1e6"))
        .encode(
            x=alt.X("column:N", title=title, scale=columns, axis=axis),
            y=theme_y([name for name in order if name in here], ticks=False),
            **tip(counted, "label", "column", unit, "of", "share"),
        )
    )
    squares = base.transform_filter("isValid(datum.share)").mark_rect(stroke=CARD, strokeWidth=1)
    squares = squares.encode(
        color=alt.value(color) if isinstance(color, str) else color, opacity=shade("share:Q", most)
    )
    text = base.mark_text(fontSize=11).encode(text="short:N")
    return alt.layer(squares, text).properties(width=alt.Step(step), height=alt.Step(LINE))
