"""Which words a person can mark, and what a selection by mouse or keyboard covers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from .pieces import Span

_RUN = re.compile(r"[^\s—–/…]+")


def find_markable(text: str, sentences: Iterable[Span]) -> list[tuple[int, int, int]]:
    """Find the words that can be marked: not those in boilerplate, and without the punctuation around them.

    Parameters
    ----------
    text : str
        The review.
    sentences : iterable of (int, int, str)
        Start, end and part of its sentences.

    Returns
    -------
    list of (int, int, int)
        Start, end and the number of its sentence, of each.

    Examples
    --------
    >>> find_markable("It glows!", [(0, 9, "body")])
    [(0, 2, 0), (3, 8, 0)]
    """
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


def snap(words: Iterable[tuple[int, int, int]], start: int, end: int) -> tuple[int, int, int] | None:
    """Widen a selection to whole words, and end it with the sentence that it begins in.

    Parameters
    ----------
    words : iterable of (int, int, int)
        What can be marked, as `find_markable` gives it.
    start, end : int
        What was selected.

    Returns
    -------
    tuple of (int, int, int), or None
        Start, end and the number of the sentence; None if no word was touched.

    Examples
    --------
    >>> snap(find_markable("It glows!", [(0, 9, "body")]), 5, 9)
    (3, 8, 0)
    """
    touched = [word for word in words if word[0] < end and word[1] > start]
    same = [word for word in touched if word[2] == touched[0][2]]
    return (same[0][0], same[-1][1], same[0][2]) if same else None


def step(
    words: Sequence[tuple[int, int, int]], selected: tuple[int, int] | None, by: int, extend: bool, near: int = 0
) -> tuple[int, int, int] | None:
    """Move a selection by a word, or its end alone, as the keyboard does.

    Parameters
    ----------
    words : sequence of (int, int, int)
        What can be marked.
    selected : tuple of (int, int), optional
        Start and end of what is selected.
    by : int
        1 for onward, -1 for back.
    extend : bool
        Whether only the end moves, within the sentence.
    near : int
        Where to begin if nothing is selected.

    Returns
    -------
    tuple of (int, int, int), or None
        As `snap` gives it; None if there is no word.
    """
    if not words:
        return None
    if selected is None:
        return next((word for word in words if word[0] >= near), words[-1])
    first = next(place for place, word in enumerate(words) if word[0] == selected[0])
    last = next(place for place, word in enumerate(words) if word[1] == selected[1])
    if not extend:
        place = min(max((last if by > 0 else first) + by, 0), len(words) - 1)
        return words[place]
    place = min(max(last + by, first), len(words) - 1)
    place = place if words[place][2] == words[first][2] else last
    return words[first][0], words[place][1], words[first][2]


def _is_punctuation(letter: str) -> bool:
    return unicodedata.category(letter).startswith("P")
