"""The chart of where in their reviews the themes come up."""

from __future__ import annotations

import textwrap
import unicodedata

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..summaries import MENTION_POSITIONS
from ..summaries.bins import halves, mentions_in_all, mentions_in_twentieths
from .binned import cells
from .checks import are_many, legible, names_in_order, to_draw
from .style import BLUE, by_kind, in_blue, panel_title, theme_y
from .wording import describe, each, heading

_TITLE = "Where the themes come up"
_DARKEST = 0.15  # the share of a theme’s mentions from which on a twentieth has the darkest colour
_WIDTH, _GAP = 105, 10  # pixels: of a review's panel, and between two
_IN_A_LINE = 6  # panels; more would be wider than a notebook
_ROOM, _ROOM_IF_WIDE = 14, 8  # letters of a name that fit above it, and Chinese, Japanese or Korean signs


def chart_mention_positions(positions: pd.DataFrame) -> ChartType:
    """Draw where in each review the themes come up: a tick for each mention, along the text.

    Parameters
    ----------
    positions : DataFrame
        The mention_positions table.

    Returns
    -------
    altair chart
        One panel for each review; pointing at a tick shows its words. From 30 reviews or more than 800 mentions on, a
        matrix: how many mentions of each theme stand in each twentieth of a review.

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
    'Where the themes come up'
    """
    positions = to_draw(positions, MENTION_POSITIONS, "positions")
    return _of_many(positions) if are_many(positions) else _of_each(positions)


def _of_each(positions: pd.DataFrame) -> ChartType:
    """Draw a panel for each review, and in it a tick for each mention."""
    names = names_in_order(positions)
    counted = mentions_in_all(positions)

    def panels(rows: pd.DataFrame) -> ChartType:
        order = [label for label in counted["label"] if label in set(rows["label"])]
        lines = [names[start : start + _IN_A_LINE] for start in range(0, len(names), _IN_A_LINE)]
        drawn = [
            [_panel(rows[rows["name"] == name], name, order, first=name == line[0]) for name in line] for line in lines
        ]
        return alt.vconcat(*(alt.hconcat(*line, spacing=_GAP) for line in drawn), spacing=_GAP)

    return by_kind(positions, panels).properties(
        title=heading(_TITLE, "a tick for each mention, from the start of the review to its end"),
        description=describe(
            "Ticks: where each review mentions each theme.", each(counted, "{label}: {mentions} mentions")
        ),
    )


def _panel(rows: pd.DataFrame, name: str, order: list[str], *, first: bool) -> ChartType:
    """Draw one review; the first in a line names the themes."""
    axis = alt.Axis(values=[0, 1], labelExpr="datum.value == 0 ? 'start' : 'end'")
    wide = any(unicodedata.east_asian_width(sign) in "WF" for sign in name)
    title = panel_title([*map(legible, textwrap.wrap(name, _ROOM_IF_WIDE if wide else _ROOM))])
    return (
        alt.Chart(rows)
        .mark_tick(size=13, thickness=2, color=BLUE, opacity=0.8)
        .encode(
            x=alt.X("position:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=axis),
            y=theme_y(order, labels=first, grid=True),
            tooltip=["label:N", "words:N", alt.Tooltip("position:Q", format=".0%"), "name:N", "review_id:N"],
        )
        .properties(width=_WIDTH, height=alt.Step(18), title=title)
    )


def _of_many(positions: pd.DataFrame) -> ChartType:
    """Draw how many mentions of each theme stand in each twentieth of a review."""
    counted = mentions_in_twentieths(positions)
    order = mentions_in_all(positions)["label"].tolist()

    def panel(rows: pd.DataFrame) -> ChartType:
        return cells(
            rows,
            "mentions",
            order,
            in_blue(_DARKEST),
            title="per cent of the review’s text before the mention",
            step=32,
            label="split(datum.value, '–')[0]",
            white_from=0.85 * _DARKEST,
        )

    return by_kind(counted, panel).properties(
        title=heading(
            _TITLE,
            f"a cell counts the mentions in a twentieth of a review, of {len(positions):,} in "
            f"{positions['review_id'].nunique():,} reviews;",
            f"its colour is its share of all the theme’s mentions: 5% if they stood evenly, the darkest from "
            f"{_DARKEST:.0%}",
        ),
        description=describe(
            "Heat map: where in the reviews each theme is mentioned.",
            each(halves(counted, "mentions"), "{label}: {of} mentions, {low} of them in the first half"),
        ),
    )
