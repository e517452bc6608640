"""The chart of scores: each by itself while there are few, counted from there on."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ..coding.belonging import known_reviews
from ..summaries.bins import median_scores, scores_in_tens
from ..summaries.scores import SCORE_DISTRIBUTION
from ..tables.base import REVIEWS
from ..tables.schema import check, check_unique
from .binned import EACH_BAR
from .style import BLUE, INK, LIGHT_BLUE, LINE, MANY_REVIEWS, MUTED, SCORE_AXIS, review_axis, review_names
from .wording import PRINTED, describe, heading, not_drawn

_HISTOGRAM_FROM = 20  # scores; fewer are drawn each by itself


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
        the axis. Few scores get no mean nor other summary; a histogram shows its median. Beside a histogram, and where
        there would be 30 lines or more, reviews that state no score are only counted, in the subtitle.

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
        of = f" of {len(reviews):,}"
    title = f"{len(stated):,}{of} reviews state a score"
    how = f"letters by the convention “{scores['convention'].iloc[0]}”" if len(scores) else "none is printed"
    silent = [] if reviews is None else [_silent(scores, reviews)]
    every = pd.concat([scores, *silent])
    if len(stated) >= _HISTOGRAM_FROM:
        return _histogram(stated, title, how, not_drawn(every[every["score_status"] != "stated"]))
    shown = next(rows for rows in (every, scores, stated) if len(rows) < MANY_REVIEWS)
    return _dots(shown, title, how, not_drawn(every[~every["review_id"].isin(shown["review_id"])]))


def _silent(scores: pd.DataFrame, reviews: pd.DataFrame) -> pd.DataFrame:
    """Give the reviews that print no score."""
    return reviews.loc[~reviews["review_id"].isin(scores["review_id"]), ["review_id", "score_status"]]


def _dots(shown: pd.DataFrame, title: str, how: str, left_out: list[str]) -> alt.TopLevelMixin:
    """Draw each score by itself, and name the reviews without one beside the axis."""
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
        title=heading(title, f"score from 0 to 100, {how}; a hollow dot is not counted", *left_out),
        description=describe(
            f"Dots: {title}.",
            (
                f"{names[r.review_id]}: {r.score_raw if pd.notna(r.score_raw) else 'no score'}"
                for r in shown.itertuples()
            ),
        ),
    )


def _histogram(stated: pd.DataFrame, title: str, how: str, left_out: list[str]) -> alt.TopLevelMixin:
    """Draw how many stated scores fall in each ten points, with their median."""
    bins = scores_in_tens(stated).drop(columns="convention")
    median = median_scores(stated)["median"].item()
    base = alt.Chart(bins).encode(
        y=alt.Y("reviews:Q", title=f"reviews, of {len(stated):,}", axis=alt.Axis(tickMinStep=1, format=",d")),
        tooltip=["low:Q", "high:Q", alt.Tooltip("reviews:Q", format=",d")],
    )
    bars = base.mark_bar(color=LIGHT_BLUE, binSpacing=2).encode(
        x=alt.X("low:Q", bin="binned", axis=alt.Axis(values=list(range(0, 101, 10))), **SCORE_AXIS), x2="high:Q"
    )
    some = base.transform_filter("datum.reviews > 0").encode(
        x=alt.X("middle:Q", **SCORE_AXIS), text=alt.Text("reviews:Q", format=",d")
    )
    middle = alt.Chart(pd.DataFrame({"median": [median], "label": [f"median {median:g}"]})).encode(x="median:Q")
    return alt.layer(
        bars,
        middle.mark_rule(color=INK, strokeDash=[4, 3]).encode(y=alt.value(-30), y2=alt.value(240)),
        some.mark_text(dy=-8, stroke="white", strokeWidth=5),  # a halo where the median passes
        some.mark_text(dy=-8),
        middle.mark_text(align="left", dx=5, color=INK).encode(y=alt.value(-24), text="label:N"),
    ).properties(
        width=520,
        height=240,
        title=heading(title, f"stated scores from 0 to 100, {how}", *left_out, EACH_BAR),
        description=describe(
            f"Histogram: {title}; median {median:g}.",
            (f"{b.low:g} to {b.high:g}: {b.reviews}" for b in bins.itertuples()),
        ),
    )
