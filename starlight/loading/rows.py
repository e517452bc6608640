"""The rows of a source on their way from a file to the reviews table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple, TypeVar

import pandas as pd

from .report import Problem


class Rows(NamedTuple):
    """Rows as they stand, by number, what reading them noticed, and in a folder their files' names."""

    frame: pd.DataFrame
    problems: list[Problem]
    files: dict[int, str]


T = TypeVar("T")


class Chunk(NamedTuple):
    """Rows of a table: cells as they stand, with the data row from 1 as index, and what was noticed while reading."""

    frame: pd.DataFrame
    problems: list[Problem]


def in_parts(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield so many things at once, and nothing at all as one empty part."""
    left = iter(things)
    part = list(islice(left, size))
    while True:
        yield part
        if not (part := list(islice(left, size))):
            return


class Folder(NamedTuple):
    """Texts, with the file's number by name (from 1) as index; what was noticed; and the files' names by number."""

    frame: pd.DataFrame
    problems: list[Problem]
    names: dict[int, str]
