"""Summaries of what reviews talk about: how often, in which reviews, where, and whether they judge it."""

from __future__ import annotations

import pandas as pd

from ..coding.belonging import craft_themes, known_themes, one_coder
from ..errors import TableError
from ..tables import columns
from ..tables.base import MENTIONS
from ..tables.schema import COUNT, NUMBER, TEXT, Column, build, declare
from .counting import count, cross

THEME_FREQUENCY = declare(
    "theme_frequency",
    "one row per theme",
    ("theme",),
    (columns.THEME, columns.LABEL, columns.KIND, columns.MENTIONS, columns.REVIEWS, columns.OF_REVIEWS),
)
THEMES_BY_REVIEW = declare(
    "themes_by_review",
    "one row per review and theme",
    ("review_id", "theme"),
    (
        columns.REVIEW_ID,
        columns.THEME,
        columns.LABEL,
        columns.KIND,
        columns.MENTIONS,
        Column("of_mentions", COUNT, "Of how many mentions of any theme in the review."),
        Column(
            "share",
            NUMBER,
            "mentions / of_mentions; missing where the review has none.",
            missing=True,
            most=1,
        ),
    ),
)
MENTION_POSITIONS = declare(
    "mention_positions",
    "one row per mention",
    ("review_id", "start", "end", "theme"),
    (
        columns.REVIEW_ID,
        columns.START,
        columns.END,
        columns.THEME,
        columns.LABEL,
        columns.KIND,
        Column("words", TEXT, "The words found: the review's `text[start:end]`."),
        Column(
            "position",
            NUMBER,
            "start / length of the review's text: 0 its first character, 1 its end.",
            most=1,
        ),
    ),
)
TALKED_AND_JUDGED = declare(
    "talked_and_judged",
    "one row per craft theme that has terms",
    ("theme",),
    (
        columns.THEME,
        columns.LABEL,
        columns.CODER,
        columns.MENTIONS,
        Column("reviews_mentioning", COUNT, "How many reviews mention it."),
        columns.OPINIONS,
        Column("reviews_judging", COUNT, "How many reviews hold an opinion of it."),
        columns.OF_REVIEWS,
    ),
)


