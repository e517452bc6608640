"""Charts of scores: each by itself while there are few, and what a convention makes of them."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ..checks import check, check_unique
from ..summaries.counting import known_reviews
from ..tables import REVIEWS, SCORE_DISTRIBUTION
from .marks import (
    BLUE,
    GREEN,
    INK,
    LIGHT,
    LIGHT_BLUE,
    LINE,
    MUTED,
    ORANGE,
    PRINTED,
    PURPLE,
    SCORE_AXIS,
    check_drawable,
    count_axis,
    describe,
    heading,
    review_axis,
    review_names,
)

_HISTOGRAM_FROM = 20  # scores; fewer are drawn each by itself
_SHAPES = ["square", "circle", "triangle-up", "diamond", "cross", "triangle-down"]
_COLORS = [ORANGE, BLUE, GREEN, PURPLE, INK, MUTED]
_NAMED = 20  # reviews without a score; more are only counted


def chart_scores(scores: pd.DataFrame, reviews: pd.DataFrame | None = None) -> alt.TopLevelMixin:
    """Draw the score distribution: each score by itself below 20 stated scores, a histogram of them from there on.

    Parameters
    ----------
    scores : DataFrame
        The score_distribution table, of one convention.
    reviews : DataFrame, optional
        The reviews table, which knows how many reviews there are and which print no score.

    Returns
    -------
    altair chart
        A dot carries the printed score; an ambiguous one is hollow; a review without a readable score is named beside
        the axis. Few scores get no mean nor other summary; a histogram shows its median.

    Raises
    ------
    TableError
        If a table breaks its declaration, or `scores` holds several conventions or a review that `reviews` lacks.

    Examples
    --------
    >>> from starlight import load_reviews, score_distribution
    >>> reviews = load_reviews()
    >>> chart_scores(score_distribution(reviews), reviews).to_dict()["title"]["text"]
    '2 of 5 reviews state a score'
    """
    check(scores, SCORE_DISTRIBUTION, "scores")
    check_unique(scores, ["review_id"], "scores", "Take one convention.")
    stated = scores[scores["score_status"] == "stated"]
    of = ""
    if reviews is not None:
        check(reviews, REVIEWS, "reviews")
        known_reviews(scores, reviews, "scores")
        of = f" of {len(reviews)}"
    title = f"{len(stated)}{of} reviews state a score"
    how = f"letters by the convention “{scores['convention'].iloc[0]}”" if len(scores) else "none is printed"
    if len(stated) >= _HISTOGRAM_FROM:
        return _histogram(stated, title, how)
    check_drawable(scores, SCORE_DISTRIBUTION, "scores")
    return _dots(scores, reviews, title, how)


def chart_conventions(scores: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw what each printed score is worth under each convention: a range for each review.

    Parameters
    ----------
    scores : DataFrame
        The score_distribution table of several conventions, as `scores_by_convention` gives it.

    Returns
    -------
    altair chart
        A line from the lowest to the highest value, and a mark of its own shape for each convention.

    Raises
    ------
    TableError
        If `scores` breaks its declaration.

    Examples
    --------
    >>> from starlight import load_reviews, scores_by_convention
    >>> len(chart_conventions(scores_by_convention(load_reviews())).to_dict()["layer"])
    4
    """
    check_drawable(scores, SCORE_DISTRIBUTION, "scores")
    names, reviews = scores["convention"].unique().tolist(), review_names(scores)
    base = alt.Chart(scores).encode(y=alt.Y("review_id:N", title="review", axis=review_axis(scores)))
    span = base.mark_rule(strokeWidth=3, color=LIGHT).encode(x=alt.X("min(score):Q", **SCORE_AXIS), x2="max(score):Q")
    legend = alt.Legend(orient="top", title="convention", symbolStrokeWidth=2)
    marks = base.mark_point(size=110, strokeWidth=2, filled=False, opacity=1).encode(
        x=alt.X("score:Q", **SCORE_AXIS),
        shape=alt.Shape("convention:N", scale=alt.Scale(domain=names, range=_SHAPES[: len(names)]), legend=legend),
        color=alt.Color("convention:N", scale=alt.Scale(domain=names, range=_COLORS[: len(names)]), legend=legend),
        tooltip=["review_id:N", "score_raw:N", "score_status:N", "convention:N", "score:Q"],
    )
    printed = (
        base.transform_aggregate(high="max(score)", groupby=["review_id", "score_raw", "score_status"])
        .transform_calculate(printed=PRINTED)
        .mark_text(align="left", dx=12)
        .encode(x=alt.X("high:Q", **SCORE_AXIS), text="printed:N")
    )
    unreadable = (
        base.transform_filter("!isValid(datum.score)")
        .transform_aggregate(groupby=["review_id", "score_raw", "score_status"])
        .transform_calculate(printed=PRINTED)
        .mark_text(align="left", color=MUTED)
        .encode(x=alt.value(6), text="printed:N")
    )
    return alt.layer(span, marks, printed, unreadable).properties(
        width=520,
        height=alt.Step(2 * LINE),
        title=heading("What the same printed score is worth", "score from 0 to 100 under each convention for letters"),
        description=describe(
            "Ranges: each printed score under each convention.",
            (
                f"{reviews[r.review_id]} {r.score_raw}, {r.convention}: {_value(r.score, r.score_status)}"
                for r in scores.itertuples()
            ),
        ),
    )


