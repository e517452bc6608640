"""A source of reviews that is read a chunk at a time, a table or a folder of texts, and what it is known by."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from ..base.resources import resource
from ..errors import ReadError
from .folders import COLUMNS, holds_texts, read_folder, read_folder_chunks
from .formats import read_chunks, read_names
from .report import Problem
from .rows import Rows

_ROWS = 20_000  # of a table, read at once


class _Source(NamedTuple):
    """Cells as they stand, by row number; what was noticed; what messages call it; a folder's files by number."""

    frame: pd.DataFrame
    problems: list[Problem]
    name: str
    files: dict[int, str]


def _read(source: object, columns: Mapping[str, str] | None) -> _Source:
    """Read what is given: the five, a DataFrame, or what stands at a path."""
    if source is None:
        folder = read_folder(resource("seeds"))
        _check_seeds(folder.names.values())
        return _Source(folder.frame, folder.problems, "seeds", folder.names)
    if isinstance(source, pd.DataFrame):
        return _Source(source.set_axis(range(1, len(source) + 1)), [], "the DataFrame", {})
    if not isinstance(source, str | os.PathLike) or not os.fspath(source):
        raise ReadError(
            f"source must be a path or a DataFrame, not {str(source)[:60]!r}. DataFrame({{'text': [...]}}) makes one."
        )
    path = Path(source)
    try:
        is_text = holds_texts(path)
    except (OSError, ValueError) as error:
        raise ReadError(
            f"{str(source)[:60]!r} is no path: {error}. For a text, give DataFrame({{'text': [...]}})."
        ) from error
    if not is_text:
        chunks = list(read_chunks(path, _ROWS))
        frames = [chunk.frame for chunk in chunks if len(chunk.frame)] or [chunks[0].frame]
        return _Source(pd.concat(frames), [one for chunk in chunks for one in chunk.problems], path.name, {})
    if columns:
        raise ReadError(f"columns= is for tables, and {os.fspath(source)!r} is a folder of texts. Leave it out.")
    folder = read_folder(path)
    return _Source(folder.frame, folder.problems, path.name, folder.names)


def _check_seeds(names: Iterable[str]) -> None:
    """Refuse a changed, missing or added seed."""
    listed = resource("data", "seeds.sha256").read_text(encoding="utf-8").splitlines()
    hashes = {name.removeprefix("seeds/"): digest for digest, name in (line.split() for line in listed)}
    remedy = "Restore seeds/ (git checkout seeds), and load reviews of your own with load_reviews(path)."
    if missing := sorted(hashes.keys() - names):
        raise ReadError(f"seeds/{missing[0]} is missing. {remedy}")
    for name in names:
        if name not in hashes:
            raise ReadError(f"seeds/{name} is not one of the five reviews. {remedy}")
        if hashlib.sha256(resource("seeds", name).read_bytes()).hexdigest() != hashes[name]:
            raise ReadError(f"seeds/{name} has been changed: its SHA-256 is not the one in data/seeds.sha256. {remedy}")


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
