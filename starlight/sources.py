"""Read tables of any usual format, in chunks: cells as they stand, each row with its number; nothing is interpreted."""

from __future__ import annotations

import csv
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pandas as pd

from .cells import read_csv, read_sheet
from .errors import ReadError
from .records import read_json, read_parquet
from .report import Chunk, noted


def read_chunks(path: Path, rows: int) -> Iterator[Chunk]:
    """Read a table.

    Parameters
    ----------
    path : pathlib.Path
        A .csv, .tsv, .jsonl or .json file, which may be packed (.gz), or a .parquet, .xlsx, .xls or .ods file.
    rows : int
        How many rows to read at once; the cells of all but JSON arrays and spreadsheets are read as they are needed.

    Yields
    ------
    Chunk
        One at least, so that a table's columns are known though it has no rows.

    Raises
    ------
    ReadError
        If the file is missing, of no format that is known, or cannot be read.
    """
    read = _READERS.get(kind := _kind(path))
    if not path.exists():
        raise ReadError(f"There is no file or folder {os.fspath(path)!r}. Correct the path.")
    if read is None:
        raise ReadError(
            f"{os.fspath(path)!r} is no table that can be read. Give a {', '.join(_READERS)} file (.gz too), a folder "
            "of texts or a DataFrame."
        )
    if not path.is_file():
        raise ReadError(f"{os.fspath(path)!r} is neither a file nor a folder. Give one that is.")
    before = path.stat()
    with _readable(path):
        yield from read(path, kind, rows)
    if (after := path.stat()) and (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        changed = noted(None, None, "the file was changed while it was read: load it again when it is whole")
        yield Chunk(pd.DataFrame(), [changed])


def read_names(path: Path, rows: int) -> list[object]:
    """Give the names of a table's columns, which a file of JSON has to be read for to its end."""
    chunks = read_chunks(path, rows)
    if _kind(path) in (".json", ".jsonl"):
        return list(dict.fromkeys(name for chunk in chunks for name in chunk.frame))
    with closing(chunks):
        return list(next(chunks).frame)


def _kind(path: Path) -> str:
    """Give the ending that tells a file's format, without that of its packing."""
    name = path.name.lower()
    return Path(name.removesuffix(".gz")).suffix


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Turn whatever goes wrong while a file is read into an error that names it."""
    try:
        yield
    except ReadError:
        raise
    except (
        OSError,
        EOFError,
        ValueError,
        LookupError,
        RecursionError,
        NotImplementedError,
        csv.Error,
        zlib.error,
    ) as error:
        why = " ".join(str(error).split()).rstrip(".") or type(error).__name__
        raise ReadError(f"{path.name} cannot be read: {why[:300]}. Save it again, or as a .csv file.") from error


_READERS: dict[str, Callable[[Path, str, int], Iterator[Chunk]]] = {
    ".csv": read_csv,
    ".tsv": read_csv,
    ".jsonl": read_json,
    ".json": read_json,
    ".parquet": read_parquet,
    ".xlsx": read_sheet,
    ".xls": read_sheet,
    ".ods": read_sheet,
}
