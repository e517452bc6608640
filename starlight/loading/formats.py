"""Read tables of any usual format, in chunks: cells as they stand, each row with its number; nothing is interpreted."""

from __future__ import annotations

import csv
import io
import json
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pandas as pd

from ..base.safe_text import is_whole
from ..errors import ReadError
from .columns import MOST_COLUMNS
from .csv_and_sheets import read_csv, read_sheet
from .encodings import BEGINNING, NAMES, find_encoding, open_text
from .report import noted, refused
from .rows import Chunk, in_parts


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


def read_json(path: Path, kind: str, rows: int) -> Iterator[Chunk]:
    """Read objects, a line each or (in a .json file) in an array; a line or element that is none is refused."""
    codec = find_encoding(path)
    notes = [noted(None, NAMES[codec], "the encoding found")]
    with closing(open_text(path, codec)) as file:
        is_array = kind == ".json" and _first_sign(file) == "["
        records = iter(json.load(file)) if is_array else map(_record, (line for line in file if line.strip()))
        for part in in_parts(enumerate(records, 1), rows):
            problems, notes, numbers, kept_records = notes, [], [], []
            for number, record in part:
                if reason := _unreadable(record):
                    problems.append(refused(number, None, record, reason))
                else:
                    numbers.append(number)
                    kept_records.append(record)
            names = dict.fromkeys(name for record in kept_records for name in record)
            if len(names) > MOST_COLUMNS:
                raise ValueError(f"it has {len(names):,} names, and a table of reviews has at most {MOST_COLUMNS:,}")
            yield Chunk(pd.DataFrame(kept_records, columns=list(names), index=numbers, dtype="object"), problems)


def _first_sign(file: io.TextIOWrapper) -> str:
    sign = next((sign for part in iter(lambda: file.read(BEGINNING), "") for sign in part.strip()[:1]), "")
    file.seek(0)
    return sign


def _record(line: str) -> object:
    """Read a line of JSON; one that cannot be read stays the text that it is."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return line


def _unreadable(record: object) -> str | None:
    """Say why a record is no row, if it is none."""
    if not isinstance(record, dict):
        return 'it is no JSON object, such as {"text": "It glows."}'
    if not all(map(is_whole, record)):
        return "a name holds half a character (a lone surrogate)"
    return None


def read_parquet(path: Path, kind: str, rows: int) -> Iterator[Chunk]:
    """Read a Parquet file, values as they are stored."""
    from pyarrow.parquet import ParquetFile  # loaded here: `import starlight` stays fast

    with ParquetFile(path) as file:
        begins = 1
        for batch in file.iter_batches(rows):
            batch.validate(full=True)  # text of a damaged file may be no text
            frame = batch.to_pandas(ignore_metadata=True).astype("object")  # an index too is a column
            yield Chunk(frame.set_axis(range(begins, begins + len(frame))), [])
            begins += len(frame)
        if begins == 1:
            yield Chunk(file.schema_arrow.empty_table().to_pandas(ignore_metadata=True).astype("object"), [])


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
