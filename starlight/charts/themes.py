"""Charts of what reviews talk about: how often, by whom, and whether they judge it."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ..tables import TALKED_AND_JUDGED, THEME_FREQUENCY, THEMES_BY_REVIEW
from .marks import (
    BLUE,
    INK,
    LIGHT_BLUE,
    LINE,
    THEME_LABELS,
    by_kind,
    check_drawable,
    coders,
    count_axis,
    describe,
    heading,
    largest_first,
    review_axis,
    review_names,
)


def chart_themes(frequency: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw how often each theme is mentioned, and in how many reviews.

    Parameters
    ----------
    frequency : DataFrame
        The theme_frequency table.

    Returns
    -------
    altair chart
        Bars from the most to the least mentioned, craft themes and motifs apart.

    Raises
    ------
    TableError
        If `frequency` breaks its declaration.

    Examples
    --------
    >>> from starlight import find_mentions, load_reviews, split_sentences, theme_frequency
    >>> reviews = load_reviews()
    >>> frequency = theme_frequency(find_mentions(split_sentences(reviews)), reviews)
    >>> chart_themes(frequency).to_dict()["title"]["text"]
    'What the reviews talk about'
    """
    check_drawable(frequency, THEME_FREQUENCY, "frequency")
    most = 1.2 * max(1, frequency["mentions"].max())

    def panel(rows: pd.DataFrame) -> alt.LayerChart:
        base = (
            alt.Chart(rows)
            .transform_calculate(count="datum.mentions + ', in ' + datum.reviews + ' of ' + datum.of_reviews")
            .encode(
                x=alt.X(
                    "mentions:Q", title="mentions", scale=alt.Scale(domain=[0, most], nice=False), axis=count_axis()
                ),
                y=alt.Y(
                    "label:N", sort=largest_first(rows, "mentions"), title=None, axis=alt.Axis(minExtent=THEME_LABELS)
                ),
                tooltip=["label:N", "kind:N", "mentions:Q", "reviews:Q", "of_reviews:Q"],
            )
        )
        text = base.mark_text(align="left", dx=4).encode(text="count:N")
        return alt.layer(base.mark_bar(color=BLUE, height={"band": 0.7}), text).properties(
            width=420, height=alt.Step(LINE)
        )

    return by_kind(frequency, panel).properties(
        title=heading("What the reviews talk about", "mentions of each theme, and how many reviews mention it"),
        description=describe(
            "Bars: mentions of each theme.",
            (f"{r.label}: {r.mentions} in {r.reviews} of {r.of_reviews} reviews" for r in frequency.itertuples()),
        ),
    )


def chart_themes_by_review(shares: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw each theme's share of what each review talks about, as a heat map.

    Parameters
    ----------
    shares : DataFrame
        The themes_by_review table.

    Returns
    -------
    altair chart
        Cells carry their share; those of 0 are blank.

    Raises
    ------
    TableError
        If `shares` breaks its declaration.

    Examples
    --------
    >>> from starlight import find_mentions, load_reviews, split_sentences, themes_by_review
    >>> reviews = load_reviews()
    >>> shares = themes_by_review(find_mentions(split_sentences(reviews)), reviews)
    >>> chart_themes_by_review(shares).to_dict()["title"]["text"]
    'What each review talks about most'
    """
    check_drawable(shares, THEMES_BY_REVIEW, "shares")
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


def chart_talked_and_judged(counted: pd.DataFrame) -> alt.TopLevelMixin:
    """Draw how often each craft theme is mentioned beside how often it is judged.

    Parameters
    ----------
    counted : DataFrame
        The talked_and_judged table.

    Returns
    -------
    altair chart
        Mentions to the left, opinions to the right, on scales of their own.

    Raises
    ------
    TableError
        If `counted` breaks its declaration.

    Examples
    --------
    >>> from starlight import find_mentions, load_reviews, read_opinions, split_sentences, talked_and_judged
    >>> reviews = load_reviews()
    >>> table = talked_and_judged(find_mentions(split_sentences(reviews)), read_opinions(), reviews)
    >>> len(chart_talked_and_judged(table).to_dict()["hconcat"])
    2
    """
    check_drawable(counted, TALKED_AND_JUDGED, "counted")
    order = largest_first(counted, "mentions")
    panels = []
    for count, reviews, title, color in (
        ("mentions", "reviews_mentioning", "talked about: mentions", LIGHT_BLUE),
        ("opinions", "reviews_judging", "judged: opinions", BLUE),
    ):
        left = count == "mentions"
        most = max(1, counted[count].max()) * 1.45 if len(counted) else 1
        base = alt.Chart(counted).encode(
            x=alt.X(
                f"{count}:Q",
                title=title,
                scale=alt.Scale(domain=[0, most], nice=False, reverse=left),
                axis=count_axis(),
            ),
            y=alt.Y(
                "label:N",
                sort=order,
                title=None,
                axis=alt.Axis(labels=not left, ticks=False, domain=False, labelPadding=8),
            ),
            tooltip=[
                "label:N",
                "mentions:Q",
                "reviews_mentioning:Q",
                "opinions:Q",
                "reviews_judging:Q",
                "of_reviews:Q",
            ],
        )
        text = base.transform_calculate(count=f"datum.{count} + ', in ' + datum.{reviews} + ' of ' + datum.of_reviews")
        panels.append(
            alt.layer(
                base.mark_bar(color=color, height={"band": 0.7}),
                text.mark_text(align="right" if left else "left", dx=-4 if left else 4).encode(text="count:N"),
            ).properties(width=260, height=alt.Step(LINE + 2))
        )
    return alt.hconcat(*panels, spacing=12).properties(
        title=heading(
            "Talked about, and judged",
            "craft themes, and in how many reviews; each side has a scale of its own",
            *coders(counted),
        ),
        description=describe(
            "Bars: mentions against opinions of each craft theme.",
            (f"{r.label}: {r.mentions} mentions, {r.opinions} opinions" for r in counted.itertuples()),
        ),
    )
