"""The chart of where in their reviews the themes come up."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ..tables import MENTION_POSITIONS
from .marks import BLUE, THEME_LABELS, by_kind, check_drawable, describe, heading, review_label


def chart_mention_positions(positions: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw where in each review the themes come up: a tick for each mention, along the text.

    Parameters
    ----------
    positions : DataFrame
        The mention_positions table.

    Returns
    -------
    altair chart
        One panel for each review; pointing at a tick shows its words.

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
    check_drawable(positions, MENTION_POSITIONS, "positions")
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
