"""Charts of praise and criticism: by theme, by review, and where the reviews part."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ..tables import DISAGREEMENT, POLARITIES, PRAISE_AND_CRITICISM
from .marks import (
    BLUE,
    LIGHT_BLUE,
    LIGHT_ORANGE,
    LINE,
    ORANGE,
    both_sides,
    check_drawable,
    coders,
    describe,
    heading,
    largest_first,
    review_axis,
    review_names,
)

_THEME = "upper(slice(datum.value, 0, 1)) + slice(datum.value, 1)"  # music as Music


def chart_praise_and_criticism(counted: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw praise and criticism of each theme: bars to the right and to the left.

    Parameters
    ----------
    counted : DataFrame
        The praise_and_criticism table.

    Returns
    -------
    altair chart
        Themes from the most to the least judged; a bar carries its count and how many reviews it comes from.

    Raises
    ------
    TableError
        If `counted` breaks its declaration.

    Examples
    --------
    >>> from starlight import load_reviews, praise_and_criticism, read_opinions
    >>> chart = chart_praise_and_criticism(praise_and_criticism(read_opinions(), load_reviews()))
    >>> chart.to_dict()["title"]["text"]
    'What is praised, and what is criticised'
    """
    check_drawable(counted, PRAISE_AND_CRITICISM, "counted")
    most = max(1, counted["opinions"].max()) if len(counted) else 1
    of_opinions = counted["of_opinions"].iloc[0] if len(counted) else 0
    example = "".join(
        f", “{r.opinions} in {r.reviews}” is {r.opinions} opinions in {r.reviews} of {r.of_reviews} reviews"
        for r in counted.nlargest(1, "opinions").itertuples()
    )
    base = (
        alt.Chart(counted)
        .transform_calculate(
            signed="datum.polarity == 'praise' ? datum.opinions : -datum.opinions",
            count="datum.opinions + ' in ' + datum.reviews",
        )
        .encode(
            x=alt.X(
                "signed:Q",
                title=f"← criticism\u2003\u2003opinions, of {of_opinions}\u2003\u2003praise →",
                **both_sides(most),
            ),
            y=alt.Y("label:N", sort=largest_first(counted, "opinions"), title=None),
            tooltip=["label:N", "polarity:N", "opinions:Q", "of_opinions:Q", "reviews:Q", "of_reviews:Q"],
        )
    )
    bars = base.mark_bar(height={"band": 0.7}).encode(
        color=alt.Color(
            "polarity:N",
            title=None,
            scale=alt.Scale(domain=list(POLARITIES), range=[BLUE, ORANGE]),
            legend=None,
        )
    )
    praise = base.transform_filter("datum.polarity == 'praise' && datum.opinions > 0").mark_text(align="left", dx=4)
    criticism = base.transform_filter("datum.polarity == 'criticism' && datum.opinions > 0").mark_text(
        align="right", dx=-4
    )
    return alt.layer(bars, praise.encode(text="count:N"), criticism.encode(text="count:N")).properties(
        width=520,
        height=alt.Step(LINE + 4),
        title=heading(
            "What is praised, and what is criticised",
            f"opinions of each theme{example}",
            *coders(counted),
        ),
        description=describe(
            "Diverging bars: praise and criticism of each theme.",
            (f"{r.label}: {r.opinions} {r.polarity}" for r in counted.itertuples() if r.opinions),
        ),
    )


def chart_opinions_by_review(counted: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw praise and criticism of each theme in each review, as a matrix.

    Parameters
    ----------
    counted : DataFrame
        The disagreement table.

    Returns
    -------
    altair chart
        A cell carries both counts ("+3 −1") on the colour of their difference.

    Raises
    ------
    TableError
        If `counted` breaks its declaration.

    Examples
    --------
    >>> from starlight import disagreement, read_opinions
    >>> chart_opinions_by_review(disagreement(read_opinions())).to_dict()["title"]["text"]
    'Who judges what, and how'
    """
    check_drawable(counted, DISAGREEMENT, "counted")
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
        For each such theme a pair of bars for each review that judges it.

    Raises
    ------
    TableError
        If `counted` breaks its declaration.

    Examples
    --------
    >>> from starlight import disagreement, read_opinions
    >>> chart_disagreement(disagreement(read_opinions())).to_dict()["title"]["text"].endswith("divide the reviews")
    True
    """
    check_drawable(counted, DISAGREEMENT, "counted")
    net = (counted["praise"] - counted["criticism"]).groupby(counted["theme"], sort=False)
    divided = net.max().gt(0) & net.min().lt(0)
    themes = divided[divided].index.tolist()
    rows = counted[counted["theme"].isin(themes) & (counted["praise"] + counted["criticism"] > 0)]
    most = max(1, rows[["praise", "criticism"]].max().max()) if len(rows) else 1
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
