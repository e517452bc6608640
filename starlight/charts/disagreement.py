"""The chart of who praises and who criticises: the themes that divide the reviews, or all of them."""

from __future__ import annotations

from functools import partial

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..base.arguments import check_choice
from ..summaries import DISAGREEMENT, headlines
from ..summaries.bins import SIDES, balances, by_difference, by_side, divided_themes
from ..tables import POLARITIES
from .binned import cells
from .by_review import matrix, used
from .checks import IN_ORDER, are_many, drawable, to_draw
from .style import (
    CARD,
    CRITICISM,
    INK,
    LIGHT,
    LINE,
    MUTED,
    NAME,
    PRAISE,
    both_sides,
    column_head,
    largest_first,
    panel_title,
    review_y,
    shade,
    share_x,
)
from .wording import SIDES as BOTH_SIDES
from .wording import coders, describe, each, heading, tip

# What many reviews do with a theme, its colour, and the last column of counts beside the bars.
_SIDES, _ALL = dict(zip(SIDES, (CRITICISM, LIGHT, PRAISE), strict=True)), "judge it"
_MOST_PAIRS = 24  # of a theme and a film that the chart of many reviews has room for
_PANEL = 420  # pixels: of diverging bars
_WIDTH, _COLUMN = 200, 94  # pixels: of the bars, and of each column of counts beside them
_SHOWN = ("name", "review_id", "label", "praise", "criticism")
_HALF = 18  # pixels: of half a cell


def chart_disagreement(counted: pd.DataFrame, *, show: str = "divided") -> ChartType:
    """Draw who praises and who criticises: the themes that divide the reviews, or all themes in all reviews.

    Parameters
    ----------
    counted : DataFrame
        The disagreement table.
    show : str
        ``divided``, the themes that one review mostly praises and another of the same film mostly criticises, or
        ``all``.

    Returns
    -------
    altair chart
        Divided: for each such theme a pair of bars for each review that judges it; from 30 reviews on, for every theme
        a bar of how many of these reviews mostly criticise it, do both alike, and mostly praise it. Films are never put
        together: where the reviews name several, a theme divides those of one. All: a matrix of themes and
        reviews, with both counts ("+3 −1") on the colour of their difference; from 30 reviews on, a cell counts the
        reviews with that difference.

    Raises
    ------
    TableError
        If `counted` breaks its declaration, or `show` is neither.

    Examples
    --------
    >>> from starlight import disagreement, load_reviews, read_opinions
    >>> counted = disagreement(read_opinions(), load_reviews())
    >>> chart_disagreement(counted).to_dict()["title"]["text"].endswith("divide the reviews")
    True
    >>> chart_disagreement(counted, show="all").to_dict()["title"]["text"]
    'Who judges what, and how'
    """
    counted = to_draw(counted, DISAGREEMENT, "counted")
    check_choice(show, "show", ("divided", "all"))
    if are_many(counted):
        return _divided_of_many(counted) if show == "divided" else _all_of_many(counted)
    return _divided(counted) if show == "divided" else _all(counted)


def _all(counted: pd.DataFrame) -> ChartType:
    """Draw a row for each review: in a cell its criticism of a theme to the left, and its praise to the right."""
    total = counted["praise"] + counted["criticism"]
    rows, unused = used(counted, list(POLARITIES))
    most = max(1, counted[list(POLARITIES)].to_numpy().max(initial=1))

    def cells(base: alt.Chart) -> list[alt.Chart]:
        halves = []
        for side, (sign, color, at) in {"criticism": ("−", CRITICISM, -1), "praise": ("+", PRAISE, 1)}.items():
            there = base.transform_filter(f"datum.{side} > 0").transform_calculate(number=f"'{sign}' + datum.{side}")
            there = there.encode(tooltip=tip(counted, *_SHOWN))
            half = there.mark_rect(color=color, width=_HALF, xOffset=at * _HALF / 2, height={"band": 0.9})
            halves += [
                half.encode(opacity=shade(f"{side}:Q", most)),
                there.mark_text(xOffset=at * _HALF / 2).encode(text="number:N"),
            ]
        return halves

    order = largest_first(rows.assign(total=total), "total")
    return matrix(rows, order, cells, 2 * _HALF + 4, "opinions", "datum.praise + datum.criticism", "sum").properties(
        title=heading(
            headlines.of_sides(counted),
            "opinions of each theme in each review: in a cell criticism (−) stands left, and praise (+) right",
            *unused,
            *coders(counted),
        ),
        description=describe(
            "Matrix: opinions of each theme in each review.",
            each(counted[total > 0], "{name} {label}: {praise} praise, {criticism} criticism"),
        ),
    )


