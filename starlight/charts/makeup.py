"""The chart of what reviews are made of."""

from __future__ import annotations

from functools import partial

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..summaries import KINDS, MAKEUP
from ..summaries.bins import makeup_in_tenths, shares_of_rows
from .binned import histograms
from .checks import are_many, to_draw
from .style import BLUE, LIGHT, LINE, REVIEW, review_y, share_x
from .wording import EACH_BAR, coders, describe, each, heading


def chart_makeup(makeup: pd.DataFrame) -> ChartType:
    """Draw what each review is made of: a bar for each review and kind of sentence.

    Parameters
    ----------
    makeup : DataFrame
        The makeup table.

    Returns
    -------
    altair chart
        From 30 reviews on, a histogram for each kind: how many reviews have which share of it.

    Raises
    ------
    TableError
        If `makeup` breaks its declaration.

    Examples
    --------
    >>> from starlight import load_reviews, makeup, read_opinions, split_sentences
    >>> reviews = load_reviews()
    >>> chart_makeup(makeup(split_sentences(reviews), read_opinions(), reviews)).to_dict()["title"]["text"]
    'What each review is made of'
    """
    makeup = to_draw(makeup, MAKEUP, "makeup")
    return _of_many(makeup) if are_many(makeup) else _of_each(makeup)


def _of_each(makeup: pd.DataFrame) -> ChartType:
    """Draw a bar for each review and kind."""
    color = alt.condition("datum.kind == 'opinion'", alt.value(BLUE), alt.value(LIGHT))
    base = (
        alt.Chart(makeup)
        .transform_calculate(count="datum.sentences + ' of ' + datum.of_sentences")
        .encode(
            x=share_x("share:Q", "share of sentences", [0, 0.5, 1]),
            y=review_y(makeup),
            tooltip=[*REVIEW, "kind:N", "sentences:Q", "of_sentences:Q", alt.Tooltip("share:Q", format=".0%")],
        )
    )
    layers = [
        base.mark_bar(height={"band": 0.6}).encode(color=color),
        base.mark_text(align="left", dx=4).encode(text="count:N"),
    ]
    header = alt.Header(labelAnchor="start", labelFontWeight="bold")
    return (
        alt.LayerChart(layer=layers)
        .properties(width=120, height=alt.Step(LINE))
        .facet(column=alt.Column("kind:N", sort=list(KINDS), title=None, header=header), spacing=24)
        .properties(
            title=heading(
                "What each review is made of", "sentences of each kind, of all sentences in the review", *coders(makeup)
            ),
            description=describe(
                "Bars: what each review is made of.", each(makeup, "{name}: {sentences} of {of_sentences} {kind}")
            ),
        )
    )


def _of_many(makeup: pd.DataFrame) -> ChartType:
    """Draw, for each kind of sentence, how many of the reviews that have it have which share of it."""
    bins = shares_of_rows(makeup_in_tenths(makeup), "kind", "reviews")
    kinds, every = bins.drop_duplicates("kind"), makeup["review_id"].nunique()
    titles = each(kinds.assign(every=every), "{kind}: in {of:,} of {every:,} reviews")
    x = partial(share_x, title="share of the review’s sentences")
    return histograms(bins, "kind", titles, x).properties(
        title=heading(
            "What the reviews are made of",
            "reviews that have sentences of a kind, by their share of the review’s sentences",
            EACH_BAR,
            *coders(makeup),
        ),
        description=describe(
            f"Histograms: what {every} reviews are made of, by the share of each kind of sentence.",
            [
                *each(kinds, "{kind}: in {of} reviews"),
                *each(bins[bins["reviews"] > 0], "{kind}, {low:.0%} to {high:.0%}: {reviews}"),
            ],
        ),
    )
