"""A coding and the file of its corrections, as a reader keeps them: the table that they make, and how to save more.

Others may append to the same file: a change is checked against all that it holds by then, and `look` takes theirs in.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from ..errors import TableError
from .corrected import corrected, replay
from .corrections import Correction, append_correction, read_corrections


class Record:
    """A coding with its corrections: `table` is the opinions table that they made when the file was last read.

    Parameters
    ----------
    opinions : DataFrame
        The opinions table as it was coded.
    path : Path
        The file of corrections; it need not be there.
    reviews, themes : DataFrame
        The tables that belong to it.
    """

    def __init__(self, opinions: pd.DataFrame, path: Path, reviews: pd.DataFrame, themes: pd.DataFrame) -> None:
        self.path = path
        self._coded, self._belonging = opinions, (reviews, themes)
        self._size = _size(path)
        table, self.applied = corrected(opinions, path, *self._belonging) if path.exists() else (opinions, [])
        self.table = table.reset_index(drop=True)

    def save(self, made: Correction) -> Correction:
        """Append a change if it fits what the file holds by now; give it with all that is known of the opinion."""
        saved = []

        def fits(others: list[Correction]) -> None:
            size = _size(self.path)  # before the row is written: what others append later is seen at the next look
            table, applied, unfit = replay(self._coded, [*others, made], *self._belonging)
            if not applied or applied[-1].line:  # a change that is not in the file has no line
                self._size, self.table = size, table
                raise TableError(f"{unfit[-1][0].upper()}{unfit[-1][1:]}.")
            saved.append((size, table, applied[-1]))

        append_correction(self.path, made, fits)
        ((self._size, self.table, known),) = saved
        return known

    def look(self) -> bool:
        """Read the file again if its size is another, since it only grows; tell whether the table is another now."""
        size = _size(self.path)
        if size == self._size:
            return False
        corrections = read_corrections(self.path) if size is not None else []
        table, _, _ = replay(self._coded, corrections, *self._belonging)
        self._size, before, self.table = size, self.table, table
        return not table.equals(before)


def _size(path: Path) -> int | None:
    """Give the size of a file, None if there is none."""
    return path.stat().st_size if path.exists() else None
