"""Which rows of a table are reviews: those with a text that repeat no other; and what only all rows together tell.

A table that is read in chunks is surveyed first, at some bytes a row, so that a row comes out of its chunk as it would
come out of the whole table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..base.safe_text import is_whole
from ..errors import TableError
from ..text.dates import first_in_dates
from .report import Problem, refused

HASHED = ("row", "text", "review_id")  # the whole row first


class Survey(NamedTuple):
    """What all rows of a table together tell.

    `repeats`, `same_text` and `same_id` are rows that repeat an earlier one, each with that row: in every cell, in
    their text, in their id. `no_id` is the first row without an id, and `first` what comes first in dates of numbers.
    """

    rows: int
    repeats: dict[int, int]
    same_text: dict[int, int]
    same_id: dict[int, int]
    no_id: int | None
    first: str | None

    @property
    def has_ids(self) -> bool:
        """Whether the column of ids tells all rows apart."""
        return not self.same_id and self.no_id is None


class Facts(NamedTuple):
    """What some rows tell: how many they are, and the number and hashes (see `HASHED`) of those that are usable.

    `first` and `no_id` are as in a survey, and `says_more` is whether a row says more than a text and a score.
    """

    rows: int
    numbers: np.ndarray
    hashes: dict[str, np.ndarray]
    first: set[str]
    no_id: int | None
    says_more: bool


def survey(frames: Iterable[pd.DataFrame]) -> Survey:
    """Survey a table.

    Parameters
    ----------
    frames : iterable of DataFrame
        Its rows, with our names for columns and the row's number as index, all at once or in parts.

    Returns
    -------
    Survey
        Rows are compared by hashes of 64 bits: of a million different rows two are taken for equal once in 40 million
        tables.

    Examples
    --------
    >>> survey([pd.DataFrame({"text": ["It glows.", "It bores.", "It glows."]})]).same_text
    {2: 0}
    """
    told = [facts(frame) for frame in frames]
    numbers = np.concatenate([one.numbers for one in told])
    hashes = {name: np.concatenate([one.hashes[name] for one in told]) for name in HASHED}
    repeats = _paired(*earlier(numbers, hashes["row"])) if told[-1].says_more else {}
    others = ~np.isin(numbers, list(repeats))
    same = {name: _paired(*earlier(numbers[others], hashes[name][others])) for name in HASHED[1:]}
    rows, no_id = sum(one.rows for one in told), next((one.no_id for one in told if one.no_id is not None), None)
    return Survey(rows, repeats, same["text"], same["review_id"], no_id, first_of_all(one.first for one in told))


def facts(frame: pd.DataFrame) -> Facts:
    """Tell of some rows what a survey puts together."""
    rows, (frame, _) = len(frame), usable(frame, {})
    hashes = {"row": _hashes(frame)}
    for name in HASHED[1:]:
        hashes[name] = _hashes(frame[[name]]) if name in frame else hashes["row"]
    return Facts(
        rows,
        frame.index.to_numpy("int64"),
        hashes,
        first_in_dates(frame["published"].tolist()) if "published" in frame else set(),
        next(iter(frame.index[_blank(frame["review_id"])].tolist()), None) if "review_id" in frame else None,
        bool(set(frame) - {"text", "score"}),
    )


def first_of_all(firsts: Iterable[set[str]]) -> str | None:
    """Give what comes first in dates of numbers, if one thing does in all of them."""
    first = set().union(*firsts)
    return first.pop() if len(first) == 1 else None


def earlier(numbers: np.ndarray, hashes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the rows whose hash an earlier row has, and for each the first such row."""
    _, first, group = np.unique(hashes, return_index=True, return_inverse=True)
    before = first[group]
    again = before != np.arange(len(hashes))
    return numbers[again], numbers[before[again]]


def usable(frame: pd.DataFrame, names: Mapping[str, object]) -> tuple[pd.DataFrame, list[Problem]]:
    """Refuse rows without a text, and rows with a cell that is none.

    Parameters
    ----------
    frame : DataFrame
        Rows with our names for columns and the row's number as index.
    names : mapping
        What the user calls our columns, for the report.

    Returns
    -------
    DataFrame
        The other rows.
    list of Problem
        The rows that were refused.
    """
    wrong: dict[int, Problem] = {}
    for name in frame.columns:
        for row, value in zip(frame.index, frame[name].tolist(), strict=True):
            if reason := _wrong(value, is_text=name == "text"):
                wrong.setdefault(row, refused(row, str(names.get(name, name)), value, reason))
    return (frame.drop(index=list(wrong)) if wrong else frame), list(wrong.values())


def check_ids(found: Survey, theirs: object, source: str) -> None:
    """Refuse a column that the user named for ids, and that is none."""
    if found.no_id is not None:
        raise TableError(f"{source}, row {found.no_id}, column {theirs!r}: there is no id. Give each row one.")
    for row, earlier in found.same_id.items():
        raise TableError(
            f"{source}, row {row}, column {theirs!r}: its id is that of row {earlier} too. Give each row its own, "
            "or leave review_id out of columns= to have rows numbered."
        )


def _wrong(value: object, is_text: bool) -> str | None:
    if isinstance(value, str):
        if "\0" in value:
            return "it holds a NUL character"
        if not is_whole(value):
            return "it holds half a character (a lone surrogate)"
        return "there is no text" if is_text and not value.strip("\ufeff").strip() else None
    if not is_text:
        return None
    return "there is no text" if pd.api.types.is_scalar(value) and pd.isna(value) else "it is no text"


def _blank(values: pd.Series) -> np.ndarray:
    return np.array([not str(value).strip() for value in values.astype("object").fillna("").tolist()], bool)


def _hashes(frame: pd.DataFrame) -> np.ndarray:
    cells = frame.astype("object").map(str).astype("object")
    return pd.util.hash_pandas_object(cells, index=False, categorize=False).to_numpy()


def _paired(rows: np.ndarray, others: np.ndarray) -> dict[int, int]:
    return dict(zip(rows.tolist(), others.tolist(), strict=True))
