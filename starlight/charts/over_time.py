"""Themes over time: a panel for each, with a line through its share in each period, and a ribbon for the interval."""

from __future__ import annotations

import altair as alt
import numpy as np
import pandas as pd
from altair.typing import ChartType

from .style import BLUE, CARD, LIGHT, LIGHT_BLUE, count_axis, share_axis

_WIDTH, _HEIGHT, _COLUMNS, _GAP = 180, 90, 3, 24  # pixels of panels and between them; panels in a row
SOME = 10  # reviews: a share of fewer says little, and its mark is hollow


def over_time(counted: pd.DataFrame, drawn: pd.DataFrame, order: list[str], *, both: bool) -> ChartType:
    """Draw the themes of `order` over time, below a strip of how many reviews each period has."""
    periods = _periods(counted)
    every = pd.DataFrame({"label": order}).merge(periods[["group", "middle"]], how="cross")
    rows = every.merge(drawn, on=["label", "group"], how="left", validate="1:1")
    when = alt.X("middle:T", title=None, axis=alt.Axis(tickCount=4, grid=False))
    axis = share_axis(both=both, ticks=3)
    named = [alt.Tooltip("label:N", title="theme"), alt.Tooltip("group:N", title="period")]
    base = alt.Chart(rows[["label", "group", "middle", "at", "low", "high", "of_reviews"]]).encode(
        x=when, tooltip=[*named, *at_tooltips(), alt.Tooltip("of_reviews:Q", title="reviews", format=",d")]
    )
    y = alt.Y("at:Q", title=None, axis=axis)
    there = base.transform_filter("isValid(datum.at)")
    fill = alt.condition(f"datum.of_reviews < {SOME}", alt.value(CARD), alt.value(BLUE))
    panel = alt.layer(
        base.mark_area(color=LIGHT_BLUE, opacity=0.5).encode(y=alt.Y("low:Q", title=None, axis=axis), y2="high:Q"),
        base.mark_line(color=BLUE, strokeWidth=2).encode(y=y),
        there.mark_point(stroke=BLUE, size=30, opacity=1, filled=True).encode(y=y, fill=fill),
    ).properties(width=_WIDTH, height=_HEIGHT)
    header = alt.Header(title=None, labelAnchor="start", labelFontWeight="bold")
    panels = panel.facet(
        facet=alt.Facet("label:N", sort=order, header=header), columns=_COLUMNS, spacing={"column": _GAP, "row": 14}
    )
    return alt.vconcat(_strip(periods), panels, spacing=16)


def at_tooltips() -> list[alt.Tooltip]:
    """Return what a mark tells of its share when it is pointed at."""
    names = {"at": "share", "low": "95 % interval from", "high": "to"}
    return [alt.Tooltip(f"{field}:Q", title=title, format=".1%") for field, title in names.items()]


def _periods(counted: pd.DataFrame) -> pd.DataFrame:
    """Return the periods, with their reviews, and where each begins, ends and has its middle, as dates in words."""
    periods = counted.dropna(subset="begins").drop_duplicates("group").sort_values("begins")
    begins = periods["begins"].to_numpy("datetime64[D]")
    lengths = np.diff(begins) if len(begins) > 1 else np.array([np.timedelta64(1, "D")])
    ends = np.append(begins[1:], begins[-1:] + lengths[-1:])
    dates = {"begins": begins, "ends": ends, "middle": begins + (ends - begins) // 2}
    return periods[["group", "of_reviews"]].assign(**{name: day.astype("str") for name, day in dates.items()})


def _strip(periods: pd.DataFrame) -> ChartType:
    """Draw how many reviews each period has."""
    y = alt.Y("in_it:Q", title="reviews", axis=count_axis(periods["of_reviews"].max()))
    base = alt.Chart(periods.rename(columns={"of_reviews": "in_it"}))
    bars = base.mark_bar(color=LIGHT, stroke=CARD).encode(
        x=alt.X("begins:T", title=None, axis=alt.Axis(grid=False)),
        x2="ends:T",
        y=y,
        y2=alt.datum(0),
        tooltip=[alt.Tooltip("group:N", title="period"), alt.Tooltip("in_it:Q", title="reviews")],
    )
    return bars.properties(width=_COLUMNS * _WIDTH + (_COLUMNS - 1) * _GAP, height=50)
