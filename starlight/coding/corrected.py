"""Apply corrections to a coding, each if it fits, and keep a coding up to date with its file of corrections."""

import os
import warnings
from collections.abc import Iterable

import pandas as pd

from ..base.arguments import check_path
from ..errors import ReadError, TableError
from ..tables.base import OPINIONS
from ..tables.schema import TEXT, build, is_missing
from .belonging import check_quotes
from .corrections import Correction, Mark, Opinion, Place, digest, mark
from .corrections_file import CorrectionsFile

_NOTE = "note"  # the column that a table has once an opinion in it has a note


def corrected(
    opinions: pd.DataFrame, path: str | os.PathLike[str], reviews: pd.DataFrame, themes: pd.DataFrame
) -> pd.DataFrame:
    """Return the opinions after the corrections in a file; warn of those that do not fit."""
    path = check_path(path, "corrections", "'corrections.csv'")
    if not path.exists():
        raise ReadError(f"The corrections in {os.fspath(path)!r} cannot be read: No such file. Correct the path.")
    return Record(opinions, path, reviews, themes).table


def standing(applied: Iterable[Correction]) -> list[Correction]:
    """Return the changes that still hold: neither those that were undone, nor those that undid them."""
    changes: list[tuple[object, object, Correction]] = []
    for made in applied:
        before, after = (opinion and (opinion.key, opinion.note) for opinion in (made.before, made.after))
        if changes and changes[-1][:2] == (after, before):
            changes.pop()
        else:
            changes.append((before, after, made))
    return [made for *_, made in changes]


def opinions_of(table: pd.DataFrame) -> list[Opinion]:
    """Return the rows of an opinions table, in Python's own numbers."""
    notes = table[_NOTE].tolist() if _NOTE in table else [""] * len(table)
    rows = zip(*(table[name].tolist() for name in OPINIONS.names), notes, strict=True)
    return [
        Opinion._make([*row, None if is_missing(confidence) else confidence, "" if is_missing(note) else note])
        for *row, confidence, note in rows
    ]


class Coding:
    """A coding that is being corrected: a changed opinion keeps its row and its note."""

    def __init__(self, opinions: pd.DataFrame, reviews: pd.DataFrame, themes: pd.DataFrame) -> None:
        self._opinions = opinions.reset_index(drop=True).astype({_NOTE: TEXT} if _NOTE in opinions else {})
        self.texts = dict(zip(reviews["review_id"].tolist(), reviews["text"].tolist(), strict=True))
        self._craft = set(themes.loc[themes["kind"] == "craft", "theme"])
        self._coders = set(opinions["coder"].unique())
        self._places = self._opinions.groupby("review_id").indices
        self._held: dict[str, dict[tuple[object, ...], tuple[int, Opinion]]] = {}  # row and opinion, by review and key
        self._freed: dict[tuple[object, ...], tuple[int, str]] = {}  # row and note of each opinion that was removed
        self._changed: dict[int, Opinion | None] = {}  # what changed rows hold now
        self._size = len(opinions)
        self._table: pd.DataFrame | None = self._opinions  # None until it is made again after a change

    def of(self, review_id: str) -> list[Opinion]:
        """Return the opinions in a review, in the order of their rows."""
        return [opinion for _, opinion in sorted(self._in(review_id).values())]

    def _in(self, review_id: str) -> dict[tuple[object, ...], tuple[int, Opinion]]:
        self._hold([review_id])
        return self._held[review_id]

    def _hold(self, review_ids: Iterable[str]) -> None:
        """Take the opinions in these reviews out of the table at once: each look into it takes milliseconds."""
        new: dict[str, dict[tuple[object, ...], tuple[int, Opinion]]]
        new = {review_id: {} for review_id in review_ids if review_id not in self._held}
        rows = [row for review_id in new for row in self._places.get(review_id, ())]
        for row, opinion in zip(rows, opinions_of(self._opinions.iloc[rows]) if rows else (), strict=True):
            new[opinion.review_id][opinion.key] = int(row), opinion
        self._held |= new

    def replay(self, corrections: Iterable[Correction]) -> tuple[list[Correction], list[str]]:
        """Apply the corrections of these coders and reviews that fit; return them, and why others do not fit."""
        applied, unfit = [], []
        ours = [made for made in corrections if made.opinion.review_id in self.texts]
        ours = [made for made in ours if not self._coders or made.opinion.coder in self._coders]
        self._hold(made.opinion.review_id for made in ours)
        for made in ours:
            if why := self.misfit(made):
                unfit.append(f"line {made.line}: {why}" if made.line else why)
            else:
                applied.append(self.apply(made))
        return applied, unfit

    def misfit(self, made: Correction) -> str | None:
        """Return why a correction cannot be applied, or None if it can."""
        held, after = self._in(made.opinion.review_id), made.after
        if made.before and made.before.key not in held:
            return f"the opinion to {made.action.split()[0].rstrip(':')} does not exist: {made.before.quote!r}"
        if not after or (made.before and made.before.key == after.key):
            return None
        if after.theme not in self._craft:
            return f"there is no craft theme {after.theme!r}"
        if not after.quote or self.texts[after.review_id][after.start : after.end] != after.quote:
            return f"the words are not at {after.start} of review {after.review_id!r}: {after.quote!r}"
        return f"that opinion exists already: {after.quote!r}" if after.key in held else None

    def apply(self, made: Correction) -> Correction:
        """Apply a correction that fits; return it with the whole row of the opinion before it, and the note after."""
        held, before, after = self._in(made.opinion.review_id), made.before, made.after
        if before:
            row, before = held.pop(before.key)
            note = before.note
        else:
            row, note = self._freed.pop(made.opinion.key, (self._size, ""))
            self._size = max(self._size, row + 1)
        if before and after and before.key == after.key:
            after = before._replace(note=after.note)
        elif after:
            after = after._replace(note=note)
        if after:
            held[after.key] = row, after
        else:
            self._freed[made.opinion.key] = row, note
        self._changed[row], self._table = after, None
        return made._replace(before=before, after=after)

    def table(self) -> pd.DataFrame:
        """Return the opinions table."""
        if self._table is None:
            table = self._opinions.reindex(range(self._size))
            now = {row: opinion for row, opinion in self._changed.items() if opinion}
            noted = _NOTE in table or any(opinion.note for opinion in now.values())
            table = table.assign(note=table.get(_NOTE, pd.Series(dtype=TEXT))) if noted else table
            for name in [*OPINIONS.names, *[_NOTE] * noted] if now else ():
                values = [getattr(opinion, name) for opinion in now.values()]
                table.loc[list(now), name] = [float("nan") if value in (None, "") else value for value in values]
            self._table = build(OPINIONS, table.drop(index=[row for row in self._changed if row not in now]))
        return self._table

    def added(self) -> pd.DataFrame:
        """Return the opinions that corrections added or changed, as a table."""
        return build(OPINIONS, [opinion._asdict() for _, opinion in sorted(self._changed.items()) if opinion])


