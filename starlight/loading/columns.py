"""Find which column of a user's table is which of ours: as `columns=` says, else by its usual names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, count
from typing import NamedTuple

import pandas as pd

from ..base.safe_text import is_whole
from ..errors import ReadError, TableError, did_you_mean
from ..tables.base import REVIEWS
from .report import Problem, noted

MOST_COLUMNS = 1_000  # of a table; a million commas are no table
_LONGEST = 100  # characters of a name, that may be a usual one
_WORKED_OUT = ("name", "words", "score_raw", "score_scale", "score_status")
_OURS = [name for name in REVIEWS.names if name not in _WORKED_OUT]  # a user's `score` is the printed one
# The usual names of columns in tables of reviews, in lower case and without blanks and punctuation.
_USUAL = {
    "review_id": {"reviewid", "id"},
    "film": {"film", "filmtitle", "filmname", "movie", "movietitle", "moviename"},
    "title": {"title", "headline", "reviewtitle"},
    "outlet": {"outlet", "publisher", "source", "publishername", "publication"},
    "critic": {"critic", "author", "reviewer", "criticname", "reviewername"},
    "published": {"published", "date", "reviewdate", "publisheddate"},
    "text": {"text", "review", "body", "content", "reviewtext", "reviewcontent"},
    "score": {"score", "rating", "stars", "grade", "reviewscore"},
}


class Columns(NamedTuple):
    """The columns of a source: ours (`theirs` by our name), which of these the user named, and the rest (`own`).

    `own` maps what the source calls each other column to the name under which it is kept.
    """

    source: str
    theirs: dict[str, object]
    asked: Mapping[str, str]
    own: dict[object, str]

    @property
    def are_saved(self) -> bool:
        """Whether the source is a reviews table that Starlight saved."""
        return "score_status" in self.theirs

    def printed(self, ours: str) -> str | None:
        """Return what the source calls one of our columns, for the report; None if it has no such column."""
        return str(self.theirs[ours]) if ours in self.theirs else None


def find_columns(names: Iterable[object], asked: Mapping[str, str] | None, source: str) -> Columns:
    """Return which of a table's columns is which of ours; `asked` maps our names to those that the user gave."""
    names, asked = list(names), dict(asked or {})
    _check_names(names, source)
    if is_saved(names) and not asked:
        theirs: dict[str, object] = {name: name for name in REVIEWS.names if name in names}
        if names[names.index("review_id") + 1 :][:1] != ["name"]:  # 0.1 saved it: a `name` there is the user's own
            theirs.pop("name", None)
    else:
        _check_asked(names, asked, source)
        theirs = _guessed(names, asked, source)
    if "text" not in theirs:
        listed = ", ".join(repr(name)[:60] for name in names[:30]) or "none"
        raise TableError(
            f"{source} has no column 'text' (it has {listed}). Say which one it is: columns={{'text': ...}}."
        )
    return Columns(source, theirs, asked, _kept_as(names, theirs, source))


def is_saved(names: Iterable[object]) -> bool:
    """Return whether a table is one of reviews that Starlight saved: all our columns are there, save a name in 0.1."""
    return set(REVIEWS.names) - {"name"} <= set(names)


def names_texts(name: object) -> bool:
    """Return whether a name is a usual one of the column of texts."""
    return _plain(name) in _USUAL["text"]


def header_again(header: Sequence[object], source: str) -> Callable[[int, Sequence[object]], bool]:
    """Return the function that tells whether a row repeats the header, as where two files were joined.

    It refuses a header with other columns, or with the same in another order: what is below would be misread.
    """
    names = [_plain(name) for name in header]
    known = {*names, *chain(*_USUAL.values())} - {""}

    def is_header(row: int, cells: Sequence[object]) -> bool:
        if not isinstance(cells[0], str) or len(cells[0]) > _LONGEST or _plain(cells[0]) not in known:
            return False
        again = [_plain(cell) for cell in cells if cell is not None]
        if again == names:
            return True
        if len(again) > 1 and known.issuperset(again) and not _USUAL["text"].isdisjoint(again):
            raise ReadError(
                f"{source}, row {row}: a second header, with other columns ({', '.join(map(repr, cells))[:200]}), as "
                "where two files were joined. Make two files of it again, and load each."
            )
        return False

    return is_header


