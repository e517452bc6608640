"""Survey a source: which rows repeat an earlier one, and what else only all of its rows together tell.

It is done before any row becomes a review, so that a row is loaded alike whether the source is read at once or in
chunks. It compares hashes of 64 bits: of a million different rows two are taken for equal once in 40 million tables.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from ..tables.schema import is_missing
from ..text.dates import first_in_dates
from .names import is_name
from .rows import usable
from .scores import Evidence, Seen, count_forms, evidence

_HASHED = ("whole", "text", "review_id", "name")  # the whole row, if it says which review it is
_TELLS = re.compile("review_?id|critic|.*(url|link|user_?id|uuid)", re.IGNORECASE)  # columns that do

# Rows that repeat an earlier one in every cell, and others that repeat one in their text, each with that row.
Repeats = tuple[dict[int, int], dict[int, int]]


class Facts(NamedTuple):
    """What all rows of a source tell.

    `rows` counts them and `usable` those that can be loaded. `same_id` is the first row whose id an earlier row has,
    with that row, and `no_id` the first row without an id. `first` is what comes first in dates of three numbers,
    `has_names` tells whether a saved table has a name for each review, fit for one and unlike any other, and `scores`
    what the scores are out of.
    """

    rows: int
    usable: int
    same_id: tuple[int, int] | None
    no_id: int | None
    first: str | None
    has_names: bool
    scores: Evidence = Evidence()

    @property
    def has_ids(self) -> bool:
        """Whether the column of ids tells all rows apart."""
        return self.same_id is None and self.no_id is None


class Survey(NamedTuple):
    """What all rows tell, and by row the first one that is equal: in every cell, or else in its text."""

    facts: Facts
    same_whole: pd.Series
    same_text: pd.Series

    def repeats(self, numbers: pd.Index) -> Repeats:
        """Return the repeats among rows that follow each other in the source."""
        whole, text = (
            {} if numbers.empty or same.empty else same.loc[numbers[0] : numbers[-1]].to_dict()
            for same in (self.same_whole, self.same_text)
        )
        return whole, text  # type: ignore[return-value]  # pandas does not say what of


def survey(frames: Iterable[pd.DataFrame]) -> Survey:
    """Return the survey of a source; the frames with its rows have our column names, and row numbers as index."""
    rows, no_id, no_name, parts = 0, None, False, []
    firsts: set[str] = set()
    scores: Seen = {}
    for frame in frames:
        rows += len(frame)
        frame, _ = usable(frame, {})
        parts.append(pd.DataFrame({name: _hashes(frame, name) for name in _HASHED}, frame.index, dtype="Int64"))
        if no_id is None and "review_id" in frame:
            ids = frame["review_id"].astype("object").fillna("").tolist()
            no_id = next((row for row, cell in zip(frame.index, ids, strict=True) if not str(cell).strip()), None)
        no_name = no_name or "name" not in frame or not all(map(is_name, frame["name"].astype("object").fillna("")))
        firsts |= first_in_dates(frame["published"].tolist()) if "published" in frame else set()
        if "score" in frame:
            count_forms(frame["score"], scores)
    hashes = pd.concat(parts)
    same_whole = _first_alike(hashes["whole"])
    hashes = hashes.drop(index=same_whole.index)
    same_ids, same_names = _first_alike(hashes["review_id"]), _first_alike(hashes["name"])
    same_id = (int(same_ids.index[0]), int(same_ids.iloc[0])) if len(same_ids) else None
    first = firsts.pop() if len(firsts) == 1 else None
    facts = Facts(rows, len(hashes), same_id, no_id, first, not no_name and same_names.empty, evidence(scores))
    return Survey(facts, same_whole, _first_alike(hashes["text"]))


def _first_alike(hashes: pd.Series) -> pd.Series:
    """Return by row the first row with the same hash, for those that have one."""
    hashes = hashes.dropna()
    again, first = hashes[hashes.duplicated()], hashes[~hashes.duplicated()]
    return again.map(pd.Series(first.index, first.array)) if len(again) else again


def _hashes(frame: pd.DataFrame, name: str) -> list[int | None]:
    """Return a hash for each row: of its cell in a column or, for "whole", of all cells if two cannot write the same.

    Two viewers may both write "Good." and give 5; a row tells which review it is by an id, its critic or its address.
    """
    if name != "whole":
        return [hash(str(cell)) for cell in frame[name].tolist()] if name in frame else [None] * len(frame)
    telling = [frame[column].tolist() for column in frame if _TELLS.fullmatch(str(column))]
    if not telling:
        return [None] * len(frame)
    cells = zip(*(map(str, frame[column].tolist()) for column in frame), strict=True)
    tells = (any(not is_missing(one) and str(one).strip() for one in row) for row in zip(*telling, strict=True))
    return [hash(row) if is_one else None for row, is_one in zip(cells, tells, strict=True)]
