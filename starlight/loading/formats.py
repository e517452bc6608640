"""Read tables of any usual format in chunks; cells stay as they stand, and each row has its number."""

from __future__ import annotations

import csv
import io
import json
import lzma
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, suppress
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pandas as pd

from ..base.safe_text import is_whole
from ..errors import ReadError
from .columns import MOST_COLUMNS
from .csv_and_sheets import read_csv, read_sheet
from .encodings import BEGINNING, NAMES, find_encoding, open_text
from .limits import AT_ONCE, Limit, bytes_of_text, in_parts
from .report import noted, refused
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
_LOOKED_AT = 10_000  # names in a folder, for those like a wrong one
_DECODER, _BLANKS = json.JSONDecoder(), re.compile(r"[ \t\n\r]*")


def read_table(path: Path, rows: int, limit: Limit) -> Generator[Rows]:
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
        for chunk in read(path, kind, rows, limit):
            columns = chunk.frame.head(0)
            yield chunk
    except ReadError:
        raise
    except _DAMAGED as error:
        why = " ".join(str(error).split()).rstrip(".") or type(error).__name__
        raise ReadError(f"{path.name} cannot be read: {why[:300]}. Save it again, or as a .csv file.") from error
    if (after := path.stat()) and (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        changed = noted(None, None, "the file was changed while it was read: load it again when it is whole")
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


def read_json(path: Path, kind: str, rows: int, limit: Limit) -> Iterator[Rows]:
    """Yield the JSON objects of lines, read twice for their names, or of an array in a .json file; refuse all else."""
    codec = find_encoding(path, limit)
    notes = [noted(None, NAMES[codec], "the encoding of the file")]
    with closing(open_text(path, codec)) as file:
        is_array = kind == ".json" and file.read(BEGINNING).lstrip().startswith("[")
        records = _elements if is_array else _records
        names = _names(records(file, limit))
        for part in in_parts(enumerate(records(file, limit), 1), rows, limit):
            wrong = {number: reason for number, record in part if (reason := _wrong(record))}
            problems = [refused(number, None, record, wrong[number]) for number, record in part if number in wrong]
            frame = frame_of([one for one in part if one[0] not in wrong], names)
            yield Rows(frame, [*notes, *problems], {})
            notes = []
        if notes:
            yield Rows(frame_of({}, names), notes, {})


def _records(file: io.TextIOWrapper, limit: Limit) -> Iterator[object]:
    """Yield what each line holds from the beginning of a file; a line that is not JSON stays the text that it is."""
    file.seek(0)
    for line in limit.lines(file):
        if line.strip():
            try:
                yield json.loads(line)
            except (ValueError, RecursionError):
                yield line


def _elements(file: io.TextIOWrapper, limit: Limit) -> Iterator[object]:
    """Yield the elements of an array from the beginning of a file, without holding all of them."""
    file.seek(0)
    text, at, number = file.read(BEGINNING), 0, 0
    sign, at = "[", text.index("[") + 1
    while sign != "]":
        is_end = number == 0 and text[at:].lstrip().startswith("]")
        try:
            found, end = (None, at) if is_end else _DECODER.raw_decode(text, _BLANKS.match(text, at).end())  # type: ignore[union-attr]
            end = _BLANKS.match(text, end).end()  # type: ignore[union-attr]
            sign = text[end]
        except (json.JSONDecodeError, IndexError) as error:  # it is not whole yet, or never will be
            limit.check_row(len(text) - at, f"element {number + 1}")
            more = file.read(max(BEGINNING, len(text) - at))
            if not more:
                raise ValueError(f"element {number + 1} of its array is not whole ({error})") from error
            text, at = text[at:] + more, 0
            continue
        if sign not in ",]":
            raise ValueError(f"there is no comma after element {number + 1} of its array")
        at, number = end + 1, number + 1
        if not is_end:
            yield found
    if (text[at:] + file.read(BEGINNING)).strip():
        raise ValueError(f"there is something after its array of {number} elements")


def _names(records: Iterable[object]) -> list[str]:
    names: dict[str, None] = {}
    for record in records:
        if isinstance(record, dict) and not _wrong(record):
            names |= dict.fromkeys(record)
        if len(names) > MOST_COLUMNS:
            raise ValueError(f"it has {len(names):,} names, and a table of reviews has at most {MOST_COLUMNS:,}")
    return list(names)


def _wrong(record: object) -> str | None:
    """Return why a record cannot be a row, or None."""
    if not isinstance(record, dict):
        return 'it is not a JSON object, such as {"text": "It glows."}'
    if not all(map(is_whole, record)):
        return "a name holds a damaged character (half of a pair)"
    return None


def read_parquet(path: Path, kind: str, rows: int, limit: Limit) -> Iterator[Rows]:
    """Yield the rows of a Parquet file, values as they are stored."""
    from pyarrow.parquet import ParquetFile  # loaded here: `import starlight` stays fast

    with ParquetFile(path) as file:
        texts, at_once = _looked_at(file.metadata, limit)
    with ParquetFile(path, read_dictionary=texts) as file:  # equal texts are in memory once
        begins, names = 1, list(file.schema_arrow.names)
        for batch in file.iter_batches(min(rows, at_once)):
            batch.validate(full=True)  # raises if the text of a damaged file is not text
            limit.check(sum(map(_texts_within, batch.columns)), "the texts in its lists")
            frame = batch.to_pandas(ignore_metadata=True).astype("object")  # an index is a column too
            numbered = enumerate(frame.itertuples(index=False, name=None), begins)
            for part in in_parts(numbered, rows, limit):
                yield Rows(frame_of(part, names), [], {})
            begins += len(frame)
        if begins == 1:
            yield Rows(frame_of({}, names), [], {})


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
    limit.check(8 * max((one.num_values for group in columns for one in group), default=0), "the cells of a column")
    limit.check(max((group.total_byte_size for group in groups), default=0), "a group of rows")
    if limit.adds_up:
        limit.check(bytes_of_text(0) * metadata.num_rows, f"its {metadata.num_rows:,} rows")
    size = sum(group.total_byte_size for group in groups)
    return texts, max(1, AT_ONCE * metadata.num_rows // max(size, 1))


def read_zip(path: Path, kind: str, rows: int, limit: Limit) -> Iterator[Rows]:
    """Yield the rows of a packed folder's table: of its `reviews.csv`, as in Letterboxd's, or of its only one."""
    with zipfile.ZipFile(path) as packed, TemporaryDirectory() as folder:
        tables = [name for name in packed.namelist() if _kind(name) in _READERS.keys() - {".zip"}]
        named = [name for name in tables if name.lower() == _REVIEWS] or tables
        if len(named) != 1:
            there = ", ".join(map(repr, named[:10])) or "none"
            raise ReadError(
                f"{path.name} must hold one table, or {_REVIEWS}, and holds {there}. Unpack it, and give one."
            )
        table, size = Path(folder, f"table{''.join(Path(named[0]).suffixes[-2:])}"), 0
        with packed.open(named[0]) as member, table.open("wb") as out:
            while block := member.read(AT_ONCE // 16):
                limit.check_unpacked(size := size + len(block))
                out.write(block)
        notes = [noted(None, named[0], "the table in the packed folder that was read")]
        for chunk in _READERS[_kind(table.name)](table, _kind(table.name), rows, limit):
            yield chunk._replace(problems=[*notes, *chunk.problems])
            notes = []


def _kind(name: str) -> str:
    """Return the suffix that tells the format of a file: .csv of reviews.csv.gz too."""
    return Path(name.lower().removesuffix(".gz")).suffix


_READERS: dict[str, Callable[[Path, str, int, Limit], Iterator[Rows]]] = {
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