def rename(frame: pd.DataFrame, columns: Columns) -> pd.DataFrame:
    """Return a table with our names for our columns; a user's other columns keep their names, as text."""
    rest = frame.drop(columns=list(set(columns.theirs.values()))).set_axis(list(columns.own.values()), axis=1)
    return rest.assign(**{name: frame[theirs] for name, theirs in columns.theirs.items()})


def free_name(name: str, taken: Iterable[object]) -> str:
    """Return a name, with a number from 2 on if it is taken."""
    return next(one for one in chain([name], (f"{name}_{number}" for number in count(2))) if one not in taken)


def notes(columns: Columns) -> list[Problem]:
    """Return a note on each column that was guessed to be ours, and on one that was renamed."""
    guessed = [(ours, theirs) for ours, theirs in columns.theirs.items() if ours not in columns.asked]
    found = [noted(str(theirs), ours, f"the column was taken for {ours}") for ours, theirs in guessed if ours != theirs]
    if renamed := columns.own.get("name"):
        why = f"the column is kept as {renamed}: name is the name that Starlight gives each review"
        found.append(noted("name", renamed, why))
    return found


def _kept_as(names: list[object], theirs: Mapping[str, object], source: str) -> dict[object, str]:
    """Return the name under which each column is kept that is not ours; `name` is what Starlight calls a review."""
    taken = set(theirs.values())
    own = {name: str(name) for name in names if name not in taken}
    if "name" in own:
        own["name"] = free_name("given_name", own.values())
    for name in own.values():
        if name in _WORKED_OUT:
            raise TableError(f"{source} has a column {name!r}, which Starlight works out. Rename it, or drop it.")
    _refuse_repeated([*theirs, *own.values()], source)
    return own


def _refuse_repeated(names: Iterable[object], source: str) -> None:
    for name, times in Counter(names).items():
        if times > 1:
            raise TableError(f"{source} has more than one column {name!r}. Rename one, or drop it.")


def _check_names(names: list[object], source: str) -> None:
    if len(names) > MOST_COLUMNS:
        raise TableError(
            f"{source} has {len(names):,} columns, and a table of reviews at most {MOST_COLUMNS:,}. Take what you need."
        )
    _refuse_repeated(names, source)
    for name in names:
        if not is_whole(str(name)):
            raise TableError(f"{source} has a column {name!r}: a damaged character (half of a pair). Rename it.")


def _check_asked(names: list[object], asked: Mapping[str, str], source: str) -> None:
    for ours, theirs in asked.items():
        if ours not in _OURS:
            raise TableError(f"columns= has {ours!r}, which is not a column of ours. {did_you_mean(ours, _OURS)}")
        if not pd.api.types.is_hashable(theirs) or theirs not in set(names):
            raise TableError(f"{source} has no column {theirs!r}. {did_you_mean(theirs, names)}")


def _guessed(names: list[object], asked: Mapping[str, str], source: str) -> dict[str, object]:
    """Return our columns: those that the user named, and of the others the only one that has a usual name."""
    named = set(asked.values())
    plain = {name: _plain(name) for name in names if name not in named}
    theirs: dict[str, object] = dict(asked)
    for ours, usual in _USUAL.items():
        fitting = [name for name in plain if plain[name] in usual and ours not in asked]
        if ours == "review_id":
            fitting = [ours] if ours in fitting else fitting[:1]
        if len(fitting) > 1:
            raise TableError(
                f"{source} has several columns that may be {ours!r}: {', '.join(map(repr, fitting))}. "
                f"Say which one it is: columns={{{ours!r}: {fitting[0]!r}}}."
            )
        if fitting:
            theirs[ours] = fitting[0]
    return {ours: theirs[ours] for ours in _USUAL if ours in theirs}


def _plain(name: object) -> str:
    """Return a name in lower case, without blanks and punctuation."""
    return re.sub(r"[\W_]+", "", str(name)[:_LONGEST]).casefold()
