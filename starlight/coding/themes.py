"""The themes that reviews may talk about, each with the terms that mention it: `data/themes.csv`, or a list like it.

A word list is a table, and a mention is a join of sentences with it: whoever wants other themes edits the table.
"""

from __future__ import annotations

import os
from typing import NamedTuple

import pandas as pd

from ..base.resources import resource
from ..base.safe_text import as_meant
from ..errors import ReadError, TableError
from ..tables.base import THEMES
from ..tables.schema import build
from ..text.words import find_words


class Term(NamedTuple):
    """A term of a theme: its words, folded where only that spelling counts (`exact`), else as lemmas."""

    theme: str
    term: str
    words: tuple[str, ...]
    exact: bool
    is_name: bool


def read_themes(path: str | os.PathLike[str] | None = None) -> pd.DataFrame:
    """Read a list of themes with their terms: one row per theme.

    Parameters
    ----------
    path : path, optional
        A csv with the columns theme, label, kind, covers and terms; the project's `data/themes.csv` if not given.
        Terms are separated by semicolons. A term is found in any inflection; with ``=`` before it (``=moving``) only
        as it is written; one with a capital letter (``Mars``) is a name, found as it is written in any case.

    Returns
    -------
    DataFrame
        The themes table.

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
    path = resource("data", "themes.csv") if path is None else path
    try:
        frame = pd.read_csv(path, dtype="str").map(as_meant, na_action="ignore")
    except (OSError, ValueError) as error:
        remedy = f"Give a csv in UTF-8 with the columns {', '.join(THEMES.names)}."
        raise ReadError(f"The themes in {os.fspath(path)!r} cannot be read: {error}. {remedy}") from error
    themes = build(THEMES, frame)
    index_terms(themes)
    return themes


def given_themes(themes: pd.DataFrame | None) -> pd.DataFrame:
    """Give the themes to work with, checked; the project's own if none are given.

    A list without labels is labelled by its themes, and one without kinds is of craft themes.
    """
    if themes is None:
        return read_themes()
    if not isinstance(themes, pd.DataFrame):
        raise TableError(
            f"themes must be a DataFrame ({THEMES.grain}), not {type(themes).__name__}. read_themes(path) reads one."
        )
    usual = {"label": themes["theme"], "kind": "craft"} if "theme" in themes else {}
    return build(THEMES, themes.assign(**{name: value for name, value in usual.items() if name not in themes}))


def index_terms(themes: pd.DataFrame) -> dict[str, list[Term]]:
    """Index the terms of a list of themes by their first word, the longest term first."""
    for name in ("theme", "terms"):
        if name not in themes:
            raise TableError(f"themes has no column {name!r}; it needs theme and terms (separated by semicolons).")
    index: dict[str, list[Term]] = {}
    owner: dict[tuple[tuple[str, ...], bool], Term] = {}
    for theme, cell in zip(themes["theme"], themes["terms"].fillna(""), strict=True):
        for written in filter(None, (term.strip() for term in cell.split(";"))):
            term = _term(theme, written)
            first = owner.setdefault((term.words, term.exact), term)
            if first.theme != theme:
                raise TableError(
                    f"themes: the term {written!r} of theme {theme!r} is the term "
                    f"{first.term!r} of theme {first.theme!r}. "
                    "A term belongs to one theme; take one of them out."
                )
            if first is term:
                index.setdefault(term.words[0], []).append(term)
    for terms in index.values():
        terms.sort(key=lambda term: (-len(term.words), not term.exact))
    return index


def _term(theme: str, written: str) -> Term:
    is_name = any(letter.isupper() for letter in written)
    exact = is_name or written.startswith("=")
    words = tuple(word.folded if exact else word.lemma for word in find_words(written))
    if not words:
        raise TableError(f"themes: the term {written!r} of theme {theme!r} holds no letter or digit. Take it out.")
    return Term(theme, written.removeprefix("="), words, exact, is_name)
