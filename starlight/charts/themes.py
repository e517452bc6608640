"""The chart of what reviews talk about: all of them, each of them, or groups of them."""

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..summaries import headlines
from ..summaries.bins import halves, themes_in_tenths
from .by_group import in_groups
from .checks import are_many, drawable, to_draw_in_form
from .marks import cells, matrix, used
from .style import BLUE, CARD, ROW, WIDTH, by_kind, count_x, largest_first, shade, theme_y
from .wording import each, framed, nothing, tip


def chart_themes(counted: pd.DataFrame) -> ChartType:
    """Draw how often each theme is talked about.

    Parameters
    ----------
    counted : DataFrame
        What `theme_frequency` returns: in all reviews, or by review, or by another column of the reviews.

    Returns
    -------
    altair chart
        In all reviews: a bar for each theme, craft themes and motifs apart. By review: a heat map of each theme's share
        of a review's mentions; from 30 reviews on, of how many reviews have which share. By another column: a row for
        each theme, those first in which the groups lie furthest apart, and in it a dot for each group at the share of
        its reviews that mention the theme, with the 95% interval. By date: a line through the periods for each of the
        six themes that move most. A mark of fewer than ten reviews is hollow; groups of fewer than five are not drawn.

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
    '“Space” is mentioned most, 82 times, in all five reviews'
    >>> chart_themes(theme_frequency(mentions, reviews, by="review_id")).to_dict()["title"]["text"]
    'Two of five reviews mention space most'
    """
    form, counted = to_draw_in_form(counted, "theme_frequency", "mentions")
    if form == "_by_group":
        return in_groups(counted)
    if form == "_by_review":
        return _of_many(counted) if are_many(counted) else _of_each(counted)
    if counted.empty:
        return nothing("There are no themes, so there is nothing to count")
    if not counted["mentions"].any():
        return nothing("No review mentions any theme", coded=counted)
    return _frequency(drawable(counted, "counted"))


def _frequency(counted: pd.DataFrame) -> ChartType:
    """Draw a bar for each theme."""
    most = 1.2 * counted["mentions"].max()
    count = (
        "format(datum.mentions, ',d') + ', in ' + format(datum.reviews, ',d') + ' of ' + format(datum.of_reviews, ',d')"
    )

    def panel(rows: pd.DataFrame) -> ChartType:
        base = (
            alt.Chart(rows)
            .transform_calculate(count=count)
            .encode(
                x=count_x("mentions:Q", most, "mentions"),
                y=theme_y(largest_first(rows, "mentions")),
                **tip(rows, "label", "kind", "mentions", "reviews", "of_reviews"),
            )
        )
        text = base.mark_text(align="left", dx=4).encode(text="count:N")
        return alt.layer(base.mark_bar(color=BLUE, height={"band": 0.7}), text).properties(width=WIDTH, height=ROW)

    return framed(
        by_kind(counted, panel),
        headlines.of_frequency(counted),
        "mentions of each theme, and how many reviews mention it",
        coded=counted,
        said="Bars: mentions of each theme.",
        values=each(counted, "{label}: {mentions} in {reviews} of {of_reviews} reviews"),
    )


def _of_each(shares: pd.DataFrame) -> ChartType:
    """Draw a row for each review, in which a cell is the share of a theme."""
    rows, unused = used(shares, ["mentions"])
    kinds = [largest_first(part, "mentions") for _, part in rows.groupby("kind", sort=False)]
    order = [label for labels in kinds for label in ["", *labels]][1:]  # a gap between the kinds
    most = max(1e-9, rows["share"].max())  # in this order: the share of a review without mentions is missing
    number = "datum.share < 0.005 ? '<1' : format(100 * datum.share, '.0f')"

    def cells(base: alt.Chart) -> list[alt.Chart]:
        there = base.transform_filter("datum.mentions > 0").transform_calculate(number=number)
        there = there.encode(**tip(rows, "name", "review_id", "label", "mentions", "of_mentions", "share"))
        squares = there.mark_rect(color=BLUE, stroke=CARD, strokeWidth=2).encode(opacity=shade("share:Q", most))
        return [squares, there.mark_text().encode(text="number:N")]

    return framed(
        matrix(rows, order, cells, 28, "mentions", "datum.of_mentions"),
        headlines.of_themes(shares),
        "per cent of the review’s mentions that fall to each theme: first craft themes, then motifs",
        *unused,
        coded=shares,
        said="Heat map: each theme's share of each review's mentions.",
        values=each(shares[shares["mentions"] > 0], "{name} {label}: {mentions} of {of_mentions}"),
    )


def _of_many(shares: pd.DataFrame) -> ChartType:
    """Draw in how many reviews a theme has none, up to a tenth, up to two tenths and so on of the mentions."""
    counted = themes_in_tenths(shares)
    order = largest_first(counted.dropna(subset="share"), "reviews")
    reviews, talking = shares["review_id"].nunique(), shares.loc[shares["mentions"] > 0, "review_id"].nunique()

    def panel(rows: pd.DataFrame) -> ChartType:
        return cells(rows, "reviews", order, 1, title="the theme’s share of a review’s mentions")

    return framed(
        by_kind(counted, panel),
        headlines.of_themes(shares),
        f"a cell counts reviews by the theme’s share of their mentions, of the {talking:,} of {reviews:,} reviews that "
        "mention any theme;",
        "its colour is its share of those that mention the theme",
        coded=shares,
        said=f"Heat map: in how many of {talking} reviews each theme has which share of the mentions.",
        values=each(halves(counted, "reviews"), "{label}: in {of} reviews, half or more in {high}"),
    )
