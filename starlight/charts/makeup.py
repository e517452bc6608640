"""The chart of what reviews are made of."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ..summaries.bins import makeup_in_tenths
from ..summaries.makeup import KINDS, MAKEUP
from ..tables.schema import check
from .binned import EACH_BAR, SHARE, bars, tenth
from .style import BLUE, LIGHT, LINE, are_many, percent_axis, review_axis, review_names
from .wording import coders, describe, heading


def chart_makeup(makeup: pd.DataFrame) -> alt.TopLevelMixin:
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
    check(makeup, MAKEUP, "makeup")
    return _makeup_of_many(makeup) if are_many(makeup) else _makeup_of_each(makeup)


def _makeup_of_each(makeup: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw a bar for each review and kind."""
    names = review_names(makeup)
    base = alt.Chart(makeup).encode(
        x=alt.X(
            "share:Q",
            title="share of sentences",
            scale=alt.Scale(domain=[0, 1]),
            axis=percent_axis([0, 0.5, 1]),
        ),
        y=alt.Y("review_id:N", title="review", axis=review_axis(makeup)),
        tooltip=[
            "review_id:N",
            "kind:N",
            "sentences:Q",
            "of_sentences:Q",
            alt.Tooltip("share:Q", format=".0%"),
        ],
    )
    bars = base.mark_bar(height={"band": 0.6}).encode(
        color=alt.condition("datum.kind == 'opinion'", alt.value(BLUE), alt.value(LIGHT))
    )
    counts = base.transform_calculate(count="datum.sentences + ' of ' + datum.of_sentences").mark_text(
        align="left", dx=4
    )
    return (
        alt.layer(bars, counts.encode(text="count:N"))
        .properties(width=130, height=alt.Step(LINE))
        .facet(
            column=alt.Column(
                "kind:N",
                sort=list(KINDS),
                title=None,
                header=alt.Header(labelAnchor="start", labelFontWeight="bold"),
            ),
            spacing=24,
        )
        .properties(
            title=heading(
                "What each review is made of", "sentences of each kind, of all sentences in the review", *coders(makeup)
            ),
            description=describe(
                "Bars: what each review is made of.",
                (f"{names[r.review_id]}: {r.sentences} of {r.of_sentences} {r.kind}" for r in makeup.itertuples()),
            ),
        )
    )


def _makeup_of_many(makeup: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw how many of the reviews that have a kind of sentence have which share of it."""
    bins = makeup_in_tenths(makeup)
    found = bins.groupby("kind")["reviews"].sum()
    of = makeup["review_id"].nunique()
    axis = {"title": "share of the review’s sentences", **SHARE}
    panels = [
        bars(rows, bins["reviews"].max(), axis, f"{kind}: in {found[kind]:,} of {of:,} reviews")
        for kind, rows in bins.groupby("kind", sort=False)
    ]
    return alt.vconcat(*panels, spacing=16).properties(
        title=heading(
            "What the reviews are made of",
            "reviews that have sentences of a kind, by their share of the review’s sentences",
            EACH_BAR,
            *coders(makeup),
        ),
        description=describe(
            f"Histograms: what {of} reviews are made of, by the share of each kind of sentence.",
            [
                *(f"{kind}: in {found[kind]} reviews" for kind in KINDS),
                *(f"{b.kind}, {tenth(b)}: {b.reviews}" for b in bins.itertuples() if b.reviews),
            ],
        ),
    )
