"""Find rows that repeat an earlier one, and what else only all rows of a source together tell.

A source is surveyed before any of its rows becomes a review, so that a row is loaded alike whether the source is read
at once or in chunks. The survey compares hashes of 64 bits: of a million different rows two are taken for equal once
in 40 million tables. It is an SQLite database, in memory, or in a file where a source may be of any length.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from ..errors import ReadError, TableError
from ..text.dates import first_in_dates
from .names import is_name
from .report import Problem, kept, refused
from .rows import usable

_HASHED = ("whole", "text", "review_id", "name")  # the whole row, unless it says no more than a text and a score
_TABLES = (
    "CREATE TABLE hashes (number INTEGER PRIMARY KEY, whole INTEGER, text INTEGER, review_id INTEGER, name INTEGER)",
    "CREATE TABLE same_whole (number INTEGER PRIMARY KEY, first INTEGER)",
    "CREATE TABLE same_text (number INTEGER PRIMARY KEY, first INTEGER)",
    "CREATE TABLE facts (json TEXT)",
)
_REPEATS = """
    SELECT number, first FROM hashes
    JOIN (SELECT {0} AS hash, min(number) AS first FROM hashes GROUP BY {0} HAVING count(*) > 1) ON hash = {0}
    WHERE number > first ORDER BY number
"""  # the rows whose hash an earlier row has, each with the first such row
_CACHE = "PRAGMA cache_size = -65536"  # 64 MB


# Rows that repeat an earlier one in every cell, and others that repeat one in their text, each with that row.
Repeats = tuple[dict[int, int], dict[int, int]]


class Facts(NamedTuple):
    """What all rows of a source tell.

    `rows` counts them and `usable` those that can be loaded. `same_id` is the first row whose id an earlier row has,
    with that row, and `no_id` the first row without an id. `first` is what comes first in dates of three numbers, and
    `has_names` tells whether a saved table has a name for each review, fit for one and unlike any other.
    """

    rows: int
    usable: int
    same_id: list[int] | None
    no_id: int | None
    first: str | None
    has_names: bool

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
def survey(frames: Iterable[pd.DataFrame], file: Path | None = None) -> Iterator[Survey]:
    """Yield the survey of a source. The frames with its rows have our column names, and row numbers as index.

    With `file`, the survey is kept there; if it is there already, it is used and no frame is read.
    """
    try:
        with closing(sqlite3.connect(file or ":memory:", isolation_level=None)) as database:
            database.execute(_CACHE)
            if not database.execute("SELECT 1 FROM sqlite_master").fetchone():
                database.execute("BEGIN")  # one transaction: whoever is killed in it leaves nothing behind
                _write(database, frames)
                database.execute("COMMIT")
            (facts,) = database.execute("SELECT json FROM facts").fetchone()
            yield Survey(Facts(*json.loads(facts)), database)
    except sqlite3.Error as error:
        raise ReadError(
            f"{os.fspath(file or 'The temporary list of rows')!r} cannot be written or read: {error}. "
            "Make room on the disk, and call again."
        ) from error


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


def _write(database: sqlite3.Connection, frames: Iterable[pd.DataFrame]) -> None:
    """Write what all rows tell into a new database."""
    for table in _TABLES:
        database.execute(table)
    rows, no_id, no_name = 0, None, False
    firsts: set[str] = set()
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
    database.execute("INSERT INTO same_whole " + _REPEATS.format("whole"))
    database.execute("DELETE FROM hashes WHERE number IN (SELECT number FROM same_whole)")
    database.execute("INSERT INTO same_text " + _REPEATS.format("text"))
    (left,) = database.execute("SELECT count(*) FROM hashes").fetchone()
    same_id = database.execute(_REPEATS.format("review_id")).fetchone()
    has_names = not (no_name or database.execute(_REPEATS.format("name")).fetchone())
    database.execute("DROP TABLE hashes")
    facts = Facts(rows, left, same_id, no_id, firsts.pop() if len(firsts) == 1 else None, has_names)
    database.execute("INSERT INTO facts VALUES (?)", [json.dumps(facts)])


def _hashes(frame: pd.DataFrame, name: str) -> list[int] | list[None]:
    """Return a hash for each row: of its cell in a column or, for "whole", of all cells if not only text and score."""
    taken = [name] if name in frame else []
    if name == "whole":
        taken = list(frame.columns) if set(frame) - {"text", "score"} else []
    if not taken:
        return [None] * len(frame)
    return [hash(cells) for cells in zip(*(map(str, frame[column].tolist()) for column in taken), strict=True)]


def _first_blank(frame: pd.DataFrame, name: str) -> int | None:
    """Return the number of the first row whose cell is missing or blank."""
    cells = frame[name].astype("object").fillna("").tolist()
    return next((row for row, cell in zip(frame.index, cells, strict=True) if not str(cell).strip()), None)
