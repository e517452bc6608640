"""What all charts share: the palette, titles, axes and words, so that they look and read alike."""

from __future__ import annotations

from collections.abc import Callable

import altair as alt
import pandas as pd

from ..errors import TableError
from ..tables.schema import Table, check

# Okabe and Ito's colour-blind-safe palette (2008).
BLUE, ORANGE, GREEN, PURPLE, INK = "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#222222"
LIGHT_BLUE, LIGHT_ORANGE, LIGHT, MUTED, GRID = "#9CC3DC", "#F0B48A", "#BDBDBD", "#666666", "#E4E4E4"
LINE = 22  # pixels that a line of text takes
THEME_LABELS = 130  # pixels left to the names of themes, the same in panels below each other
SCORE_AXIS = {"title": "score, 0 to 100", "scale": alt.Scale(domain=[0, 100])}
MANY_REVIEWS = 30  # from here on nobody reads a line for each review: they are counted in bins instead
_MANY_ROWS = 800  # nor a mark for each row; and this many are about 150 kB of specification
LONG = 1_000  # counts from here on are written 12,345, and need more room
_MOST_ROWS = 5_000  # Altair's own limit


def check_drawable(frame: pd.DataFrame, table: Table, argument: str) -> None:
    """Refuse a table that breaks its declaration, or has more rows than a chart can draw."""
    check(frame, table, argument)
    drawable(frame, argument)


def drawable(frame: pd.DataFrame, argument: str) -> pd.DataFrame:
    """Give the rows of a chart, or refuse more than Altair draws: only a table of very many themes has them."""
    if len(frame) > _MOST_ROWS:
        raise TableError(
            f"{argument} makes {len(frame):,} marks, and a chart draws at most {_MOST_ROWS:,}. Give fewer themes."
        )
    return frame


def are_many(frame: pd.DataFrame) -> bool:
    """Say whether the reviews of a table are too many to be drawn one by one."""
    return frame["review_id"].nunique() >= MANY_REVIEWS or len(frame) > _MANY_ROWS


def short(review_id: str) -> str:
    """Give the part of a review's id before the first underscore."""
    return review_id.split("_")[0]


def review_names(frame: pd.DataFrame) -> dict[str, str]:
    """Give the name of each review in words: its short id, where those tell all reviews apart, else the whole one."""
    ids = frame["review_id"].unique()
    names = {name: short(name) for name in ids}
    return names if all(names.values()) and len(set(names.values())) == len(ids) else {name: name for name in ids}


def review_label(frame: pd.DataFrame) -> str:
    """Label reviews on axes and headers as `review_names` names them in words."""
    names = review_names(frame)
    return "datum.value" if all(name == shown for name, shown in names.items()) else "split(datum.value, '_')[0]"


def review_axis(frame: pd.DataFrame, **settings: object) -> alt.Axis:
    """Give the axis that names reviews."""
    return alt.Axis(labelExpr=review_label(frame), **settings)


def percent_axis(values: list[float]) -> alt.Axis:
    """Give the axis of shares, with ticks at these values."""
    return alt.Axis(format=".0%", values=values)


def count_axis(most: float) -> alt.Axis:
    """Give the axis of counts up to `most`, with ticks at whole numbers."""
    return alt.Axis(tickMinStep=1, **({"format": "d"} if most < LONG else {"format": ",d", "tickCount": 5}))


def written(field: str, most: float) -> str:
    """Write a count, as an expression of Vega: as it is, or where counts reach thousands with separators."""
    return f"datum.{field}" if most < LONG else f"format(datum.{field}, ',d')"


def dark_zero() -> dict:
    """Give the colour of a grid whose line at 0 is dark: what lies on both sides of it are opposites."""
    return alt.condition("datum.value == 0", alt.value(INK), alt.value(GRID))


def both_sides(most: float, labels: bool = True) -> dict[str, object]:
    """Give the axis of diverging bars: counts up to `most` and their labels on both sides of a dark line at 0."""
    end = (1.25 if most < LONG else 1.6) * most
    shown = "abs(datum.value)" if most < LONG else "format(abs(datum.value), ',d')"
    return {
        "scale": alt.Scale(domain=[-end, end], nice=False),
        "axis": alt.Axis(
            labelExpr=shown, tickMinStep=1, format="d", gridColor=dark_zero(), labels=labels, ticks=labels
        ),
    }


def largest_first(frame: pd.DataFrame, count: str, name: str = "label") -> list[str]:
    """Order names from the largest total to the smallest, ties as they stand."""
    return frame.groupby(name, sort=False)[count].sum().sort_values(ascending=False, kind="stable").index.tolist()


def by_kind(frame: pd.DataFrame, panel: Callable[[pd.DataFrame], alt.LayerChart]) -> alt.VConcatChart:
    """Draw craft themes and motifs in panels of their own, one below the other."""
    names = {"craft": "Craft: what critics judge", "motif": "Motifs: what these reviews dwell on"}
    parts = [(names[kind], rows) for kind, rows in frame.groupby("kind", sort=True)]
    small = {"fontSize": 12, "anchor": "start", "offset": 6, "frame": "group"}
    return alt.vconcat(
        *(panel(rows).properties(title=alt.TitleParams(name, **small)) for name, rows in parts), spacing=14
    )


_FONT = (
    "Liberation Sans, Arial, Helvetica, sans-serif"  # one set of widths on every machine: vl-convert carries the first
)
FAINT = "#767676"


def _look() -> alt.theme.ThemeConfig:
    """Give the look of all charts: a white card, legible in light and dark notebooks."""
    return {
        "config": {
            "background": "white",
            "padding": 12,
            "font": _FONT,
            "view": {"stroke": None},
            "title": {
                "anchor": "start",
                "color": INK,
                "fontSize": 15,
                "subtitleColor": "#555555",
                "subtitleFontSize": 12,
                "subtitlePadding": 4,
                "offset": 12,
            },
            "axis": {
                "labelColor": INK,
                "labelFontSize": 12,
                "labelLimit": 260,
                "titleColor": "#555555",
                "titleFontSize": 12,
                "titleFontWeight": "normal",
                "domainColor": FAINT,
                "tickColor": FAINT,
                "gridColor": GRID,
            },
            "header": {"labelFontSize": 12, "labelColor": INK, "titleFontSize": 12, "titleColor": "#555555"},
            "legend": {
                "labelFontSize": 12,
                "titleFontSize": 12,
                "titleFontWeight": "normal",
                "labelColor": INK,
            },
            "text": {"fontSize": 12, "color": INK},
        }
    }
