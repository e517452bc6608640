"""The chart of what reviews talk about: all of them, each of them, or groups of them."""

from __future__ import annotations

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..summaries import THEME_FREQUENCY, THEME_FREQUENCY_BY_GROUP, THEME_FREQUENCY_BY_REVIEW
from .by_group import themes_by_group
from .checks import check_form, drawable
from .style import BLUE, LINE, by_kind, count_x, counts_in_reviews, largest_first, theme_y
from .themes_by_review import themes_by_review
from .wording import describe, each, heading

_FORMS = (THEME_FREQUENCY_BY_GROUP, THEME_FREQUENCY_BY_REVIEW, THEME_FREQUENCY)


def chart_themes(counted: pd.DataFrame) -> ChartType:
    """Draw how often each theme is talked about.

    Parameters
    ----------
    counted : DataFrame
        What `theme_frequency` returns: in all reviews, or by review, or by another column of the reviews.

    Returns
    -------
    altair chart
        In all reviews: a bar for each theme, from the most to the least mentioned, craft themes and motifs apart. By
        review: a heat map of each theme's share of a review's mentions; from 30 reviews on, of how many reviews have
        which share. By another column: a panel for each theme, in which a dot is the share of the group's reviews that
        mention it, the band through it the 95 % interval of that share, and the line across the panel the share in all
        groups together.

    Raises
    ------
    TableError
        If `counted` is none of the three tables, breaks its declaration, holds groups of several columns, or has too
        many rows to be drawn.

    Examples
    --------
    >>> from starlight import find_mentions, load_reviews, split_sentences, theme_frequency
    >>> reviews = load_reviews()
    >>> mentions = find_mentions(split_sentences(reviews))
    >>> chart_themes(theme_frequency(mentions, reviews)).to_dict()["title"]["text"]
    'What the reviews talk about'
    >>> chart_themes(theme_frequency(mentions, reviews, by="review_id")).to_dict()["title"]["text"]
    'What each review talks about most'
    """
    form = check_form(counted, _FORMS, "theme_frequency(mentions, reviews")
    if form is THEME_FREQUENCY_BY_GROUP:
        return themes_by_group(counted)
    if form is THEME_FREQUENCY_BY_REVIEW:
        return themes_by_review(counted)
    return _frequency(drawable(counted, "counted"))


def _frequency(counted: pd.DataFrame) -> ChartType:
    """Draw a bar for each theme."""
    most = 1.2 * max(1, counted["mentions"].max()) if len(counted) else 1
    count = counts_in_reviews(counted, "mentions", "reviews")

    def panel(rows: pd.DataFrame) -> ChartType:
        base = (
            alt.Chart(rows)
            .transform_calculate(count=count)
            .encode(
                x=count_x("mentions:Q", most, "mentions"),
                y=theme_y(largest_first(rows, "mentions")),
                tooltip=["label:N", "kind:N", "mentions:Q", "reviews:Q", "of_reviews:Q"],
            )
        )
        text = base.mark_text(align="left", dx=4).encode(text="count:N")
        return alt.layer(base.mark_bar(color=BLUE, height={"band": 0.7}), text).properties(
            width=420, height=alt.Step(LINE)
        )

    return by_kind(counted, panel).properties(
        title=heading("What the reviews talk about", "mentions of each theme, and how many reviews mention it"),
        description=describe(
            "Bars: mentions of each theme.", each(counted, "{label}: {mentions} in {reviews} of {of_reviews} reviews")
        ),
    )
