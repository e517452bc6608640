"""A coding together with the file of its corrections, to which other programs may append too."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from ..errors import TableError
from .corrected import corrected, replay
from .corrections import Correction, append_correction, read_corrections


class Record:
    """A coding with the corrections in a file, which need not exist yet.

    `table` is the opinions table after the corrections, as of when the file was last read.
    """

    def __init__(self, opinions: pd.DataFrame, path: Path, reviews: pd.DataFrame, themes: pd.DataFrame) -> None:
        self.path = path
        self._coded, self._belonging = opinions, (reviews, themes)
        self._size = _size(path)
        table, self.applied = corrected(opinions, path, *self._belonging) if path.exists() else (opinions, [])
        self.table = table.reset_index(drop=True)

    def save(self, made: Correction) -> Correction:
        """Append a change if it fits what the file holds by now; return it with all that is known of the opinion."""
        saved: list[tuple[int | None, pd.DataFrame, Correction]] = []

        def fits(others: list[Correction]) -> None:
            size = _size(self.path)  # before the row is written, so that the next look sees what others append
            table, applied, unfit = replay(self._coded, [*others, made], *self._belonging)
            if not applied or applied[-1].line:  # a change that is not in the file has no line
                self._size, self.table = size, table
                raise TableError(f"{unfit[-1][0].upper()}{unfit[-1][1:]}.")
            saved.append((size, table, applied[-1]))

        append_correction(self.path, made, fits)
        ((self._size, self.table, known),) = saved
        return known

    def look(self) -> bool:
        """Read the file again if it has grown, and tell whether the table has changed."""
        size = _size(self.path)
        if size == self._size:
            return False
        corrections = read_corrections(self.path) if size is not None else []
        table, _, _ = replay(self._coded, corrections, *self._belonging)
        self._size, before, self.table = size, self.table, table
        return not table.equals(before)


def _size(path: Path) -> int | None:
    """Return the size of a file, or None if it does not exist."""
    return path.stat().st_size if path.exists() else None
