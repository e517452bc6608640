"""Read tables of any usual format in chunks; cells stay as they stand, and each row has its number."""

from __future__ import annotations

import csv
import lzma
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from difflib import get_close_matches
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pandas as pd

from ..errors import ReadError
from .csv_and_sheets import read_csv, read_sheet
from .json_files import read_json
from .limits import AT_ONCE, Limit, bytes_of_text, in_parts
from .report import noted
from .rows import Rows, frame_of

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow import parquet as pq

# What readers raise at damaged files.
_DAMAGED = (
    *(OSError, EOFError, ValueError, LookupError, RecursionError, RuntimeError, AssertionError, struct.error),
    *(csv.Error, zlib.error, lzma.LZMAError, zipfile.BadZipFile),
)

_REVIEWS = "reviews.csv"  # of several tables in a packed folder, the one with reviews
_SHARE, _MOST_DELTA = 8, 256  # of the limit, for rows of texts that may each be as long as all that is stored; at most
_LOOKED_AT = 10_000  # names in a folder, for those like a wrong one


def read_table(path: Path, rows: int, limit: Limit, encoding: str | None) -> Generator[Rows]:
    """Yield the rows of a table, so many at a time; one chunk at least, since a table without rows has columns too."""
    kind = _kind(path.name)
    read = _READERS.get(kind)
    if not path.exists():
        raise ReadError(f"There is no file or folder {os.fspath(path)!r}{_near(path)}. Correct the path.")
    if read is None:
        raise ReadError(
            f"{os.fspath(path)!r} is not a table that Starlight can read. Give a {', '.join(_READERS)} file (.gz too), "
            "a folder of texts or a DataFrame."
        )
    if not path.is_file():
        raise ReadError(f"{os.fspath(path)!r} is neither a file nor a folder. Give one that is.")
    before, columns = path.stat(), pd.DataFrame()
    try:
        for chunk in read(path, kind, rows, limit, encoding):
            columns = chunk.frame.head(0)
            yield chunk
    except ReadError:
        raise
    except _DAMAGED as error:
        why = " ".join(str(error).split()).rstrip(".") or type(error).__name__
        raise ReadError(f"{path.name} cannot be read: {why[:300]}. Save it again, or as a .csv file.") from error
    if (after := path.stat()) and (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        changed = noted(None, None, "the file was changed while it was read: load it again when it is complete")
        yield Rows(columns, [changed], {})


def _near(path: Path) -> str:
    """Return where a path that leads to nothing was looked for, and what there has a name like it."""
    folder = path.absolute().parent
    if not folder.is_dir():
        there = next(parent for parent in folder.parents if parent.is_dir())
        return f": there is no folder {os.fspath(folder)!r}, only {os.fspath(there)!r}"
    with suppress(OSError):
        names = [one.name for one in islice(folder.iterdir(), _LOOKED_AT) if not one.name.startswith(".")]
        by_case = {name.casefold(): name for name in names}
        near = [by_case[name] for name in get_close_matches(path.name.casefold(), by_case)]
        near += [name for name in names if Path(name).stem == path.stem and name not in near][:1]
        like = f"; like it are {', '.join(map(repr, near))}" if near else ""
        return f" in {os.fspath(folder)!r}{like}"
    return ""


def read_parquet(path: Path, kind: str, rows: int, limit: Limit, encoding: str | None) -> Iterator[Rows]:
    """Yield the rows of a Parquet file, values as they are stored."""
    from pyarrow.parquet import ParquetFile  # loaded here: `import starlight` stays fast

    with ParquetFile(path) as file:
        texts, at_once = _looked_at(file.metadata, limit)
    with ParquetFile(path, read_dictionary=texts) as file:  # equal texts are in memory once
        names, is_empty = list(file.schema_arrow.names), True
        for part in in_parts(enumerate(_cells(file, min(rows, at_once), limit), 1), rows, limit):
            is_empty = False
            yield Rows(frame_of(part, names), [], {})
        if is_empty:
            yield Rows(frame_of({}, names), [], {})


def _cells(file: pq.ParquetFile, at_once: int, limit: Limit) -> Iterator[tuple[object, ...]]:
    """Yield the cells of each row, of which so many are unpacked at once."""
    for batch in file.iter_batches(at_once):
        batch.validate(full=True)  # raises if the text of a damaged file is not text
        limit.check(sum(map(_texts_within, batch.columns)), "the texts in its lists")
        frame = batch.to_pandas(ignore_metadata=True, integer_object_nulls=True)  # an index is a column too
        yield from frame.astype("object").itertuples(index=False, name=None)


def _texts_within(array: pa.Array, *, is_within: bool = False) -> int:
    """Return the bytes of the texts in the lists and records of a column, each of which becomes a text of its own."""
    from pyarrow import compute, types

    if types.is_dictionary(array.type):
        lengths = compute.binary_length(array.dictionary).take(array.indices) if is_within else None
        return int((lengths and compute.sum(lengths).as_py()) or 0)
    if types.is_struct(array.type):
        return sum(_texts_within(one, is_within=True) for one in array.flatten())
    return _texts_within(array.flatten(), is_within=True) if types.is_nested(array.type) else 0


def _looked_at(metadata: pq.FileMetaData, limit: Limit) -> tuple[list[str], int]:
    """Return a Parquet file's columns of texts, and how many rows to read at once; refuse one that is too large."""
    groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
    columns = [[group.column(number) for number in range(metadata.num_columns)] for group in groups]
    texts = [one.path_in_schema for one in (columns[0] if columns else []) if one.physical_type == "BYTE_ARRAY"]
    delta = {one.path_in_schema for one in chain(*columns) if one.physical_type == "BYTE_ARRAY" and _is_delta(one)}
    for column in map(metadata.schema.column, range(metadata.num_columns)):
        if column.path in delta and column.max_repetition_level:
            raise ReadError(
                f"{limit.name} cannot be read: in its column {column.path.partition('.')[0]!r} texts in lists are in "
                "the encoding DELTA_BYTE_ARRAY or like it, and may be of any size. Save it without that column, or in "
                "the encoding PLAIN."
            )
    longest = max(
        sum(one.total_uncompressed_size for one in group if one.path_in_schema in delta) for group in [[], *columns]
    )
    widths = [max(8, metadata.schema.column(number).length or 0) for number in range(metadata.num_columns)]
    sizes = [[width * one.num_values for width, one in zip(widths, group, strict=True)] for group in columns]
    limit.check(max(chain(*sizes), default=0), "the cells of a column")
    limit.check(max((group.total_byte_size for group in groups), default=0), "a group of rows")
    if limit.adds_up:
        limit.check(bytes_of_text(0) * metadata.num_rows, f"its {metadata.num_rows:,} rows")
    size = sum(max(group.total_byte_size, *of) for group, of in zip(groups, sizes, strict=True))
    at_once = max(1, AT_ONCE * metadata.num_rows // max(size, 1))
    if longest:
        at_once = min(at_once, max(1, limit.most // (_SHARE * longest)), _MOST_DELTA)
    return [one for one in texts if one not in delta], at_once


def _is_delta(column: pq.ColumnChunkMetaData) -> bool:
    """Return whether texts may be stored as what differs from the one before: pyarrow reads equal ones many times."""
    return any(encoding.startswith("DELTA_") for encoding in column.encodings)


def read_zip(path: Path, kind: str, rows: int, limit: Limit, encoding: str | None) -> Iterator[Rows]:
    """Yield the rows of a packed folder's table: of its `reviews.csv`, as in Letterboxd's, or of its only one."""
    with zipfile.ZipFile(path) as packed, TemporaryDirectory() as folder:
        tables = [name for name in packed.namelist() if _kind(name) in _READERS.keys() - {".zip"}]
        named = [name for name in tables if name.lower() == _REVIEWS] or tables
        if len(named) != 1:
            there = ", ".join(map(repr, named[:10])) or "none"
            raise ReadError(
                f"{path.name} must hold one table, or {_REVIEWS}, and holds {there}. Unpack it, and give one table."
            )
        table, size = Path(folder, f"table{''.join(Path(named[0]).suffixes[-2:])}"), 0
        with packed.open(named[0]) as member, table.open("wb") as out:
            while block := member.read(AT_ONCE // 16):
                limit.check_unpacked(size := size + len(block))
                out.write(block)
        notes = [noted(None, named[0], "the table in the packed folder that was read")]
        for chunk in _READERS[_kind(table.name)](table, _kind(table.name), rows, limit, encoding):
            yield chunk._replace(problems=[*notes, *chunk.problems])
            notes = []


def _kind(name: str) -> str:
    """Return the suffix that tells the format of a file: .csv of reviews.csv.gz too."""
    return Path(name.lower().removesuffix(".gz")).suffix


_READERS: dict[str, Callable[[Path, str, int, Limit, str | None], Iterator[Rows]]] = {
    ".csv": read_csv,
    ".tsv": read_csv,
    ".jsonl": read_json,
    ".json": read_json,
    ".parquet": read_parquet,
    ".xlsx": read_sheet,
    ".xls": read_sheet,
    ".ods": read_sheet,
    ".zip": read_zip,
}
