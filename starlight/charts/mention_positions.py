"""The chart of where in their reviews the themes come up."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ..summaries.bins import ALL, mentions_in_twentieths
from ..summaries.themes import MENTION_POSITIONS
from ..tables.schema import check
from .binned import cells, in_blue
from .style import BLUE, THEME_LABELS, are_many, by_kind, largest_first, review_label
from .wording import describe, heading

_BINS = 20


def chart_mention_positions(positions: pd.DataFrame) -> alt.TopLevelMixin:
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
    check(positions, MENTION_POSITIONS, "positions")
    return _of_many(positions) if are_many(positions) else _of_each(positions)


def _of_each(positions: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw a panel for each review, and in it a tick for each mention."""
    counted = positions.groupby("label").size().sort_values(ascending=False, kind="stable")

    def panel(rows: pd.DataFrame) -> alt.FacetChart:
        order = [label for label in counted.index if label in set(rows["label"])]
        axis = alt.Axis(values=[0, 1], labelExpr="datum.value == 0 ? 'start' : 'end'")
        header = alt.Header(labelExpr=f"'review ' + {review_label(positions)}", labelPadding=4)
        return (
            alt.Chart(rows)
            .mark_tick(size=13, thickness=2, color=BLUE, opacity=0.8)
            .encode(
                x=alt.X("position:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=axis),
                y=alt.Y("label:N", sort=order, title=None, axis=alt.Axis(grid=True, minExtent=THEME_LABELS)),
                tooltip=["label:N", "words:N", alt.Tooltip("position:Q", format=".0%")],
            )
            .properties(width=105, height=alt.Step(18))
            .facet(column=alt.Column("review_id:N", title=None, header=header), spacing=10)
        )

    return by_kind(positions, panel).properties(
        title=heading("Where the themes come up", "a tick for each mention, from the start of the review to its end"),
        description=describe(
            "Ticks: where each review mentions each theme.",
            (f"{label}: {count} mentions" for label, count in counted.items()),
        ),
    )


def _of_many(positions: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw how many mentions of each theme stand in each twentieth of a review."""
    counted = mentions_in_twentieths(positions)
    order = largest_first(counted.dropna(subset="share"), "mentions")
    darkest = 3 / _BINS

    def panel(rows: pd.DataFrame) -> alt.LayerChart:
        return cells(
            rows,
            "mentions",
            order,
            in_blue(darkest),
            title="per cent of the review’s text before the mention",
            step=32,
            label="split(datum.value, '–')[0]",
            white_from=0.85 * darkest,
        )

    of = counted[counted["column"] == ALL].set_index("label")["mentions"]
    first = counted[counted["column"].isin([f"{low}–{low + 5}%" for low in range(0, 50, 5)])]
    early = first.groupby("label")["mentions"].sum()
    return by_kind(counted, panel).properties(
        title=heading(
            "Where the themes come up",
            f"a cell counts the mentions in a twentieth of a review, of {len(positions):,} in "
            f"{positions['review_id'].nunique():,} reviews;",
            f"its colour is its share of all the theme’s mentions: {1 / _BINS:.0%} if they stood evenly, "
            f"the darkest from {darkest:.0%}",
        ),
        description=describe(
            "Heat map: where in the reviews each theme is mentioned.",
            (f"{label}: {of[label]} mentions, {early[label]} of them in the first half" for label in order),
        ),
    )
