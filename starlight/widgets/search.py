"""Find reviews by words of their name or id: a page lists the first of them, and says how many there are."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from ..base.safe_text import in_xml


class Search:
    """The ids and names of all reviews, to be searched for words."""

    def __init__(self, ids: Iterable[str], names: Iterable[str]) -> None:
        self.rows = list(zip(ids, map(in_xml, names), strict=True))
        self._sought: list[str] = []

    def find(self, words: str, most: int) -> tuple[list[tuple[str, str]], int]:
        """Return the first reviews that have these words in their name or id, and how many have."""
        if not words:
            return self.rows[:most], len(self.rows)
        self._sought = self._sought or [f"{name} {review_id}".casefold() for review_id, name in self.rows]
        words = words.casefold()
        found = [row for row, text in enumerate(self._sought) if words in text]
        return [self.rows[row] for row in islice(found, most)], len(found)
