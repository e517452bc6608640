"""Find rows that repeat an earlier one, and what else only all rows of a source together tell.

A source is surveyed before any of its rows becomes a review, so that a row is loaded alike whether the source is read
at once or in chunks. The survey compares hashes of 64 bits: of a million different rows two are taken for equal once
in 40 million tables. It is an SQLite database, in memory, or on disk where a source may be of any length.
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
from ..errors import ReadError, TableError
from ..tables.schema import is_missing
from ..text.dates import first_in_dates
from .names import is_name
from .report import Problem, kept, refused
from .rows import usable
from .score_evidence import Evidence, Seen, count_forms, evidence

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
        if numbers.empty:
            return {}, {}
        ends = (int(numbers[0]), int(numbers[-1]))
        rows = self.database.execute("SELECT * FROM same_whole WHERE number BETWEEN ? AND ?", ends)
        texts = self.database.execute("SELECT * FROM same_text WHERE number BETWEEN ? AND ?", ends)
        return dict(rows), dict(texts)


@contextmanager
def survey(frames: Iterable[pd.DataFrame], folder: Path | None = None) -> Iterator[Survey]:
    """Yield the survey of a source. The frames with its rows have our column names, and row numbers as index.

    It is in memory, or with `folder` in files there. They have no name, so however the process ends, none is left.
    """
    try:
        with closing(sqlite3.connect("" if folder else ":memory:")) as database:
            for setting in _SETTINGS:
                database.execute(setting)
            with _temporary_files_in(folder, database):
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


def without_repeats(rows: pd.DataFrame, repeats: Repeats, text: str | None) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the rows that repeat no other; the problems name those that do, and texts that are there twice."""
    again, texts = repeats
    problems = [refused(row, None, None, f"every cell repeats row {again[row]}") for row in rows.index if row in again]
    for row, value in rows["text"].items():
        if row in texts:
            problems.append(kept(row, text, value, f"its text repeats that of row {texts[row]}"))
    return rows.drop(index=list(again), errors="ignore"), problems


def check_ids(facts: Facts, theirs: object, source: str) -> None:
    """Refuse a column that the user named for ids, but that does not tell all rows apart."""
    if facts.no_id is not None:
        raise TableError(f"{source}, row {facts.no_id}, column {theirs!r}: there is no id. Give each row one.")
    if facts.same_id:
        row, earlier = facts.same_id
        raise TableError(
            f"{source}, row {row}, column {theirs!r}: its id is that of row {earlier} too. Give each row its own, "
            "or leave review_id out of columns= to have rows numbered."
        )


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
            no_id = _first_blank(frame, "review_id")
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
    cells = zip(*(map(str, frame[column].tolist()) for column in frame), strict=True)
    if not telling:
        return [None] * len(frame)
    tells = (any(not is_missing(one) and str(one).strip() for one in row) for row in zip(*telling, strict=True))
    return [hash(row) if is_one else None for row, is_one in zip(cells, tells, strict=True)]


def _first_blank(frame: pd.DataFrame, name: str) -> int | None:
    """Return the number of the first row whose cell is missing or blank."""
    cells = frame[name].astype("object").fillna("").tolist()
    return next((row for row, cell in zip(frame.index, cells, strict=True) if not str(cell).strip()), None)
