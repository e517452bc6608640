"""Totals of summary tables: what charts say beside their marks and in words."""

from __future__ import annotations

import pandas as pd

from .counting import count


def totals(table: pd.DataFrame, *columns: str) -> tuple[int, ...]:
    """Return the sums of columns of counts."""
    return tuple(int(table[column].sum()) for column in columns)


def unstated_scores(reviews: pd.DataFrame) -> pd.DataFrame:
    """Count the reviews whose score is ambiguous, unreadable or absent: one row per status that occurs."""
    status = reviews["score_status"]
    kinds = status.where(status.isin(["ambiguous", "unreadable"]), "without a score").to_frame("status")
    rows = kinds.drop_duplicates().sort_values("status", ignore_index=True)
    return rows.assign(reviews=count(rows, kinds, ["status"]))


def mentions_in_all(positions: pd.DataFrame) -> pd.DataFrame:
    """Count the mentions of each theme, from a mention_positions table: one row per theme, the most mentioned first."""
    rows = positions.drop_duplicates("theme")[["theme", "label"]]
    rows = rows.assign(mentions=count(rows, positions, ["theme"]))
    return rows.sort_values("mentions", ascending=False, kind="stable", ignore_index=True)


def halves(bins: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Count what the lower and the upper half of each theme's bins hold: one row per theme.

    It takes what `themes_in_tenths` or `mentions_in_twentieths` returns; columns beside the bins are left out.
    """
    bins = bins.dropna(subset="share")
    place = bins.groupby("theme", sort=False).cumcount()
    low = 2 * place < bins.groupby("theme", sort=False)["share"].transform("size")
    held = bins.assign(low=bins[unit].where(low, 0), high=bins[unit].where(~low, 0))
    return held.groupby(["theme", "label", "of"], sort=False)[["low", "high"]].sum().reset_index()


def balances(differences: pd.DataFrame) -> pd.DataFrame:
    """Count the reviews that praise a theme more than they criticise it, as much, and less: one row per theme.

    It takes what `by_difference` returns.
    """
    sign = differences["column"].str[0]
    signs = {"more": "+", "as_much": "0", "less": "−"}
    sided = differences.assign(**{name: differences["reviews"].where(sign == one, 0) for name, one in signs.items()})
    return sided.groupby(["theme", "label"], sort=False)[list(signs)].sum().reset_index()


def in_all_groups(counted: pd.DataFrame) -> pd.Series[float]:
    """Return, for each row of a table of groups, the share in all of them together; 0 where they hold no review."""
    key = [column for column in ("theme", "polarity") if column in counted]
    sums = counted.groupby(key)[["reviews", "of_reviews"]].transform("sum")
    return sums["reviews"] / sums["of_reviews"].clip(lower=1)
