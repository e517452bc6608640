"""Groups of reviews compared: where one differs from the others in what it talks about, praises or criticises."""

from collections.abc import Hashable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from ..base.statistics import holm, newcombe_paired
from ..tables import POLARITIES
from .scores import MEDIAN_FROM
from .wording import JUDGED, Finding, as_word, percent, query, some

CHANCE = 0.05  # how often chance alone may give any finding
_NAMED = 3  # differences in a table: the clearest


def with_others(counted: pd.DataFrame) -> pd.DataFrame:
    """Return a table of groups with how many reviews of all other groups there are, and have the theme."""
    key = [name for name in ("theme", "polarity") if name in counted]
    total = counted.groupby(key, sort=False)[["reviews", "of_reviews"]].transform("sum")
    rest = {"others": total["reviews"] - counted["reviews"], "of_others": total["of_reviews"] - counted["of_reviews"]}
    return counted.assign(**rest)


def stands_out(counted: pd.DataFrame) -> str:
    """Say which group's share of reviews is furthest beyond chance, of all in the table, or that none is."""
    rows = clearest(with_others(counted).assign(p=holm(counted["p"].to_numpy())))
    return in_words(rows[0]) if rows else alike(counted["by"].iloc[0])


def at_shares(counted: pd.DataFrame) -> pd.DataFrame:
    """Return where each theme stands in each group, with its interval: at a share, or at praise less criticism."""
    rows = counted.assign(at=counted["share"])
    if {*POLARITIES} == set(counted.get("polarity", [])):
        praise, criticism = (counted[counted["polarity"] == polarity] for polarity in POLARITIES)
        against = criticism[["group", "theme", "reviews"]].rename(columns={"reviews": "against"})
        rows = praise.merge(against, on=["group", "theme"], validate="1:1")
        counts = ("reviews", "against", "both", "of_reviews")
        low, high = newcombe_paired(*(rows[name].to_numpy("float64") for name in counts))
        rows = rows.assign(at=(rows["reviews"] - rows["against"]) / rows["of_reviews"], low=low, high=high)
    rows[["low", "high"]] = rows[["low", "high"]].where(rows["of_reviews"] > 0)
    return rows


def spreads(rows: pd.DataFrame) -> "pd.Series[float]":
    """Return how far the groups lie apart in each theme: the standard deviation of `at`, weighed by reviews."""
    weight = rows["of_reviews"] / rows.groupby("theme")["of_reviews"].transform("sum")
    middle = (rows["at"] * weight).groupby(rows["theme"]).transform("sum")
    apart = ((rows["at"] - middle) ** 2 * weight).groupby(rows["theme"], sort=False).sum()
    return np.sqrt(apart).sort_values(ascending=False, kind="stable")


def group_findings(groups: pd.DataFrame, *, several: bool) -> Iterator[Finding]:
    """Yield the findings on the groups of each column, whose p are adjusted; `several`: there are several films."""
    for by, rows in groups.groupby("by", sort=False):
        found = [row for _, table in rows.groupby("call", sort=False) for row in clearest(table)]
        for row in found:
            within = "; this holds within films too" * (several and by != "film")
            of = {name: row[name] for name in ("theme", "polarity") if isinstance(row.get(name), str)}
            yield Finding(f"{in_words(row)}{within}.", "groups", row["call"], query(**of))
        if not found:
            yield Finding(f"{alike(str(by))}, all words and groups tested together.", "groups", rows["call"].iloc[0])


def score_findings(scores: pd.DataFrame, *, several: bool) -> Iterator[Finding]:
    """Yield where a group's median score is another than that of all others; of two groups, for one."""
    for by, rows in scores.groupby("by", sort=False):
        enough = rows[["of_reviews", "of_others"]].min(axis=1) >= MEDIAN_FROM
        far = rows[enough & (rows["p"] < CHANCE)].sort_values("p", kind="stable").head(_NAMED if len(rows) > 2 else 1)
        within = "; this holds within films too" * (several and by != "film")
        for row in far.to_dict("records"):
            here = f"The median score of {some(row['of_reviews'], 'review')} {_which(row)} is {row['median']:g}"
            there = f"and that of {row['of_others']:,} others {row['others']:g}"
            yield Finding(f"{here}, {there}{within}.", "scores", row["call"], query(group=row["group"]))


def clearest(rows: pd.DataFrame) -> list[dict[Hashable, Any]]:
    """Return the rows that differ from all others beyond chance, the lowest p first, one for each theme."""
    far = rows[rows["p"] < CHANCE].sort_values("p", kind="stable")
    return far.drop_duplicates([name for name in ("theme", "polarity") if name in rows]).head(_NAMED).to_dict("records")


def alike(by: str) -> str:
    """Say that no group differs."""
    return f"Grouped by {as_word(by)}, reviews differ in no theme by more than chance would explain"


def in_words(row: dict[Hashable, Any]) -> str:
    """Say in how many reviews of the group a theme is, and in how many others."""
    what = f"“{row['label']}” is {JUDGED.get(row.get('polarity', ''), 'talked about')}"
    here = f"in {row['reviews']:,} of {some(row['of_reviews'], 'review')} {_which(row)} ({percent(row['share'])})"
    there = f"in {row['others']:,} of {row['of_others']:,} others ({percent(row['others'] / row['of_others'])})"
    return f"{what} {here}, and {there}"


def _which(row: dict[Hashable, Any]) -> str:
    """Say which reviews the group holds."""
    if row["by"] == "score":
        return f"with a score from {row['group']}"
    if isinstance(row["period"], str):
        return f"{'published' if row['by'] == 'published' else row['by']} in {row['group']}"
    if row["by"] == "film":
        return f"of “{row['group']}”"
    return f"whose {row['by']} is “{row['group']}”"
