"""Read tables whose rows are records, each with its own names, in chunks: JSON and Parquet."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pandas as pd

from .columns import MOST_COLUMNS
from .encodings import BEGINNING, NAMES, find_encoding, is_whole, open_text
from .report import Chunk, in_parts, noted, refused


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