def _divided(counted: pd.DataFrame) -> ChartType:
    """Draw who is on which side of each theme that divides the reviews: up to five by name, more as blocks."""
    rows = divided_themes(counted)
    several = len(counted["film"].dropna().unique()) > 1
    by_name = counted["review_id"].nunique() <= IN_ORDER
    if by_name:
        measure = "opinions in each review, on themes that one review mostly praises and another mostly criticises"
    else:
        measure = "reviews that mostly criticise the theme (left) and that mostly praise it (right): each block is one"
    return (_by_name(rows, several) if by_name else _blocks(rows, several)).properties(
        title=heading(
            headlines.of_division(counted, rows, several), measure + "; each film by itself" * several, *coders(counted)
        ),
        description=describe(
            "Diverging bars: the themes that divide the reviews.",
            each(rows, "{label}, {name}: {praise} praise, {criticism} criticism"),
        ),
    )


def _by_name(rows: pd.DataFrame, several: bool) -> ChartType:
    """Draw a panel for each theme, and in it a line for each review that judges it."""
    most = rows[list(POLARITIES)].to_numpy().max(initial=1)
    pairs = [pair for _, pair in rows.groupby(["film", "theme"], sort=False, dropna=False)]
    return alt.vconcat(*(_panel(pair, most, pair is pairs[-1], several) for pair in pairs), spacing=10)


def _panel(rows: pd.DataFrame, most: int, last: bool, film: bool) -> ChartType:
    """Draw one theme: a line for each review, criticism to the left and praise to the right."""
    x = both_sides("signed:Q", most, BOTH_SIDES.format("opinions") if last else None, width=_PANEL, labels=last)
    base = alt.Chart(rows).encode(x=x, y=review_y(rows, grid=True), tooltip=tip(rows, *_SHOWN))
    title = f"{rows['label'].iloc[0]}, in {rows['film'].iloc[0]}" if film else rows["label"].iloc[0]
    layers = []
    for side, sign, color in (("criticism", -1, CRITICISM), ("praise", 1, PRAISE)):
        there = base.transform_filter(f"datum.{side} > 0").transform_calculate(signed=f"{sign} * datum.{side}")
        text = there.mark_text(align="left" if sign > 0 else "right", dx=4 * sign)
        layers += [there.mark_bar(color=color, height={"band": 0.7}), text.encode(text=f"{side}:Q")]
    return alt.layer(*layers).properties(width=_PANEL, height=alt.Step(LINE - 2), title=panel_title(title, offset=4))


def _blocks(rows: pd.DataFrame, several: bool) -> ChartType:
    """Draw a line for each theme, and in it a block for each review: to the left if it mostly criticises it."""
    label = "datum.label + ', in ' + datum.film" if several else "datum.label"
    named = rows["label"] + ", in " + rows["film"] if several else rows["label"]
    net = (rows["praise"] - rows["criticism"]).clip(-1, 1)
    most = rows.groupby(["film", "theme", net], dropna=False).size().max() if len(rows) else 1
    base = (
        alt.Chart(rows)
        .transform_calculate(named=label, side="clamp(datum.praise - datum.criticism, -1, 1)")
        .transform_window(place="row_number()", groupby=["named", "side"])
        .transform_joinaggregate(reviews="count()", groupby=["named", "side"])
        .transform_calculate(start="datum.side * (datum.place - 1)", end="datum.side * datum.place")
        .encode(
            y=alt.Y(
                "named:N", title=None, scale=alt.Scale(domain=named.unique().tolist()), axis=alt.Axis(labelLimit=NAME)
            ),
            tooltip=tip(rows, *_SHOWN),
        )
    )
    x = partial(
        both_sides, most=most, title="← mostly criticise\u2003\u2003reviews\u2003\u2003mostly praise →", width=_PANEL
    )
    color = alt.condition("datum.side > 0", alt.value(PRAISE), alt.value(CRITICISM))
    blocks = base.transform_filter("datum.side != 0").mark_bar(stroke=CARD, strokeWidth=1.5, height={"band": 0.7})
    ends = [base.transform_filter(f"datum.side == {side} && datum.place == 1") for side in (1, -1, 0)]
    both = ends[2].transform_calculate(both="datum.reviews + ' both alike'").mark_text(align="left", color=MUTED)
    return alt.layer(
        blocks.encode(x=x("start:Q"), x2="end:Q", color=color),
        ends[0].mark_text(align="left", dx=4).encode(x=x("reviews:Q"), text="reviews:Q"),
        ends[1]
        .transform_calculate(left="-datum.reviews")
        .mark_text(align="right", dx=-4)
        .encode(x=x("left:Q"), text="reviews:Q"),
        both.encode(x=alt.value(_PANEL + 6), text="both:N"),
    ).properties(width=_PANEL, height=alt.Step(LINE + 2))


