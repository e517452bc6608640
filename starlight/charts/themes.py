"""Charts of what reviews talk about: how often, by whom, and whether they judge it."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ..summaries.themes import TALKED_AND_JUDGED, THEME_FREQUENCY
from .style import BLUE, LIGHT_BLUE, LINE, THEME_LABELS, by_kind, check_drawable, count_axis, largest_first, written
from .wording import coders, describe, heading


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
    count = _counts(frequency, "mentions", "reviews")

    def panel(rows: pd.DataFrame) -> alt.LayerChart:
        base = (
            alt.Chart(rows)
            .transform_calculate(count=count)
            .encode(
                x=alt.X(
                    "mentions:Q", title="mentions", scale=alt.Scale(domain=[0, most], nice=False), axis=count_axis(most)
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
                axis=count_axis(most),
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
        text = base.transform_calculate(count=_counts(counted, count, reviews))
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


def _counts(frame: pd.DataFrame, count: str, reviews: str) -> str:
    """Write a count and in how many of the reviews it is, as an expression of Vega."""
    most = frame[[count, "of_reviews"]].to_numpy().max(initial=0)
    return f"{written(count, most)} + ', in ' + {written(reviews, most)} + ' of ' + {written('of_reviews', most)}"
