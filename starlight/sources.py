"""Read tables of any usual format, in chunks: cells as they stand, each row with its number; nothing is interpreted."""

from __future__ import annotations

import csv
import io
import itertools
import json
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from .encodings import NAMES, find_encoding, open_bytes
from .errors import ReadError
from .report import Problem, kept, noted, refused

_MOST_COLUMNS = 1_000  # of a table; a million commas are no table
_SEPARATORS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar"}
_BEGINNING = 65_536  # characters in which a header ends
_END = "\0 end of file \0"  # see `_lines`


class Chunk(NamedTuple):
    """Rows of a table: cells as they stand, with the data row from 1 as index, and what was noticed while reading."""

    frame: pd.DataFrame
    problems: list[Problem]


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


def is_table(path: Path) -> bool:
    """Tell whether a file's name is that of a table."""
    return _kind(path) in _READERS


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


# Rows of cells: csv and spreadsheets


def _read_csv(path: Path, kind: str, rows: int) -> Iterator[Chunk]:
    codec, notes = find_encoding(path), []
    with closing(_open_text(path, codec)) as file:
        usual = "\t" if kind == ".tsv" else ","
        beginning = file.read(_BEGINNING)
        separator = _separator(beginning, usual)
        file.seek(0)
        notes.append(noted(None, NAMES[codec], "the encoding found"))
        if separator != usual:
            notes.append(noted(None, _SEPARATORS[separator], "what was found to stand between cells"))
        lines = _lines(file, separator, path.name)
        header = next(lines, None)
        if header is None:
            raise ReadError(f"{path.name} is empty. Give a table with a header and at least one row.")
        cells = ([separator.join(line)] for line in lines) if len(header) == 1 else lines
        for chunk in _chunks(header, cells, rows, notes):
            yield chunk._replace(frame=chunk.frame.astype("str"))


def _open_text(path: Path, codec: str) -> io.TextIOWrapper:
    """Open a text with its line ends as they are; UTF-8 may be torn at its end, where it is still being written."""
    return io.TextIOWrapper(open_bytes(path), codec, "replace" if codec.startswith("utf-8") else "strict", newline="")


def _separator(beginning: str, usual: str) -> str:
    """Find what stands between the names in the first line: the usual sign if it does, else the most common."""
    line = next((line for line in beginning.splitlines() if line.strip()), "")
    if usual in line:
        return usual
    counts = {sign: line.count(sign) for sign in _SEPARATORS}
    best = max(counts, key=lambda sign: counts[sign])
    return best if counts[best] else usual


def _lines(file: Iterable[str], separator: str, name: str) -> Iterator[list[str]]:
    """Yield the cells of each line that has any; a quote that is never closed would take in the rest of the file."""
    before = csv.field_size_limit(sys.maxsize)
    try:
        reader = csv.reader(itertools.chain(file, ["\n", _END]), delimiter=separator)
        begins = 1
        for cells in reader:
            if cells == [_END]:
                return
            if cells and cells[-1].endswith(_END):
                raise ReadError(
                    f"{name} cannot be read: a quote opened in the row of line {begins} is never closed. Close it."
                )
            begins = reader.line_num + 1
            if cells:
                yield cells
    finally:
        csv.field_size_limit(before)


def _read_sheet(path: Path, kind: str, rows: int) -> Iterator[Chunk]:
    from python_calamine import CalamineError, CalamineWorkbook  # loaded here: `import starlight` stays fast

    try:
        book = CalamineWorkbook.from_path(path)
        lines = ([None if cell == "" else cell for cell in line] for line in book.get_sheet_by_index(0).to_python())
    except CalamineError as error:
        raise ReadError(f"{path.name} cannot be read: {error}. Save it again, or as a .csv file.") from error
    names = book.sheet_names
    notes = [noted(None, name, f"a sheet that is not read: only the first, {names[0]!r}, is") for name in names[1:]]
    lines = (line for line in lines if any(cell is not None for cell in line))
    if (header := next(lines, None)) is None:
        raise ReadError(f"{path.name} is empty. Give a table with a header and at least one row.")
    yield from _chunks([str(name or "") for name in header], lines, rows, notes)


