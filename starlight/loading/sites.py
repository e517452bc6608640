"""The tables that sites and well-known data sets hand out, known by their header: which column is what, and its scale.

`data/sites.csv` lists them, with names without capitals, blanks and punctuation.
"""

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from ..base.resources import stored_rows


class Site(NamedTuple):
    """A layout of a site's tables. A table has it if it has all columns of `header`, and with `only` no others.

    `columns` says which of its columns is which of ours, where their usual names do not: none, one, or two, of which
    the second counts where the first is empty. `scale` is what numbers without a maximum are out of; where a site has
    none, a 1 is a thumb up. With `zero_is_none` a 0 means that no score was given.
    """

    name: str
    header: frozenset[str]
    columns: dict[str, list[str]]
    scale: float | None
    zero_is_none: bool
    only: bool


@cache
def _sites() -> list[Site]:
    found = []
    for row in stored_rows("sites.csv"):
        pairs = (part.split(":") for part in row["columns"].split())
        columns = {ours: theirs.split(",") if theirs else [] for ours, theirs in pairs}
        scale = float(row["scale"]) if row["scale"] else None
        flags = bool(row["zero_is_none"]), bool(row["only"])
        found.append(Site(row["site"], frozenset(row["header"].split()), columns, scale, *flags))
    return found


def site_of(plain: Iterable[str]) -> Site | None:
    """Return the layout of a table with these plain names; None if it is of no site that is known."""
    there = set(plain)
    fits = (site for site in _sites() if site.header <= there and (site.header == there or not site.only))
    return next(fits, None)
