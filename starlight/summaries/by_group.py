"""Summaries of themes and of opinions in groups of reviews: over time, by score, by outlet, by anything."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..base.statistics import wilson
from ..coding.belonging import craft_themes, known_themes, one_coder
from ..tables import columns
from ..tables.base import MENTIONS, OPINIONS
from ..tables.columns import POLARITIES
from ..tables.schema import COUNT, NUMBER, TEXT, Column, build, declare
from .counting import count, cross
from .groups import Groups, group_reviews

_SHARE = (
    Column("share", NUMBER, "reviews / of_reviews; missing where the group has none.", missing=True, most=1),
    Column("low", NUMBER, "The low end of the share's 95 % interval (Wilson's).", most=1),
    Column("high", NUMBER, "The high end of it.", most=1),
)
_GROUP = (
    Column("by", TEXT, "The column of the reviews that they are grouped by."),
    Column("period", TEXT, "How long the group is, where it is a period of time.", missing=True),
    Column("group", TEXT, "The group: a value, a period, a band of scores, the rest, or not stated."),
)
_OF_GROUP = Column("of_reviews", COUNT, "Of how many reviews in the group.")
THEMES_BY = declare(
    "themes_by",
    "one row per group of reviews and theme",
    ("by", "group", "theme"),
    (*_GROUP, columns.THEME, columns.LABEL, columns.KIND, columns.MENTIONS, columns.REVIEWS, _OF_GROUP, *_SHARE),
)
OPINIONS_BY = declare(
    "opinions_by",
    "one row per group of reviews, theme and polarity",
    ("by", "group", "theme", "polarity"),
    (
        *_GROUP,
        columns.THEME,
        columns.LABEL,
        columns.CODER,
        columns.POLARITY,
        columns.OPINIONS,
        Column("of_opinions", COUNT, "Of how many opinions in the group's reviews."),
        columns.REVIEWS,
        _OF_GROUP,
        *_SHARE,
    ),
)


def themes_by(
    mentions: pd.DataFrame,
    reviews: pd.DataFrame,
    *,
    by: str,
    most: int = 8,
    themes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Count how often each theme is talked about in groups of reviews: one row per group and theme.

    Parameters
    ----------
    mentions, reviews : DataFrame
        The tables.
    by : str
        The column of `reviews` to group by. Dates (``published``) give periods, of the shortest length of which 20, or
        one for five dates (but five at least), are enough: a day, a week (named by its Monday), a month, a quarter, a
        year or several. If they are not enough for the earliest and the latest of a hundred dates, those are groups of
        their own. ``score`` gives bands of 20 points, of which each holds its lower end; any other column (``outlet``,
        ``critic``, ``film``, one of your own) its most common values.
    most : int
        How many of the most common values to keep apart; the rest is one group, named after their number.
    themes : DataFrame, optional
        The themes table that `mentions` was found with; `read_themes()` if not given.

    Returns
    -------
    DataFrame
        The themes_by table, groups in their order, each with every theme. Every review is in one group: those whose
        value is missing are ``not stated``. Periods and bands without reviews are there as 0.

    Raises
    ------
    StarlightError
        If a table breaks its declaration, or holds a theme or a review that the others lack; if `by` is no column, or
        one of texts; if `most` is no whole number from 1.

    Examples
    --------
    >>> from starlight import find_mentions, load_reviews, split_sentences
    >>> reviews = load_reviews()
    >>> counted = themes_by(find_mentions(split_sentences(reviews)), reviews, by="score")
    >>> counted.query("theme == 'music' and of_reviews > 0")[["group", "reviews", "of_reviews"]].values.tolist()
    [['40 up to 60', 1, 1], ['60 up to 80', 1, 1], ['not stated', 2, 3]]
    """
    themes = known_themes(mentions, MENTIONS, reviews, themes)
    groups = group_reviews(reviews, by, most)
    rows = cross(group=pd.Series(groups.names, dtype="str"), theme=themes["theme"])
    rows = rows.merge(themes[["theme", "label", "kind"]], on="theme", validate="m:1")
    found = mentions[["review_id", "theme"]].assign(group=groups.of.reindex(mentions["review_id"]).to_numpy())
    rows["mentions"] = count(rows, found, ["group", "theme"])
    rows["reviews"] = count(rows, found.drop_duplicates(), ["group", "theme"])
    return build(THEMES_BY, with_shares(_of_groups(rows, groups, by))[THEMES_BY.names])


def opinions_by(
    opinions: pd.DataFrame,
    reviews: pd.DataFrame,
    *,
    by: str,
    most: int = 8,
    themes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Count praise and criticism of each theme in groups of reviews: one row per group, craft theme and polarity.

    Parameters
    ----------
    opinions, reviews : DataFrame
        The tables; `opinions` of one coder.
    by, most, themes
        As for `themes_by`.

    Returns
    -------
    DataFrame
        The opinions_by table, groups in their order, each with every craft theme and polarity. A review counts towards
        the praise of a theme if it holds one such opinion or more; every review is in one group.

    Raises
    ------
    StarlightError
        As `themes_by`, or if `opinions` holds a motif or several coders.

    Examples
    --------
    >>> from starlight import load_reviews, read_opinions
    >>> counted = opinions_by(read_opinions(), load_reviews(), by="outlet")
    >>> counted.query("theme == 'visuals' and polarity == 'praise'")[["group", "reviews", "of_reviews"]].values.tolist()
    [['not stated', 5, 5]]
    """
    themes = known_themes(opinions, OPINIONS, reviews, themes)
    coder = one_coder(opinions, reviews)
    craft = craft_themes(opinions, themes)[["theme", "label"]]
    groups = group_reviews(reviews, by, most)
    rows = cross(group=pd.Series(groups.names, dtype="str"), theme=craft["theme"])
    rows = rows.merge(craft, on="theme", validate="m:1").merge(pd.DataFrame({"polarity": POLARITIES}), how="cross")
    found = opinions[["review_id", "theme", "polarity"]].assign(
        group=groups.of.reindex(opinions["review_id"]).to_numpy()
    )
    key = ["group", "theme", "polarity"]
    rows["opinions"] = count(rows, found, key)
    rows["of_opinions"] = count(rows, found, ["group"])
    rows["reviews"] = count(rows, found.drop_duplicates(), key)
    return build(OPINIONS_BY, with_shares(_of_groups(rows.assign(coder=coder), groups, by))[OPINIONS_BY.names])


def _of_groups(rows: pd.DataFrame, groups: Groups, by: str) -> pd.DataFrame:
    """Add what the groups are, and how many reviews each holds."""
    of_reviews = rows["group"].map(groups.of.value_counts()).fillna(0)
    period = pd.Series(groups.period, rows.index, dtype="str").mask(rows["group"].isin(groups.apart))
    return rows.assign(by=by, period=period, of_reviews=of_reviews)


def with_shares(rows: pd.DataFrame) -> pd.DataFrame:
    """Add the share of `reviews` in `of_reviews`, missing where that is 0, and its 95 % interval.

    The interval is Wilson's score interval (E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical
    Inference", Journal of the American Statistical Association 22, 1927): it never leaves 0 to 1, and is wide where
    reviews are few.
    """
    hits, of = rows["reviews"].to_numpy(dtype="float64"), rows["of_reviews"].to_numpy(dtype="float64")
    low, high = wilson(hits, of)
    return rows.assign(share=np.divide(hits, of, out=np.full(len(of), np.nan), where=of > 0), low=low, high=high)
