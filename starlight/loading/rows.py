"""The rows of a source on their way from a file to the reviews table, and which of them can be reviews."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice, repeat, starmap, takewhile
from typing import NamedTuple, TypeVar

import pandas as pd

from ..base.safe_text import is_whole
from ..tables.schema import is_missing
from .report import Problem, refused

T = TypeVar("T")


class Rows(NamedTuple):
    """Rows of a source.

    `frame` holds the cells as they stand; its index is the number of each row, from 1. `problems` is what was noticed
    while they were read, and `files` has the name of each row's file where the source is a folder.
    """

    frame: pd.DataFrame
    problems: list[Problem]
    files: dict[int, str]


def in_parts(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """Return an iterator over lists of up to `size` things; if there are no things, over one empty list."""
    left = iter(things)
    parts = map(list, starmap(islice, repeat((left, size))))
    return chain(islice(parts, 1), takewhile(bool, parts))


def usable(frame: pd.DataFrame, names: Mapping[str, object]) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the rows that can be reviews, and a problem for each of the others; `names` is what a user calls ours."""
    wrong: dict[int, Problem] = {}
    for name in frame.columns:
        for row, value in zip(frame.index, frame[name].tolist(), strict=True):
            if reason := _wrong(value, is_text=name == "text"):
                wrong.setdefault(row, refused(row, str(names.get(name, name)), value, reason))
    return (frame.drop(index=list(wrong)) if wrong else frame), list(wrong.values())


def _wrong(value: object, *, is_text: bool) -> str | None:
    """Return what is wrong with a cell, or None."""
    if isinstance(value, str):
        if "\0" in value:
            return "it holds a NUL character"
        if not is_whole(value):
            return "it holds a damaged character (half of a pair)"
        return "there is no text" if is_text and not value.strip("\ufeff").strip() else None
    if not is_text:
        return None
    return "there is no text" if is_missing(value) else "it is not text"
