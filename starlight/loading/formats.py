"""Read tables of any usual format in chunks; cells stay as they stand, and each row has its number."""

from __future__ import annotations

import csv
import io
import json
import os
import zlib
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pandas as pd

from ..base.safe_text import is_whole
from ..errors import ReadError
from .columns import MOST_COLUMNS
from .csv_and_sheets import read_csv, read_sheet
from .encodings import BEGINNING, NAMES, find_encoding, open_text
from .report import noted, refused
from .rows import Rows, in_parts

# What readers raise at damaged files.
_DAMAGED = (OSError, EOFError, ValueError, LookupError, RecursionError, NotImplementedError, csv.Error, zlib.error)


def read_table(path: Path, rows: int) -> Generator[Rows]:
    """Yield the rows of a table, so many at a time; one chunk at least, since a table without rows has columns too."""
    kind = Path(path.name.lower().removesuffix(".gz")).suffix  # .csv of reviews.csv.gz too
    read = _READERS.get(kind)
    if not path.exists():
        raise ReadError(f"There is no file or folder {os.fspath(path)!r}. Correct the path.")
    if read is None:
        raise ReadError(
            f"{os.fspath(path)!r} is not a table that Starlight can read. Give a {', '.join(_READERS)} file (.gz too), "
            "a folder of texts or a DataFrame."
        )
    if not path.is_file():
        raise ReadError(f"{os.fspath(path)!r} is neither a file nor a folder. Give one that is.")
    before, columns = path.stat(), pd.DataFrame()
    try:
        for chunk in read(path, kind, rows):
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


def read_json(path: Path, kind: str, rows: int) -> Iterator[Rows]:
    """Yield the JSON objects of lines, read twice for their names, or of an array in a .json file; refuse all else."""
    codec = find_encoding(path)
    notes = [noted(None, NAMES[codec], "the encoding of the file")]
    with closing(open_text(path, codec)) as file:
        is_array = kind == ".json" and file.read(BEGINNING).lstrip().startswith("[")
        file.seek(0)
        array = json.load(file) if is_array else None
        names = _names(_records(file) if array is None else array)
        for part in in_parts(enumerate(_records(file) if array is None else array, 1), rows):
            records, problems, notes = {}, notes, []
            for number, record in part:
                if reason := _wrong(record):
                    problems.append(refused(number, None, record, reason))
                else:
                    records[number] = record
            frame = pd.DataFrame(list(records.values()), columns=names, index=list(records), dtype="object")
            yield Rows(frame, problems, {})


def _records(file: io.TextIOWrapper) -> Iterator[object]:
    """Yield what each line holds from the beginning of a file; a line that is not JSON stays the text that it is."""
    file.seek(0)
    for line in file:
        if line.strip():
            try:
                yield json.loads(line)
            except (ValueError, RecursionError):
                yield line


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


def read_parquet(path: Path, kind: str, rows: int) -> Iterator[Rows]:
    """Yield the rows of a Parquet file, values as they are stored."""
    from pyarrow.parquet import ParquetFile  # loaded here: `import starlight` stays fast

    with ParquetFile(path) as file:
        begins = 1
        for batch in file.iter_batches(rows):
            batch.validate(full=True)  # raises if the text of a damaged file is not text
            frame = batch.to_pandas(ignore_metadata=True).astype("object")  # an index is a column too
            yield Rows(frame.set_axis(range(begins, begins + len(frame))), [], {})
            begins += len(frame)
        if begins == 1:
            frame = file.schema_arrow.empty_table().to_pandas(ignore_metadata=True).astype("object")
            yield Rows(frame, [], {})


_READERS: dict[str, Callable[[Path, str, int], Iterator[Rows]]] = {
    ".csv": read_csv,
    ".tsv": read_csv,
    ".jsonl": read_json,
    ".json": read_json,
    ".parquet": read_parquet,
    ".xlsx": read_sheet,
    ".xls": read_sheet,
    ".ods": read_sheet,
}
