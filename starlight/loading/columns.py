"""Find which column of a user's table is which of ours: as `columns=` says, else by its usual names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pandas as pd

from ..base.safe_text import is_whole
from ..errors import TableError, did_you_mean
from ..tables.base import REVIEWS
from .report import Problem, noted

MOST_COLUMNS = 1_000  # of a table; a million commas are no table
_OF_A_USER = {"name": "given_name"}  # how a user's own column is renamed: `name` is what Starlight calls a review
_WORKED_OUT = ("name", "words", "score_raw", "score_scale", "score_status")
_OURS = [name for name in REVIEWS.names if name not in _WORKED_OUT]  # a user's `score` is the printed one
# The usual names of columns in tables of reviews, in lower case and without blanks and punctuation.
_USUAL = {
    "review_id": ("reviewid", "id"),
    "film": ("film", "filmtitle", "filmname", "movie", "movietitle", "moviename"),
    "title": ("title", "headline", "reviewtitle"),
    "outlet": ("outlet", "publisher", "source", "publishername", "publication"),
    "critic": ("critic", "author", "reviewer", "criticname", "reviewername"),
    "published": ("published", "date", "reviewdate", "publisheddate"),
    "text": ("text", "review", "body", "content", "reviewtext", "reviewcontent"),
    "score": ("score", "rating", "stars", "grade", "reviewscore"),
}


class Columns(NamedTuple):
    """The columns of a source: which are ours, by our name (`theirs`), which of these the user named, and the rest."""

    source: str
    theirs: dict[str, object]
    asked: Mapping[str, str]
    others: list[object]

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
    else:
        _check_asked(names, asked, source)
        theirs = _guessed(names, asked, source)
    if "text" not in theirs:
        listed = ", ".join(repr(name)[:60] for name in names[:30]) or "none"
        raise TableError(
            f"{source} has no column 'text' (it has {listed}). Say which one it is: columns={{'text': ...}}."
        )
    taken = set(theirs.values())
    return Columns(source, theirs, asked, [name for name in names if name not in taken])


def is_saved(names: Iterable[object]) -> bool:
    """Return whether a table is one of reviews that Starlight saved: all our columns are there, save a name in 0.1."""
    return set(REVIEWS.names) - {"name"} <= set(names)


def rename(frame: pd.DataFrame, columns: Columns) -> pd.DataFrame:
    """Return a table with our names for our columns; a user's other columns keep their names, as text."""
    rest = frame.drop(columns=list(set(columns.theirs.values())))
    rest = rest.set_axis(list(map(str, rest.columns)), axis=1).rename(columns=_OF_A_USER)
    for name, count in Counter(rest.columns).items():
        if name in columns.theirs or count > 1:
            raise TableError(f"{columns.source} has more than one column {name!r}. Rename one, or drop it.")
        if name in _WORKED_OUT:
            raise TableError(
                f"{columns.source} has a column {name!r}, which Starlight works out. Rename it, or drop it."
            )
    return rest.assign(**{name: frame[theirs] for name, theirs in columns.theirs.items()})


def notes(columns: Columns) -> list[Problem]:
    """Return a note on each column that was guessed to be ours, and on each of a user's own that was renamed."""
    guessed = [(ours, theirs) for ours, theirs in columns.theirs.items() if ours not in columns.asked]
    found = [noted(str(theirs), ours, f"the column was taken for {ours}") for ours, theirs in guessed if ours != theirs]
    for own in columns.others:
        if renamed := _OF_A_USER.get(str(own)):
            why = f"the column is kept as {renamed}: {own} is the name that Starlight gives each review"
            found.append(noted(str(own), renamed, why))
    return found


def _check_names(names: list[object], source: str) -> None:
    if len(names) > MOST_COLUMNS:
        raise TableError(
            f"{source} has {len(names):,} columns, and a table of reviews at most {MOST_COLUMNS:,}. Take what you need."
        )
    for name, count in Counter(names).items():
        if count > 1:
            raise TableError(f"{source} has more than one column {name!r}. Rename one, or drop it.")
        if not is_whole(str(name)):
            raise TableError(f"{source} has a column {name!r}, which holds half a character. Rename it, or drop it.")


def _check_asked(names: list[object], asked: Mapping[str, str], source: str) -> None:
    for ours, theirs in asked.items():
        if ours not in _OURS:
            raise TableError(f"columns= has {ours!r}, which is not a column of ours. {did_you_mean(ours, _OURS)}")
        if not pd.api.types.is_hashable(theirs) or theirs not in set(names):
            raise TableError(f"{source} has no column {theirs!r}. {did_you_mean(theirs, names)}")


def _guessed(names: list[object], asked: Mapping[str, str], source: str) -> dict[str, object]:
    """Return our columns: those that the user named, and of the others those that have a usual name."""
    named = set(asked.values())
    plain = {name: re.sub(r"[\W_]+", "", str(name)).casefold() for name in names if name not in named}
    theirs: dict[str, object] = {}
    for ours, usual in _USUAL.items():
        fitting = [name for name in plain if plain[name] in usual]
        if ours in asked:
            theirs[ours] = asked[ours]
        elif ours == "review_id" and ours in fitting:
            theirs[ours] = ours
        elif fitting:
            theirs[ours] = fitting[0] if ours == "review_id" else _only(fitting, ours, source)
    return theirs


def _only(fitting: list[object], ours: str, source: str) -> object:
    """Return the only column that may be ours, and refuse to choose between several."""
    if len(fitting) > 1:
        listed = ", ".join(map(repr, fitting))
        raise TableError(
            f"{source} has several columns that may be {ours!r}: {listed}. "
            f"Say which one it is: columns={{{ours!r}: {fitting[0]!r}}}."
        )
    return fitting[0]
