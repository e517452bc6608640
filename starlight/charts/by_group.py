"""What groups of reviews talk about, praise and criticise: a panel for each theme, and in it a mark for each group.

Groups lie side by side on one scale, so that an eye can compare them, and each share has its 95 % interval, so that it
does not compare what too few reviews carry. Periods of time run from left to right, empty ones too, below a strip of
how many reviews each has.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..errors import TableError
from ..summaries import as_word
from ..summaries.bins import in_all_groups
from .style import BLUE, INK, LIGHT, LIGHT_BLUE, MUTED, POLARITY, by_kind, count_axis
from .wording import coders, describe, each, heading, nothing

_FEW = 5  # reviews; a share of fewer says little, and its interval would set the scale for all
_MOST = 170_000  # characters of data, some 550 rows: with all the rest a specification is below 200 kB
_COLUMNS = 4
_LONG = 16  # characters of the name of a group, from which on panels are wide
_WIDTH, _HEIGHT, _GAP, _CLOSE = (
    144,
    80,
    20,
    16,
)  # of panels and between them, in pixels; the height of periods
_SIGN = "(datum.polarity == 'praise' ? 1 : -1)"


def themes_by_group(counted: pd.DataFrame) -> ChartType:
    """Draw the share of each group's reviews that mention a theme, with its interval and the share in all groups."""
    if lone := _one_group(counted):
        return nothing(lone)
    counted, without = _to_draw(counted)
    at, upwards = _places(counted, both=False), _over_time(counted)

    def panel(rows: pd.DataFrame) -> ChartType:
        base = _in_groups(rows, counted, ["mentions:Q"])
        there = base.transform_filter(f"datum.of_reviews >= {_fewest(counted)}")
        layers = [
            at(_all_together(rows, ["label"]), "at"),
            at(there.mark_rule(color=LIGHT_BLUE, strokeWidth=5), "low", "high"),
            at(there.mark_point(color=BLUE, filled=True, opacity=1, size=40), "share"),
        ]
        if not upwards:
            layers.append(_count_beside(base, "mentioning", "datum.reviews", 4))
        return _panels(layers, upwards=upwards, are_wide=bool(counted["group"].str.len().max() >= _LONG))

    return _titled(
        by_kind(counted, panel),
        counted,
        "What the reviews talk about",
        "reviews that mention each theme: a dot is their share in the group, the band its 95 % interval",
        *without,
    ).properties(
        description=describe(
            "Panels: the reviews in each group that mention each theme.",
            each(counted, "{label}, {group}: {reviews} of {of_reviews}"),
        )
    )


def praise_by_group(counted: pd.DataFrame) -> ChartType:
    """Draw the share of each group's reviews that praise a theme, and that criticise it, each with its interval."""
    if lone := _one_group(counted):
        return nothing(lone)
    counted, without = _to_draw(counted)
    at, upwards = _places(counted, both=True), _over_time(counted)
    base = _in_groups(counted, counted, ["polarity:N", "opinions:Q", "of_opinions:Q"]).transform_calculate(
        signed_share=f"{_SIGN} * datum.share", signed_low=f"{_SIGN} * datum.low", signed_high=f"{_SIGN} * datum.high"
    )
    there = base.transform_filter(f"datum.of_reviews >= {_fewest(counted)}")
    bars = there.mark_bar(width={"band": 0.7}) if upwards else there.mark_bar(height={"band": 0.7})
    layers = [
        at(bars.encode(color=POLARITY), "signed_share"),
        at(there.mark_rule(color=INK, opacity=0.6), "signed_low", "signed_high"),
        at(_all_together(counted, ["label", "polarity"], _SIGN), "at"),
    ]
    if not upwards:
        for polarity, sign, dx in (("praise", "+", 4), ("criticism", "−", 36)):
            rows = base.transform_filter(f"datum.polarity == '{polarity}'")
            layers.append(_count_beside(rows, polarity, f"'{sign}' + datum.reviews", dx))
    ways = "up praise, down criticism" if upwards else "to the right praise, to the left criticism"
    return _titled(
        _panels(layers, upwards=upwards, are_wide=True),
        counted,
        "What is praised, and what is criticised",
        f"reviews that judge each theme, as a share of the group with its 95 % interval: {ways}",
        *without,
    ).properties(
        description=describe(
            "Panels: the reviews in each group that praise or criticise each theme.",
            each(counted, "{label}, {group}: {reviews} of {of_reviews} {polarity}"),
        )
    )


