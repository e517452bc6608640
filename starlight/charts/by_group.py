"""What groups of reviews talk about, or praise more than they criticise: a row for each theme, a dot for each group."""

from __future__ import annotations

import json

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..errors import TableError
from ..summaries import as_word
from ..summaries.compared import at_shares, spreads, stands_out
from .over_time import SOME, at_tooltips, over_time
from .style import CARD, COLORS, LIGHT, SHAPES, share_axis
from .wording import coders, describe, each, heading, nothing

SMALLEST = 5  # reviews of a group: a share of fewer says next to nothing
_MOST = 170_000  # characters of data: with all the rest a specification is below 200 kB
_THEMES, _DOTS, _PANELS = 12, 40, 6  # rows, where all their dots are not many more than 40; panels over time
_WIDTH, _STEP = 430, 10  # pixels: of the shares, and of each group's line


def in_groups(counted: pd.DataFrame) -> ChartType:
    """Draw where each theme stands in each group, from a table by group: side by side, or over time."""
    if lone := one_group(counted):
        return nothing(lone)
    check_groups(counted)
    if counted["reviews"].sum() == 0:
        return nothing("No theme is in any of the reviews", *coders(counted))
    rows = at_shares(counted)
    rows = rows[rows["of_reviews"] >= SMALLEST]
    is_time = bool(rows["begins"].notna().any())
    rows = rows[rows["begins"].notna()] if is_time else rows
    there = rows["theme"].isin(counted.loc[counted["reviews"] > 0, "theme"])
    most = _PANELS if is_time else max(_PANELS, min(_THEMES, _DOTS // len(rows["group"].unique())))
    furthest = spreads(rows[there]).index[:most]
    drawn = rows[rows["theme"].isin(furthest)].assign(hollow=rows["of_reviews"] < SOME)
    drawn = drawn.round({"at": 4, "low": 4, "high": 4})  # as fine as a pixel
    order = drawn.drop_duplicates("theme").set_index("theme")["label"].loc[furthest].tolist()
    lines = [_measure(counted), *_lines(counted, rows, drawn, is_time=is_time)]
    chart = over_time(counted, drawn, order, both=bool(drawn["at"].min() < 0)) if is_time else _dots(drawn, order)
    return chart.properties(
        title=heading(stands_out(counted), *lines, *coders(counted), longest=110),
        description=describe(
            "Lines over time." if is_time else "Dots: the groups of reviews, theme by theme.",
            each(drawn, "{label}, {group}: {at:.0%} of {of_reviews}"),
        ),
    )


def one_group(counted: pd.DataFrame, size: str = "of_reviews") -> str:
    """Return a sentence that says why there is nothing to compare, if there are no two groups of five or more.

    By `stated`, only reviews that state a score count.
    """
    groups = counted[counted[size] > 0].drop_duplicates("group")
    if groups.empty:
        return "There are no reviews"
    by, group = as_word(groups["by"].iloc[0]), groups["group"].iloc[0]
    which, what = (" that states a score", "stated scores") if size == "stated" else ("", "reviews")
    if len(groups) > 1:
        enough = (groups[size] >= SMALLEST).sum() > 1
        return "" if enough else f"Grouped by {by}, fewer than two groups have {SMALLEST} {what}: too few to compare"
    every = f"Every review{which} is of {by} “{group}”"
    none = f"No review{which} states {'an' if by[:1] in 'aeiou' else 'a'} {by}"
    return f"{every if group != 'not stated' else none}, so there is nothing to compare"


def check_groups(counted: pd.DataFrame) -> None:
    """Refuse groups of several columns, and too many rows."""
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


def _measure(counted: pd.DataFrame) -> str:
    """Say what the marks stand for."""
    verbs = {"praise": "praise", "criticism": "criticise"}
    first, *second = [verbs[one] for one in counted["polarity"].unique()] if "polarity" in counted else ["mention"]
    less = f", less those that {second[0]} it" if second else ""
    return f"reviews that {first} each theme{less}, as a share of the group’s reviews"


def _lines(counted: pd.DataFrame, rows: pd.DataFrame, drawn: pd.DataFrame, *, is_time: bool) -> list[str]:
    """Say which themes are drawn, in which order, and which groups are not."""
    number, of = drawn["theme"].nunique(), counted["theme"].nunique()
    themes = f"{number} of {of} themes"
    which = f"the {themes} that move most" if is_time else f"{themes}, those with the largest differences first"
    by = as_word(counted["by"].iloc[0])
    marks = f"by {by}, each with its 95 % interval; {which}"
    sizes = counted.drop_duplicates("group").query("of_reviews > 0")
    absent = sizes[~sizes["group"].isin(rows["group"])]
    small, apart = absent[absent["of_reviews"] < SMALLEST], absent[absent["of_reviews"] >= SMALLEST]
    said = [f"hollow: fewer than {SOME} reviews"] if drawn["hollow"].any() else []
    said += [f"not drawn: groups of fewer than {SMALLEST} reviews ({len(small)})"] if len(small) else []
    said += each(apart, "not drawn: {of_reviews:,} reviews {group}")
    return [marks, "; ".join(said)] if said else [marks]


def _dots(drawn: pd.DataFrame, order: list[str]) -> ChartType:
    """Draw a row for each theme, and in it a dot with its interval for each group."""
    sizes = drawn.drop_duplicates("group")
    drawn = drawn.assign(named=each(drawn, "{group} ({of_reviews:,})"))
    names = each(sizes, "{group} ({of_reviews:,})")
    rest = [LIGHT] * len(names)
    legend = alt.Legend(orient="top", title=None, columns=1, labelLimit=_WIDTH, symbolStrokeWidth=2, symbolOpacity=1)
    color = alt.Scale(domain=names, range=[*COLORS, *rest][: len(names)])
    shape = alt.Scale(domain=names, range=[*SHAPES, *["circle"] * len(names)][: len(names)])
    axis = share_axis(both=bool(drawn["at"].min() < 0), ticks=5)
    base = alt.Chart(drawn[["label", "named", "at", "low", "high", "hollow"]]).encode(
        y=alt.Y("label:N", sort=order, title=None, axis=alt.Axis(grid=True, labelLimit=200)),
        yOffset=alt.YOffset("named:N", sort=names),
        color=alt.Color("named:N", scale=color, legend=legend),
        tooltip=[alt.Tooltip("label:N", title="theme"), alt.Tooltip("named:N", title="group"), *at_tooltips()],
    )
    return alt.layer(
        base.mark_rule(opacity=0.5, strokeWidth=2).encode(x="low:Q", x2="high:Q"),
        base.mark_point(size=55, strokeWidth=2, opacity=1).encode(
            x=alt.X("at:Q", title=None, axis=axis),
            shape=alt.Shape("named:N", scale=shape, legend=legend),
            fill=alt.condition("datum.hollow", alt.value(CARD), alt.Color("named:N", scale=color, legend=legend)),
        ),
    ).properties(width=_WIDTH, height=alt.Step(_STEP * len(names) + 10, **{"for": "position"}))
