"""Survey a source: which rows repeat an earlier one, and what else only all of its rows together tell.

It is done before any row becomes a review, so that a row is loaded alike whether the source is read at once or in
chunks. It compares hashes of 64 bits: of a million different rows two are taken for equal once in 40 million tables.
They are in an SQLite database, in memory, or on disk where a source may be of any length.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from ..base.files import free_room
from ..errors import ReadError
from ..tables.schema import is_missing
from ..text.dates import first_in_dates
from .names import is_name
from .rows import usable
from .scores import Evidence, Seen, count_forms, evidence

_HASHED = ("whole", "text", "review_id", "name")  # the whole row, if it says which review it is
_TELLS = re.compile("review_?id|critic|.*(url|link|user_?id|uuid)", re.IGNORECASE)  # columns that do
_TABLES = (
    "CREATE TABLE hashes (number INTEGER PRIMARY KEY, whole INTEGER, text INTEGER, review_id INTEGER, name INTEGER)",
    "CREATE TABLE same_whole (number INTEGER PRIMARY KEY, first INTEGER)",
    "CREATE TABLE same_text (number INTEGER PRIMARY KEY, first INTEGER)",
)
_REPEATS = """
    SELECT number, first FROM hashes
    JOIN (SELECT {0} AS hash, min(number) AS first FROM hashes GROUP BY {0} HAVING count(*) > 1) ON hash = {0}
    WHERE number > first ORDER BY number
"""  # the rows whose hash an earlier row has, each with the first such row
_SETTINGS = (
    "PRAGMA cache_size = -65536",  # 64 MB
    "PRAGMA journal_mode = OFF",  # nothing is ever rolled back
    "PRAGMA mmap_size = 0",  # a full disk is an error, and does not end the process
)
_ROOM = 100  # MB on disk for a million rows

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
    """A survey of a source."""

    facts: Facts
    database: sqlite3.Connection

    def repeats(self, numbers: pd.Index) -> Repeats:
        """Return the repeats among rows that follow each other in the source."""
        ends = (int(numbers[0]), int(numbers[-1])) if len(numbers) else (0, 0)
        rows, texts = (
            dict(self.database.execute(f"SELECT * FROM {table} WHERE number BETWEEN ? AND ?", ends))  # noqa: S608
            for table in ("same_whole", "same_text")
        )
        return rows, texts


@contextmanager
def survey(frames: Iterable[pd.DataFrame], folder: Path | None = None) -> Iterator[Survey]:
    """Yield the survey of a source. The frames with its rows have our column names, and row numbers as index.

    It is in memory, or with `folder` in files there. They have no name, so however the process ends, none is left.
    """
    try:
        with closing(sqlite3.connect("" if folder else ":memory:")) as database, _temporary_files_in(folder, database):
            for setting in _SETTINGS:
                database.execute(setting)
            yield Survey(_write(database, frames), database)
    except sqlite3.Error as error:
        room = f"; a million rows need about {_ROOM} MB there, and {free_room(folder)}" if folder else ""
        raise ReadError(
            f"The facts that Starlight gathers from all rows cannot be kept in {os.fspath(folder or 'memory')!r}: "
            f"{error}{room}. Make room there. Then make the same call again."
        ) from error


@contextmanager
def _temporary_files_in(folder: Path | None, database: sqlite3.Connection) -> Iterator[None]:
    """Have SQLite put its temporary files, also those for sorting, in a folder; None keeps all in memory."""
    if folder is None:
        database.execute("PRAGMA temp_store = MEMORY")
        yield
        return
    place = os.fspath(folder.absolute()).replace("'", "''")
    try:
        database.execute(f"PRAGMA temp_store_directory = '{place}'")
        yield
    finally:
        database.execute("PRAGMA temp_store_directory = ''")  # it holds for the whole process


def _write(database: sqlite3.Connection, frames: Iterable[pd.DataFrame]) -> Facts:
    """Write the repeats among all rows into a new database, and return what else they tell."""
    for table in _TABLES:
        database.execute(table)
    rows, no_id, no_name = 0, None, False
    firsts: set[str] = set()
    scores: Seen = {}
    for frame in frames:
        rows += len(frame)
        frame, _ = usable(frame, {})
        hashes = (_hashes(frame, name) for name in _HASHED)
        database.executemany(
            "INSERT INTO hashes VALUES (?, ?, ?, ?, ?)", zip(frame.index.tolist(), *hashes, strict=True)
        )
        if no_id is None and "review_id" in frame:
            ids = frame["review_id"].astype("object").fillna("").tolist()
            no_id = next((row for row, cell in zip(frame.index, ids, strict=True) if not str(cell).strip()), None)
        no_name = no_name or "name" not in frame or not all(map(is_name, frame["name"].astype("object").fillna("")))
        firsts |= first_in_dates(frame["published"].tolist()) if "published" in frame else set()
        if "score" in frame:
            count_forms(frame["score"], scores)
    database.execute("INSERT INTO same_whole " + _REPEATS.format("whole"))
    database.execute("DELETE FROM hashes WHERE number IN (SELECT number FROM same_whole)")
    database.execute("INSERT INTO same_text " + _REPEATS.format("text"))
    (left,) = database.execute("SELECT count(*) FROM hashes").fetchone()
    same_id = database.execute(_REPEATS.format("review_id")).fetchone()
    has_names = not (no_name or database.execute(_REPEATS.format("name")).fetchone())
    database.execute("DROP TABLE hashes")
    first = firsts.pop() if len(firsts) == 1 else None
    return Facts(rows, left, same_id, no_id, first, has_names, evidence(scores))


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
