"""What groups of reviews talk about, or praise more than they criticise: dots side by side, or lines over time."""

import json

import altair as alt
import numpy as np
import pandas as pd
from altair.typing import ChartType

from ..errors import TableError
from ..summaries import as_word
from ..summaries.compared import at_shares, spreads, stands_out
from .marks import dots_by_group
from .style import CARD, FEW, LIGHT, LIGHT_BLUE, THIN_PRAISE, share_axis
from .wording import each, framed, nothing, tip

SMALLEST = 5  # reviews of a group: a share of fewer says next to nothing
_MOST = 170_000  # characters of data: with all the rest a specification is below 200 kB
_THEMES, _DOTS, _PANELS = 12, 40, 6  # rows, where all their dots are not many more than 40; panels over time
_WIDTH, _HEIGHT, _COLUMNS, _GAP = 180, 90, 3, 24  # pixels of panels over time and between them; panels in a row


def in_groups(counted: pd.DataFrame) -> ChartType:
    """Draw where each theme stands in each group, from a table by group: side by side, or over time."""
    if lone := one_group(counted):
        return nothing(lone)
    check_groups(counted)
    if counted["reviews"].sum() == 0:
        return nothing("No theme is in any of the reviews", coded=counted)
    rows = at_shares(counted)
    rows = rows[rows["of_reviews"] >= SMALLEST]
    is_time = bool(rows["begins"].notna().any())
    rows = rows[rows["begins"].notna()] if is_time else rows
    there = rows["theme"].isin(counted.loc[counted["reviews"] > 0, "theme"])
    most = _PANELS if is_time else max(_PANELS, min(_THEMES, _DOTS // len(rows["group"].unique())))
    furthest = spreads(rows[there]).index[:most]
    drawn = rows[rows["theme"].isin(furthest)].assign(hollow=rows["of_reviews"] < FEW)
    drawn = drawn.round({"at": 4, "low": 4, "high": 4})  # as fine as a pixel
    order = drawn.drop_duplicates("theme").set_index("theme")["label"].loc[furthest].tolist()
    chart = _over_time(counted, drawn, order) if is_time else _dots(drawn, order)
    return framed(
        chart,
        stands_out(counted),
        _measure(counted),
        *_lines(counted, rows, drawn, is_time=is_time),
        coded=counted,
        said="Lines over time." if is_time else "Dots: the groups of reviews, theme by theme.",
        values=each(drawn, "{label}, {group}: {at:.0%} of {of_reviews}"),
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
    marks = f"by {by}, each with its 95% interval; {which}"
    sizes = counted.drop_duplicates("group").query("of_reviews > 0")
    absent = sizes[~sizes["group"].isin(rows["group"])]
    small, apart = absent[absent["of_reviews"] < SMALLEST], absent[absent["of_reviews"] >= SMALLEST]
    said = [f"hollow: fewer than {FEW} reviews"] if drawn["hollow"].any() else []
    said += [f"not drawn: groups of fewer than {SMALLEST} reviews ({len(small)})"] if len(small) else []
    said += each(apart, "not drawn: {of_reviews:,} reviews {group}")
    return [marks, "; ".join(said)] if said else [marks]


def _dots(drawn: pd.DataFrame, order: list[str]) -> ChartType:
    """Draw a row for each theme, and in it a dot with its interval for each group."""
    drawn = drawn.assign(group=each(drawn, "{group} ({of_reviews:,})"))
    x = alt.X("at:Q", title=None, axis=share_axis(drawn, ticks=5))
    return dots_by_group(drawn, order, "group", x, ("low", "high"), ("label", "group", "at", "low", "high"))


def _over_time(counted: pd.DataFrame, drawn: pd.DataFrame, order: list[str]) -> ChartType:
    """Draw each theme's share in each period, with its interval, below a strip of how many reviews each period has."""
    periods = _periods(counted)
    every = pd.DataFrame({"label": order}).merge(periods[["group", "middle"]], how="cross")
    rows = every.merge(drawn, on=["label", "group"], how="left", validate="1:1")
    base = alt.Chart(rows[["label", "group", "middle", "at", "low", "high", "of_reviews"]]).encode(
        x=alt.X("middle:T", title=None, axis=alt.Axis(tickCount=4, grid=False)),
        **tip(rows, "label", "group", "at", "low", "high", "of_reviews"),
    )
    y = alt.Y("at:Q", title=None, axis=share_axis(drawn, ticks=3))
    fill = alt.condition(f"datum.of_reviews < {FEW}", alt.value(CARD), alt.value(THIN_PRAISE))
    dots = base.transform_filter("isValid(datum.at)").mark_point(stroke=THIN_PRAISE, size=30, opacity=1, filled=True)
    panel = alt.layer(
        base.mark_area(color=LIGHT_BLUE, opacity=0.5).encode(y="low:Q", y2="high:Q"),
        base.mark_line(color=THIN_PRAISE, strokeWidth=2).encode(y=y),
        dots.encode(y=y, fill=fill),
    ).properties(width=_WIDTH, height=_HEIGHT)
    header = alt.Header(title=None, labelAnchor="start", labelFontWeight="bold")
    facet = alt.Facet("label:N", sort=order, header=header)
    panels = panel.facet(facet=facet, columns=_COLUMNS, spacing={"column": _GAP, "row": 14})
    return alt.vconcat(_strip(periods), panels, spacing=16)


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
    y = alt.Y("in_it:Q", title="reviews", axis=alt.Axis(format=",d", tickCount=2))
    base = alt.Chart(periods.rename(columns={"of_reviews": "in_it"}))
    bars = base.mark_bar(color=LIGHT, stroke=CARD).encode(
        x=alt.X("begins:T", title=None, axis=alt.Axis(grid=False)),
        x2="ends:T",
        y=y,
        y2=alt.datum(0),
        **tip(periods.assign(in_it=periods["of_reviews"]), "group", "in_it"),
    )
    return bars.properties(width=_COLUMNS * _WIDTH + (_COLUMNS - 1) * _GAP, height=50)
