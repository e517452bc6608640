"""Find which column of a user's table is which of ours: as `columns=` says, else by its usual names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

import pandas as pd

from ..base.safe_text import is_whole
from ..errors import TableError, did_you_mean
from ..tables.base import REVIEWS
from .report import Problem, noted

_THEIR_NAME = "given_name"  # what a user's own column "name" becomes: whose or what name it is, nothing says
MOST_COLUMNS = 1_000  # of a table; a million commas are no table
WORKED_OUT = ("name", "words", "score_raw", "score_scale", "score_status")
OURS = [name for name in REVIEWS.names if name not in WORKED_OUT]  # a user's `score` is the printed one
# What tables of reviews call their columns, in small letters and without blanks and signs.
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


def find_columns(names: Iterable[object], columns: Mapping[str, str] | None, source: str) -> dict[str, object]:
    """Find which column is which.

    Parameters
    ----------
    names : iterable
        The names of a table's columns.
    columns : mapping of str to str or None
        Our name of a column to its name there, for those that the user names.
    source : str
        What messages call the table.

    Returns
    -------
    dict
        Our name to theirs, of the columns that were found; of a table that Starlight made, all that are declared.

    Raises
    ------
    TableError
        If a name that is given does not exist, several columns may be one of ours, or none can be the text.

    Examples
    --------
    >>> find_columns(["Review", "stars", "likes"], None, "mine.csv")
    {'text': 'Review', 'score': 'stars'}
    """
    names, given = list(names), dict(columns or {})
    if len(names) > MOST_COLUMNS:
        raise TableError(
            f"{source} has {len(names):,} columns, and a table of reviews at most {MOST_COLUMNS:,}. Take what you need."
        )
    for name, count in Counter(names).items():
        if count > 1:
            raise TableError(f"{source} has more than one column {name!r}. Rename one, or drop it.")
        if not is_whole(str(name)):
            raise TableError(f"{source} has a column {name!r}, which holds half a character. Rename it, or drop it.")
    if is_saved(names) and not given:
        return {name: name for name in REVIEWS.names if name in names}
    for ours, theirs in given.items():
        if ours not in OURS:
            raise TableError(f"columns names {ours!r}. {did_you_mean(ours, OURS)}")
        if not pd.api.types.is_hashable(theirs) or theirs not in set(names):
            raise TableError(f"{source} has no column {theirs!r}. {did_you_mean(theirs, names)}")
    rest = [name for name in names if name not in set(given.values())]
    found = {}
    for ours, usual in _USUAL.items():
        if ours in given:
            found[ours] = given[ours]
        elif (fitting := [name for name in rest if _plain(name) in usual]) and ours == "review_id":
            found[ours] = next((name for name in fitting if name == ours), fitting[0])
        elif fitting:
            found[ours] = _only(fitting, ours, source)
    if "text" not in found:
        listed = ", ".join(repr(name)[:60] for name in names[:30]) or "none"
        raise TableError(
            f"{source} has no column 'text' (it has {listed}). Say which one it is: columns={{'text': ...}}."
        )
    return found


def is_saved(names: Iterable[object]) -> bool:
    """Return whether a table is one of reviews that Starlight saved: it has all declared columns (0.1 had no name)."""
    return set(REVIEWS.names) - {"name"} <= set(names)


def rename(frame: pd.DataFrame, found: Mapping[str, object], source: str) -> pd.DataFrame:
    """Give a table our names for the columns that were found; the others keep theirs, as text."""
    rest = frame.drop(columns=list(set(found.values())))
    rest = rest.set_axis(list(map(str, rest.columns)), axis=1).rename(columns={"name": _THEIR_NAME})
    for name, count in Counter(rest.columns).items():
        if name in found or count > 1:
            raise TableError(f"{source} has more than one column {name!r}. Rename one, or drop it.")
        if name in WORKED_OUT:
            raise TableError(f"{source} has a column {name!r}, which Starlight works out. Rename it, or drop it.")
    return rest.assign(**{name: frame[theirs] for name, theirs in found.items()})


def notes(found: Mapping[str, object], columns: Mapping[str, str] | None) -> list[Problem]:
    """Say what was guessed: columns that were taken for one of ours without having its name."""
    guessed = [(ours, theirs) for ours, theirs in found.items() if ours not in (columns or {}) and ours != theirs]
    return [noted(str(theirs), ours, f"the column was taken for {ours}") for ours, theirs in guessed]


def _plain(name: object) -> str:
    return re.sub(r"[\W_]+", "", str(name)).casefold()


def _only(fitting: list[object], ours: str, source: str) -> object:
    """Refuse to choose between columns."""
    if len(fitting) > 1:
        listed = ", ".join(map(repr, fitting))
        raise TableError(
            f"{source} has several columns that may be {ours!r}: {listed}. "
            f"Say which one it is: columns={{{ours!r}: {fitting[0]!r}}}."
        )
    return fitting[0]