def theme_frequency(
    mentions: pd.DataFrame, reviews: pd.DataFrame, *, themes: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Count how often each theme is talked about, and in how many reviews: one row per theme.

    Parameters
    ----------
    mentions, reviews : DataFrame
        The tables.
    themes : DataFrame, optional
        The themes table that `mentions` was found with; `read_themes()` if not given.

    Returns
    -------
    DataFrame
        The theme_frequency table, in the order of `themes`. A theme without terms (overall) has 0.

    Raises
    ------
    TableError
        If a table breaks its declaration, or holds a theme or a review that the others lack.

    Examples
    --------
    >>> from starlight import find_mentions, load_reviews, split_sentences
    >>> reviews = load_reviews()
    >>> frequency = theme_frequency(find_mentions(split_sentences(reviews)), reviews)
    >>> int(frequency["mentions"].sum()) == len(find_mentions(split_sentences(reviews)))
    True
    """
    themes = known_themes(mentions, MENTIONS, reviews, themes)
    rows = themes[["theme", "label", "kind"]].copy()
    rows["mentions"] = count(rows, mentions, ["theme"])
    rows["reviews"] = count(rows, mentions.drop_duplicates(["theme", "review_id"]), ["theme"])
    return build(THEME_FREQUENCY, rows.assign(of_reviews=len(reviews)))


def themes_by_review(
    mentions: pd.DataFrame, reviews: pd.DataFrame, *, themes: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Give each theme's share of what each review talks about: one row per review and theme.

    Parameters
    ----------
    mentions, reviews, themes : DataFrame
        As for `theme_frequency`.

    Returns
    -------
    DataFrame
        The themes_by_review table, shares from 0 to 1 of the review's mentions.

    Raises
    ------
    TableError
        As `theme_frequency`.

    Examples
    --------
    >>> from starlight import find_mentions, load_reviews, split_sentences
    >>> reviews = load_reviews()
    >>> shares = themes_by_review(find_mentions(split_sentences(reviews)), reviews)
    >>> shares.groupby("review_id")["share"].sum().round(9).unique().tolist()
    [1.0]
    """
    themes = known_themes(mentions, MENTIONS, reviews, themes)
    rows = cross(review_id=reviews["review_id"], theme=themes["theme"])
    rows = rows.merge(themes[["theme", "label", "kind"]], on="theme", validate="m:1")
    rows["mentions"] = count(rows, mentions, ["review_id", "theme"])
    rows["of_mentions"] = rows.groupby("review_id")["mentions"].transform("sum")
    return build(
        THEMES_BY_REVIEW,
        rows.assign(share=rows["mentions"] / rows["of_mentions"].where(rows["of_mentions"] > 0)),
    )


def mention_positions(
    mentions: pd.DataFrame, reviews: pd.DataFrame, *, themes: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Give where in its review each mention stands: one row per mention.

    Parameters
    ----------
    mentions, reviews, themes : DataFrame
        As for `theme_frequency`.

    Returns
    -------
    DataFrame
        The mention_positions table; a position is the share of the review's characters before the mention.

    Raises
    ------
    TableError
        As `theme_frequency`, or if a mention lies outside its review's text.

    Examples
    --------
    >>> from starlight import find_mentions, load_reviews, split_sentences
    >>> reviews = load_reviews()
    >>> positions = mention_positions(find_mentions(split_sentences(reviews)), reviews)
    >>> positions["words"].iloc[0]
    'animated'
    """
    themes = known_themes(mentions, MENTIONS, reviews, themes)
    rows = mentions.merge(themes[["theme", "label", "kind"]], on="theme", validate="m:1")
    texts = reviews.set_index("review_id")["text"].to_dict()
    found = [texts[review_id] for review_id in rows["review_id"]]
    for row, (text, start, end) in enumerate(zip(found, rows["start"], rows["end"], strict=True)):
        if not 0 <= start < end <= len(text):
            raise TableError(
                f"mentions, row {row}: characters {start} to {end} are not in review {rows['review_id'].iloc[row]!r}, "
                f"which has {len(text)}. Pass the reviews that the table was made from."
            )
    rows["words"] = [text[start:end] for text, start, end in zip(found, rows["start"], rows["end"], strict=True)]
    rows["position"] = [start / len(text) for text, start in zip(found, rows["start"], strict=True)]
    return build(MENTION_POSITIONS, rows[MENTION_POSITIONS.names])


def talked_and_judged(
    mentions: pd.DataFrame,
    opinions: pd.DataFrame,
    reviews: pd.DataFrame,
    *,
    themes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Set how often a theme is mentioned against how often it is judged: one row per craft theme that has terms.

    Parameters
    ----------
    mentions, opinions, reviews, themes : DataFrame
        The tables; `opinions` of one coder.

    Returns
    -------
    DataFrame
        The talked_and_judged table. A theme without terms (overall) cannot be mentioned and is left out.

    Raises
    ------
    StarlightError
        As `theme_frequency`, or if `opinions` holds a motif or several coders.

    Examples
    --------
    >>> from starlight import find_mentions, load_reviews, read_opinions, split_sentences
    >>> reviews = load_reviews()
    >>> table = talked_and_judged(find_mentions(split_sentences(reviews)), read_opinions(), reviews)
    >>> len(table)
    11
    """
    themes = known_themes(mentions, MENTIONS, reviews, themes)
    craft = craft_themes(opinions, themes).dropna(subset="terms")
    rows = craft[["theme", "label"]].assign(coder=one_coder(opinions, reviews), of_reviews=len(reviews))
    for counted, table, in_reviews in (
        ("mentions", mentions, "reviews_mentioning"),
        ("opinions", opinions, "reviews_judging"),
    ):
        rows[counted] = count(rows, table, ["theme"])
        rows[in_reviews] = count(rows, table.drop_duplicates(["theme", "review_id"]), ["theme"])
    return build(TALKED_AND_JUDGED, rows)
