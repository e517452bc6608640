"""The chart of what each review talks about most."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ..summaries.bins import themes_in_tenths
from ..summaries.themes import THEME_FREQUENCY_BY_REVIEW
from ..tables.schema import check
from .binned import cells, in_blue
from .style import BLUE, INK, LINE, THEME_LABELS, are_many, by_kind, largest_first, review_axis, review_names
from .wording import describe, heading


def chart_themes_by_review(shares: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw each theme's share of what each review talks about, as a heat map.

    Parameters
    ----------
    shares : DataFrame
        The theme_frequency_by_review table.

    Returns
    -------
    altair chart
        Cells carry their share; those of 0 are blank. From 30 reviews on, a cell counts the reviews in which the theme
        has that tenth of the mentions.

    Raises
    ------
    TableError
        If `shares` breaks its declaration.

    Examples
    --------
    >>> from starlight import find_mentions, load_reviews, split_sentences, theme_frequency
    >>> reviews = load_reviews()
    >>> shares = theme_frequency(find_mentions(split_sentences(reviews)), reviews, by="review_id")
    >>> chart_themes_by_review(shares).to_dict()["title"]["text"]
    'What each review talks about most'
    """
    check(shares, THEME_FREQUENCY_BY_REVIEW, "shares")
    return _of_many(shares) if are_many(shares) else _of_each(shares)


def _of_each(shares: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw a column for each review."""
    names = review_names(shares)
    columns = alt.Scale(domain=sorted(names))  # a review without mentions, which has no share, keeps its own
    most = max(1e-9, shares["share"].max())  # in this order: the share of a review without mentions is missing

    def panel(rows: pd.DataFrame) -> alt.LayerChart:
        base = alt.Chart(rows).encode(
            x=alt.X("review_id:N", title="review", scale=columns, axis=review_axis(shares, labelAngle=0, orient="top")),
            y=alt.Y("label:N", sort=largest_first(rows, "share"), title=None, axis=alt.Axis(minExtent=THEME_LABELS)),
            tooltip=["review_id:N", "label:N", "mentions:Q", "of_mentions:Q", alt.Tooltip("share:Q", format=".1%")],
        )
        scale = alt.Scale(range=["#FFFFFF", BLUE], domain=[0, most], interpolate="rgb")
        cells = base.mark_rect(stroke="white", strokeWidth=2).encode(
            color=alt.Color("share:Q", title="share of mentions", scale=scale, legend=alt.Legend(format=".0%"))
        )
        dark = alt.condition(f"datum.share > {0.85 * most:.6g}", alt.value("white"), alt.value(INK))
        text = base.mark_text().encode(text=alt.Text("share:Q", format=".0%"), color=dark)
        return alt.layer(cells, text.transform_filter("datum.mentions > 0")).properties(
            width=alt.Step(74), height=alt.Step(LINE)
        )

    return by_kind(shares, panel).properties(
        title=heading("What each review talks about most", "share of the review’s mentions that fall to each theme"),
        description=describe(
            "Heat map: each theme's share of each review's mentions.",
            (
                f"{names[r.review_id]} {r.label}: {r.mentions} of {r.of_mentions}"
                for r in shares.itertuples()
                if r.mentions
            ),
        ),
    )


def _of_many(shares: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw in how many reviews a theme has none, up to a tenth, up to two tenths and so on of the mentions."""
    counted = themes_in_tenths(shares)
    order = largest_first(counted.dropna(subset="share"), "reviews")
    reviews, talking = shares["review_id"].nunique(), shares.loc[shares["mentions"] > 0, "review_id"].nunique()

    bins = counted.dropna(subset="share")
    of = bins.groupby("label")["reviews"].sum()
    half = bins[bins.groupby("theme").cumcount() >= 5].groupby("label")["reviews"].sum()

    def panel(rows: pd.DataFrame) -> alt.LayerChart:
        share = "the theme’s share of a review’s mentions"
        return cells(rows, "reviews", order, in_blue(1), title=share, white_from=0.85)

    return by_kind(counted, panel).properties(
        title=heading(
            "What the reviews talk about most",
            f"a cell counts reviews by the theme’s share of their mentions, of the {talking:,} of {reviews:,} "
            "reviews that mention any theme;",
            "its colour is its share of those that mention the theme",
        ),
        description=describe(
            f"Heat map: in how many of {talking} reviews each theme has which share of the mentions.",
            (f"{label}: in {of[label]} reviews, half or more in {half[label]}" for label in order),
        ),
    )
