"""The parts that the sentences of findings are put together from."""

from collections.abc import Iterable
from typing import NamedTuple

JUDGED = {"praise": "praised", "criticism": "criticised"}
UNREAD = "in other languages than English or without prose"


class Finding(NamedTuple):
    """One row of the findings table, but for whose coding it rests on."""

    finding: str
    about: str
    table: str
    rows: str | None = None


def as_word(column: str) -> str:
    """Name a column of the reviews in a sentence: `published` reads as date."""
    return "date" if column == "published" else column


def some(number: int, thing: str) -> str:
    """Write a number of things: 1 review, 2 reviews."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def percent(share: float) -> str:
    """Write a share in per cent, with a decimal below 10%, so that a few are not 0%."""
    return f"{share:.1%}" if 0 < share < 0.1 else f"{share:.0%}"


def joined(parts: Iterable[str]) -> str:
    """Write a list: a, b and c."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def query(**values: str | Iterable[str]) -> str:
    """Write a query, for `DataFrame.query`, for the rows with one of these values in each of the columns."""
    listed = {name: [value] if isinstance(value, str) else list(value) for name, value in values.items()}
    parts = (f"{name} == {some[0]!r}" if len(some) == 1 else f"{name} in {some!r}" for name, some in listed.items())
    return " and ".join(parts)
