"""What each review talks about most, and what many reviews do."""

from __future__ import annotations

import altair as alt
import pandas as pd
from altair.typing import ChartType

from ..summaries.bins import halves, themes_in_tenths
from .binned import cells, in_blue
from .checks import are_many
from .style import INK, LINE, blues, by_kind, largest_first, review_x, theme_y
from .wording import describe, each, heading


def themes_by_review(shares: pd.DataFrame) -> ChartType:
    """Draw each theme's share of a review's mentions; from 30 reviews on, how many reviews have which share."""
    return _of_many(shares) if are_many(shares) else _of_each(shares)


def _of_each(shares: pd.DataFrame) -> ChartType:
    """Draw a heat map with a column for each review."""
    columns = review_x(shares)  # a review without mentions, which has no share, keeps its own
    most = max(1e-9, shares["share"].max())  # in this order: the share of a review without mentions is missing
    color = alt.Color("share:Q", title="share of mentions", scale=blues(most), legend=alt.Legend(format=".0%"))
    dark = alt.condition(f"datum.share > {0.85 * most:.6g}", alt.value("white"), alt.value(INK))
    share = alt.Tooltip("share:Q", format=".1%")

    def panel(rows: pd.DataFrame) -> ChartType:
        base = alt.Chart(rows).encode(x=columns, y=theme_y(largest_first(rows, "share")))
        base = base.encode(tooltip=["name:N", "review_id:N", "label:N", "mentions:Q", "of_mentions:Q", share])
        text = base.mark_text().encode(text=alt.Text("share:Q", format=".0%"), color=dark)
        squares = base.mark_rect(stroke="white", strokeWidth=2).encode(color=color)
        return alt.layer(squares, text.transform_filter("datum.mentions > 0")).properties(
            width=alt.Step(56), height=alt.Step(LINE)
        )

    return by_kind(shares, panel).properties(
        title=heading("What each review talks about most", "share of the review’s mentions that fall to each theme"),
        description=describe(
            "Heat map: each theme's share of each review's mentions.",
            each(shares[shares["mentions"] > 0], "{name} {label}: {mentions} of {of_mentions}"),
        ),
    )


def _of_many(shares: pd.DataFrame) -> ChartType:
    """Draw in how many reviews a theme has none, up to a tenth, up to two tenths and so on of the mentions."""
    counted = themes_in_tenths(shares)
    order = largest_first(counted.dropna(subset="share"), "reviews")
    reviews, talking = shares["review_id"].nunique(), shares.loc[shares["mentions"] > 0, "review_id"].nunique()

    def panel(rows: pd.DataFrame) -> ChartType:
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
            each(halves(counted, "reviews"), "{label}: in {of} reviews, half or more in {high}"),
        ),
    )