def _all_of_many(counted: pd.DataFrame) -> ChartType:
    """Draw how many reviews have which difference of praise and criticism of each theme, from a disagreement table."""
    table = by_difference(counted)
    most = max(0.1, table["share"].max()) if len(table) else 1
    sides = alt.Scale(type="threshold", domain=[-1e-9, 1e-9], range=[CRITICISM, LIGHT, PRAISE])
    color = alt.Color("signed:Q", scale=sides, legend=None)
    order = largest_first(table.dropna(subset="share"), "reviews")
    title = "praise less criticism of the theme in the review"
    return cells(table, "reviews", order, most, title=title, step=66, color=color).properties(
        title=heading(
            headlines.of_sides(counted),
            "a cell counts reviews by praise less criticism of the theme, of the "
            f"{counted['review_id'].nunique():,} reviews with an opinion;",
            "its colour is its share of those that judge the theme",
            *coders(counted),
        ),
        description=describe(
            "Matrix: how many reviews praise each theme more than they criticise it, and by how many opinions.",
            each(balances(table), "{label}: {more} praise it more, {as_much} as much, {less} criticise it more"),
        ),
    )


def _divided_of_many(counted: pd.DataFrame) -> ChartType:
    """Draw how many reviews mostly criticise a theme, do both alike, and mostly praise it, within each film."""
    table, left_out = _pairs(by_side(counted))
    base = alt.Chart(table).encode(
        y=alt.Y("label:N", sort=table["label"].drop_duplicates().tolist(), title=None, axis=alt.Axis(labelLimit=220)),
        tooltip=tip(table, "label", "side", "reviews", "of"),
    )
    scale = alt.Scale(domain=list(_SIDES), range=list(_SIDES.values()))
    bars = base.mark_bar(height={"band": 0.7}).encode(
        x=share_x("low:Q", "← mostly criticise\u2003\u2003of those that judge it\u2003\u2003mostly praise →"),
        x2="high:Q",
        color=alt.Color("side:N", scale=scale, legend=None),
    )
    half = alt.Chart(pd.DataFrame({"half": [0.5]})).mark_rule(color=INK, strokeDash=[3, 3], aria=False)
    return alt.layer(bars, half.encode(x="half:Q"), *_columns(base)).properties(
        width=_WIDTH,
        height=alt.Step(LINE + 2),
        title=heading(
            "How far each theme divides the reviews",
            "the reviews that judge a theme, by whether they mostly criticise it, do both alike, or mostly praise it;",
            "sorted by the low end of the 95 % interval of the smaller side’s share",
            *left_out,
            f"{counted['review_id'].nunique():,} reviews hold an opinion",
            *coders(counted),
            longest=110,
        ),
        description=describe(
            "Bars: how many reviews mostly criticise each theme, do both alike, and mostly praise it.",
            each(table, "{label}, {side}: {reviews} of {of}"),
        ),
    )


def _pairs(table: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Return the themes to draw, each named with its film where there are several, and a line on what is left out."""
    if table["film"].eq("").all():
        return drawable(table, "counted"), []
    divided = table[table["smaller"] > 0]
    shown = divided.head(_MOST_PAIRS * len(SIDES))
    named = shown.assign(label=shown["label"] + ", in " + shown["film"])
    every, drawn = len(divided) // len(SIDES), len(shown) // len(SIDES)
    which = f"the {drawn} most divided of {every}" if every > drawn else f"all {every} of them"
    return named, [f"each film by itself: a theme of a film that has reviews on both sides, {which}"]


def _columns(base: alt.Chart) -> list[alt.Chart]:
    """Draw the counts beside the bars, a column for each side and one for all, with what they are above."""
    layers = []
    for number, name in enumerate([*_SIDES, _ALL], start=1):
        at = _WIDTH + number * _COLUMN - 8
        rows = base.transform_filter(f"datum.side == '{SIDES[1] if name == _ALL else name}'").mark_text(align="right")
        text = alt.Text("of:Q" if name == _ALL else "reviews:Q", format=",d")
        layers += [rows.encode(x=alt.value(at), text=text), column_head(name, at, "right")]
    return layers
