"""The charts of where in the reviews themes come up, and where praise and criticism stand."""

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..summaries import MENTION_POSITIONS, OPINION_POSITIONS, headlines
from ..summaries.bins import halves, mentions_in_all, mentions_in_twentieths, opinions_in_twentieths
from .checks import are_many, to_draw
from .marks import cells, column
from .style import LINE, POLARITY, THIN_CRITICISM, THIN_PRAISE, WHOLE, by_kind, review_y, share_x
from .wording import each, framed, tip

_DARKEST = 0.15  # the share of a theme’s mentions from which on a twentieth has the darkest colour
_PANELS, _WIDTH = 4, 118  # panels in a line, and how many pixels each is wide
_STRIP = 410  # pixels: of a review's strip
_SIDES = {"praise": (THIN_PRAISE, -1, "+"), "criticism": (THIN_CRITICISM, 1, "−")}  # colour, up or down, sign


def chart_mention_positions(positions: pd.DataFrame) -> ChartType:
    """Draw where in each review the themes come up: a tick for each mention, along the text.

    Parameters
    ----------
    positions : DataFrame
        The mention_positions table.

    Returns
    -------
    altair chart
        A panel for each theme, in which each review has a line; pointing at a tick shows its words. From 30 reviews or
        more than 800 mentions on, a matrix: how many mentions of each theme stand in each twentieth of a review.

    Raises
    ------
    TableError
        If `positions` breaks its declaration.

    Examples
    --------
    >>> from starlight import find_mentions, load_reviews, mention_positions, split_sentences
    >>> reviews = load_reviews()
    >>> positions = mention_positions(find_mentions(split_sentences(reviews)), reviews)
    >>> chart_mention_positions(positions).to_dict()["title"]["text"]
    'No theme of 10 mentions or more clearly keeps to one half of a review'
    """
    positions = to_draw(positions, MENTION_POSITIONS, "positions")
    return _mentions_of_many(positions) if are_many(positions) else _mentions_of_each(positions)


def chart_opinion_positions(positions: pd.DataFrame) -> ChartType:
    """Draw where in each review praise and criticism stand: a strip for each review, with a tick for each opinion.

    Parameters
    ----------
    positions : DataFrame
        The opinion_positions table.

    Returns
    -------
    altair chart
        Praise is above the line of its review, criticism below; pointing at a tick shows its words. From 30 reviews or
        more than 800 opinions on, bars: how much praise and criticism stands in each twentieth of a review.

    Raises
    ------
    TableError
        If `positions` breaks its declaration.

    Examples
    --------
    >>> from starlight import load_reviews, opinion_positions, read_opinions
    >>> positions = opinion_positions(read_opinions(), load_reviews())
    >>> chart_opinion_positions(positions).to_dict()["title"]["text"]
    'Neither praise nor criticism clearly keeps to one half of a review'
    """
    positions = to_draw(positions, OPINION_POSITIONS, "positions")
    return _opinions_of_many(positions) if are_many(positions) else _opinions_of_each(positions)


def _along() -> alt.X:
    """Return the axis of a text, from its start to its end."""
    axis = alt.Axis(values=[0, 1], labelExpr="datum.value == 0 ? 'start' : 'end'", labelFlush=True, grid=False)
    return alt.X("position:Q", title=None, scale=WHOLE, axis=axis)


def _mentions_of_each(positions: pd.DataFrame) -> ChartType:
    """Draw a panel for each theme, and in it a line for each review with a tick for each mention."""
    counted = mentions_in_all(positions)
    step = LINE - 4 if positions["review_id"].nunique() < 10 else LINE - 8
    y = review_y(positions, grid=True)

    def panels(rows: pd.DataFrame) -> ChartType:
        order = [label for label in counted["label"] if label in set(rows["label"])]
        ticks = alt.Chart(rows).mark_tick(size=step - 5, thickness=2, color=THIN_PRAISE, opacity=0.9)
        shown = tip(rows, "name", "review_id", "label", "words", "position")
        panel = ticks.encode(x=_along(), y=y, **shown).properties(width=_WIDTH, height=alt.Step(step))
        header = alt.Header(title=None, labelAnchor="start", labelFontWeight="bold", labelPadding=4)
        facet = alt.Facet("label:N", sort=order, header=header)
        return panel.facet(facet=facet, columns=_PANELS, spacing={"column": 14, "row": 8})

    return framed(
        by_kind(positions, panels),
        headlines.of_mention_places(positions),
        "a tick for each mention, from the start of the review to its end",
        said="Ticks: where each review mentions each theme.",
        values=each(counted, "{label}: {mentions} mentions"),
    )