def _chunks(header: list[str], lines: Iterable[list], rows: int, notes: list[Problem]) -> Iterator[Chunk]:
    """Put rows below their header, and number them; a row with more cells than names has lost its order."""
    if len(header) > _MOST_COLUMNS:
        raise ValueError(f"it has {len(header):,} columns, and a table of reviews has at most {_MOST_COLUMNS:,}")
    names = [name or f"column {number}" for number, name in enumerate(header, 1)]
    numbered = enumerate(lines, 1)
    for first in itertools.count():
        problems, numbers, cells = notes if first == 0 else [], [], []
        for number, line in itertools.islice(numbered, rows):
            if any(line[len(names) :]):
                beyond = f"the row has {len(line)} cells and the header {len(names)}: quote what holds a separator"
                problems.append(refused(number, None, line[len(names)], beyond))
                continue
            if len(line) < len(names):
                missing = f"the row has {len(line)} cells and the header {len(names)}: the last are missing"
                problems.append(kept(number, None, None, missing))
            numbers.append(number)
            cells.append(
                [cell if cell != "" else None for cell in line[: len(names)]] + [None] * (len(names) - len(line))
            )
        if first and not (cells or problems):
            return
        yield Chunk(pd.DataFrame(cells, columns=names, index=numbers, dtype="object"), problems)


# Records: JSON and Parquet


def _read_json(path: Path, kind: str, rows: int) -> Iterator[Chunk]:
    codec = find_encoding(path)
    notes = [noted(None, NAMES[codec], "the encoding found")]
    with closing(_open_text(path, codec)) as file:
        is_array = kind == ".json" and _first_sign(file) == "["
        records = iter(json.load(file)) if is_array else map(_record, (line for line in file if line.strip()))
        numbered = enumerate(records, 1)
        for first in itertools.count():
            problems, numbers, kept_records = notes if first == 0 else [], [], []
            for number, record in itertools.islice(numbered, rows):
                if reason := _unreadable(record):
                    problems.append(refused(number, None, record, reason))
                else:
                    numbers.append(number)
                    kept_records.append(record)
            if first and not (kept_records or problems):
                return
            names = dict.fromkeys(name for record in kept_records for name in record)
            if len(names) > _MOST_COLUMNS:
                raise ValueError(f"it has {len(names):,} names, and a table of reviews has at most {_MOST_COLUMNS:,}")
            yield Chunk(pd.DataFrame(kept_records, columns=list(names), index=numbers, dtype="object"), problems)


def _first_sign(file: io.TextIOWrapper) -> str:
    sign = next((sign for part in iter(lambda: file.read(_BEGINNING), "") for sign in part.strip()[:1]), "")
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
    if not all(name.isascii() or is_whole(name) for name in record):
        return "a name holds half a character (a lone surrogate)"
    return None


def is_whole(text: str) -> bool:
    """Tell whether a text holds no lone surrogate, which is half a character and cannot be written down."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _read_parquet(path: Path, kind: str, rows: int) -> Iterator[Chunk]:
    from pyarrow.parquet import ParquetFile  # loaded here: `import starlight` stays fast

    with ParquetFile(path) as file:
        begins = 1
        for batch in file.iter_batches(rows):
            frame = batch.to_pandas().astype("object")
            yield Chunk(frame.set_axis(range(begins, begins + len(frame))), [])
            begins += len(frame)
        if begins == 1:
            yield Chunk(file.schema_arrow.empty_table().to_pandas().astype("object"), [])


_READERS: dict[str, Callable[[Path, str, int], Iterator[Chunk]]] = {
    ".csv": _read_csv,
    ".tsv": _read_csv,
    ".jsonl": _read_json,
    ".json": _read_json,
    ".parquet": _read_parquet,
    ".xlsx": _read_sheet,
    ".xls": _read_sheet,
    ".ods": _read_sheet,
}
