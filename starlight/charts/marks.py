"""The marks that charts share: dots with intervals, lines between counts, matrices, histograms, columns of numbers."""

from collections.abc import Callable

import altair as alt
import pandas as pd
from altair.typing import ChartType

from .checks import drawable
from .style import (
    BLUE,
    CARD,
    GREY,
    LIGHT_BLUE,
    LINE,
    MUTED,
    THIN_PRAISE,
    WIDTH,
    panel_title,
    review_y,
    shade,
    theme_y,
    told_apart,
)
from .wording import tip

_WIDTH = 560  # pixels of a matrix of reviews: beside their names it is as wide as a notebook
_NARROW = 40  # pixels; room for four digits, where a wider cell has room for six
# A count as it stands in a cell, as an expression of Vega; the tooltip has it in full.
_SHORT = "datum.{0} < {1} ? format(datum.{0}, ',') : datum.{0} < 1e6 ? format(datum.{0} / 1e3, '.0f') + 'k' : "
_SHORT += "format(datum.{0} / 1e6, '.1f') + 'M'"


def dots_by_group(
    rows: pd.DataFrame,
    order: list[str],
    group: str,
    at: alt.X,
    ends: tuple[str, str],
    shown: tuple[str, ...],
) -> ChartType:
    """Draw labels in this order, and beside each a dot on its interval for every group, hollow if it stands for few."""
    names = rows[group].drop_duplicates().tolist()
    color, shape = told_apart(f"{group}:N", names)
    base = alt.Chart(rows[list(dict.fromkeys([*shown, "label", group, at.shorthand.split(":")[0], *ends, "hollow"]))])
    base = base.encode(
        y=alt.Y("label:N", sort=order, title=None, axis=alt.Axis(grid=True, labelLimit=200)),
        yOffset=alt.YOffset(f"{group}:N", sort=names),
        color=color,
        **tip(rows, *shown),
    )
    return alt.layer(
        base.mark_rule(strokeWidth=2).encode(x=f"{ends[0]}:Q", x2=f"{ends[1]}:Q"),
        base.mark_point(size=55, strokeWidth=2, opacity=1).encode(
            x=at, shape=shape, fill=alt.condition("datum.hollow", alt.value(CARD), color)
        ),
    ).properties(height=alt.Step(10 * len(names) + 10, **{"for": "position"}))


def dot_and_ring(base: alt.Chart, dot: alt.X, ring: str, color: alt.Color | None = None) -> list[alt.Chart]:
    """Draw a dot at one count and a ring at another, with a line between them."""
    coloured = base.encode(color=color or alt.ColorValue(THIN_PRAISE))
    return [
        base.mark_rule(color=GREY, strokeWidth=2).encode(x=dot, x2=ring),
        coloured.mark_point(size=60, filled=True, opacity=1).encode(x=dot),
        coloured.mark_point(size=130, strokeWidth=2, filled=False, opacity=1).encode(x=ring),
    ]


def column(base: alt.Chart, name: str, text: str | alt.Text, x: int) -> list[alt.Chart]:
    """Draw a column of texts that ends so many pixels from the left, below its name."""
    head = alt.Chart(pd.DataFrame({"column": [name]})).encode(y=alt.YValue(-8), text="column:N")
    parts = (base.encode(text=text), head)
    return [part.mark_text(align="right", color=MUTED).encode(x=alt.XValue(x)) for part in parts]


def counts_beside(frame: pd.DataFrame, y: alt.Y, name: str, count: str, op: str = "max") -> list[alt.Chart]:
    """Draw a count of each review, an expression of Vega, between its name and its row."""
    one = alt.Chart(frame).encode(y=y).transform_calculate(beside=count)
    one = one.transform_aggregate(counted=f"{op}(beside)", groupby=["name"])
    return column(one, name, alt.Text("counted:Q", format=",d"), -8)


def matrix(
    rows: pd.DataFrame, order: list[str], cells: Callable[[alt.Chart], list[alt.Chart]], step: int, *count: str
) -> ChartType:
    """Draw reviews below themes in this order, each beside its name and a `count`, as `counts_beside` takes it.

    `cells` draws what is in the cells. A column is `step` pixels wide; themes that find no room come in a further
    matrix below.
    """
    y, room = review_y(rows, counts=True), _WIDTH // step
    axis = alt.Axis(orient="top", labelAngle=-45, labelLimit=110, labelOverlap=False, ticks=False, domain=False)
    lines = []
    for start in range(0, max(1, len(order)), room):
        line = order[start : start + room]
        part = rows[rows["label"].isin(line)]
        x = alt.X("label:N", title=None, scale=alt.Scale(domain=line), axis=axis)
        drawn = alt.layer(*cells(alt.Chart(part).encode(x=x, y=y)), *counts_beside(part, y, *count))
        lines.append(drawn.properties(width=alt.Step(step), height=alt.Step(LINE)))
    return alt.vconcat(*lines, spacing=14)


def used(rows: pd.DataFrame, counts: list[str]) -> tuple[pd.DataFrame, list[str]]:
    """Return the rows of themes that some review has, and a line that names the others; all rows if there are none."""
    there = rows["theme"].isin(rows.loc[rows[counts].sum(axis=1) > 0, "theme"])
    if there.all() or not there.any():
        return rows, []
    return rows[there], [f"in no review: {', '.join(rows.loc[~there, 'label'].unique())}"]


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
        color=alt.ColorValue(color) if isinstance(color, str) else color, opacity=shade("share:Q", most)
    )
    text = base.mark_text(fontSize=11).encode(text="short:N")
    return alt.layer(squares, text).properties(width=alt.Step(step), height=alt.Step(LINE))


def bars(
    bins: pd.DataFrame, x: Callable[[str], alt.X], *, color: alt.Color | None = None, axis: bool = True
) -> ChartType:
    """Draw a histogram: a bar for each bin, with its reviews on top; in parts of several colours where bins have them.

    `x` returns the axis of the values, whose title is left out without `axis`.
    """
    at = x if axis else lambda field: x(field).title(None)
    base = alt.Chart(bins).encode(y=alt.Y("reviews:Q", axis=None)).transform_filter("datum.reviews > 0")
    parts = [color.shorthand.split(":")[0]] if color else []
    drawn = base.mark_bar(color=LIGHT_BLUE, binSpacing=2).encode(
        x=at("low:Q").bin("binned"),
        x2="high:Q",
        color=color or alt.Undefined,
        **tip(bins, "low", "high", *parts, "reviews"),
    )
    every = base.transform_aggregate(reviews="sum(reviews)", groupby=["middle"])
    every = every.encode(x=at("middle:Q"), text=alt.Text("reviews:Q", format=",d"))
    halo = every.mark_text(dy=-7, stroke=CARD, strokeWidth=5)  # where a line passes
    return alt.layer(drawn, halo, every.mark_text(dy=-7))


def histograms(bins: pd.DataFrame, by: str, titles: list[str], x: Callable[[str], alt.X]) -> ChartType:
    """Draw a histogram for each group of bins, one below the other, on one scale of reviews."""
    groups = bins[by].unique().tolist()
    panels = [
        bars(bins[bins[by] == group], x, axis=group == groups[-1]).properties(
            width=WIDTH, height=80, title=panel_title(title, offset=14)
        )
        for group, title in zip(groups, titles, strict=True)
    ]
    return alt.vconcat(*panels, spacing=16).resolve_scale(y="shared")
