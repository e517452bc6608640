"""Summaries of themes and of opinions in groups of reviews: over time, by score, by outlet, by anything."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..base.statistics import wilson
from ..tables.columns import POLARITIES, declare
from ..tables.schema import COUNT, NUMBER, TEXT, Column, build
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
THEME_FREQUENCY_BY_GROUP = declare(
    "theme_frequency_by_group",
    "one row per group of reviews and theme",
    *_GROUP,
    "theme label kind mentions reviews",
    _OF_GROUP,
    *_SHARE,
    key="by group theme",
)
PRAISE_AND_CRITICISM_BY_GROUP = declare(
    "praise_and_criticism_by_group",
    "one row per group of reviews, theme and polarity",
    *_GROUP,
    "theme label coder polarity opinions",
    Column("of_opinions", COUNT, "Of how many opinions in the group's reviews."),
    "reviews",
    _OF_GROUP,
    *_SHARE,
    key="by group theme polarity",
)


def themes_by_group(
    mentions: pd.DataFrame, reviews: pd.DataFrame, themes: pd.DataFrame, by: str, most: int
) -> pd.DataFrame:
    """Count the mentions of each theme in groups of reviews; the tables are checked to belong together."""
    groups = group_reviews(reviews, by, most)
    rows = cross(group=pd.Series(groups.names, dtype="str"), theme=themes["theme"])
    rows = rows.merge(themes[["theme", "label", "kind"]], on="theme", validate="m:1")
    found = mentions[["review_id", "theme"]].assign(group=groups.of.reindex(mentions["review_id"]).to_numpy())
    rows["mentions"] = count(rows, found, ["group", "theme"])
    rows["reviews"] = count(rows, found.drop_duplicates(), ["group", "theme"])
    return build(THEME_FREQUENCY_BY_GROUP, _with_shares(_of_groups(rows, groups, by))[THEME_FREQUENCY_BY_GROUP.names])


def opinions_by_group(
    opinions: pd.DataFrame, reviews: pd.DataFrame, themes: pd.DataFrame, coder: str, by: str, most: int
) -> pd.DataFrame:
    """Count praise and criticism of each craft theme in groups of reviews; the tables are checked."""
    groups = group_reviews(reviews, by, most)
    craft = themes[["theme", "label"]]
    rows = cross(group=pd.Series(groups.names, dtype="str"), theme=craft["theme"])
    rows = rows.merge(craft, on="theme", validate="m:1").merge(pd.DataFrame({"polarity": POLARITIES}), how="cross")
    found = opinions[["review_id", "theme", "polarity"]].assign(
        group=groups.of.reindex(opinions["review_id"]).to_numpy()
    )
    key = ["group", "theme", "polarity"]
    rows["opinions"] = count(rows, found, key)
    rows["of_opinions"] = count(rows, found, ["group"])
    rows["reviews"] = count(rows, found.drop_duplicates(), key)
    rows = _with_shares(_of_groups(rows.assign(coder=coder), groups, by))
    return build(PRAISE_AND_CRITICISM_BY_GROUP, rows[PRAISE_AND_CRITICISM_BY_GROUP.names])


def _of_groups(rows: pd.DataFrame, groups: Groups, by: str) -> pd.DataFrame:
    """Add what the groups are, and how many reviews each holds."""
    of_reviews = rows["group"].map(groups.of.value_counts()).fillna(0)
    period = pd.Series(groups.period, rows.index, dtype="str").mask(rows["group"].isin(groups.apart))
    return rows.assign(by=by, period=period, of_reviews=of_reviews)


def _with_shares(rows: pd.DataFrame) -> pd.DataFrame:
    """Add the share of `reviews` in `of_reviews`, missing where that is 0, and its 95 % interval (Wilson's)."""
    hits, of = rows["reviews"].to_numpy(dtype="float64"), rows["of_reviews"].to_numpy(dtype="float64")
    low, high = wilson(hits, of)
    return rows.assign(share=np.divide(hits, of, out=np.full(len(of), np.nan), where=of > 0), low=low, high=high)
