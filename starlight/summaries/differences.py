"""Findings on groups of reviews: where one differs from the others in what it talks about, praises or criticises."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

import pandas as pd

from ..base.statistics import needed_z, two_proportion_z
from .groups import group_reviews
from .opinions import praise_and_criticism
from .themes import theme_frequency
from .wording import JUDGED, Finding, as_word, percent, query, some

_NAMED = 3  # differences in a table: the clearest


def differences(
    mentions: pd.DataFrame,
    opinions: pd.DataFrame,
    reviews: pd.DataFrame,
    *,
    by: str,
    most: int,
    themes: pd.DataFrame,
) -> Iterator[Finding]:
    """Yield the findings on the groups of one column of the reviews."""
    groups = group_reviews(reviews, by, most)
    if groups.of.nunique() < 2:
        return
    call = f"reviews, by={by!r}" + ("" if most == 8 else f", most={most}") + ")"
    talk, judge = f"theme_frequency(mentions, {call}", f"praise_and_criticism(opinions, {call}"
    talked = theme_frequency(mentions, reviews, by=by, most=most, themes=themes)
    judged = praise_and_criticism(opinions, reviews, by=by, most=most, themes=themes)
    found = [_finding(row, talk) for row in _clearest(talked, groups.apart)]
    found += [_finding(row, judge) for row in _clearest(judged, groups.apart)]
    none = f"Grouped by {as_word(by)}, reviews differ in no theme by more than chance would explain."
    yield from found or [Finding(none, "groups", talk)]


def _clearest(rows: pd.DataFrame, left_out: list[str]) -> list[dict[Hashable, Any]]:
    """Return the rows whose share lies furthest from that of all other reviews, one for each theme."""
    key = [name for name in ("theme", "polarity") if name in rows]
    total = rows.groupby(key, sort=False)[["reviews", "of_reviews"]].transform("sum")
    rows = rows.assign(others=total["reviews"] - rows["reviews"], of_others=total["of_reviews"] - rows["of_reviews"])
    rows = rows[~rows["group"].isin(left_out)]
    counts = (rows[name].to_numpy(dtype="float64") for name in ("reviews", "of_reviews", "others", "of_others"))
    rows = rows.assign(z=two_proportion_z(*counts))
    rows = rows.assign(distance=rows["z"].abs()).sort_values("distance", ascending=False, kind="stable")
    return rows[rows["distance"] > needed_z(len(rows))].drop_duplicates(key).head(_NAMED).to_dict("records")


def _finding(row: dict[Hashable, Any], table: str) -> Finding:
    """Say in how many reviews of the group a theme is, and in how many others."""
    judged = {"polarity": row["polarity"]} if "polarity" in row else {}
    what = f"“{row['label']}” is {JUDGED[row['polarity']] if judged else 'talked about'}"
    here = f"in {row['reviews']:,} of {some(row['of_reviews'], 'review')} {_which(row)} ({percent(row['share'])})"
    there = f"in {row['others']:,} of {row['of_others']:,} others ({percent(row['others'] / row['of_others'])})"
    rows = query(theme=row["theme"], **judged)
    return Finding(f"{what} {here}, and {there}.", "groups", table, rows)


def _which(row: dict[Hashable, Any]) -> str:
    """Say which reviews the group holds."""
    if row["by"] == "score":
        return f"with a score from {row['group']}"
    if isinstance(row["period"], str):
        return f"{'published' if row['by'] == 'published' else row['by']} in {row['group']}"
    return f"whose {row['by']} is “{row['group']}”"
