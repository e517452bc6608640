"""Apply corrections to a coding, each where it fits, and keep the coding with a file of them."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from ..errors import TableError
from ..tables.base import OPINIONS
from ..tables.schema import build, is_missing
from .belonging import check_quotes
from .corrections import Correction, Opinion, append_correction, read_corrections


def corrected(
    opinions: pd.DataFrame, path: str | os.PathLike[str], reviews: pd.DataFrame, themes: pd.DataFrame
) -> tuple[pd.DataFrame, list[Correction]]:
    """Return the opinions after the corrections in a file, and those that were applied; warn of the others."""
    table, applied, unfit = replay(opinions, read_corrections(path), reviews, themes)
    for why in unfit:
        warnings.warn(f"{os.fspath(path)!r}, {why}; it is left out.", stacklevel=3)
    check_quotes(table, reviews, "opinions after the corrections")
    return table, applied


def replay(
    opinions: pd.DataFrame, corrections: Iterable[Correction], reviews: pd.DataFrame, themes: pd.DataFrame
) -> tuple[pd.DataFrame, list[Correction], list[str]]:
    """Return a coding after its corrections, those that were applied, and why others do not fit.

    A changed or restored opinion keeps its row, and added ones come last. An applied correction has all that is known
    of the opinion before it. Corrections of other coders or reviews are passed over.
    """
    corrections = list(corrections)
    coding = _Coding(opinions, {made.opinion.review_id for made in corrections})
    texts = dict(zip(reviews["review_id"], reviews["text"], strict=True))
    craft, coders = set(themes.loc[themes["kind"] == "craft", "theme"]), set(opinions["coder"].unique())
    applied, unfit = [], []
    for made in corrections:
        if made.opinion.review_id not in texts or (coders and made.opinion.coder not in coders):
            continue
        if why := coding.misfit(made, texts, craft):
            unfit.append(f"line {made.line}: {why}" if made.line else why)
        else:
            applied.append(coding.apply(made))
    return coding.table(), applied, unfit


def standing(applied: Iterable[Correction]) -> list[Correction]:
    """Return the changes that stand: not those that were undone, nor what undid them."""
    changes: list[Correction] = []
    for made in applied:
        last = changes[-1] if changes else None
        if last and [_key(last.before), _key(last.after)] == [_key(made.after), _key(made.before)]:
            changes.pop()
        else:
            changes.append(made)
    return changes


def opinions_of(table: pd.DataFrame) -> list[Opinion]:
    """Return the rows of an opinions table, in Python's own numbers."""
    rows = zip(*(table[name].tolist() for name in OPINIONS.names), strict=True)
    return [Opinion._make([*row, None if is_missing(confidence) else confidence]) for *row, confidence in rows]


def _key(opinion: Opinion | None) -> tuple[object, ...] | None:
    return opinion.key if opinion else None


class _Coding:
    """A coding that is being corrected: which opinion each row holds, None for one that was removed."""

    def __init__(self, opinions: pd.DataFrame, review_ids: set[str]) -> None:
        self._opinions = opinions.reset_index(drop=True)
        touched = self._opinions[self._opinions["review_id"].isin(review_ids)]  # of 50,000 opinions a few
        self._held: dict[int, Opinion | None] = dict(zip(touched.index.tolist(), opinions_of(touched), strict=True))
        self._rows = {opinion.key: row for row, opinion in self._held.items() if opinion}
        self._changed: set[int] = set()
        self._size = len(opinions)

    def misfit(self, made: Correction, texts: dict[str, str], craft: set[str]) -> str | None:
        """Return why a correction cannot be applied, or None if it can."""
        if made.before and not self._holds(made.before):
            return f"the opinion to {made.action.split()[0]} is not there: {made.before.quote!r}"
        after = made.after
        if not after:
            return None
        if after.theme not in craft:
            return f"there is no craft theme {after.theme!r}"
        if not after.quote or texts[after.review_id][after.start : after.end] != after.quote:
            return f"the words do not stand at {after.start} of review {after.review_id!r}: {after.quote!r}"
        return f"that opinion is there already: {after.quote!r}" if self._holds(after) else None

    def apply(self, made: Correction) -> Correction:
        """Apply a correction that fits, and return it with all that is known of the opinion before it."""
        key = made.before.key if made.before else made.opinion.key
        row = self._rows.get(key, self._size)
        if made.before:
            made = made._replace(before=self._held[row])
        elif self._held.get(row):  # the row that held this opinion once holds another now
            row = self._size
        self._size = max(self._size, row + 1)
        self._held[row] = made.after
        self._changed.add(row)
        if made.after:
            self._rows[made.after.key] = row
        return made

    def table(self) -> pd.DataFrame:
        """Return the opinions table."""
        table = self._opinions.reindex(range(self._size))
        now = {row: opinion for row in self._changed if (opinion := self._held[row])}
        for name in OPINIONS.names if now else ():
            values = [getattr(opinion, name) for opinion in now.values()]
            table.loc[list(now), name] = [float("nan") if value is None else value for value in values]
        return build(OPINIONS, table.drop(index=[row for row in self._changed if row not in now]))

    def _holds(self, opinion: Opinion) -> bool:
        held = self._held.get(self._rows.get(opinion.key, -1))
        return held is not None and held.key == opinion.key


class Record:
    """A coding with the corrections in a file, which need not exist yet, and to which other programs may append too.

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