def _value(score: float, status: str) -> str:
    """Write a score, or why there is none."""
    return status if pd.isna(score) else f"{score:g}"


def _dots(scores: pd.DataFrame, reviews: pd.DataFrame | None, title: str, how: str) -> alt.TopLevelMixin:
    """Draw each score by itself, and name the reviews without one beside the axis."""
    shown = scores.copy()
    if reviews is not None:
        silent = reviews.loc[~reviews["review_id"].isin(scores["review_id"]), ["review_id", "score_status"]]
        if len(silent) <= _NAMED:
            shown = pd.concat([shown, silent])
        else:
            how += f"; {len(silent)} without a score are not drawn"
    names = review_names(shown)
    base = alt.Chart(shown).encode(
        y=alt.Y("review_id:N", title="review", axis=review_axis(shown)),
        tooltip=["review_id:N", "score_raw:N", "score_status:N", "score:Q"],
    )
    valued = base.transform_filter("isValid(datum.score)").encode(x=alt.X("score:Q", **SCORE_AXIS))
    dots = valued.mark_point(size=130, strokeWidth=2, filled=True, stroke=BLUE, opacity=1).encode(
        fill=alt.condition("datum.score_status == 'stated'", alt.value(BLUE), alt.value("white")),
    )
    labels = valued.transform_calculate(printed=PRINTED).mark_text(align="left", dx=12)
    why = "datum.score_status == 'none' ? 'no score printed' : datum.score_raw + ' (unreadable: scale not given)'"
    silent = base.transform_filter("!isValid(datum.score)").transform_calculate(why=why)
    return alt.layer(
        dots,
        labels.encode(text="printed:N"),
        silent.mark_text(align="left", color=MUTED).encode(x=alt.value(6), text="why:N"),
    ).properties(
        width=520,
        height=alt.Step(int(LINE * 1.3)),
        title=heading(title, f"score from 0 to 100, {how}; a hollow dot is not counted"),
        description=describe(
            f"Dots: {title}.",
            (
                f"{names[r.review_id]}: {r.score_raw if pd.notna(r.score_raw) else 'no score'}"
                for r in shown.itertuples()
            ),
        ),
    )


def _histogram(stated: pd.DataFrame, title: str, how: str) -> alt.TopLevelMixin:
    """Draw how many stated scores fall in each ten points, counted here, with their median."""
    low = (stated["score"] // 10 * 10).clip(upper=90).astype("int64")
    bins = pd.DataFrame({"low": range(0, 100, 10), "middle": range(5, 100, 10), "high": range(10, 110, 10)})
    bins["reviews"] = low.value_counts().reindex(bins["low"], fill_value=0).to_list()
    median = stated["score"].median()
    base = alt.Chart(bins).encode(
        y=alt.Y("reviews:Q", title=f"reviews, of {len(stated)}", axis=count_axis()),
        tooltip=["low:Q", "high:Q", "reviews:Q"],
    )
    bars = base.mark_bar(color=LIGHT_BLUE, binSpacing=2).encode(
        x=alt.X("low:Q", bin="binned", axis=alt.Axis(values=list(range(0, 101, 10))), **SCORE_AXIS), x2="high:Q"
    )
    some = base.transform_filter("datum.reviews > 0").encode(x=alt.X("middle:Q", **SCORE_AXIS), text="reviews:Q")
    middle = alt.Chart(pd.DataFrame({"median": [median], "label": [f"median {median:g}"]})).encode(x="median:Q")
    return alt.layer(
        bars,
        middle.mark_rule(color=INK, strokeDash=[4, 3]),
        some.mark_text(dy=-8, stroke="white", strokeWidth=5),  # a halo where the median passes
        some.mark_text(dy=-8),
        middle.mark_text(align="left", dx=5, color=INK).encode(y=alt.value(-8), text="label:N"),
    ).properties(
        width=520,
        height=240,
        title=heading(title, f"stated scores from 0 to 100, {how}; each bar holds ten points from its lower end"),
        description=describe(
            f"Histogram: {title}; median {median:g}.", (f"{b.low} to {b.high}: {b.reviews}" for b in bins.itertuples())
        ),
    )
