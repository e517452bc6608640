"""Find which column of a user's table is which of ours: as `columns=` says, as its site names it, or by usual names."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import chain, count
from typing import NamedTuple

import pandas as pd

from ..base.safe_text import is_whole
from ..errors import TableError, did_you_mean
from ..tables.base import REVIEWS
from .markup import without_markup
from .report import Problem, noted
from .rows import as_written
from .sites import Site, site_of
from .usual_names import WORKS, fitting, plain_name

MOST_COLUMNS = 1_000  # of a table; a million commas are no table
_PERSON = ("name", "displayName", "username", "userName", "nickname", "personaname", "steamid", "id")
_UNNAMED = re.compile(r"column \d+|Unnamed: \d+")  # as pandas calls them
_WORKED_OUT = ("name", "words", "score_raw", "score_scale", "score_status")
_OURS = [name for name in REVIEWS.names if name not in _WORKED_OUT]  # a user's `score` is the printed one


class Columns(NamedTuple):
    """The columns of a source: ours (`theirs` by our name), which of these the user named, and the rest (`own`).

    `own` maps what the source calls each other column to the name under which it is kept; `others` has by our name a
    second column, whose cells stand where those of the first are empty.
    """

    source: str
    theirs: dict[str, object]
    asked: Mapping[str, str]
    own: dict[object, str]
    others: Mapping[str, object] = {}
    site: Site | None = None

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
    _check(names, asked, source)
    site, others = None, dict[str, object]()
    if is_saved(names) and not asked:
        theirs: dict[str, object] = {name: name for name in REVIEWS.names if name in names}
        if names[names.index("review_id") + 1 :][:1] != ["name"]:  # 0.1 saved it: a `name` there is the user's own
            theirs.pop("name", None)
    else:
        named = set(asked.values())
        plain = {name: plain_name(name) for name in names if name not in named}
        site = site_of(map(plain_name, names))
        theirs, others = _guessed(plain, asked, source, site.columns if site else {})
    if "text" not in theirs:
        listed = ", ".join(map(repr, names))[:1_000] or "none"
        remedy = "Say which column holds the texts: columns={'text': ...}; if these are no names, add names above."
        if any(_UNNAMED.fullmatch(str(name)) for name in names[1:]):
            remedy = "Some have no name: write one above each column, all in one row, and remove the rows above that."
        if site:
            remedy = f"{site.name} hold no reviews. Give the file with the texts of the reviews."
        raise TableError(f"{source} has no column 'text' (it has {listed}). {remedy}")
    return Columns(source, theirs, asked, _kept_as(names, theirs, asked, source), others, site)


def is_saved(names: Iterable[object]) -> bool:
    """Return whether a table is one of reviews that Starlight saved: all our columns are there, save a name in 0.1."""
    return set(REVIEWS.names) - {"name"} <= set(names)


def rename(
    frame: pd.DataFrame, columns: Columns, marked: Counter[str] | None = None, *, is_folder: bool = False
) -> pd.DataFrame:
    """Return a table with our names for our columns, without markup; `marked` counts the cells that held some."""
    ours = {name: frame[theirs] for name, theirs in columns.theirs.items()}
    rest = frame.drop(columns=list(set(columns.theirs.values())))
    rest = rest.set_axis([columns.own[name] for name in rest], axis=1)
    if "critic" in ours and any(isinstance(one, dict) for one in ours["critic"]):  # {"steamid": "76", "num_reviews": 3}
        ours["critic"] = ours["critic"].map(
            lambda one: next((one[key] for key in _PERSON if one.get(key)), None) if isinstance(one, dict) else one
        )
    for name, other in columns.others.items():
        is_blank = ours[name].isna() | ours[name].astype("str").str.strip().eq("")
        ours[name] = ours[name].astype("object").mask(is_blank, frame[other])
    if columns.are_saved or is_folder:
        return rest.assign(**ours)
    for name, cells in ours.items():
        ours[name], count_marked = without_markup(cells, in_lines=name == "text")
        if marked is not None and count_marked:
            marked[str(columns.theirs[name])] += count_marked
    return rest.assign(**{name: cells if name == "text" else as_written(cells) for name, cells in ours.items()})


def free_name(name: str, taken: Iterable[object]) -> str:
    """Return a name, with a number from 2 on if it is taken."""
    return next(one for one in chain([name], (f"{name}_{number}" for number in count(2))) if one not in taken)


def notes(columns: Columns) -> list[Problem]:
    """Return a note on each column of ours, unless it has our name: found or given; and on those that were not used."""
    found = [noted(None, columns.site.name, "the site whose tables have this header")] if columns.site else []
    for ours, theirs in columns.theirs.items():
        what = "columns= gives this column" if ours in columns.asked else "the column was taken"
        if ours in columns.asked or ours != theirs:
            found.append(noted(str(theirs), ours, f"{what} for {ours}"))
    if columns.theirs.get("film") == "above.name" and "title" in columns.theirs and "film" not in columns.asked:
        what = "the name above the reviews was taken for that of their film. If it is that of their critic, and their "
        what += "titles are those of films, pass columns={'critic': 'above.name', 'film': 'title'}."
        found.append(noted("above.name", "film", what))
    for ours, theirs in columns.others.items():
        what = f"where {columns.theirs[ours]} is empty, the column was taken for {ours}"
        found.append(noted(str(theirs), ours, what))
    for name, own in columns.own.items():
        if own != str(name):
            why = "name is the name that Starlight gives each review"
            why = why if name == "name" else "another column was taken for it"
            found.append(noted(str(name), own, f"the column is kept as {own}: {why}"))
    used = set(columns.others.values())
    if unused := [own for name, own in columns.own.items() if name not in used]:
        found.append(noted(None, ", ".join(unused), "columns that were not used, and are kept as they are"))
    return found


def _kept_as(
    names: list[object], theirs: Mapping[str, object], asked: Mapping[str, str], source: str
) -> dict[object, str]:
    """Return the name under which each column is kept that is not ours; `name` is what Starlight calls a review."""
    taken = set(theirs.values())
    own = {name: str(name) for name in names if name not in taken}
    for name in ("name", *_OURS):
        if name in own and name not in asked:
            own[name] = free_name(f"given_{name}", own.values())
    for name in own.values():
        if name in _WORKED_OUT:
            raise TableError(
                f"{source} has a column {name!r}, which only Starlight itself computes. Rename it, or drop it."
            )
    _refuse_repeated([*theirs, *own.values()], source)
    return own


def _refuse_repeated(names: Iterable[object], source: str) -> None:
    if twice := [name for name, times in Counter(names).items() if times > 1]:
        raise TableError(f"{source} has more than one column {twice[0]!r}. Rename one, or drop it.")


def _check(names: list[object], asked: Mapping[str, str], source: str) -> None:
    if len(names) > MOST_COLUMNS:
        raise TableError(
            f"{source} has {len(names):,} columns, and a table of reviews at most {MOST_COLUMNS:,}. Keep fewer."
        )
    _refuse_repeated(names, source)
    for name in names:
        if not is_whole(str(name)):
            raise TableError(f"{source} has half of a character in the name of column {name!r}. Rename it.")
    for ours, theirs in asked.items():
        if ours not in _OURS:
            raise TableError(
                f"columns= has {ours!r}, which is no column of the reviews table. {did_you_mean(ours, _OURS)}"
            )
        if not pd.api.types.is_hashable(theirs) or theirs not in set(names):
            raise TableError(f"{source} has no column {theirs!r}. {did_you_mean(theirs, names)}")


def _guessed(
    plain: dict[object, str], asked: Mapping[str, str], source: str, site: Mapping[str, list[str]]
) -> tuple[dict[str, object], dict[str, object]]:
    """Return our columns, and second ones: as the user named them, as the site does, else by the surest names."""
    theirs: dict[str, object] = dict(asked)
    others: dict[str, object] = {}
    for ours in (ours for ours in site if ours not in asked):
        there = [name for one in site[ours] for name in plain if plain[name] == one]
        theirs |= dict(zip([ours], there, strict=False))
        others |= dict(zip([ours], there[1:], strict=False))
    for ours in (ours for ours in _OURS if ours not in theirs and ours not in site):
        taken = set(theirs.values())
        left = {name: one for name, one in plain.items() if name not in taken}
        works = [name for name, one in left.items() if ours == "film" and one in WORKS]
        fits = fitting(left, ours) or works
        if ours == "review_id":
            fits = [ours] if ours in fits else fits[:1]
        if len(fits) > 1:
            raise TableError(
                f"{source} has several columns that may be {ours!r}: {', '.join(map(repr, fits))}. "
                f"Say which one it is: columns={{{ours!r}: {fits[0]!r}}}."
            )
        theirs |= dict(zip([ours], fits, strict=False))
    return {ours: theirs[ours] for ours in _OURS if ours in theirs}, others
