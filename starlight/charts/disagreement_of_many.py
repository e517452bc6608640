"""Where many reviews part: how many praise a theme, criticise it, or do both."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ..summaries.bins import SIDES, by_difference, by_side
from .binned import cells
from .style import (
    BLUE,
    INK,
    LIGHT,
    LIGHT_BLUE,
    LIGHT_ORANGE,
    LINE,
    MUTED,
    ORANGE,
    drawable,
    largest_first,
    percent_axis,
)
from .wording import coders, describe, heading

_ALL = "judge it"
_SIDES = dict(zip(SIDES, (ORANGE, LIGHT, BLUE), strict=True))
_WIDTH, _COLUMN = 380, 84  # pixels: of the bars, and of each column of counts beside them


def differences_of_many(counted: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw how many reviews have which difference of praise and criticism of each theme, from a disagreement table."""
    table = by_difference(counted)
    most = max(0.1, table["share"].max()) if len(table) else 1
    color = alt.Color(
        "signed:Q",
        title="share of the row",
        scale=alt.Scale(domain=[-most, 0, most], range=[LIGHT_ORANGE, "#F3F3F3", LIGHT_BLUE]),
        legend=alt.Legend(labelExpr="format(abs(datum.value), '.0%')"),
    )
    order = largest_first(table.dropna(subset="share"), "reviews")
    title = "praise less criticism of the theme in the review"
    panel = cells(table, "reviews", order, color, title=title, step=66)
    return panel.properties(
        title=heading(
            "Who judges what, and how",
            f"a cell counts reviews by their opinions of the theme, praise less criticism, of the "
            f"{counted['review_id'].nunique():,} reviews with an opinion;",
            "its colour is its share of those that judge the theme",
            *coders(counted),
        ),
        description=describe(
            "Matrix: how many reviews praise each theme more than they criticise it, and by how many opinions.",
            (f"{label}: {_balance(rows)}" for label, rows in table.groupby("label", sort=False)),
        ),
    )


def _balance(rows: pd.DataFrame) -> str:
    """Write how many reviews praise a theme more than they criticise it, as much, and less."""
    of = rows.groupby(rows["column"].str[0])["reviews"].sum()
    return f"{of['+']} praise it more, {of['0']} as much, {of['−']} criticise it more"


def sides_of_many(counted: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw how many reviews only criticise a theme, do both, and only praise it, from a disagreement table."""
    table = drawable(by_side(counted), "counted")
    order = table["label"].drop_duplicates().tolist()
    y = alt.Y("label:N", sort=order, title=None)
    axis = {
        "title": "← only criticise\u2003\u2003both, of those that judge it\u2003\u2003only praise →",
        "scale": alt.Scale(domain=[0, 1]),
    }
    tooltip = ["label:N", "side:N", *(alt.Tooltip(f"{name}:Q", format=",d") for name in ("reviews", "of"))]
    base = alt.Chart(table).encode(y=y, tooltip=tooltip)
    color = alt.Scale(domain=list(_SIDES), range=list(_SIDES.values()))
    bars = base.mark_bar(height={"band": 0.7}).encode(
        x=alt.X("low:Q", axis=percent_axis([0, 0.25, 0.5, 0.75, 1]), **axis),
        x2="high:Q",
        color=alt.Color("side:N", scale=color, legend=None),
    )
    half = alt.Chart(pd.DataFrame({"half": [0.5]})).mark_rule(color=INK, strokeDash=[3, 3], aria=False)
    return alt.layer(bars, half.encode(x="half:Q"), *_columns(base)).properties(
        width=_WIDTH,
        height=alt.Step(LINE + 2),
        title=heading(
            "How far each theme divides the reviews",
            "the reviews that judge a theme, by whether they only criticise it, do both, or only praise it; "
            "the most divided first",
            f"{counted['review_id'].nunique():,} reviews hold an opinion",
            *coders(counted),
        ),
        description=describe(
            "Bars: how many reviews only criticise each theme, do both, and only praise it.",
            (f"{r.label}, {r.side}: {r.reviews} of {r.of}" for r in table.itertuples()),
        ),
    )


def _columns(base: alt.Chart) -> list[alt.Chart]:
    """Draw the counts beside the bars, a column for each side and one for all, with what they are above."""
    layers = []
    for number, name in enumerate([*_SIDES, _ALL], start=1):
        at = alt.value(_WIDTH + number * _COLUMN - 8)
        rows = base.transform_filter(f"datum.side == '{'both' if name == _ALL else name}'").mark_text(align="right")
        head = alt.Chart(pd.DataFrame({"column": [name]})).mark_text(align="right", color=MUTED)
        layers += [
            rows.encode(x=at, text=alt.Text("of:Q" if name == _ALL else "reviews:Q", format=",d")),
            head.encode(x=at, y=alt.value(-8), text="column:N"),
        ]
    return layers
