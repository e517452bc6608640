"""Findings on groups of reviews: where one differs from the others in what it talks about, praises or criticises."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ..base.statistics import mantel_haenszel
from .groups import Groups, group_reviews
from .opinions import praise_and_criticism
from .themes import theme_frequency
from .wording import JUDGED, Finding, as_word, percent, query, some

CHANCE = 0.05  # how often chance alone may give any finding
_NAMED = 3  # differences in a table: the clearest


class Compared(NamedTuple):
    """A table of groups, with the p of each row's group against all others, and the call that makes it."""

    rows: pd.DataFrame
    call: str
    by: str
    within: bool  # whether each film is compared with itself


def compare_groups(
    mentions: pd.DataFrame,
    opinions: pd.DataFrame,
    reviews: pd.DataFrame,
    *,
    by: str,
    most: int,
    themes: pd.DataFrame,
) -> list[Compared]:
    """Return what is talked about, and what is judged, in the groups of one column of the reviews."""
    groups, films = group_reviews(reviews, by, most), len(reviews["film"].dropna().unique())
    if groups.of.nunique() < 2 or (by == "film" and films < 2):
        return []
    call = f"reviews, by={by!r}" + ("" if most == 8 else f", most={most}") + ")"
    talked = theme_frequency(mentions, reviews, by=by, most=most, themes=themes)
    judged = praise_and_criticism(opinions, reviews, by=by, most=most, themes=themes)
    within = by != "film" and films > 1
    strata = reviews.set_index("review_id")["film"].fillna("") if within else pd.Series("", groups.of.index)
    return [
        Compared(_tested(talked, mentions, groups, strata), f"theme_frequency(mentions, {call}", by, within),
        Compared(_tested(judged, opinions, groups, strata), f"praise_and_criticism(opinions, {call}", by, within),
    ]


def _tested(rows: pd.DataFrame, counted: pd.DataFrame, groups: Groups, strata: pd.Series) -> pd.DataFrame:
    """Return the rows of the groups that are a value of the column, with how many others there are, and the p."""
    key = [name for name in ("theme", "polarity") if name in rows]
    total = rows.groupby(key, sort=False)[["reviews", "of_reviews"]].transform("sum")
    rows = rows.assign(others=total["reviews"] - rows["reviews"], of_others=total["of_reviews"] - rows["of_reviews"])
    rows = rows[~rows["group"].isin(groups.apart) & (rows["of_reviews"] > 0)].assign(p=np.nan)
    stratum = pd.Series(pd.factorize(strata)[0], strata.index)
    kinds = rows[key].drop_duplicates().reset_index(drop=True)
    once = counted[["review_id", *key]].drop_duplicates().merge(kinds.assign(kind=kinds.index), on=key)
    once = once.assign(stratum=once["review_id"].map(stratum).astype("int64"), group=once["review_id"].map(groups.of))
    shape = (len(kinds), int(stratum.max()) + 1)
    all_hits, of_all = _hits(once, shape), np.bincount(stratum, minlength=shape[1])[None, :].astype("float64")
    for group in rows["group"].unique():
        of = np.bincount(stratum[groups.of == group], minlength=shape[1])[None, :].astype("float64")
        rows.loc[rows["group"] == group, "p"] = mantel_haenszel(
            _hits(once[once["group"] == group], shape), of, all_hits, of_all
        )
    return rows


def _hits(once: pd.DataFrame, shape: tuple[int, int]) -> np.ndarray:
    """Count the reviews of each kind in each stratum."""
    flat = np.bincount(once["kind"] * shape[1] + once["stratum"], minlength=shape[0] * shape[1])
    return flat.reshape(shape).astype("float64")


def group_findings(compared: list[Compared]) -> Iterator[Finding]:
    """Yield the findings on the groups of one column, whose p is adjusted for all that was searched."""
    found = [_finding(row, one) for one in compared for row in _clearest(one.rows)]
    for one in compared[:1]:
        none = f"Grouped by {as_word(one.by)}, reviews differ in no theme by more than chance would explain."
        yield from found or [Finding(none, "groups", one.call)]


def _clearest(rows: pd.DataFrame) -> list[dict[Hashable, Any]]:
    """Return the rows with the lowest p, one for each theme."""
    key = [name for name in ("theme", "polarity") if name in rows]
    far = rows[rows["p"] < CHANCE].sort_values("p", kind="stable")
    return far.drop_duplicates(key).head(_NAMED).to_dict("records")


def _finding(row: dict[Hashable, Any], compared: Compared) -> Finding:
    """Say in how many reviews of the group a theme is, and in how many others."""
    judged = {"polarity": row["polarity"]} if "polarity" in row else {}
    what = f"“{row['label']}” is {JUDGED[row['polarity']] if judged else 'talked about'}"
    here = f"in {row['reviews']:,} of {some(row['of_reviews'], 'review')} {_which(row)} ({percent(row['share'])})"
    there = f"in {row['others']:,} of {row['of_others']:,} others ({percent(row['others'] / row['of_others'])})"
    rows = query(theme=row["theme"], **judged)
    within = "; it holds within films too" * compared.within
    return Finding(f"{what} {here}, and {there}{within}.", "groups", compared.call, rows)


def _which(row: dict[Hashable, Any]) -> str:
    """Say which reviews the group holds."""
    if row["by"] == "score":
        return f"with a score from {row['group']}"
    if isinstance(row["period"], str):
        return f"{'published' if row['by'] == 'published' else row['by']} in {row['group']}"
    if row["by"] == "film":
        return f"of “{row['group']}”"
    return f"whose {row['by']} is “{row['group']}”"
