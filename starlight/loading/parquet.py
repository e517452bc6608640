"""Read Parquet files in chunks, values as they are stored; a small file may unpack to far more than it holds."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
from pyarrow import compute, types
from pyarrow import parquet as pq

from .limits import AT_ONCE, Limit, bytes_of_text, in_parts
from .rows import Rows, frame_of

_ELEMENT = 40  # bytes that a value in a list takes


def read_parquet(path: Path, kind: str, rows: int, limit: Limit, encoding: str | None) -> Iterator[Rows]:
    """Yield the rows of a Parquet file."""
    with pq.ParquetFile(path) as file:
        texts, at_once = _looked_at(file.metadata, limit)
    with pq.ParquetFile(path, read_dictionary=texts) as file:  # equal texts are in memory once
        names = list(file.schema_arrow.names)
        for part in in_parts(enumerate(_cells(file, min(rows, at_once), limit), 1), rows, limit):
            yield Rows(frame_of(part, names), [], {})
        if not file.metadata.num_rows:
            yield Rows(frame_of({}, names), [], {})


def _looked_at(metadata: pq.FileMetaData, limit: Limit) -> tuple[list[str], int]:
    """Return a Parquet file's columns of texts, and how many rows to read at once; refuse one that is too large."""
    columns = [metadata.schema.column(place) for place in range(metadata.num_columns)]
    groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
    parts = [(column, group.column(place)) for group in groups for place, column in enumerate(columns)]
    texts = [(column, one) for column, one in parts if one.physical_type == "BYTE_ARRAY"]
    # Of such a text only what differs from the one before is stored: each may be as long as all that is stored.
    begun = max((one.total_uncompressed_size for _, one in texts if "DELTA_BYTE_ARRAY" in one.encodings), default=0)
    sizes = [max(8, column.length or 0) * one.num_values for column, one in parts]
    limit.check(max(sizes, default=0), "the cells of a column")
    limit.check(max((group.total_byte_size for group in groups), default=0), "a group of rows")
    if limit.adds_up:
        limit.check(bytes_of_text(0) * metadata.num_rows, f"its {metadata.num_rows:,} rows")
    size = sum(max(one.total_uncompressed_size, cells) for (_, one), cells in zip(parts, sizes, strict=True))
    plain = {column.path for column, one in texts if not any("DELTA_" in name for name in one.encodings)}
    at_once = min(AT_ONCE * metadata.num_rows // max(size, 1), limit.most // bytes_of_text(begun))
    return list(plain), max(1, at_once)


def _cells(file: pq.ParquetFile, at_once: int, limit: Limit) -> Iterator[tuple[object, ...]]:
    """Yield the cells of each row, of which so many are unpacked at once."""
    for batch in file.iter_batches(at_once):
        batch.validate(full=True)  # raises if the text of a damaged file is not text
        limit.check(sum(map(_within, batch.columns)), "what is in its lists")
        frame = batch.to_pandas(ignore_metadata=True, integer_object_nulls=True)  # an index is a column too
        yield from frame.astype("object").itertuples(index=False, name=None)


def _within(array: pa.Array, *, is_within: bool = False) -> int:
    """Return the bytes of what is in the lists and records of a column, each of which becomes a value of its own."""
    if types.is_nested(array.type):
        parts = array.flatten() if types.is_struct(array.type) else [array.flatten()]
        return sum(_within(one, is_within=True) for one in parts)
    if not is_within:
        return 0
    texts = types.is_dictionary(array.type) and compute.sum(compute.binary_length(array.dictionary).take(array.indices))
    return _ELEMENT * len(array) + int((texts and texts.as_py()) or 0)
