"""Two groups of reviews side by side: A and B, each by filters of its own, and where they differ."""

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from ...base.safe_text import in_xml
from ...base.statistics import holm
from ...errors import few
from ...summaries import CHANCE, MEDIAN_FROM, UNREAD, compare_scores, compare_shares, some
from ...tables.columns import POLARITIES
from .source import ABOUT, Source

OF_REVIEWS = (*ABOUT, "words", "review_id")  # the filters that a group is made of
PAIR = ("A", "B")
_JUDGED = dict(zip(POLARITIES, ("praised", "criticised"), strict=True))
_FEW = 10  # reviews: a difference from a group of fewer is drawn hollow


def groups(source: Source, choice: Mapping[str, Any]) -> list[np.ndarray]:
    """Return for each review whether it is of A, and of B; one that would be in both is in neither."""
    a = source.reviews_of(choice["a"])
    b = source.reviews_of(choice["b"]) if choice["b"] else ~a
    return [a & ~b, b & ~a]


def compared(source: Source, choice: Mapping[str, Any], rows: pd.DataFrame) -> dict[str, Any]:
    """Return what the page draws of A and B, of reviews that were read: differences, the largest first, and scores."""
    within = source.reviews_of(choice)
    sides = [mask & within for mask in groups(source, choice)]
    unread = np.logical_or(*sides) & ~source.is_read
    sides = [mask & ~unread for mask in sides]
    group = pd.Series(np.select(sides, PAIR, ""), source.reviews.index)
    stated = (source.scores["convention"] == choice["convention"]) & (source.scores["score_status"] == "stated")
    scores = source.scores.loc[stated, "score"].reindex(group.index)
    sizes = [int(mask.sum()) for mask in sides]
    table = _differences(source, choice, rows, group, scores) if all(sizes) else pd.DataFrame()
    return {
        "rows": table.to_dict("records"),
        "hollow": min(sizes) < _FEW,
        "said": " ".join([_said(table, sizes), *_left_out(source, choice, within, unread)]),
        "groups": [_group(source, choice[name.lower()], name, scores[group == name]) for name in PAIR],
    }


def _differences(
    source: Source, choice: Mapping[str, Any], rows: pd.DataFrame, group: pd.Series, scores: pd.Series
) -> pd.DataFrame:
    labels = {name: label for name, label in source.labels["theme"].items() if name in (choice["theme"] or [name])}
    themes = pd.DataFrame(labels.items(), columns=["theme", "label"])
    rows = rows[["review_id", "theme", "polarity"]].astype("str")
    tables = [
        compare_shares(group, PAIR, themes, rows[rows["polarity"] == polarity], about).assign(polarity=polarity)
        for polarity, about in _JUDGED.items()
        if polarity in (choice["polarity"] or POLARITIES)
    ]
    table = pd.concat([one for one in [*tables, compare_scores(group, PAIR, scores)] if len(one)], ignore_index=True)
    table = table.assign(beyond=holm(table["p"].to_numpy()) < CHANCE)
    table = table[table["reviews"] + table["other_reviews"] > 0]
    table = table.sort_values("difference", key=lambda one: -one.abs(), kind="stable")
    return table.astype("object").where(table.notna(), None)


def _said(table: pd.DataFrame, sizes: list[int]) -> str:
    """Say whether anything differs beyond chance, and what differs most."""
    if not all(sizes):
        return f"{PAIR[sizes.index(0)]} has no review left: free a filter, or choose another group."
    beyond = table[table["beyond"].astype(bool)].to_dict("records")
    small = f" The groups are small: {' and '.join(map(str, sizes))} reviews." * (min(sizes) < _FEW)
    if not beyond:
        return f"Nothing differs by more than chance explains.{small}"
    differ = f"{len(beyond)} of {len(table)} {'differs' if len(beyond) == 1 else 'differ'} by more than chance explains"
    return f"{differ}. Most: {_in_words(beyond[0])}.{small}"


def _in_words(row: dict[Hashable, Any]) -> str:
    if row["about"] == "score":
        return f"the mean score is {100 * row['share']:.0f} in A and {100 * row['other_share']:.0f} in B"
    here, there = (f"in {row[f'{of}reviews']:,} of {row[f'of_{of}reviews']:,} reviews" for of in ("", "other_"))
    return f"“{row['what']}” is {row['about']} {here} of A, and {there} of B"


def _left_out(source: Source, choice: Mapping[str, Any], within: np.ndarray, unread: np.ndarray) -> list[str]:
    """Say which reviews are in neither group, and why."""
    both = within & source.reviews_of(choice["a"]) & source.reviews_of(choice["b"]) & bool(choice["b"])
    reasons = {"in both groups": both.sum(), UNREAD: unread.sum()}
    return [f"Left out: {some(int(number), 'review')} {why}." for why, number in reasons.items() if number]


def _group(source: Source, group: Mapping[str, Any], name: str, scores: pd.Series) -> dict[str, Any]:
    """Return what is said of a group, and how often it has each score."""
    names = [f"{by} {group[by]}" for by in ABOUT if by in group]
    names += [f"with “{group['words']}”"] if "words" in group else []
    names += [few((source.labels["review_id"][one] for one in group.get("review_id", [])), 2)]
    stated = scores.dropna()
    median = f", median {stated.median():g}" if len(stated) >= MEDIAN_FROM else ""
    return {
        "name": in_xml(f"{name}: {', '.join(filter(None, names)) or 'all others'}"),
        "said": f"{some(len(scores), 'review')}, {some(len(stated), 'stated score')}{median}",
        "scores": list(stated.round().astype("int64").value_counts().items()),
    }
