"""Apply corrections to a coding, each where it fits, and keep the coding with a file of them."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from ..base.arguments import check_path
from ..errors import ReadError, TableError
from ..tables.base import OPINIONS
from ..tables.schema import build, is_missing
from .belonging import check_quotes
from .corrections import Correction, Opinion
from .corrections_file import CorrectionsFile


def corrected(
    opinions: pd.DataFrame, path: str | os.PathLike[str], reviews: pd.DataFrame, themes: pd.DataFrame
) -> pd.DataFrame:
    """Return the opinions after the corrections in a file; warn of those that do not fit."""
    path = check_path(path, "corrections", "'corrections.csv'")
    if not path.exists():
        raise ReadError(f"The corrections in {os.fspath(path)!r} cannot be read: No such file. Correct the path.")
    return Record(opinions, path, reviews, themes).table


def replay(
    opinions: pd.DataFrame, corrections: Iterable[Correction], reviews: pd.DataFrame, themes: pd.DataFrame
) -> tuple[pd.DataFrame, list[Correction], list[str]]:
    """Return a coding after its corrections, those that were applied, and why others do not fit.

    A changed or restored opinion keeps its row, and added ones come last. An applied correction has all that is known
    of the opinion before it. Corrections of other coders or reviews are passed over.
    """
    coding = _Coding(opinions, reviews, themes)
    applied, unfit = coding.replay(corrections)
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
    """A coding that is being corrected: which opinion each row holds, None for one that was removed.

    Rows are looked at when their review is: of a million opinions a few.
    """

    def __init__(self, opinions: pd.DataFrame, reviews: pd.DataFrame, themes: pd.DataFrame) -> None:
        self._opinions = opinions.reset_index(drop=True)
        self._texts = dict(zip(reviews["review_id"].tolist(), reviews["text"].tolist(), strict=True))
        self._craft = set(themes.loc[themes["kind"] == "craft", "theme"])
        self._coders = set(opinions["coder"].unique())
        codes, known = pd.factorize(self._opinions["review_id"])
        rows = np.split(np.argsort(codes, kind="stable"), np.bincount(codes, minlength=1).cumsum()[:-1])
        self._places = dict(zip(known.tolist(), rows, strict=False))
        self._held: dict[int, Opinion | None] = {}
        self._rows: dict[tuple[object, ...], int] = {}
        self._of: dict[str, list[int]] = {}  # the rows of each review that was looked at
        self._changed: set[int] = set()
        self._size = len(opinions)

    def of(self, review_id: str) -> list[Opinion]:
        """Return the opinions in a review, in the order of their rows."""
        return [opinion for row in self._look_at(review_id) if (opinion := self._held[row])]

    def _look_at(self, review_id: str) -> list[int]:
        if review_id not in self._of:
            rows = self._places.get(review_id, np.array([], dtype="int64"))
            held = dict(zip(rows.tolist(), opinions_of(self._opinions.iloc[rows]), strict=True))
            self._of[review_id] = list(held)
            self._held |= held
            self._rows |= {opinion.key: row for row, opinion in held.items()}
        return self._of[review_id]

    def replay(self, corrections: Iterable[Correction]) -> tuple[list[Correction], list[str]]:
        """Apply the corrections that fit; return them, and why others do not."""
        applied, unfit = [], []
        for made in corrections:
            if made.opinion.review_id not in self._texts or (self._coders and made.opinion.coder not in self._coders):
                continue
            if why := self.misfit(made):
                unfit.append(f"line {made.line}: {why}" if made.line else why)
            else:
                applied.append(self.apply(made))
        return applied, unfit

    def misfit(self, made: Correction) -> str | None:
        """Return why a correction cannot be applied, or None if it can."""
        self._look_at(made.opinion.review_id)
        if made.before and not self._holds(made.before):
            return f"the opinion to {made.action.split()[0]} is not there: {made.before.quote!r}"
        after = made.after
        if not after:
            return None
        if after.theme not in self._craft:
            return f"there is no craft theme {after.theme!r}"
        if not after.quote or self._texts[after.review_id][after.start : after.end] != after.quote:
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
        if row == self._size:
            self._size += 1
            self._of[made.opinion.review_id].append(row)
        self._held[row] = made.after
        self._changed.add(row)
        if made.after:
            self._rows[made.after.key] = row
        return made

    def table(self) -> pd.DataFrame:
        """Return the opinions table."""
        if not self._changed:
            return self._opinions
        table = self._opinions.reindex(range(self._size))
        now = {row: opinion for row in self._changed if (opinion := self._held[row])}
        for name in OPINIONS.names if now else ():
            values = [getattr(opinion, name) for opinion in now.values()]
            table.loc[list(now), name] = [float("nan") if value is None else value for value in values]
        return build(OPINIONS, table.drop(index=[row for row in self._changed if row not in now]))

    def added(self) -> pd.DataFrame:
        """Return the opinions that corrections added or changed, as a table."""
        return build(OPINIONS, [opinion._asdict() for row in sorted(self._changed) if (opinion := self._held[row])])

    def _holds(self, opinion: Opinion) -> bool:
        held = self._held.get(self._rows.get(opinion.key, -1))
        return held is not None and held.key == opinion.key


class Record:
    """A coding with the corrections in a file, which need not exist yet, and to which other programs may append too.

    `applied` are the corrections that were there at first, and fitted.
    """

    def __init__(
        self, opinions: pd.DataFrame, path: str | os.PathLike[str], reviews: pd.DataFrame, themes: pd.DataFrame
    ) -> None:
        self._file = CorrectionsFile(path)
        self._coded = opinions, reviews, themes
        self._table: pd.DataFrame | None = None
        self._begin()
        self._file.read()
        self._file.warn_of_torn()
        self.applied, unfit = self._catch_up()
        for why in unfit:
            warnings.warn(f"{os.fspath(path)!r}, {why}; it is left out.", stacklevel=4)
        if len(added := self._coding.added()):
            touched = reviews[reviews["review_id"].isin(added["review_id"])]
            check_quotes(added, touched, "opinions after the corrections")

    @property
    def path(self) -> Path:
        """The file."""
        return self._file.path

    @property
    def table(self) -> pd.DataFrame:
        """The opinions table after the corrections, as of when the file was last read."""
        if self._table is None:
            self._table = self._coding.table()
        return self._table

    def of(self, review_id: str) -> list[Opinion]:
        """Return the opinions in a review after the corrections."""
        return self._coding.of(review_id)

    def save(self, made: Correction) -> Correction:
        """Append a change if it fits what the file holds by now; return it with all that is known of the opinion."""

        def check(is_same: bool) -> None:
            self._catch_up(is_same)
            if why := self._coding.misfit(made):
                raise TableError(f"{why[0].upper()}{why[1:]}.")

        self._file.append(made, check)
        self._taken, self._table = len(self._file.corrections), None
        return self._coding.apply(made)

    def look(self) -> bool:
        """Take in what others appended to the file, and tell whether the table has changed."""
        if self._file.read():
            return bool(self._catch_up()[0])
        before = self.table
        self._catch_up(is_same=False)
        return not self.table.equals(before)

    def _begin(self) -> None:
        self._coding, self._taken, self._table = _Coding(*self._coded), 0, None

    def _catch_up(self, is_same: bool = True) -> tuple[list[Correction], list[str]]:
        """Apply what was read since the last call, or all again if what was applied is not in the file any more."""
        if not is_same:
            self._begin()
        applied, unfit = self._coding.replay(self._file.corrections[self._taken :])
        self._taken, self._table = len(self._file.corrections), None if applied else self._table
        return applied, unfit
