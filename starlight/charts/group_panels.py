"""What charts of groups of reviews share: panels of one scale, groups in their order, and time above them all."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ..summaries.wording import as_word
from .style import LIGHT, MUTED, count_axis
from .wording import heading

FEW = 5  # reviews; a share of fewer says little, and its interval would set the scale for all
_COLUMNS = 4
_WIDE = 20  # pixels between panels, which leave room for two counts
_WIDTH, _HEIGHT, _GAP = 144, 80, 20  # of panels, in pixels; height and gap where groups are periods
_PERCENT = "format(abs(datum.value), '~%')"


def over_time(counted: pd.DataFrame) -> bool:
    """Tell whether the groups are periods of time."""
    return bool(counted["period"].notna().any())


def fewest(counted: pd.DataFrame) -> int:
    """Give from how many reviews on a group has a mark: from 5, or from 1 where no group has so many."""
    return FEW if counted["of_reviews"].ge(FEW).any() else 1


def found(counted: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Leave out themes that no review has, unless that is all of them, and say which."""
    there = counted.groupby("theme")["reviews"].transform("sum") > 0
    if not there.any():
        return counted, []
    names = counted.loc[~there, "label"].unique().tolist()
    return counted[there], [f"in no review: {', '.join(names)}"] if names else []


def share_scale(counted: pd.DataFrame, both: bool) -> dict[str, object]:
    """Give the scale of shares, to one side or to both, as far as an interval reaches."""
    high = counted.loc[counted["of_reviews"] >= fewest(counted), "high"].max()
    reach = 1.0 if pd.isna(high) else round(min(1, 1.02 * high), 3)
    tick = max(tick for tick in (0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1) if tick <= max(reach, 0.001))
    return {
        "scale": alt.Scale(domain=[-reach if both else 0, reach], nice=False),
        "axis": alt.Axis(values=[-tick, 0, tick] if both else [0, tick / 2, tick], labelExpr=_PERCENT),
    }


def in_groups(rows: pd.DataFrame, counted: pd.DataFrame, more: list[str]) -> alt.Chart:
    """Give the chart that all marks of the groups come from, each group at its place."""
    sizes = counted.drop_duplicates("group")
    if over_time(counted):
        axis = alt.Axis(labelOverlap="greedy", labelAngle=-90, title=None)
        place = {"x": alt.X("group:N", scale=alt.Scale(domain=sizes["group"].tolist()), axis=axis)}
    else:
        names = [f"{r.group} ({r.of_reviews})" for r in sizes.itertuples()]
        place = {"y": alt.Y("named:N", scale=alt.Scale(domain=names), title=None)}
    shares = [alt.Tooltip(f"{name}:Q", format=".1%") for name in ("share", "low", "high")]
    tooltip = ["group:N", "label:N", *more, "reviews:Q", "of_reviews:Q", *shares]
    return (
        alt.Chart(rows)
        .transform_calculate(named="datum.group + ' (' + datum.of_reviews + ')'")
        .encode(tooltip=tooltip, **place)
    )


def measured(time: bool, field: str, to: str | None = None, **settings: object) -> dict[str, object]:
    """Give the channels of what is measured: upwards where groups are periods, else to the right."""
    end = {("y2" if time else "x2"): f"{to}:Q"} if to else {}
    return {"y" if time else "x": (alt.Y if time else alt.X)(f"{field}:Q", title=None, **settings), **end}


def all_together(rows: pd.DataFrame, each: list[str], signed: str) -> alt.Chart:
    """Draw the share in all groups together."""
    summed = alt.Chart(rows).transform_aggregate(hits="sum(reviews)", of="sum(of_reviews)", groupby=each)
    share = summed.transform_calculate(together=f"datum.of ? {signed}(datum.hits / datum.of) : 0")
    return share.mark_rule(color=MUTED, strokeDash=[3, 3])


def count_beside(base: alt.Chart, name: str, text: str, dx: int) -> alt.Chart:
    """Write a count to the right of its panel, where it is not 0."""
    some = base.transform_filter("datum.reviews > 0").transform_calculate(**{f"{name}_text": text})
    mark = some.mark_text(align="left", color=MUTED, fontSize=11)
    return mark.encode(x=alt.value(_WIDTH + dx), text=f"{name}_text:N")


def panels(layers: alt.LayerChart, time: bool, beside: int) -> alt.FacetChart:
    """Draw a panel for each theme, from the one in the most reviews on."""
    header = alt.Header(title=None, labelAnchor="start", labelFontWeight="bold")
    height = _HEIGHT if time else alt.Step(16)
    return layers.properties(width=_WIDTH, height=height).facet(
        facet=alt.Facet("label:N", sort=alt.EncodingSortField("reviews", op="sum", order="descending"), header=header),
        columns=_COLUMNS if time or beside < _WIDE else _COLUMNS - 1,  # no wider than a notebook
        spacing={"column": _GAP if time else beside, "row": 12},
    )


def titled(chart: alt.TopLevelMixin, counted: pd.DataFrame, title: str, *subtitle: str) -> alt.TopLevelMixin:
    """Add the title, and above periods of time the strip of how many reviews each has."""
    first = counted.head(1).to_dict("records")
    by = f", by {as_word(first[0]['by'])}" if first else ""
    across = "the dashed line: all groups together"
    if counted["of_reviews"].between(1, fewest(counted) - 1).any():
        across += f"; a group of fewer than {FEW} reviews has no mark"
    if not over_time(counted):
        return chart.properties(title=heading(title + by, *subtitle, f"{across}; in brackets: reviews in the group"))
    period = counted["period"].dropna().iloc[0]
    step = period if period[0].isdigit() else f"a {period}"
    sizes = counted.drop_duplicates("group")
    strip = pd.DataFrame({"when": sizes["group"], "in_it": sizes["of_reviews"]})
    x = alt.X(
        "when:N",
        scale=alt.Scale(domain=strip["when"].tolist()),
        axis=alt.Axis(labelAngle=-90, title=None, labelOverlap="greedy"),
    )
    y = alt.Y("in_it:Q", title="reviews", axis=count_axis(strip["in_it"].max()))
    bars = alt.Chart(strip).mark_bar(color=LIGHT).encode(x=x, y=y, tooltip=["when:N", "in_it:Q"])
    text = alt.Chart(strip).mark_text(dy=-6, fontSize=11).encode(x=x, y=y, text="in_it:Q")
    strip_chart = alt.layer(bars, text).properties(width=_COLUMNS * _WIDTH + (_COLUMNS - 1) * _GAP, height=50)
    return alt.vconcat(strip_chart, chart, spacing=16).properties(
        title=heading(f"{title}{by}, in steps of {step}", *subtitle, across)
    )
