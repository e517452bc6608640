"""Which rows of a table are reviews: those with a text that repeat no other; and what only all rows together tell.

A table that is read in chunks is surveyed first, at some bytes a row, so that a row comes out of its chunk as it would
come out of the whole table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from .columns import WORKED_OUT
from .dates import first_in_dates
from .encodings import is_whole
from .errors import TableError
from .report import Problem, refused


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
    rows, first, no_id = 0, set(), None
    numbers, hashes = [np.empty(0, "int64")], {name: [np.empty(0, "uint64")] for name in ("row", "text", "review_id")}
    for frame in frames:
        rows += len(frame)
        frame = usable(frame, {})[0]
        numbers.append(frame.index.to_numpy("int64"))
        hashes["row"].append(_hashes(frame))
        for name in ("text", "review_id"):
            hashes[name].append(_hashes(frame[[name]]) if name in frame else _hashes(frame))
        if "published" in frame:
            first |= first_in_dates(frame["published"].tolist())
        if "review_id" in frame and no_id is None:
            no_id = next(iter(frame.index[_blank(frame["review_id"])]), None)
        says_more = set(frame) - {"text", "score", *WORKED_OUT}
    numbers, hashes = np.concatenate(numbers), {name: np.concatenate(parts) for name, parts in hashes.items()}
    repeats = _earlier(hashes["row"], numbers) if says_more else {}
    others = ~np.isin(numbers, list(repeats))
    same = {name: _earlier(hashes[name][others], numbers[others]) for name in ("text", "review_id")}
    return Survey(rows, repeats, same["text"], same["review_id"], no_id, first.pop() if len(first) == 1 else None)


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
        if not (value.isascii() or is_whole(value)):
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


def _earlier(hashes: np.ndarray, numbers: np.ndarray) -> dict[int, int]:
    """Give the rows whose hash an earlier row has, each with the first such row."""
    _, first, group = np.unique(hashes, return_index=True, return_inverse=True)
    earlier = first[group]
    again = earlier != np.arange(len(hashes))
    return dict(zip(numbers[again].tolist(), numbers[earlier[again]].tolist(), strict=True))
