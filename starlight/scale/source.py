"""A source of reviews that is read a chunk at a time, a table or a folder of texts, and what it is known by."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from ..errors import ReadError
from ..folders import COLUMNS, holds_texts, read_folder_chunks
from ..report import Problem
from ..sources import read_chunks, read_names


class Rows(NamedTuple):
    """Rows as they stand, by number, what reading them noticed, and in a folder their files' names."""

    frame: pd.DataFrame
    problems: list[Problem]
    files: dict[int, str]


class Source(NamedTuple):
    """A source: where it is, and the names of all its columns."""

    path: Path
    columns: list[object]
    is_folder: bool

    @property
    def name(self) -> str:
        """What messages and tables call it."""
        return self.path.name

    def chunks(self, rows: int) -> Iterator[Rows]:
        """Read it, so many rows at once, each time with all of its columns."""
        read = read_folder_chunks if self.is_folder else read_chunks
        for frame, problems, *files in read(self.path, rows):
            if list(frame.columns) != self.columns:
                frame = frame.reindex(columns=self.columns)
            yield Rows(frame, problems, *(files or [{}]))

    def content(self) -> str:
        """Give the SHA-256 of the file, or of the folder's files and their names."""
        return _content(self.path)


def open_source(path: str | os.PathLike[str], rows: int) -> Source:
    """Open a source.

    Parameters
    ----------
    path : path
        A table, a folder of texts, or a text.
    rows : int
        How many rows to read at once.

    Returns
    -------
    Source

    Raises
    ------
    ReadError
        If there is none, or it cannot be read.
    """
    if not isinstance(path, str | os.PathLike) or not os.fspath(path):
        raise ReadError(
            f"source must be the path of a table or of a folder of texts, not {str(path)[:60]!r}. "
            "Write a DataFrame down first: frame.to_parquet('mine.parquet')."
        )
    path = Path(path)
    try:
        is_folder = holds_texts(path)
    except (OSError, ValueError) as error:
        raise ReadError(f"{str(path)[:60]!r} is no path: {error}. Correct it.") from error
    return Source(path, list(COLUMNS) if is_folder else read_names(path, rows), is_folder)


def _content(path: Path) -> str:
    try:
        if path.is_dir():
            files = [f"{one.name} {_content(one)}" for one in sorted(path.iterdir()) if one.is_file()]
            return hashlib.sha256("\n".join(files).encode("utf-8", "backslashreplace")).hexdigest()
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ReadError(f"{path.name} cannot be read: {error}. Correct the path.") from error
