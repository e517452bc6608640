"""What the sentences of findings are made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Finding(NamedTuple):
    """One row of the findings table."""

    finding: str
    about: str
    table: str
    rows: str | None = None
    coder: str | None = None


def as_word(column: str) -> str:
    """Name a column of reviews in a sentence; `published` is no word for what reviews are grouped by."""
    return "date" if column == "published" else column


def some(number: int, thing: str) -> str:
    """Write a number of things: 1 review, 2 reviews."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def percent(share: float) -> str:
    """Write a share in percent, a small one with a decimal, so that few are not 0%."""
    return f"{share:.1%}" if 0 < share < 0.1 else f"{share:.0%}"


def joined(parts: Iterable[str]) -> str:
    """Write a list: a, b and c."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


def in_reviews(reviews: int, of: int) -> str:
    """Write in how many of how many reviews; that it is one alone is said."""
    return f"in {reviews:,} of {some(of, 'review')}{' alone' if reviews == 1 < of else ''}"
