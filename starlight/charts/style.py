"""How all charts look: the palette, the theme, and the axes and scales that they share."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..errors import TableError
from ..tables import POLARITIES
from .checks import names_in_order

# Okabe and Ito's colour-blind-safe palette (2008).
BLUE, ORANGE, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
LIGHT_BLUE, LIGHT, GREY = "#9CC3DC", "#BDBDBD", "#848484"
# Colours that follow the card, which is white, or dark where the page's theme is.
_ON_CARD = "luminance(background || 'white') < 0.3 ? '{}' : '{}'"
INK, MUTED = alt.ExprRef(_ON_CARD.format("#EEEEEE", "#222222")), alt.ExprRef(_ON_CARD.format("#BBBBBB", "#666666"))
CARD = alt.ExprRef("background || 'white'")
THIN_PRAISE = alt.ExprRef(_ON_CARD.format("#56B4E9", BLUE))  # of marks too thin for the full colour on a dark card
THIN_CRITICISM = alt.ExprRef(_ON_CARD.format("#F5935A", ORANGE))
PRAISE, CRITICISM = BLUE, ORANGE  # the widgets' are in widgets/palette.css
COLORS = [BLUE, ORANGE, GREEN, PURPLE, LIGHT_BLUE, GREY]  # of what a legend tells apart
SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"]  # of the same, without colour
LINE = 22  # pixels that a line of text takes
LONG = 1_000  # counts from here on are written 12,345, and need more room
REVIEW = ["name:N", "review_id:N"]  # what every tooltip of a review begins with
FEW = 10  # a mark that stands for fewer is hollow
NAME = 240  # pixels of a review's name: 28 capitals, which is more than the names that we give; longer ones are cut
QUARTERS = [0, 0.25, 0.5, 0.75, 1]
_AT_ZERO = alt.condition("datum.value == 0", alt.value(1), alt.value(0.25))
BETWEEN: dict[str, Any] = {
    "gridColor": GREY,
    "gridOpacity": _AT_ZERO,
}  # grid lines of opposites: the one between them stands out
POLARITY = alt.Color("polarity:N", scale=alt.Scale(domain=list(POLARITIES), range=[PRAISE, CRITICISM]), legend=None)
_THEME_LABELS = 130  # pixels left to the names of themes, the same in panels below each other
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"  # vl-convert carries the first: the same widths on any machine


def review_y(frame: pd.DataFrame, *, by: str | None = None, counts: bool = False, grid: bool = False) -> alt.Y:
    """Return an axis that names a table's reviews, with room for counts beside the names or with lines.

    They stand in the table's order; more than five, if `by` is what the chart shows, from the most of it to the least.
    """
    axis = alt.Axis(
        labelLimit=NAME,
        labelOverlap=False,
        labelPadding=40 if counts else 4,
        domain=not grid,
        grid=grid,
        gridOpacity=0.3,
        ticks=not counts and not grid,
    )
    return alt.Y("name:N", title=None, scale=alt.Scale(domain=names_in_order(frame, by)), axis=axis)


def counts_beside(frame: pd.DataFrame, y: alt.Y, title: str, count: str, op: str = "max") -> list[alt.Chart]:
    """Draw a count of each review, an expression of Vega, between its name and its row, with the name of the column."""
    one = alt.Chart(frame).transform_calculate(beside=count)
    one = one.transform_aggregate(counted=f"{op}(beside)", groupby=["name"]).mark_text(align="right", color=MUTED)
    numbers = one.encode(x=alt.value(-8), y=y, text=alt.Text("counted:Q", format=",d"))
    return [numbers, column_head(title, -8, "right")]


def theme_y(order: list[str], *, labels: bool = True, ticks: bool = True, grid: bool = False, offset: int = 0) -> alt.Y:
    """Return an axis that names themes in this order, as wide in every panel; without labels it takes no room."""
    axis = alt.Axis(
        labels=labels, ticks=ticks and labels, grid=grid, minExtent=_THEME_LABELS if labels else 0, offset=offset
    )
    return alt.Y("label:N", title=None, scale=alt.Scale(domain=order), axis=axis)


def share_x(field: str, title: str) -> alt.X:
    """Return an axis of shares, from none to all."""
    return alt.X(field, title=title, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format=".0%", values=QUARTERS))


def share_axis(*, both: bool, ticks: int) -> alt.Axis:
    """Return the axis of shares in per cent, or of `both` what lies above and what lies below zero."""
    signed = "datum.value == 0 ? '0%' : format(datum.value, '+.0%')"
    return alt.Axis(labelExpr=signed if both else "format(datum.value, '.0%')", tickCount=ticks, **BETWEEN)


def count_x(field: str, most: float, title: str, reverse: bool = False) -> alt.X:
    """Return an axis of counts that ends at `most`."""
    return alt.X(
        field, title=title, scale=alt.Scale(domain=[0, most], nice=False, reverse=reverse), axis=count_axis(most)
    )


def both_sides(
    field: str, most: float, title: str | None, *, width: int, room: float = 30, labels: bool = True
) -> alt.X:
    """Return the axis of diverging bars, so many pixels wide, with room for their labels on both sides."""
    end = most * width / (width - 2 * room)
    shown = "format(abs(datum.value), ',d')"
    axis = alt.Axis(
        labelExpr=shown, tickMinStep=1, tickCount=min(8, int(2 * end)), labels=labels, ticks=labels, **BETWEEN
    )
    return alt.X(field, title=title, scale=alt.Scale(domain=[-end, end], nice=False), axis=axis)


def count_axis(most: float) -> alt.Axis:
    """Return the ticks of counts up to `most`: whole numbers."""
    if most < LONG:
        return alt.Axis(tickMinStep=1, format="d")
    return alt.Axis(tickMinStep=1, format=",d", tickCount=5)


def written(field: str, most: float) -> str:
    """Return a count as an expression of Vega, with separators where counts reach thousands."""
    return f"datum.{field}" if most < LONG else f"format(datum.{field}, ',d')"


def counts_in_reviews(frame: pd.DataFrame, count: str, reviews: str) -> str:
    """Return a count and in how many of the reviews it is, as an expression of Vega."""
    most = frame[[count, "of_reviews"]].to_numpy().max(initial=0)
    return f"{written(count, most)} + ', in ' + {written(reviews, most)} + ' of ' + {written('of_reviews', most)}"


def shade(field: str, most: float) -> alt.Opacity:
    """Return how strong the colour of a cell is: the strongest, at `most` or more, still lets its number be read."""
    scale = alt.Scale(domain=[0, most], range=[0.06, 0.75], clamp=True)
    return alt.Opacity(field, scale=scale, legend=None)


def largest_first(frame: pd.DataFrame, count: str) -> list[str]:
    """Return labels ordered from the largest total to the smallest, ties as they stand."""
    totals = frame.groupby("label", sort=False)[count].sum()
    return totals.sort_values(ascending=False, kind="stable").index.tolist()


def told_apart(names: list[str], argument: str, kind: str) -> tuple[alt.Scale, alt.Scale]:
    """Return the colours and the shapes of what a legend names; refuse more than there are."""
    if len(names) > len(COLORS):
        raise TableError(f"{argument} holds {len(names)} {kind}, and a chart tells {len(COLORS)} apart. Take fewer.")
    colors, shapes = (alt.Scale(domain=names, range=values[: len(names)]) for values in (COLORS, SHAPES))
    return colors, shapes


def axis_title(name: str) -> str:
    """Return a name as the title of an axis, which Vega-Lite writes into code of its own, between double quotes."""
    return re.sub(r"\s", " ", name.replace('"', "”").replace("\\", "∖"))


def column_head(name: str, x: int, align: Literal["left", "right"]) -> alt.Chart:
    """Draw the name of a column of texts, above its first line."""
    head = alt.Chart(pd.DataFrame({"column": [name]})).mark_text(align=align, color=MUTED)
    return head.encode(x=alt.value(x), y=alt.value(-8), text="column:N")


def panel_title(text: str | list[str], offset: int = 6) -> alt.TitleParams:
    """Return the title of one panel of several."""
    return alt.TitleParams(text, fontSize=12, anchor="start", offset=offset, frame="group")


def by_kind(frame: pd.DataFrame, panel: Callable[[pd.DataFrame], ChartType]) -> alt.VConcatChart:
    """Draw craft themes and motifs in panels of their own, one below the other."""
    names = {"craft": "Craft: what critics judge", "motif": "Motifs: what these reviews dwell on"}
    parts = [(name, frame[frame["kind"] == kind]) for kind, name in names.items()]
    drawn = [panel(rows).properties(title=panel_title(name)) for name, rows in parts if len(rows)]
    return alt.vconcat(*drawn, spacing=14)


def look() -> alt.theme.ThemeConfig:
    """Return the look of all charts; it sets no colours, so that those of a dark page's theme hold there."""
    return {
        "config": {
            "padding": 12,
            "font": FONT,
            "view": {"stroke": None},
            "title": {
                "anchor": "start",
                "fontSize": 15,
                "subtitleFontSize": 12,
                "subtitlePadding": 4,
                "offset": 12,
            },
            "axis": {
                "labelFontSize": 12,
                "labelLimit": 260,
                "titleFontSize": 12,
                "titleFontWeight": "normal",
                "gridOpacity": 0.6,
            },
            "header": {"labelFontSize": 12, "titleFontSize": 12},
            "legend": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"},
            "text": {"fontSize": 12, "color": INK.to_dict()},  # type: ignore[typeddict-item]  # an expression too
        }
    }