class Record:
    """A coding with the corrections in a file, which others may append to; `applied` are those that fitted at first."""

    def __init__(
        self, opinions: pd.DataFrame, path: str | os.PathLike[str], reviews: pd.DataFrame, themes: pd.DataFrame
    ) -> None:
        self._file = CorrectionsFile(path)
        self.path = self._file.path
        self._coded = opinions, reviews, themes
        self._file.read()
        self.applied, unfit = self._catch_up(is_same=False)
        torn = [f"line {line}: not a complete correction" for line in self._file.torn]
        for why in [*torn, *unfit]:
            warnings.warn(f"{os.fspath(path)!r}, {why}; it is left out.", stacklevel=4)
        if len(added := self._coding.added()):
            touched = reviews[reviews["review_id"].isin(added["review_id"])]
            check_quotes(added, touched, "opinions after the corrections")

    @property
    def table(self) -> pd.DataFrame:
        """The opinions table after the corrections that the file held when it was last read."""
        return self._coding.table()

    @property
    def places_read(self) -> tuple[Place, ...]:
        """The reviews and sentences that were marked as read when the file was last read."""
        return tuple(self._file.shown)

    def changed(self, places: Iterable[Place]) -> list[Place]:
        """Return those of these places in which the file has opinions whose words are not there any more."""
        texts, lost = self._coding.texts, dict[tuple[object, ...], tuple[str, int]]()
        for made in self._file.corrections:
            one, text = made.opinion, texts.get(made.opinion.review_id)
            if made.before:
                lost.pop(made.before.key, None)
            if made.after and text is not None and text[one.start : one.end] != one.quote:
                lost[one.key] = one.review_id, one.sentence
        reviews, sentences = {review_id for review_id, _ in lost.values()}, set(lost.values())
        return [one for one in places if (one.review_id in reviews if one.is_whole else one[:2] in sentences)]

    def coders_in(self, review_ids: Iterable[str]) -> set[str]:
        """Return whose opinions the file corrects in these reviews, also those that are passed over."""
        ids = {*review_ids}
        return {made.opinion.coder for made in self._file.corrections if made.opinion.review_id in ids}

    def of(self, review_id: str) -> list[Opinion]:
        """Return the opinions in a review after the corrections."""
        return self._coding.of(review_id)

    def mark(self, place: Place, who: str, *, is_read: bool) -> Mark:
        """Append that a review or a sentence was read, or was not after all, and return that."""
        made = mark(place, is_read, self._digest(place), who)
        self._file.append(made)
        return made

    def _digest(self, place: Place) -> str:
        opinions = self._coded[0]
        there = opinions["review_id"] == place.review_id
        return digest(
            opinions_of(opinions[there if place.is_whole else there & (opinions["sentence"] == place.sentence)])
        )

    def not_as_read(self, places: Iterable[Place]) -> list[Place]:
        """Return those of these places that had other opinions when they were marked as read."""
        shown = self._file.shown
        return [one for one in places if shown.get(one) and shown[one] != self._digest(one)]

    def save(self, made: Correction) -> Correction:
        """Append a change if it fits what the file holds now; return it with the whole row of the opinion before it."""

        def check(is_same: bool) -> None:
            self._catch_up(is_same)
            if why := self._coding.misfit(made):
                raise TableError(f"{why[0].upper()}{why[1:]}.")

        self._file.append(made, check)
        self._taken = len(self._file.corrections)
        return self._coding.apply(made)

    def look(self) -> bool:
        """Read what others appended to the file, and return whether the table has changed."""
        if self._file.read():
            return bool(self._catch_up(is_same=True)[0])
        before = self.table
        self._catch_up(is_same=False)
        return not self.table.equals(before)

    def _catch_up(self, is_same: bool) -> tuple[list[Correction], list[str]]:
        """Apply the corrections read since the last call, or all of them anew unless the file still has the others."""
        if not is_same:
            self._coding, self._taken = Coding(*self._coded), 0
        new = self._file.corrections[self._taken :]
        self._taken += len(new)
        return self._coding.replay(new)


def warn_of_several(marked: pd.DataFrame, name: str) -> None:
    """Warn if several people marked opinions where none were shown, since all count then, also those that differ."""
    people = sorted(set(marked["coder"]))
    if len(people) > 1:
        warnings.warn(
            f"{name} has marks of {len(people)} people ({', '.join(people)}), and all count. Where they differ, "
            "settle() them first, or give each a file.",
            stacklevel=4,
        )
