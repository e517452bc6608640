"""Charts of who praises and who criticises: each theme in each review, and where the reviews part."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ..summaries.bins import divided_themes
from ..summaries.opinions import DISAGREEMENT
from ..tables.schema import check
from .disagreement_of_many import differences_of_many, sides_of_many
from .style import (
    BLUE,
    LIGHT_BLUE,
    LIGHT_ORANGE,
    LINE,
    ORANGE,
    are_many,
    both_sides,
    largest_first,
    review_axis,
    review_names,
)
from .wording import coders, describe, heading

_THEME = "upper(slice(datum.value, 0, 1)) + slice(datum.value, 1)"  # music as Music


def chart_opinions_by_review(counted: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw praise and criticism of each theme in each review, as a matrix.

    Parameters
    ----------
    counted : DataFrame
        The disagreement table.

    Returns
    -------
    altair chart
        A cell carries both counts ("+3 −1") on the colour of their difference. From 30 reviews on, a cell counts the
        reviews by that difference.

    Raises
    ------
    TableError
        If `counted` breaks its declaration.

    Examples
    --------
    >>> from starlight import disagreement, load_reviews, read_opinions
    >>> chart_opinions_by_review(disagreement(read_opinions(), load_reviews())).to_dict()["title"]["text"]
    'Who judges what, and how'
    """
    check(counted, DISAGREEMENT, "counted")
    return differences_of_many(counted) if are_many(counted) else _opinions_of_each(counted)


def _opinions_of_each(counted: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw a column for each review."""
    names = review_names(counted)
    total = counted["praise"] + counted["criticism"]
    most = max(1, (counted["praise"] - counted["criticism"]).abs().max()) if len(counted) else 1
    base = (
        alt.Chart(counted)
        .transform_calculate(
            net="datum.praise - datum.criticism",
            counts="(datum.praise ? '+' + datum.praise : '') + (datum.praise && datum.criticism ? '  ' : '')"
            " + (datum.criticism ? '−' + datum.criticism : '')",
        )
        .encode(
            x=alt.X("review_id:N", title="review", axis=review_axis(counted, labelAngle=0, orient="top")),
            y=alt.Y(
                "theme:N",
                sort=largest_first(counted.assign(total=total), "total", "theme"),
                title=None,
                axis=alt.Axis(labelExpr=_THEME),
            ),
            tooltip=["review_id:N", "theme:N", "praise:Q", "criticism:Q"],
        )
    )
    judged = base.transform_filter("datum.praise + datum.criticism > 0")
    cells = judged.mark_rect(stroke="white", strokeWidth=2).encode(
        color=alt.Color(
            "net:Q",
            title="praise less criticism",
            scale=alt.Scale(domain=[-most, 0, most], range=[LIGHT_ORANGE, "#F3F3F3", LIGHT_BLUE]),
            legend=alt.Legend(tickMinStep=1),
        )
    )
    return alt.layer(cells, judged.mark_text().encode(text="counts:N")).properties(
        width=alt.Step(86),
        height=alt.Step(LINE + 4),
        title=heading(
            "Who judges what, and how",
            "+ praise, − criticism: opinions of each theme in each review; blank where it has none",
            *coders(counted),
        ),
        description=describe(
            "Matrix: opinions of each theme in each review.",
            (
                f"{names[r.review_id]} {r.theme}: {r.praise} praise, {r.criticism} criticism"
                for r in counted.itertuples()
                if r.praise + r.criticism
            ),
        ),
    )


def chart_disagreement(counted: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw the themes that divide the reviews: those that one mostly praises and another mostly criticises.

    Parameters
    ----------
    counted : DataFrame
        The disagreement table.

    Returns
    -------
    altair chart
        For each such theme a pair of bars for each review that judges it. From 30 reviews on, for every theme a bar of
        how many of these reviews only criticise it, do both, and only praise it.

    Raises
    ------
    TableError
        If `counted` breaks its declaration.

    Examples
    --------
    >>> from starlight import disagreement, load_reviews, read_opinions
    >>> counted = disagreement(read_opinions(), load_reviews())
    >>> chart_disagreement(counted).to_dict()["title"]["text"].endswith("divide the reviews")
    True
    """
    check(counted, DISAGREEMENT, "counted")
    return sides_of_many(counted) if are_many(counted) else _sides_of_each(counted)


def _sides_of_each(counted: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw a panel for each theme that divides the reviews, and in it a line for each review."""
    rows = divided_themes(counted)
    most = max(1, rows[["praise", "criticism"]].max().max()) if len(rows) else 1
    themes = rows["theme"].drop_duplicates().tolist()
    names, axis = review_names(counted), review_axis(counted, domain=False, ticks=False)
    panels = [_sides(rows[rows["theme"] == theme], axis, most, theme == themes[-1]) for theme in themes]
    return alt.vconcat(*panels, spacing=10).properties(
        title=heading(
            f"{len(themes)} of {counted['theme'].nunique()} themes divide the reviews",
            "opinions in each review, of the themes that one mostly praises and another mostly criticises",
            *coders(counted),
        ),
        description=describe(
            "Diverging bars: the themes that divide the reviews.",
            (f"{r.theme}, {names[r.review_id]}: {r.praise} praise, {r.criticism} criticism" for r in rows.itertuples()),
        ),
    )


def _sides(rows: pd.DataFrame, axis: alt.Axis, most: int, last: bool) -> alt.LayerChart:
    """Draw one theme: a line for each review, criticism to the left and praise to the right."""
    name = rows["theme"].iloc[0].capitalize()
    base = alt.Chart(rows).encode(y=alt.Y("review_id:N", title=None, axis=axis))
    title = "← criticism\u2003\u2003opinions\u2003\u2003praise →" if last else None
    layers = []
    for polarity, sign, color in (("praise", "", BLUE), ("criticism", "-", ORANGE)):
        side = (
            base.transform_filter(f"datum.{polarity} > 0")
            .transform_calculate(signed=f"{sign}datum.{polarity}")
            .encode(
                x=alt.X("signed:Q", title=title, **both_sides(most, labels=last)),
                tooltip=["review_id:N", "theme:N", "praise:Q", "criticism:Q"],
            )
        )
        text = side.mark_text(align="right" if sign else "left", dx=-4 if sign else 4)
        layers += [side.mark_bar(color=color, height={"band": 0.7}), text.encode(text=f"{polarity}:Q")]
    small = alt.TitleParams(name, fontSize=12, anchor="start", offset=4, frame="group")
    return alt.layer(*layers).properties(width=420, height=alt.Step(LINE - 2), title=small)
