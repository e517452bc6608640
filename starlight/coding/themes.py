"""Read the themes that reviews may talk about, with the terms that mention them: `data/themes.csv` or a csv like it."""

import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from ..base.resources import resource
from ..errors import TableError, shown
from ..tables.base import THEMES
from ..tables.save import read_table
from ..tables.schema import build, check_unique
from ..text.lines import normalise
from ..text.words import find_words

_FILM = "lost in starlight"


class Term(NamedTuple):
    """A term of a theme: its words, without case if only that spelling counts (`exact`), else as lemmas."""

    theme: str
    term: str
    words: tuple[str, ...]
    exact: bool
    is_name: bool


def read_themes(path: str | os.PathLike[str] | None = None) -> pd.DataFrame:
    """Return a list of themes with their terms: one row per theme.

    Parameters
    ----------
    path : path, optional
        A csv with the columns theme, label, kind, covers and terms; the project's `data/themes.csv` if not given.
        Terms are separated by semicolons. A term is found in any inflection; with ``=`` before it (``=moving``) only
        as it is written. A term with a capital letter (``Mars``) is a name, found as it is written, in any case.

    Returns
    -------
    DataFrame
        The themes table, with the columns theme, label, kind, covers and terms.

    Raises
    ------
    ReadError
        If the file cannot be read as csv.
    TableError
        If a column is missing, a kind is unknown, or two themes share a term.

    Examples
    --------
    >>> read_themes().groupby("kind")["theme"].count().to_dict()
    {'craft': 12, 'motif': 7}
    """
    if path is not None:
        return _read(path)
    own = resource("data", "themes.csv")
    return _read_once(own, own.stat().st_mtime_ns if own.exists() else 0).copy()


def names_own_film(texts: Iterable[str]) -> bool:
    """Return whether one of the texts names the film that the motifs in `data/themes.csv` were chosen for."""
    return any(_FILM in text.casefold() for text in texts)


def checked_themes(themes: pd.DataFrame | None) -> pd.DataFrame:
    """Return a list of themes after checking it, or our own for None; labels are names and kinds craft by default."""
    if themes is None:
        return read_themes()
    if not isinstance(themes, pd.DataFrame):
        raise TableError(
            f"themes must be a DataFrame ({THEMES.grain}), not {type(themes).__name__}. read_themes(path) reads one."
        )
    if "theme" in themes and "label" not in themes:
        themes = themes.assign(label=themes["theme"])
    themes = build(THEMES, themes if "kind" in themes else themes.assign(kind="craft"))
    check_unique(themes, ["label"], "themes", "Charts tell themes apart by their labels.")
    return themes


@lru_cache(maxsize=1)
def _read_once(own: Path, _changed: int) -> pd.DataFrame:
    """Return the project's own themes, read again only when the file has changed, since every summary needs them."""
    return _read(own)


def _read(path: str | os.PathLike[str]) -> pd.DataFrame:
    themes = read_table(path, THEMES)
    index_terms(themes)
    return themes


def index_terms(themes: pd.DataFrame) -> dict[str, list[Term]]:
    """Return the terms of a list of themes by their first word, the longest term first."""
    if not isinstance(themes, pd.DataFrame) or not {"theme", "terms"} <= {*themes}:
        raise TableError(f"themes is {shown(themes)}; it is a table with the columns theme and terms.")
    themes = build(THEMES.only("theme", "terms"), themes)
    index: dict[str, list[Term]] = {}
    owner: dict[tuple[tuple[str, ...], bool], Term] = {}
    for theme, cell in zip(themes["theme"], themes["terms"].fillna(""), strict=True):
        for written in filter(None, (term.strip() for term in cell.split(";"))):
            term = _term(theme, written)
            first = owner.setdefault((term.words, term.exact), term)
            if first.theme != theme:
                other = "" if written == first.term else f" ({written!r} in {theme!r})"
                both = f"themes {first.theme!r} and {theme!r} both have the term {first.term!r}{other}"
                raise TableError(f"themes: {both}. Remove one of them.")
            if first is term:
                index.setdefault(term.words[0], []).append(term)
    for terms in index.values():
        terms.sort(key=lambda term: (-len(term.words), not term.exact))
    return index


def _term(theme: str, written: str) -> Term:
    is_name = any(letter.isupper() for letter in written)
    exact = is_name or written.startswith("=")
    words = tuple(word.folded if exact else word.lemma for word in find_words(normalise(written)))
    if not words:
        raise TableError(f"themes: the term {written!r} of theme {theme!r} has no letter or digit. Remove it.")
    return Term(theme, written.removeprefix("="), words, exact, is_name)
