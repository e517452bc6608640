"""How much memory a source may ask for: counted while it is read, so that a small file cannot take all there is.

A row is reckoned at what `load_reviews` was measured to need for it at its peak: so much for each row and each cell,
and five times the bytes of its texts. What a file declares about its sizes is looked at too, but not trusted.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from sys import getsizeof
from typing import Any, TypeVar

import numpy as np

from ..errors import ReadError

GIGA = 10**9
_ROW, _CELL, _TEXT = 1_000, 40, 5  # bytes for a row and a cell, and times the bytes of a text
_LONG = 50  # times a single row that is long: it is taken to pieces all at once
AT_ONCE = 64 << 20  # bytes of the rows that are read at once
_ON_DISK = 10  # times its size on the disk, and not only a gigabyte, is what a file may ask for
_UNPACKED = 200  # times its size, beyond 100 MB: no text that people wrote unpacks to more
_EMPTY = getsizeof("")  # which differs between Pythons

T = TypeVar("T")


class Limit:
    """The memory that the rows of a source may take, of which `taken` bytes are.

    Unless it `adds_up`, rows are read in parts, each done with before the next, and only those of one part count.
    """

    def __init__(self, path: Path, memory: float | None, *, adds_up: bool) -> None:
        """Allow so many gigabytes or, without a number, what is usual for a file or folder of its size."""
        self.name, self.adds_up, self.taken = path.name, adds_up, 0
        self.on_disk = _on_disk(path)
        self.most = int(memory * GIGA) if memory else max(GIGA, _ON_DISK * self.on_disk)
        self.why = "as memory= says" if memory else f"usual for {self.on_disk / 1e6:,.3g} MB on the disk"

    def take(self, size: int, what: str) -> None:
        """Count bytes that are taken; refuse the source if they are more than it may ask for."""
        self.taken += size
        if self.taken > self.most:
            raise self._error(f"over {self.most / GIGA:.3g} GB of memory ({what} goes beyond that)", self.taken * 2)

    def check(self, size: int, what: str) -> None:
        """Refuse a source that declares, or turns out, to need so many bytes at once."""
        if size > self.most:
            raise self._error(f"about {size / GIGA:,.3g} GB of memory for {what}", size)

    def check_row(self, characters: int, what: str) -> None:
        """Refuse a row that is too long to be taken to pieces."""
        self.check(_LONG * characters, f"{what} of {characters:,} characters or more")

    def check_unpacked(self, size: int) -> None:
        """Refuse a file that unpacks to more text than can be loaded or, read in parts, than any text does."""
        if self.adds_up:
            self.check(_TEXT * size, f"{size:,} bytes of text or more")
        elif size > max(100 << 20, _UNPACKED * self.on_disk):
            raise ReadError(
                f"{self.name} unpacks to over {_UNPACKED} times its size, so it may be damaged or a trap. Unpack it "
                "yourself and load the result."
            )

    def lines(self, file: Any) -> Iterator[str]:
        """Yield the lines of a file, none of them read that is too long."""
        while line := file.readline(self.most // _LONG + 1):
            self.check_row(len(line), "a line")
            yield line

    def _error(self, needs: str, enough: float) -> ReadError:
        usual = f"may take {self.most / GIGA:.3g} GB ({self.why})"
        more = f"load_reviews(..., memory={max(1, round(enough / GIGA + 0.5))}) allows as many gigabytes"
        parts = ", and annotate() reads a file of any length part by part" if self.adds_up else ""
        return ReadError(f"{self.name} needs {needs}, and {usual}. {more}{parts}.")


def in_parts(rows: Iterable[tuple[int, T]], size: int, limit: Limit) -> Iterator[list[tuple[int, T]]]:
    """Return an iterator over lists of up to `size` numbered rows, fewer where they are long."""
    part, count, begins = 0, 0, limit.taken

    def part_of(numbered: tuple[int, T]) -> int:
        nonlocal part, count, begins
        if count == size or limit.taken - begins > AT_ONCE:
            limit.taken = limit.taken if limit.adds_up else 0
            part, count, begins = part + 1, 0, limit.taken
        limit.take(_bytes_of(numbered[1]), f"row {numbered[0]:,}")
        count += 1
        return part

    return map(list, map(itemgetter(1), groupby(rows, part_of)))


def bytes_of_text(size: int) -> int:
    """Return what a row takes that is one text of so many bytes."""
    return _ROW + _CELL + _TEXT * size


def _bytes_of(row: object) -> int:
    """Return what a row takes: one of cells, or the file that holds its text."""
    if isinstance(row, Path):
        return bytes_of_text(row.stat().st_size if row.exists() else 0)
    cells = row.values() if isinstance(row, dict) else row if isinstance(row, list | tuple) else [row]
    return _ROW + sum(map(_bytes_of_cell, cells))


def _bytes_of_cell(cell: object) -> int:
    cell = cell.tolist() if isinstance(cell, np.ndarray) else cell
    written = str(cell) if isinstance(cell, dict | list | bytes) else cell
    return _CELL + _TEXT * (getsizeof(written) - _EMPTY if isinstance(written, str) else 0)


def _on_disk(path: Path) -> int:
    """Return the bytes that a file, or the files of a folder, take on the disk: fewer than its size if it is sparse."""
    try:
        stats = [one.lstat() for one in path.iterdir()] if path.is_dir() else [path.stat()]
    except (OSError, ValueError):  # who reads it says so
        return 0
    return sum(min(one.st_size, getattr(one, "st_blocks", one.st_size) * 512) for one in stats)
