"""Where groups of reviews differ from the others in what they talk about, praise and criticise."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ..base.statistics import apart, needed_z
from .groups import group_reviews
from .opinions import praise_and_criticism
from .themes import theme_frequency
from .wording import Finding, as_word, percent, some

_NAMED = 3  # differences in a table: the clearest
_VERBS = {"talk": "talked about", "praise": "praised", "criticism": "criticised"}


def differences(
    mentions: pd.DataFrame,
    opinions: pd.DataFrame,
    reviews: pd.DataFrame,
    *,
    by: str,
    most: int,
    themes: pd.DataFrame,
    given: str,
) -> Iterator[Finding]:
    """Give the findings on the groups of one column; `given` is what a call with these themes ends in."""
    groups = group_reviews(reviews, by, most)
    if groups.of.nunique() < 2:
        return
    call = f"reviews, by={by!r}" + ("" if most == 8 else f", most={most}") + f"{given})"
    counted = {
        f"theme_frequency(mentions, {call}": theme_frequency(mentions, reviews, by=by, most=most, themes=themes),
        f"praise_and_criticism(opinions, {call}": praise_and_criticism(
            opinions, reviews, by=by, most=most, themes=themes
        ),
    }
    found = 0
    for table, rows in counted.items():
        for row in _clearest(rows, groups.apart).to_dict("records"):
            found += 1
            yield _finding(row, table)
    if not found:
        groups_by = f"Groups by {as_word(by)}"
        sentence = f"{groups_by} differ in no theme by more than chance gives with as many reviews as they have."
        yield Finding(sentence, "groups", next(iter(counted)))


def _clearest(rows: pd.DataFrame, left_out: list[str]) -> pd.DataFrame:
    """Give the rows whose share lies furthest from that of all other reviews, one for each theme."""
    key = [name for name in ("theme", "polarity") if name in rows]
    total = rows.groupby(key, sort=False)[["reviews", "of_reviews"]].transform("sum")
    rows = rows.assign(others=total["reviews"] - rows["reviews"], of_others=total["of_reviews"] - rows["of_reviews"])
    rows = rows[~rows["group"].isin(left_out)]
    counts = (rows[name].to_numpy(dtype="float64") for name in ("reviews", "of_reviews", "others", "of_others"))
    rows = rows.assign(z=apart(*counts))
    rows = rows.assign(distance=rows["z"].abs()).sort_values("distance", ascending=False, kind="stable")
    return rows[rows["distance"] > needed_z(len(rows))].drop_duplicates(key).head(_NAMED)


def _finding(row: dict, table: str) -> Finding:
    what = f"“{row['label']}” is {_VERBS[row.get('polarity', 'talk')]}"
    here = f"in {row['reviews']:,} of {some(row['of_reviews'], 'review')} {_which(row)} ({percent(row['share'])})"
    there = f"in {row['others']:,} of {row['of_others']:,} others ({percent(row['others'] / row['of_others'])})"
    query = f"theme == {row['theme']!r}" + (f" and polarity == {row['polarity']!r}" if "polarity" in row else "")
    return Finding(f"{what} {here}, and {there}.", "groups", table, query, row.get("coder"))


def _which(row: dict) -> str:
    if row["by"] == "score":
        return f"with a score from {row['group']}"
    if isinstance(row["period"], str):
        return f"{'published' if row['by'] == 'published' else row['by']} in {row['group']}"
    return f"whose {row['by']} is “{row['group']}”"
