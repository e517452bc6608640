"""The chart of who praises and who criticises: the themes that divide the reviews, or all of them."""

from __future__ import annotations

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..base.arguments import check_choice
from ..summaries import DISAGREEMENT
from ..summaries.bins import SIDES, balances, by_difference, by_side, divided_themes
from .binned import cells
from .checks import are_many, drawable, to_draw
from .style import (
    BLACK,
    CARD,
    CRITICISM,
    INK,
    LIGHT,
    LINE,
    PRAISE,
    both_sides,
    column_head,
    largest_first,
    panel_title,
    review_x,
    review_y,
    share_x,
    two_sides,
)
from .wording import SIDES as BOTH_SIDES
from .wording import coders, describe, each, heading

# What many reviews do with a theme, its colour, and the last column of counts beside the bars.
_SIDES, _ALL = dict(zip(SIDES, (CRITICISM, LIGHT, PRAISE), strict=True)), "judge it"
_MOST_PAIRS = 24  # of a theme and a film that the chart of many reviews has room for
_WIDTH, _COLUMN = 200, 94  # pixels: of the bars, and of each column of counts beside them
_TOOLTIP = ["name:N", "review_id:N", "label:N", "praise:Q", "criticism:Q"]


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
    """Draw a matrix: a line for each theme, a column for each review."""
    total, net = counted["praise"] + counted["criticism"], counted["praise"] - counted["criticism"]
    most = max(1, net.abs().max()) if len(counted) else 1
    order = largest_first(counted.assign(total=total), "total")
    base = (
        alt.Chart(counted)
        .transform_filter("datum.praise + datum.criticism > 0")
        .transform_calculate(
            net="datum.praise - datum.criticism",
            counts="(datum.praise ? '+' + datum.praise : '') + (datum.praise && datum.criticism ? '  ' : '')"
            " + (datum.criticism ? '−' + datum.criticism : '')",
        )
        .encode(
            x=review_x(counted),
            y=alt.Y("label:N", title=None, scale=alt.Scale(domain=order)),
            tooltip=_TOOLTIP,
        )
    )
    color = alt.Color("net:Q", title="praise less criticism", scale=two_sides(most), legend=alt.Legend(tickMinStep=1))
    squares = base.mark_rect(stroke=CARD, strokeWidth=2).encode(color=color)
    return alt.layer(squares, base.mark_text(color=BLACK).encode(text="counts:N")).properties(
        width=alt.Step(64),
        height=alt.Step(LINE + 4),
        title=heading(
            "Who judges what, and how",
            "+ praise, − criticism: opinions of each theme in each review; blank where it has none",
            *coders(counted),
        ),
        description=describe(
            "Matrix: opinions of each theme in each review.",
            each(counted[total > 0], "{name} {label}: {praise} praise, {criticism} criticism"),
        ),
    )


def _divided(counted: pd.DataFrame) -> ChartType:
    """Draw a panel for each theme that divides the reviews, and in it a line for each review that judges it."""
    rows = divided_themes(counted)
    most = max(1, rows[["praise", "criticism"]].to_numpy().max()) if len(rows) else 1
    several = len(counted["film"].dropna().unique()) > 1
    pairs = [pair for _, pair in rows.groupby(["film", "theme"], sort=False, dropna=False)]
    panels = [_panel(pair, most, last=pair is pairs[-1], film=several) for pair in pairs]
    return alt.vconcat(*panels, spacing=10).properties(
        title=heading(
            f"{rows['theme'].nunique()} of {counted['theme'].nunique()} themes divide the reviews"
            + " of a film" * several,
            "opinions in each review, on themes that one review mostly praises and another mostly criticises"
            + "; each film by itself" * several,
            *coders(counted),
        ),
        description=describe(
            "Diverging bars: the themes that divide the reviews.",
            each(rows, "{label}, {name}: {praise} praise, {criticism} criticism"),
        ),
    )


def _panel(rows: pd.DataFrame, most: int, *, last: bool, film: bool) -> ChartType:
    """Draw one theme: a line for each review, criticism to the left and praise to the right."""
    x = both_sides("signed:Q", most, BOTH_SIDES.format("opinions") if last else None, labels=last)
    base = alt.Chart(rows).encode(x=x, y=review_y(rows, line=False), tooltip=_TOOLTIP)
    title = f"{rows['label'].iloc[0]}, in {rows['film'].iloc[0]}" if film else rows["label"].iloc[0]
    praise = base.transform_filter("datum.praise > 0").transform_calculate(signed="datum.praise")
    criticism = base.transform_filter("datum.criticism > 0").transform_calculate(signed="-datum.criticism")
    return alt.layer(
        praise.mark_bar(color=PRAISE, height={"band": 0.7}),
        praise.mark_text(align="left", dx=4).encode(text="praise:Q"),
        criticism.mark_bar(color=CRITICISM, height={"band": 0.7}),
        criticism.mark_text(align="right", dx=-4).encode(text="criticism:Q"),
    ).properties(width=420, height=alt.Step(LINE - 2), title=panel_title(title, offset=4))


def _all_of_many(counted: pd.DataFrame) -> ChartType:
    """Draw how many reviews have which difference of praise and criticism of each theme, from a disagreement table."""
    table = by_difference(counted)
    most = max(0.1, table["share"].max()) if len(table) else 1
    legend = alt.Legend(labelExpr="format(abs(datum.value), '.0%')")
    color = alt.Color("signed:Q", title="share of the row", scale=two_sides(most), legend=legend)
    order = largest_first(table.dropna(subset="share"), "reviews")
    title = "praise less criticism of the theme in the review"
    return cells(table, "reviews", order, color, title=title, step=66).properties(
        title=heading(
            "Who judges what, and how",
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
        tooltip=["label:N", "side:N", *(alt.Tooltip(f"{name}:Q", format=",d") for name in ("reviews", "of"))],
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
