"""The chart of scores in groups of reviews, such as those of each film: a row of circles for each group."""

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..summaries import MEDIAN_FROM, as_word
from .by_group import check_groups, one_group
from .marks import column
from .style import CARD, FEW, INK, LIGHT_BLUE, LINE, WIDTH
from .wording import each, framed, nothing, tip


def scores_by_group(counted: pd.DataFrame) -> ChartType:
    """Draw how many reviews of each group state which score, and the median of each."""
    if len(counted):
        check_groups(counted)
    groups = counted.drop_duplicates("group").query("stated > 0")
    if groups.empty and len(counted):
        return nothing("None of the reviews states a score")
    if lone := one_group(counted, "stated"):
        return nothing(lone)
    if groups["begins"].isna().all():
        groups = groups.sort_values("median", ascending=False, kind="stable")
    names = each(groups, "{group} ({stated:,})")
    rows = counted[counted["reviews"] > 0]
    rows = rows.assign(named=each(rows, "{group} ({stated:,})"), share=rows["reviews"] / rows["stated"])
    by = as_word(counted["by"].iloc[0])
    y = alt.Y("named:N", sort=names, title=None, axis=alt.Axis(grid=True, labelLimit=260, offset=12))
    circles = alt.Chart(rows[["named", "score", "reviews", "share", "stated"]]).encode(
        y=y,
        x=score_x("score:Q"),
        size=alt.Size("share:Q", scale=alt.Scale(domain=[0, 1], range=[0, 900]), legend=None),
        fill=alt.condition(f"datum.stated < {FEW}", alt.value(CARD), alt.value(LIGHT_BLUE)),
        **tip(rows, "named", "score", "reviews", "share"),
    )
    middle = alt.Chart(groups.assign(named=names)[["named", "median"]].dropna()).encode(y=y)
    few = f"; hollow: fewer than {FEW}" * bool(groups["stated"].lt(FEW).any())
    medians = groups["median"].map(lambda median: "" if pd.isna(median) else f", median {median:g}")
    return framed(
        alt.layer(
            circles.mark_point(stroke=LIGHT_BLUE, strokeWidth=2, opacity=1),
            middle.mark_tick(color=INK, thickness=3, size=LINE, opacity=1).encode(x=score_x("median:Q")),
            *column(middle, "median", alt.Text("median:Q", format=".3~g"), WIDTH + 60),
        ),
        _title(groups),
        f"stated scores from 0 to 100 by {by}{how_read(*counted[['convention', 'taken']].iloc[0])}",
        f"in brackets: how many reviews state one{few}; a circle’s area: the share of these with that score",
        said=f"Circles: the scores of reviews by {by}.",
        values=each(groups.assign(middle=medians), "{group}: {stated} scores{middle}"),
        height=alt.Step(LINE + 10),
    )


def _title(groups: pd.DataFrame) -> str:
    """Say which groups have the highest and the lowest median, of those that have one."""
    known = groups.dropna(subset="median").assign(said=lambda rows: rows["median"].map("{:.3g}".format))
    known = known.sort_values("median", ascending=False, kind="stable")
    high, low = known["said"].iloc[0], known["said"].iloc[-1]
    if high == low:
        few = f" of {MEDIAN_FROM} stated scores or more" if len(known) < len(groups) else ""
        return f"All groups{few} have the same median score, {high}"
    highest, lowest = (_named(known.loc[known["said"].eq(end), "group"].tolist()) for end in (high, low))
    return f"The median score is highest for {highest}, {high}, and lowest for {lowest}, {low}"


def _named(groups: list[str]) -> str:
    """Name one group, two, or the first of more."""
    first, *others = groups
    more = f" and “{others[0]}”" if len(others) == 1 else f" and {len(others)} others" if others else ""
    return f"“{first}”{more}"


def how_read(convention: str | None, taken: str | None) -> str:
    """Say by which convention letters became numbers, and what bare numbers are taken to be out of, where there are."""
    letters = "" if pd.isna(convention) else f", letters by the convention “{convention}”"
    bare = "" if pd.isna(taken) else f"; a score that does not say what it is out of is taken to be out of {taken}"
    return letters + bare


def score_x(field: str) -> alt.X:
    """Return the axis of scores."""
    axis = alt.Axis(values=list(range(0, 101, 10)))
    return alt.X(field, title="score, 0 to 100", scale=alt.Scale(domain=[0, 100]), axis=axis)
