"""How all charts look: the palette, the theme, and the axes and scales that they share."""

import re
from collections.abc import Callable
from typing import Any

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
COLORS: list[Any] = [THIN_PRAISE, ORANGE, GREEN, PURPLE, LIGHT_BLUE, GREY]  # of what a legend tells apart
SHAPES = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down"]  # of the same, without colour
LINE = 22  # pixels that a line of text takes
WIDTH, ROW = 520, alt.Step(LINE + 2)  # of a chart, and of a row with a mark in it
FEW = 10  # a mark that stands for fewer is hollow
NAME = 240  # pixels of a review's name: 28 capitals, which is more than the names that we give; longer ones are cut
WHOLE, SHARES = alt.Scale(domain=[0, 1]), alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1])
# Grid lines of opposites: the one between them stands out.
BETWEEN: dict[str, Any] = {
    "gridColor": GREY,
    "gridOpacity": alt.condition("datum.value == 0", alt.value(1), alt.value(0.25)),
}
POLARITY = alt.Color("polarity:N", scale=alt.Scale(domain=list(POLARITIES), range=[PRAISE, CRITICISM]), legend=None)
THIN_POLARITY = POLARITY.copy().scale(domain=list(POLARITIES), range=[THIN_PRAISE, THIN_CRITICISM])
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


def theme_y(order: list[str], *, ticks: bool = True, offset: int = 0) -> alt.Y:
    """Return an axis that names themes in this order, as wide in every panel."""
    axis = alt.Axis(ticks=ticks, minExtent=130, offset=offset)
    return alt.Y("label:N", title=None, scale=alt.Scale(domain=order), axis=axis)


def share_x(field: str, title: str) -> alt.X:
    """Return an axis of shares, from none to all."""
    return alt.X(field, title=title, scale=WHOLE, axis=SHARES)


def share_axis(shares: pd.DataFrame, *, ticks: int) -> alt.Axis:
    """Return the axis of shares in per cent or, where some are below zero, of what lies above and what lies below."""
    signed = "datum.value == 0 ? '0%' : format(datum.value, '+.0%')"
    both = bool(shares["at"].min() < 0)
    return alt.Axis(labelExpr=signed if both else "format(datum.value, '.0%')", tickCount=ticks, **BETWEEN)


def count_x(field: str, most: float, title: str) -> alt.X:
    """Return an axis of counts that ends at `most`."""
    axis = alt.Axis(format=",d", tickCount=min(5, int(most)))  # whole numbers, however few
    return alt.X(field, title=title, scale=alt.Scale(domain=[0, most], nice=False), axis=axis)


def both_sides(
    field: str, most: float, title: str | None, *, width: int = WIDTH, room: float = 30, labels: bool = True
) -> alt.X:
    """Return the axis of diverging bars, so many pixels wide, with room for their labels on both sides."""
    end = most * width / (width - 2 * room)
    shown = "format(abs(datum.value), ',d')"
    axis = alt.Axis(
        labelExpr=shown, tickMinStep=1, tickCount=min(8, int(2 * end)), labels=labels, ticks=labels, **BETWEEN
    )
    return alt.X(field, title=title, scale=alt.Scale(domain=[-end, end], nice=False), axis=axis)


def shade(field: str, most: float) -> alt.Opacity:
    """Return how strong the colour of a cell is: the strongest, at `most` or more, still lets its number be read."""
    scale = alt.Scale(domain=[0, most], range=[0.06, 0.75], clamp=True)
    return alt.Opacity(field, scale=scale, legend=None)


def largest_first(frame: pd.DataFrame, count: str) -> list[str]:
    """Return labels ordered from the largest total to the smallest, ties as they stand."""
    totals = frame.groupby("label", sort=False)[count].sum()
    return totals.sort_values(ascending=False, kind="stable").index.tolist()


def few_enough(names: list[str], argument: str, kind: str) -> None:
    """Refuse to tell apart more than there are colours for."""
    if len(names) > len(COLORS):
        raise TableError(f"{argument} holds {len(names)} {kind}, and a chart tells {len(COLORS)} apart. Take fewer.")


def told_apart(field: str, names: list[str]) -> tuple[alt.Color, alt.Shape]:
    """Return the colours and the shapes of what a legend above the chart names; of more than six, the rest in grey."""
    legend = alt.Legend(orient="top", title=None, columns=2, labelLimit=210, symbolStrokeWidth=2, symbolOpacity=1)
    shown = legend if len(names) > 1 else None
    colors, shapes = [*COLORS, *[LIGHT] * len(names)][: len(names)], [*SHAPES, *["circle"] * len(names)][: len(names)]
    return (
        alt.Color(field, scale=alt.Scale(domain=names, range=colors), legend=shown),
        alt.Shape(field, scale=alt.Scale(domain=names, range=shapes), legend=shown),
    )


def axis_title(name: str) -> str:
    """Return a name as the title of an axis, which Vega-Lite writes into code of its own, between double quotes."""
    return re.sub(r"\s", " ", name.replace('"', "”").replace("\\", "∖"))


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
