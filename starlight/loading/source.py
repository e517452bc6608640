"""Open any source of reviews, and read it in chunks of rows or as a whole."""

import os
import re
from collections.abc import Callable, Generator, Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pandas as pd
import pyarrow as pa
from pyarrow.interchange import from_dataframe

from ..base.arguments import check_path
from ..base.progress import progress
from ..base.resources import digests, resource, verified
from ..errors import ReadError, TableError, shown
from .encodings import checked
from .folders import holds_texts, read_folder
from .formats import read_table
from .limits import Limit
from .rows import SEEDS, Rows

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")
# The kinds of file that begin so.
_BEGIN = {b"PK": ".xlsx", b"PAR1": ".parquet", b"\x1f\x8b": ".csv.gz", b"[": ".json", b"{": ".json"}
_MOST_BITS = 13_000  # of an integer; Python writes 4,300 digits at most
ROWS = 20_000  # of a table, read at once
_BYTES_A_SECOND = 2 << 20  # of a packed table, that are read


class Source(NamedTuple):
    """A source of reviews: what messages call it, whether it is a folder of texts, and how so many rows are read.

    `read` takes how many rows to read at once, and whether all of them stay in memory. `seconds` is about how long it
    takes.
    """

    name: str
    is_folder: bool
    read: Callable[[int, bool], Generator[Rows]]
    seconds: float = 0

    def chunks(self, rows: int) -> Generator[Rows]:
        """Return an iterator over its rows, so many at once, or fewer where they are long."""
        return self.read(rows, False)

    def columns(self) -> list[object]:
        """Return the names of its columns."""
        with closing(self.chunks(1)) as chunks:
            return list(next(chunks).frame)

    def whole(self) -> Rows:
        """Return all of its rows."""
        chunks = []
        with progress((), "read", "row", None, seconds=self.seconds) as bar:
            for chunk in self.read(ROWS, True):
                chunks.append(chunk)
                bar.update(len(chunk.frame))
        return Rows(
            pd.concat([chunk.frame for chunk in chunks if len(chunk.frame)] or [chunks[0].frame]),
            [one for chunk in chunks for one in chunk.problems],
            {number: name for chunk in chunks for number, name in chunk.files.items()},
        )


def open_source(
    source: Any,
    columns: Mapping[str, str] | None = None,
    memory: float | None = None,
    encoding: str | None = None,
) -> Source:
    """Return a source that can be read: the five reviews, a table in memory, an open file, or what is at a path."""
    if columns is not None and not isinstance(columns, Mapping):
        raise ReadError(
            f"columns must be a dict such as {{'text': 'body'}}, Starlight's names to yours, not {shown(columns)}."
        )
    if source is None:
        return Source(SEEDS, True, _seeds)
    encoding = None if encoding is None else checked(encoding)
    name = "the list" if isinstance(source, list) else f"the {type(source).__name__}"
    if (frame := _table_of(source, name)) is not None:
        rows = Rows(frame.set_axis(range(1, len(frame) + 1)), [], {})
        return Source(name, False, lambda *_: (one for one in [rows]))
    if hasattr(source, "read"):
        return _open_file(source, memory, encoding)
    if isinstance(source, str | os.PathLike) and _ADDRESS.match(address := str(source)):
        raise ReadError(
            f"{address[:200]!r} is a web address. Starlight downloads nothing: save the file, and give its path."
        )
    path = check_path(source, "source", "'mine.csv', or DataFrame({'text': [...]})")
    is_folder = holds_texts(path)
    if is_folder and columns:
        raise ReadError(f"columns= is for tables, and {str(path)!r} is a folder of texts. Leave it out.")
    read = read_folder if is_folder else read_table
    return Source(
        path.name,
        is_folder,
        lambda rows, adds_up: read(path, rows, Limit(path, memory, adds_up=adds_up), encoding),
        path.stat().st_size / _BYTES_A_SECOND if path.exists() else 0,
    )


def _table_of(source: Any, name: str) -> pd.DataFrame | None:
    """Return a table in memory as pandas has it, whichever library made it; None if it is none."""
    if isinstance(source, list) and source and all(isinstance(one, Mapping) for one in source):
        source = pd.DataFrame(list(map(dict, source)), dtype="object")
    if isinstance(source, pd.DataFrame):
        _check_digits(source)
        return source
    if not (hasattr(source, "__arrow_c_stream__") or hasattr(source, "__dataframe__")):
        return None
    try:
        table = pa.table(source) if hasattr(source, "__arrow_c_stream__") else from_dataframe(source)
    except (ValueError, TypeError, NotImplementedError) as error:  # pyarrow's own errors are among them
        raise ReadError(f"{name} cannot be read: {error}. Save it as a .csv or .parquet file.") from error
    return table.to_pandas(ignore_metadata=True, integer_object_nulls=True).astype("object")


def _check_digits(frame: pd.DataFrame) -> None:
    """Refuse an integer that Python does not write; whatever is loaded may come to be written."""
    for name, cells in frame.items():
        for row, cell in enumerate(cells.tolist() if cells.dtype == "object" else (), 1):
            if isinstance(cell, int) and cell.bit_length() > _MOST_BITS:
                where = f"the DataFrame, row {row}, column {name!r}"
                raise TableError(f"{where}: an integer of more than 3,900 digits. Make it a text.")


def _open_file(file: Any, memory: float | None, encoding: str | None) -> Source:
    """Return what an open file holds from where it stands, as a table of the kind that its name or content tells."""
    try:
        content = getattr(file, "buffer", file).read()
        content = content.encode() if isinstance(content, str) else bytes(content)
    except (OSError, ValueError, TypeError) as error:  # it is closed, was opened to write, or is not text
        raise ReadError(f"The open file cannot be read: {error}. Give its path.") from error
    name = getattr(file, "name", None)
    if isinstance(name, str) and Path(name).suffix:
        name = Path(name).name
    else:
        begins = content.lstrip()[:4]
        name = f"open file{next((kind for sign, kind in _BEGIN.items() if begins.startswith(sign)), '.csv')}"

    def read(rows: int, adds_up: bool) -> Generator[Rows]:
        with TemporaryDirectory() as folder:
            path = Path(folder, name)
            path.write_bytes(content)
            yield from read_table(path, rows, Limit(path, memory, adds_up=adds_up), encoding)

    return Source(name, False, read)


def _seeds(rows: int, adds_up: bool) -> Generator[Rows]:
    """Read the five reviews, and refuse a changed, missing or added one."""
    folder = resource("seeds")
    listed = {name.removeprefix("seeds/") for name in digests("seeds/")}
    for name in sorted(listed):
        verified("seeds", name)
    chunks = list(read_folder(folder, rows, Limit(folder, None, adds_up=adds_up), None))
    if wrong := listed.symmetric_difference(name for chunk in chunks for name in chunk.files.values()):
        raise ReadError(
            f"seeds/{min(wrong)} is not one of the five reviews that data/SHA256SUMS lists, or is a link. Move it out "
            "of seeds/, and load reviews of your own with load_reviews(path)."
        )
    yield from chunks
