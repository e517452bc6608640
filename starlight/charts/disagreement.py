"""The chart of who praises and who criticises: the themes that divide the reviews, or all of them."""

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..base.arguments import check_choice
from ..summaries import DISAGREEMENT, headlines
from ..summaries.bins import SIDES, balances, by_difference, by_side, divided_themes
from ..tables import POLARITIES
from .checks import IN_ORDER, are_many, drawable, to_draw
from .marks import cells, column, matrix, used
from .style import CRITICISM, LIGHT, LINE, PRAISE, both_sides, largest_first, panel_title, review_y, shade
from .wording import SIDES as BOTH_SIDES
from .wording import each, framed, nothing, tip

_AGAINST, _BOTH, _FOR = SIDES  # what a review can do with a theme
_MOST_PAIRS = 24  # of a theme and a film that the chart has room for
_WIDTH, _COLUMN, _HALF = 400, 92, 18  # pixels: of diverging bars, a column of counts beside them, half a cell
_SHOWN = ("name", "review_id", "label", "praise", "criticism")


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
        Divided: for each such theme a pair of bars for each review that judges it; of more than five reviews, for every
        theme how many mostly criticise it (to the left) and mostly praise it (to the right). Films are never put
        together: where the reviews name several, a theme divides those of one. All: a matrix, with a row for each
        review and both counts in a cell ("−1 +3"); from 30 reviews on, a row for each theme, in which a cell counts
        the reviews with so much more praise than criticism.

    Raises
    ------
    TableError
        If `counted` breaks its declaration, or `show` is neither.

    Examples
    --------
    >>> from starlight import disagreement, load_reviews, read_opinions
    >>> counted = disagreement(read_opinions(), load_reviews())
    >>> chart_disagreement(counted).to_dict()["title"]["text"]
    'Five of 12 themes divide the reviews, three of them by a single opinion'
    >>> chart_disagreement(counted, show="all").to_dict()["title"]["text"]
    'All five reviews praise something; two criticise something'
    """
    counted = to_draw(counted, DISAGREEMENT, "counted")
    check_choice(show, "show", ("divided", "all"))
    if show == "all":
        return _all_of_many(counted) if are_many(counted) else _all(counted)
    if divided_themes(counted).empty:
        return nothing("No theme is mostly praised by one review and mostly criticised by another", coded=counted)
    return _by_name(counted) if counted["review_id"].nunique() <= IN_ORDER else _by_side(counted)


def _all(counted: pd.DataFrame) -> ChartType:
    """Draw a row for each review: in a cell its criticism of a theme to the left, and its praise to the right."""
    total = counted["praise"] + counted["criticism"]
    rows, unused = used(counted, list(POLARITIES))
    most = max(1, counted[list(POLARITIES)].to_numpy().max(initial=1))

    def cells(base: alt.Chart) -> list[alt.Chart]:
        halves = []
        for side, (sign, color, at) in {"criticism": ("−", CRITICISM, -1), "praise": ("+", PRAISE, 1)}.items():
            there = base.transform_filter(f"datum.{side} > 0").transform_calculate(number=f"'{sign}' + datum.{side}")
            there = there.encode(**tip(counted, *_SHOWN))
            half = there.mark_rect(color=color, width=_HALF, xOffset=at * _HALF / 2, height={"band": 0.9})
            halves += [
                half.encode(opacity=shade(f"{side}:Q", most)),
                there.mark_text(xOffset=at * _HALF / 2).encode(text="number:N"),
            ]
        return halves

    order = largest_first(rows.assign(total=total), "total")
    return framed(
        matrix(rows, order, cells, 2 * _HALF + 4, "opinions", "datum.praise + datum.criticism", "sum"),
        headlines.of_sides(counted),
        "opinions of each theme in each review: in a cell criticism (−) stands left, and praise (+) right",
        *unused,
        coded=counted,
        said="Matrix: opinions of each theme in each review.",
        values=each(counted[total > 0], "{name} {label}: {praise} praise, {criticism} criticism"),
    )


def _all_of_many(counted: pd.DataFrame) -> ChartType:
    """Draw how many reviews have which difference of praise and criticism of each theme."""
    table = by_difference(counted)
    most = max(0.1, table["share"].max()) if len(table) else 1
    sides = alt.Scale(type="threshold", domain=[-1e-9, 1e-9], range=[CRITICISM, LIGHT, PRAISE])
    color = alt.Color("signed:Q", scale=sides, legend=None)
    order = largest_first(table.dropna(subset="share"), "reviews")
    title = "praise less criticism of the theme in the review"
    return framed(
        cells(table, "reviews", order, most, title=title, step=66, color=color),
        headlines.of_sides(counted),
        "a cell counts reviews by praise less criticism of the theme, of the "
        f"{counted['review_id'].nunique():,} reviews with an opinion;",
        "its colour is its share of those that judge the theme",
        coded=counted,
        said="Matrix: how many reviews praise each theme more than they criticise it, and by how many opinions.",
        values=each(balances(table), "{label}: {more} praise it more, {as_much} as much, {less} criticise it more"),
    )


def _by_name(counted: pd.DataFrame) -> ChartType:
    """Draw a panel for each theme that divides the reviews, and in it a line for each review that judges it."""
    rows, several = divided_themes(counted), len(set(counted["film"].dropna())) > 1
    most = rows[list(POLARITIES)].to_numpy().max(initial=1)
    pairs = [pair for _, pair in rows.groupby(["film", "theme"], sort=False, dropna=False)]
    return framed(
        alt.vconcat(*(_panel(pair, most, pair is pairs[-1], several) for pair in pairs), spacing=10),
        headlines.of_division(counted, rows, several),
        "opinions in each review, on themes that one review mostly praises and another mostly criticises"
        + "; each film by itself" * several,
        coded=counted,
        said="Diverging bars: the themes that divide the reviews.",
        values=each(rows, "{label}, {name}: {praise} praise, {criticism} criticism"),
    )


def _panel(rows: pd.DataFrame, most: int, last: bool, film: bool) -> ChartType:
    """Draw one theme: a line for each review, criticism to the left and praise to the right."""
    title = f"{rows['label'].iloc[0]}, in {rows['film'].iloc[0]}" if film else rows["label"].iloc[0]
    x = both_sides("signed:Q", most, BOTH_SIDES.format("opinions") if last else None, width=_WIDTH, labels=last)
    base = alt.Chart(rows).encode(x=x, y=review_y(rows, grid=True), **tip(rows, *_SHOWN))
    layers = [*_bars(base, "datum.criticism", -1, CRITICISM), *_bars(base, "datum.praise", 1, PRAISE)]
    return alt.layer(*layers).properties(width=_WIDTH, height=alt.Step(LINE - 2), title=panel_title(title, offset=4))


def _bars(base: alt.Chart, count: str, sign: int, color: str) -> list[alt.Chart]:
    """Draw bars of a count, an expression of Vega, to the right or to the left, with the count at their ends."""
    there = base.transform_filter(f"{count} > 0").transform_calculate(signed=f"{sign} * {count}", number=count)
    text = there.mark_text(align="left" if sign > 0 else "right", dx=4 * sign)
    return [there.mark_bar(color=color, height={"band": 0.7}), text.encode(text=alt.Text("number:Q", format=",d"))]


def _by_side(counted: pd.DataFrame) -> ChartType:
    """Draw how many reviews mostly criticise a theme, and how many mostly praise it, within each film."""
    sides, several = by_side(counted), len(set(counted["film"].dropna())) > 1
    table, left_out = _pairs(sides)
    most = table.loc[table["side"] != _BOTH, "reviews"].max() if table["reviews"].any() else 1
    x = both_sides(
        "signed:Q", max(1, most), f"← {_AGAINST}\u2003\u2003reviews\u2003\u2003{_FOR} →", width=_WIDTH, room=40
    )
    y = alt.Y("label:N", sort=table["label"].drop_duplicates().tolist(), title=None, axis=alt.Axis(labelLimit=220))
    base = alt.Chart(table).encode(x=x, y=y, **tip(table, "label", "side", "reviews", "of"))
    against, both, in_favour = (base.transform_filter(f"datum.side == '{side}'") for side in SIDES)
    layers = [*_bars(against, "datum.reviews", -1, CRITICISM), *_bars(in_favour, "datum.reviews", 1, PRAISE)]
    for number, (name, field) in enumerate({_BOTH: "reviews", "judge it": "of"}.items(), start=1):
        layers += column(both, name, alt.Text(f"{field}:Q", format=",d"), _WIDTH + number * _COLUMN)
    return framed(
        alt.layer(*layers),
        headlines.of_balance(sides, headlines.of_division(counted, divided_themes(counted), several)),
        f"of the {counted['review_id'].nunique():,} reviews with an opinion, those that mostly criticise a theme "
        "and those that mostly praise it;",
        "first the themes whose smaller side is surest to be large (by the low end of the 95% interval of its share)",
        *left_out,
        coded=counted,
        said="Bars: how many reviews mostly criticise each theme, do both alike, and mostly praise it.",
        values=each(table, "{label}, {side}: {reviews} of {of}"),
        width=_WIDTH,
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
