"""What a reader shows of one review: its text cut into pieces, each with the opinions that it carries.

All places are counted here, in characters as Python counts them: the page gets pieces, and counts no more than the
characters of one, so that an emoji (two units of JavaScript's) shifts nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise

import pandas as pd

from ..charts.marks import review_names
from ..corrections import Opinion

Span = tuple[int, int, str]  # start, end, part, as `sentences.spans` gives them
_RUN = re.compile(r"[^\s—–/…]+")
# Marks that turn the order of the letters after them: shown by name, each shut in a piece of its own.
_CONTROLS = {
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
}
_CONTROL = re.compile(f"[{''.join(_CONTROLS)}]")
_TITLE = 8  # words that stand for a title


def cut(
    text: str, sentences: Sequence[Span], opinions: Sequence[Opinion], selected: tuple[int, int] | None = None
) -> list[dict[str, object]]:
    """Cut a review where a sentence, an opinion or what is selected begins or ends.

    Parameters
    ----------
    text : str
        The review.
    sentences : sequence of (int, int, str)
        Start, end and part of its sentences, in order.
    opinions : sequence of Opinion
        Its opinions, in the order of their starts.
    selected : tuple of (int, int), optional
        Start and end of what is selected.

    Returns
    -------
    list of dict
        The pieces, in order: their texts together are `text`. Of each the start, the text, the part (nothing between
        sentences), whether its sentence is judged, whether it is selected, the name of the control character that it
        is, if it is one, and the numbers of the opinions on it.

    Examples
    --------
    >>> opinion = Opinion("1", 0, 3, 8, "glows", "visuals", "praise", "me")
    >>> [(piece["text"], piece["marks"]) for piece in cut("It glows.", [(0, 9, "body")], [opinion])]
    [('It ', []), ('glows', [0]), ('.', [])]
    """
    ends = {0, len(text), *(selected or ())}
    ends.update(place for start, end, _ in sentences for place in (start, end))
    ends.update(place for opinion in opinions for place in (opinion.start, opinion.end))
    ends.update(place for match in _CONTROL.finditer(text) for place in match.span())
    judged = {opinion.sentence for opinion in opinions}
    number, waiting, open_marks, pieces = 0, list(enumerate(opinions))[::-1], [], []
    for start, end in pairwise(sorted(ends)):
        while number < len(sentences) and sentences[number][1] <= start:
            number += 1
        inside = number < len(sentences) and sentences[number][0] <= start
        open_marks = [mark for mark in open_marks if opinions[mark].end > start]
        while waiting and waiting[-1][1].start <= start:
            open_marks.append(waiting.pop()[0])
        pieces.append(
            {
                "start": start,
                "text": text[start:end],
                "part": sentences[number][2] if inside else "",
                "judged": inside and number in judged,
                "selected": bool(selected) and selected[0] <= start < selected[1],
                "control": _CONTROLS.get(text[start:end], ""),
                "marks": list(open_marks),
            }
        )
    return pieces


def lanes(opinions: Iterable[Opinion]) -> list[int]:
    """Give each opinion the first lane that is free where it stands, so that the lines under overlapping ones differ.

    Parameters
    ----------
    opinions : iterable of Opinion
        Those of one review, in the order of their starts.

    Returns
    -------
    list of int
        From 0.
    """
    ends: list[int] = []
    given = []
    for opinion in opinions:
        lane = next((lane for lane, end in enumerate(ends) if end <= opinion.start), len(ends))
        ends[lane : lane + 1] = [opinion.end]
        given.append(lane)
    return given


def find_markable(text: str, sentences: Iterable[Span]) -> list[tuple[int, int, int]]:
    """Find the words that can be marked: not those in furniture, and without the punctuation around them.

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
        for match in _RUN.finditer(text, begin, stop) if part != "furniture" else ():
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


def name_all(reviews: pd.DataFrame) -> list[list[str]]:
    """Name each review by its short id and its title, or its first words.

    Parameters
    ----------
    reviews : DataFrame
        The reviews table.

    Returns
    -------
    list of list of str
        The id and the name of each.
    """
    names, words = review_names(reviews), reviews["text"].str.split()
    begun = words.str[:_TITLE].str.join(" ") + words.str.len().gt(_TITLE).map({True: " …", False: ""})
    titles = reviews["title"].fillna(begun)
    return [[key, f"{names[key]} · {title}"] for key, title in zip(reviews["review_id"], titles, strict=True)]


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
