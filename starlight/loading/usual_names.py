"""The usual names of columns in tables of reviews, in English, German, French and Spanish.

`data/column_names.csv` lists them: of one column's names each row has some that are less sure to be it.
"""

import re
import unicodedata
from functools import cache, lru_cache

from ..base.resources import stored_rows

_LONGEST = 100  # characters of a name that may be a usual one
_MOST = 10_000  # names that are remembered, since JSON has them in each row
_OF_REVIEWS = {"review_id", "title", "outlet", "critic", "published", "text", "score"}
_PREFIXES = {
    "reviews": _OF_REVIEWS,
    "review": _OF_REVIEWS,
    "critic": {"text", "score"},
    "user": {"text", "score", "critic"},
    "your": {"text", "score"},
    "movie": {"text", "score"},
    "film": {"text", "score"},
}
_PREFIXED = 10  # added to the rank of the name after a prefix, as often as the prefix stands below the first
MARKS = {"note", "noten", "schulnote"}  # of German schools, or scores of any scale in French
REMARKS = {"note", "nota"}  # scores in German, French and Spanish, else remarks
WORKS = {"title", "titel", "titre", "titulo"}  # the work, unless another column is


@cache
def _usual() -> dict[str, dict[str, int]]:
    """Return, by our name for a column, its usual names and how sure each is, 0 the surest."""
    usual: dict[str, dict[str, int]] = {}
    for row in stored_rows("column_names.csv"):
        known = usual.setdefault(row["column"], {})
        known |= dict.fromkeys(row["names"].split(), len(set(known.values())))
    return usual


def usual_names() -> set[str]:
    """Return all usual names of columns."""
    return set().union(*_usual().values())


def plain_name(name: object) -> str:
    """Return a column's name without capitals, accents, blanks, punctuation and what ends it in brackets.

    So `user_name` and `userName` are one, and `Rating (1-5)` and `Rating/5` are ratings.
    """
    return _plain(str(name)[:_LONGEST])


@lru_cache(_MOST)
def _plain(name: str) -> str:
    bare = re.sub(r"(?<=\w)\s?(?:\([^()]*\)|/ ?\d{1,3}|out of \d{1,3})\s*$", "", name)
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKD", bare)).casefold()


def fitting(plain: dict[object, str], ours: str) -> list[object]:
    """Return the columns whose plain names are the surest to be one of ours: none, one or several."""
    ranks = {name: rank for name, one in plain.items() if (rank := _rank(one, ours)) is not None}
    return [name for name, rank in ranks.items() if rank == min(ranks.values())]


@lru_cache(_MOST)
def our_name(theirs: str) -> str | None:
    """Return our name for a column by one of its usual names, None for any other name."""
    ranks = {ours: rank for ours in _usual() if (rank := _rank(plain_name(theirs), ours)) is not None}
    return min(ranks, key=lambda ours: ranks[ours]) if ranks else None


def is_usual(name: object, ours: str) -> bool:
    """Return whether a name is a usual one of one of our columns."""
    return _rank(plain_name(name), ours) is not None


def is_verdict(plain: str) -> bool:
    """Return whether a column of this name says yes or no, and gives no score."""
    return _usual()["score"].get(plain) == max(_usual()["score"].values())


@lru_cache(_MOST)
def _rank(plain: str, ours: str) -> int | None:
    """Return how sure a name is to be one of ours, 0 the surest; None if it is not."""
    ranks = _usual()[ours]
    if plain in ranks:
        return ranks[plain]
    for place, (prefix, of) in enumerate(_PREFIXES.items(), 1):
        if ours in of and plain.startswith(prefix) and (rank := ranks.get(plain.removeprefix(prefix))) is not None:
            return place * _PREFIXED + rank
    return None
