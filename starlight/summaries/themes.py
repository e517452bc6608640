"""What reviews talk about: how often, where in each review, and whether they judge it."""

import pandas as pd

from ..coding.belonging import known_themes, reviews_read
from ..tables import COUNT, MENTIONS, NUMBER, TEXT, Column, build, declare
from .counting import add_counts, count, judged, located
from .groups import GROUP, OF_GROUP, check_grouping, count_in_groups

THEME_FREQUENCY = declare(
    "theme_frequency",
    "one row per theme",
    "theme label kind mentions reviews of_reviews",
    key="theme",
)
THEME_FREQUENCY_BY_REVIEW = declare(
    "theme_frequency_by_review",
    "one row per review and theme",
    "review_id name theme label kind mentions",
    Column("of_mentions", COUNT, "Of how many mentions of any theme in the review."),
    Column("share", NUMBER, "mentions / of_mentions; missing where the review has none.", missing=True, most=1),
    key="review_id theme",
)
THEME_FREQUENCY_BY_GROUP = declare(
    "theme_frequency_by_group",
    "one row per group of reviews and theme",
    *GROUP,
    "theme label kind mentions reviews",
    *OF_GROUP,
    key="by group theme",
)
MENTION_POSITIONS = declare(
    "mention_positions",
    "one row per mention",
    "review_id name start end theme label kind",
    Column("words", TEXT, "The words that mention it: the review's `text[start:end]`."),
    "position",
    key="review_id start end theme",
)
TALKED_AND_JUDGED = declare(
    "talked_and_judged",
    "one row per craft theme that has terms",
    "theme label coder corpus mentions",
    Column("reviews_mentioning", COUNT, "How many reviews mention it."),
    "opinions",
    Column("reviews_judging", COUNT, "How many reviews hold an opinion of it."),
    "of_reviews",
    key="theme",
)


def theme_frequency(
    mentions: pd.DataFrame,
    reviews: pd.DataFrame,
    *,
    by: str | None = None,
    most: int = 8,
    themes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Count how often each theme is talked about: one row per theme, in all reviews, in each, or in groups of them.

    Parameters
    ----------
    mentions, reviews : DataFrame
        The tables. With a part of the reviews, such as those of a film, only their mentions count.
    by : str, optional
        How to group the reviews. By default they are counted together. ``review_id`` counts each review by itself. A
        column of dates (``published``) makes periods of one length: a day, a week (named by its Monday), a month, a
        quarter, a year or several. It is the shortest length that gives at most 20 periods, and on average five reviews
        a period; five periods are always allowed. If the earliest or latest 1 % of the dates lie outside, they are
        groups of their own. ``score`` makes bands of 20 points, each from its lower end. Any other column (``outlet``,
        ``critic``, ``film``, one of your own) makes a group of each of its most common values.
    most : int
        How many of the most common values to keep apart; all others together are one more group.
    themes : DataFrame, optional
        The themes table that `mentions` was found with; `read_themes()` if not given.

    Returns
    -------
    DataFrame
        The theme_frequency table, in the order of `themes`; a theme without terms (overall) has 0. With ``review_id``
        the theme_frequency_by_review table, with each theme's share, 0 to 1, of the review's mentions. With another
        column the theme_frequency_by_group table: every theme in every group, empty periods and bands too. Each review
        is in one group, ``not stated`` if its value is missing. A review that is not English, or without prose, and has
        no mention is left out, since nobody read it; if there are any, a column ``left_out`` says how many.

    Raises
    ------
    StarlightError
        If a table breaks its declaration, holds a theme that `themes` lacks, or is of other reviews; if `by` is not
        a column, or one of long texts; if `most` is not a whole number from 1.

    Examples
    --------
    >>> from starlight import find_mentions, load_reviews, split_sentences
    >>> reviews = load_reviews()
    >>> mentions = find_mentions(split_sentences(reviews))
    >>> int(theme_frequency(mentions, reviews)["mentions"].sum()) == len(mentions)
    True
    """
    mentions, themes = known_themes(mentions, MENTIONS, reviews, themes)
    if by is not None:
        check_grouping(by, most, reviews)
    reviews, left_out = reviews_read(reviews, mentions)
    rows = themes[["theme", "label", "kind"]].assign(**left_out)
    if by is None:
        rows = add_counts(rows, mentions, ["theme"], "mentions")
        return build(THEME_FREQUENCY, rows.assign(of_reviews=len(reviews)))
    if by != "review_id":
        return build(THEME_FREQUENCY_BY_GROUP, count_in_groups(rows, mentions, "mentions", reviews, by, most))
    rows = reviews[["review_id", "name"]].merge(rows, how="cross")
    rows["mentions"] = count(rows, mentions, ["review_id", "theme"])
    rows["of_mentions"] = rows.groupby("review_id")["mentions"].transform("sum")
    share = rows["mentions"] / rows["of_mentions"].where(rows["of_mentions"] > 0)
    return build(THEME_FREQUENCY_BY_REVIEW, rows.assign(share=share))


def mention_positions(
    mentions: pd.DataFrame, reviews: pd.DataFrame, *, themes: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Locate each mention in its review: one row per mention.

    Parameters
    ----------
    mentions, reviews, themes : DataFrame
        As for `theme_frequency`.

    Returns
    -------
    DataFrame
        The mention_positions table: the words of each mention and its position, the share of the review before it.

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
    mentions, themes = known_themes(mentions, MENTIONS, reviews, themes)
    rows = mentions.merge(themes[["theme", "label", "kind"]], on="theme", validate="m:1")
    texts = reviews.set_index("review_id")["text"].to_dict()  # a Series would copy each text for each mention
    spans = zip(rows["review_id"], rows["start"], rows["end"], strict=True)
    rows["words"] = [texts[review_id][start:end] for review_id, start, end in spans]
    return build(MENTION_POSITIONS, located(rows, reviews)[MENTION_POSITIONS.names])


def talked_and_judged(
    mentions: pd.DataFrame,
    opinions: pd.DataFrame,
    reviews: pd.DataFrame,
    *,
    themes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Compare how often each theme is mentioned and how often it is judged: one row per craft theme that has terms.

    Parameters
    ----------
    mentions, opinions, reviews, themes : DataFrame
        The tables; `opinions` of one coder.

    Returns
    -------
    DataFrame
        The talked_and_judged table: mentions, opinions and their reviews. A theme without terms (overall) is left out.

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
    mentions, listed = known_themes(mentions, MENTIONS, reviews, themes)
    opinions, craft = judged(opinions, reviews, themes)
    reviews, left_out = reviews_read(reviews, mentions, opinions)
    with_terms = craft["theme"].isin(listed.dropna(subset="terms")["theme"])
    rows = craft[with_terms].assign(of_reviews=len(reviews), **left_out)
    rows = add_counts(rows, mentions, ["theme"], "mentions", "reviews_mentioning")
    return build(TALKED_AND_JUDGED, add_counts(rows, opinions, ["theme"], "opinions", "reviews_judging"))