def _one_group(counted: pd.DataFrame) -> str:
    """Return a sentence that says that there is nothing to compare, if the reviews are in one group."""
    groups = counted.loc[counted["of_reviews"] > 0, ["by", "group"]].drop_duplicates()
    if len(groups) != 1:
        return ""
    by, group = groups.iloc[0]
    what = f"is of {as_word(by)} “{group}”" if group != "not stated" else f"states no {as_word(by)}"
    return f"Every review {what}, so there is nothing to compare"


def _to_draw(counted: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Return the rows of themes that some review has, with the share in all groups, and a line that names the others.

    Where no review has any theme, all rows are returned. Groups of several columns are refused, and too many rows.
    """
    columns = counted["by"].unique()
    if len(columns) > 1:
        raise TableError(
            f"counted holds groups by several columns ({', '.join(columns)}). "
            f"Take one: counted[counted['by'] == {columns[0]!r}]."
        )
    size = len(json.dumps(counted.head(5_000).to_dict("records"), default=str))
    if size > _MOST:
        raise TableError(
            f"counted has {len(counted):,} rows, more than the {_MOST // 1000} kB that this chart draws. "
            "Keep fewer groups (most=) or fewer themes."
        )
    counted = counted.assign(together=in_all_groups(counted))
    there = counted["theme"].isin(counted.loc[counted["reviews"] > 0, "theme"])
    if there.all() or not there.any():
        return counted, []
    return counted[there], [f"in no review: {', '.join(counted.loc[~there, 'label'].unique())}"]


def _over_time(counted: pd.DataFrame) -> bool:
    """Return whether the groups are periods of time."""
    return bool(counted["period"].notna().any())


def _fewest(counted: pd.DataFrame) -> int:
    """Return from how many reviews on a group has a mark: from 5, or from 1 where no group has so many."""
    return _FEW if counted["of_reviews"].ge(_FEW).any() else 1


def _places(counted: pd.DataFrame, *, both: bool) -> Callable[..., alt.Chart]:
    """Return what places marks at a share, or from one share to another: upwards above periods, else to the right.

    The scale goes to one side or to both, as far as an interval reaches.
    """
    high = counted.loc[counted["of_reviews"] >= _fewest(counted), "high"].max()
    reach = 1.0 if pd.isna(high) else round(min(1, 1.02 * high), 3)
    tick = max(tick for tick in (0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1) if tick <= max(reach, 0.001))
    axis = alt.Axis(values=[-tick if both else tick / 2, 0, tick], labelExpr="format(abs(datum.value), '~%')")
    scale = alt.Scale(domain=[-reach if both else 0, reach], nice=False)

    def at(marks: alt.Chart, field: str, to: str | None = None) -> alt.Chart:
        end = f"{to}:Q" if to else alt.Undefined
        if _over_time(counted):
            return marks.encode(y=alt.Y(f"{field}:Q", title=None, scale=scale, axis=axis), y2=end)
        return marks.encode(x=alt.X(f"{field}:Q", title=None, scale=scale, axis=axis), x2=end)

    return at


def _in_groups(rows: pd.DataFrame, counted: pd.DataFrame, counts: list[str]) -> alt.Chart:
    """Return the chart that all marks of the groups come from, each group at its place, with counts for its tooltip."""
    sizes = counted.drop_duplicates("group")
    figures = [alt.Tooltip(f"{name}:Q", format=".1%") for name in ("share", "low", "high")]
    base = (
        alt.Chart(rows)
        .transform_calculate(named="datum.group + ' (' + datum.of_reviews + ')'")
        .encode(tooltip=["group:N", "label:N", *counts, "reviews:Q", "of_reviews:Q", *figures])
    )
    if _over_time(counted):
        return base.encode(x=_periods("group:N", sizes))
    names = [f"{group} ({size})" for group, size in zip(sizes["group"], sizes["of_reviews"], strict=True)]
    return base.encode(y=alt.Y("named:N", scale=alt.Scale(domain=names), title=None))


def _periods(field: str, sizes: pd.DataFrame) -> alt.X:
    """Return the axis of periods."""
    axis = alt.Axis(labelOverlap="greedy", labelAngle=-90, title=None)
    return alt.X(field, scale=alt.Scale(domain=sizes["group"].tolist()), axis=axis)


def _all_together(rows: pd.DataFrame, by: list[str], sign: str = "1") -> alt.Chart:
    """Draw the share in all groups together, once for all rows of a panel that share it."""
    once = alt.Chart(rows).transform_aggregate(groupby=[*by, "together"])
    return once.transform_calculate(at=f"{sign} * datum.together").mark_rule(color=MUTED, strokeDash=[3, 3])


def _count_beside(base: alt.Chart, name: str, text: str, dx: int) -> alt.Chart:
    """Write a count to the right of its panel, where it is not 0."""
    some = base.transform_filter("datum.reviews > 0").transform_calculate(f"{name}_text", text)
    mark = some.mark_text(align="left", color=MUTED, fontSize=11)
    return mark.encode(x=alt.value(_WIDTH + dx), text=f"{name}_text:N")


def _panels(layers: list[alt.Chart], *, upwards: bool, are_wide: bool) -> alt.FacetChart:
    """Draw a panel for each theme, from the one in the most reviews on: four in a row, or three if they are wide."""
    header = alt.Header(title=None, labelAnchor="start", labelFontWeight="bold")
    largest_first = alt.EncodingSortField("reviews", op="sum", order="descending")
    panel = alt.LayerChart(layer=layers).properties(width=_WIDTH, height=_HEIGHT if upwards else alt.Step(16))
    return panel.facet(
        facet=alt.Facet("label:N", sort=largest_first, header=header),
        columns=_COLUMNS - (are_wide and not upwards),  # no wider than a notebook
        spacing={"column": _GAP if upwards or are_wide else _CLOSE, "row": 12},
    )


def _titled(chart: ChartType, counted: pd.DataFrame, title: str, *subtitle: str) -> ChartType:
    """Add the title, and above periods of time the strip of how many reviews each has."""
    by = f", by {as_word(counted['by'].iloc[0])}" if len(counted) else ""
    across = "the dashed line: all groups together"
    if counted["of_reviews"].between(1, _fewest(counted) - 1).any():
        across += f"; a group of fewer than {_FEW} reviews has no mark"
    if not _over_time(counted):
        across += "; in brackets: reviews in the group"
        return chart.properties(title=heading(title + by, *subtitle, across, *coders(counted)))
    period = counted["period"].dropna().iloc[0]
    step = period if period[0].isdigit() else f"a {period}"
    return alt.vconcat(_strip(counted), chart, spacing=16).properties(
        title=heading(f"{title}{by}, in steps of {step}", *subtitle, across, *coders(counted))
    )


def _strip(counted: pd.DataFrame) -> ChartType:
    """Draw how many reviews each period has."""
    sizes = counted.drop_duplicates("group")
    strip = pd.DataFrame({"when": sizes["group"], "in_it": sizes["of_reviews"]})
    y = alt.Y("in_it:Q", title="reviews", axis=count_axis(strip["in_it"].max()))
    base = alt.Chart(strip).encode(x=_periods("when:N", sizes), y=y)
    bars = base.mark_bar(color=LIGHT).encode(tooltip=["when:N", "in_it:Q"])
    text = base.mark_text(dy=-6, fontSize=11).encode(text="in_it:Q")
    return alt.layer(bars, text).properties(width=_COLUMNS * _WIDTH + (_COLUMNS - 1) * _GAP, height=50)
