"""Which words a person can mark, and what a selection by mouse or keyboard covers.

A word is its start, its end and the number of its sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from .pieces import Span

Word = tuple[int, int, int]
_RUN = re.compile(r"[^\s—–/…]+")


def find_markable(text: str, sentences: Iterable[Span]) -> list[Word]:
    """Return the words outside boilerplate, without the punctuation around them."""
    words = []
    for number, (begin, stop, part) in enumerate(sentences):
        for match in _RUN.finditer(text, begin, stop) if part != "boilerplate" else ():
            start, end = match.span()
            while start < end and _is_punctuation(text[start]):
                start += 1
            while start < end and _is_punctuation(text[end - 1]):
                end -= 1
            if start < end:
                words.append((start, end, number))
    return words


def snap(words: Iterable[Word], start: int, end: int) -> Word | None:
    """Widen a selection to whole words and end it with its first sentence; return None if it touches no word."""
    touched = [word for word in words if word[0] < end and word[1] > start]
    same = [word for word in touched if word[2] == touched[0][2]]
    return (same[0][0], same[-1][1], same[0][2]) if same else None


def step(words: Sequence[Word], selected: tuple[int, int] | None, by: int, extend: bool, near: int = 0) -> Word | None:
    """Move the selection by one word (`by` is 1 or -1), or only its end, within the sentence, if `extend`.

    Without a selection it starts at the first word from `near` on. Returns None if there are no words.
    """
    if not words:
        return None
    if selected is None:
        return next((word for word in words if word[0] >= near), words[-1])
    first = next(place for place, word in enumerate(words) if word[0] == selected[0])
    last = next(place for place, word in enumerate(words) if word[1] == selected[1])
    if not extend:
        return words[min(max((last if by > 0 else first) + by, 0), len(words) - 1)]
    place = min(max(last + by, first), len(words) - 1)
    place = place if words[place][2] == words[first][2] else last
    return words[first][0], words[place][1], words[first][2]


def _is_punctuation(letter: str) -> bool:
    return unicodedata.category(letter).startswith("P")
