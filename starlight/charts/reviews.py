"""Charts of the reviews themselves: what they are made of, and how much they praise."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ..tables import MAKEUP, PRAISE_BY_REVIEW
from .marks import (
    BLUE,
    LIGHT,
    LIGHT_BLUE,
    LINE,
    MUTED,
    PRINTED,
    check_drawable,
    coders,
    describe,
    heading,
    percent_axis,
    review_axis,
    review_names,
)

_FEW = 5  # opinions; a share of fewer says little


def chart_makeup(makeup: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw what each review is made of: a bar for each review and kind of sentence.

    Parameters
    ----------
    makeup : DataFrame
        The makeup table.

    Returns
    -------
    altair chart

    Raises
    ------
    TableError
        If `makeup` breaks its declaration.

    Examples
    --------
    >>> from starlight import load_reviews, makeup, read_opinions, split_sentences
    >>> chart_makeup(makeup(split_sentences(load_reviews()), read_opinions())).to_dict()["title"]["text"]
    'What each review is made of'
    """
    check_drawable(makeup, MAKEUP, "makeup")
    names = review_names(makeup)
    kinds = ["opinion", "other prose", "other title", "furniture"]
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
                sort=kinds,
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


def chart_praise_by_review(counted: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw the share of praise among each review's opinions, with its grade beside it.

    Parameters
    ----------
    counted : DataFrame
        The praise_by_review table.

    Returns
    -------
    altair chart

    Raises
    ------
    TableError
        If `counted` breaks its declaration.

    Examples
    --------
    >>> from starlight import load_reviews, praise_by_review, read_opinions
    >>> chart = chart_praise_by_review(praise_by_review(read_opinions(), load_reviews()))
    >>> chart.to_dict()["title"]["text"]
    'How much of each review’s opinion is praise'
    """
    check_drawable(counted, PRAISE_BY_REVIEW, "counted")
    names = review_names(counted)
    base = alt.Chart(counted).encode(y=alt.Y("review_id:N", title="review", axis=review_axis(counted)))
    axis = {
        "title": "share of praise",
        "scale": alt.Scale(domain=[0, 1]),
        "axis": percent_axis([0, 0.25, 0.5, 0.75, 1]),
    }
    bars = base.mark_bar(height={"band": 0.55}).encode(
        color=alt.condition(f"datum.opinions < {_FEW}", alt.value(LIGHT_BLUE), alt.value(BLUE)),
        x=alt.X("share:Q", **axis),
        tooltip=[
            "review_id:N",
            "praise:Q",
            "criticism:Q",
            "opinions:Q",
            alt.Tooltip("share:Q", format=".0%"),
        ],
    )
    counts = (
        base.transform_calculate(
            count="datum.opinions ? datum.praise + ' of ' + datum.opinions + ' praise' : 'no opinions'",
            end="datum.opinions ? datum.share : 0",
        )
        .mark_text(align="left", dx=5)
        .encode(x=alt.X("end:Q", **axis), text="count:N")
    )
    grades = (
        base.transform_calculate(grade=PRINTED)
        .mark_text(align="left", fontWeight="bold")
        .encode(x=alt.value(540), text="grade:N")
    )
    column = (
        alt.Chart(pd.DataFrame({"column": ["printed score"]}))
        .mark_text(align="left", color=MUTED)
        .encode(x=alt.value(540), y=alt.value(-8), text="column:N")
    )
    return alt.layer(bars, counts, grades, column).properties(
        width=420,
        height=alt.Step(int(1.4 * LINE)),
        title=heading(
            "How much of each review’s opinion is praise",
            f"praise among the review’s opinions; a pale bar stands for fewer than {_FEW}",
            *coders(counted),
        ),
        description=describe(
            "Bars: the share of praise among each review's opinions.",
            (f"{names[r.review_id]}: {r.praise} of {r.opinions} praise" for r in counted.itertuples()),
        ),
    )