def _mentions_of_many(positions: pd.DataFrame) -> ChartType:
    """Draw how many mentions of each theme stand in each twentieth of a review."""
    counted = mentions_in_twentieths(positions)
    order = mentions_in_all(positions)["label"].tolist()

    def panel(rows: pd.DataFrame) -> ChartType:
        title, label = "per cent of the review’s text before the mention", "split(datum.value, '–')[0]"
        return cells(rows, "mentions", order, _DARKEST, title=title, step=32, label=label)

    return framed(
        by_kind(counted, panel),
        headlines.of_mention_places(positions),
        f"a cell counts the mentions in a twentieth of a review, of {len(positions):,} in "
        f"{positions['review_id'].nunique():,} reviews;",
        f"its colour is its share of the theme’s mentions: 5% if they stood evenly, the darkest from {_DARKEST:.0%}",
        said="Heat map: where in the reviews each theme is mentioned.",
        values=each(halves(counted, "mentions"), "{label}: {of} mentions, {low} of them in the first half"),
    )


def _opinions_of_each(positions: pd.DataFrame) -> ChartType:
    """Draw a line for each review, with praise above it, criticism below it, and how much of both beside it."""
    y = review_y(positions, grid=True)
    shown = tip(positions, "name", "review_id", "label", "polarity", "quote", "position")
    layers = []
    for number, (polarity, (color, down, sign)) in enumerate(_SIDES.items(), start=1):
        one = alt.Chart(positions).transform_filter(f"datum.polarity == '{polarity}'").encode(y=y)
        ticks = one.mark_tick(size=9, thickness=2.5, color=color, opacity=1, yOffset=5 * down)
        counted = one.transform_aggregate(opinions="count()", groupby=["name"])
        counted = counted.transform_calculate(number=f"'{sign}' + datum.opinions")
        layers += [ticks.encode(x=_along(), **shown), *column(counted, polarity, "number:N", _STRIP + 64 * number)]
    return framed(
        alt.layer(*layers),
        headlines.of_opinion_places(positions),
        "a tick for each opinion, from the start of the review to its end: praise above the line, criticism below",
        coded=positions,
        said="Ticks: where each review praises and criticises.",
        values=each(positions, "{name}, {position:.0%}: {polarity} of {label}"),
        width=_STRIP,
        height=alt.Step(LINE + 4),
    )


def _opinions_of_many(positions: pd.DataFrame) -> ChartType:
    """Draw how much praise and criticism stands in each twentieth of a review: praise upwards, criticism downwards."""
    counted = opinions_in_twentieths(positions)
    counts = alt.Axis(labelExpr="format(abs(datum.value), ',d')", tickMinStep=1)
    bars = (
        alt.Chart(counted)
        .transform_calculate(signed="datum.polarity == 'praise' ? datum.opinions : -datum.opinions")
        .mark_bar(binSpacing=2)
        .encode(
            x=share_x("low:Q", "the review’s text before the opinion").bin("binned"),
            x2="high:Q",
            y=alt.Y("signed:Q", title="← criticism\u2003\u2003praise →", axis=counts),
            color=POLARITY,
            **tip(counted, "polarity", "low", "high", "opinions"),
        )
    )
    return framed(
        bars,
        headlines.of_opinion_places(positions),
        f"opinions in each twentieth of a review, of {len(positions):,} in {positions['review_id'].nunique():,} "
        "reviews: praise upwards, criticism downwards",
        coded=positions,
        said="Bars: praise and criticism in each twentieth of the reviews.",
        values=each(counted[counted["opinions"] > 0], "{low:.0%} to {high:.0%}: {opinions} {polarity}"),
        height=220,
    )
