"""What all rows of a source together tell, kept on disk, so that it may be of any length and is found out once.

It is what `rows.survey` tells: which rows repeat an earlier one, and so on. Hashes are sorted into as many files as it
takes for each to fit in memory, the same hash always into the same file.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from ..base.files import write_durably
from ..loading.duplicates import HASHED, Facts, Survey, earlier, facts, first_of_all

_FILES = 64  # of hashes: a thousand million rows make files of 256 MB
_WINDOW = 1 << 24  # rows of a file of numbers: 128 MB
_PAIR = np.dtype([("row", "int64"), ("hash", "uint64")])
_TOLD = "told.json"


class Known(NamedTuple):
    """A survey of which `repeats` and `same_text` are on disk; `usable` is how many rows are not refused."""

    told: Survey
    usable: int
    folder: Path

    def of(self, rows: pd.DataFrame) -> Survey:
        """Give the survey as far as some rows need it, which follow each other in the source."""
        repeats, same_text = (_read(self.folder / name, rows.index) for name in HASHED[:2])
        return self.told._replace(repeats=repeats, same_text=same_text)


def known(folder: Path, frames: Iterable[pd.DataFrame]) -> Known:
    """Survey a source, or read what a survey of it told before.

    Parameters
    ----------
    folder : pathlib.Path
        Where what it tells is kept.
    frames : iterable of DataFrame
        The source, as `rows.survey` takes it.

    Returns
    -------
    Known
    """
    if not (folder / _TOLD).exists():
        shutil.rmtree(folder, ignore_errors=True)  # what a killed one left
        folder.mkdir()
        told = _survey(folder, frames)
        write_durably(folder / _TOLD, json.dumps(told).encode())
    told = json.loads((folder / _TOLD).read_text("utf-8"))
    usable, same_id = told.pop("usable"), dict(told.pop("same_id"))
    return Known(Survey(repeats={}, same_text={}, same_id=same_id, **told), usable, folder)


def _survey(folder: Path, frames: Iterable[pd.DataFrame]) -> dict[str, object]:
    rows, last, no_id, firsts, says_more = 0, 0, None, [], False
    for frame in frames:
        told = facts(frame)
        rows, no_id = rows + told.rows, told.no_id if no_id is None else no_id
        last = max([last, *told.numbers[-1:].tolist()])
        firsts, says_more = [set().union(*firsts, told.first)], told.says_more
        _spill(folder, told)
    usable = sum(path.stat().st_size for path in folder.glob("text-*")) // _PAIR.itemsize
    for name in HASHED[:2]:
        with (folder / name).open("wb") as file:
            file.truncate((last + 1) * 8)
    repeats = sum(len(again) for again, _ in _earlier(folder, "row")) if says_more else 0
    for _ in _earlier(folder, "text"):
        pass
    same_id = [(int(again[0]), int(first[0])) for again, first in _earlier(folder, "review_id") if len(again)]
    return {
        "rows": rows,
        "usable": usable - repeats,
        "same_id": sorted(same_id)[:1],  # one is enough to tell that they are no ids
        "no_id": no_id,
        "first": first_of_all(firsts),
    }


def _spill(folder: Path, told: Facts) -> None:
    """Add the hashes of some rows to the files that they belong in."""
    for name in HASHED:
        pairs = np.empty(len(told.numbers), _PAIR)
        pairs["row"], pairs["hash"] = told.numbers, told.hashes[name]
        belongs = pairs["hash"] % _FILES
        for number in np.unique(belongs):
            with (folder / f"{name}-{number}").open("ab") as file:
                file.write(pairs[belongs == number].tobytes())


def _earlier(folder: Path, name: str) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Find rows whose hash an earlier one has, with that one, file by file; those that repeat a whole row apart."""
    for path in folder.glob(f"{name}-*"):
        pairs = np.fromfile(path, _PAIR)
        path.unlink()
        if name != "row":
            pairs = pairs[_at(folder / "row", pairs["row"]) == 0]
        again, first = earlier(pairs["row"], pairs["hash"])
        if name in HASHED[:2]:
            _at(folder / name, again, first)
        yield again, first


def _at(path: Path, rows: np.ndarray, values: np.ndarray | None = None) -> np.ndarray:
    """Read, or write if they are given, a file's numbers of some rows in order, a window of it at a time."""
    found, size = np.zeros(len(rows), "int64"), path.stat().st_size // 8
    for begin in range(0, size, _WINDOW):
        here = slice(*np.searchsorted(rows, [begin, begin + _WINDOW]))
        if here.start < here.stop:
            window = np.memmap(path, "int64", "r+", begin * 8, min(_WINDOW, size - begin))
            if values is not None:
                window[rows[here] - begin] = values[here]
                window.flush()
            found[here] = window[rows[here] - begin]
    return found


def _read(path: Path, rows: pd.Index) -> dict[int, int]:
    """Read for some rows which earlier one they are like, if any."""
    if rows.empty:
        return {}
    begin = int(rows[0])
    found = np.fromfile(path, "int64", int(rows[-1]) - begin + 1, offset=begin * 8)
    return {int(row) + begin: int(found[row]) for row in np.flatnonzero(found)}
