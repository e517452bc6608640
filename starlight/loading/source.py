"""Open any source of reviews, and read it in chunks of rows or as a whole."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pandas as pd

from ..base.arguments import check_path
from ..base.progress import progress
from ..base.resources import digests, resource, verified
from ..errors import ReadError, TableError, shown
from .encodings import checked
from .folders import holds_texts, read_folder
from .formats import read_table
from .in_memory import called, content_of, refuse_address, table_of
from .limits import Limit
from .rows import SEEDS, Rows

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
    """Return a source that can be read: the five reviews, a table in memory, an open file, or what is at a path.

    `memory` is how many gigabytes its rows may take, if they may take more than usual, and `encoding` that of its text.
    """
    if columns is not None and not isinstance(columns, Mapping):
        raise ReadError(
            f"columns must be a dict such as {{'text': 'body'}}, Starlight's names to yours, not {shown(columns)}."
        )
    if source is None:
        return Source(SEEDS, True, _seeds)
    encoding = None if encoding is None else checked(encoding)
    if (frame := table_of(source)) is not None:
        _check_digits(frame)
        rows = Rows(frame.set_axis(range(1, len(frame) + 1)), [], {})
        return Source(called(source), False, lambda *_: (one for one in [rows]))
    if hasattr(source, "read"):
        return _open_file(source, memory, encoding)
    refuse_address(source)
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


def _check_digits(frame: pd.DataFrame) -> None:
    """Refuse an integer that Python does not write; whatever is loaded may come to be written."""
    columns = enumerate(zip(frame.columns, frame.dtypes, strict=True))
    for place, name in [(place, name) for place, (name, dtype) in columns if dtype == "object"]:
        for row, cell in enumerate(frame.iloc[:, place].tolist(), 1):
            if isinstance(cell, int) and cell.bit_length() > _MOST_BITS:
                where = f"the DataFrame, row {row}, column {name!r}"
                raise TableError(f"{where}: an integer of more than 3,900 digits. Make it a text.")


def _open_file(file: Any, memory: float | None, encoding: str | None) -> Source:
    """Return what an open file holds from where it stands, as a table of the kind that its name or content tells."""
    name, content = content_of(file)

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
