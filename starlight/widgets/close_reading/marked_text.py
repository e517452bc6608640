"""The text of a review, cut into pieces for the page, and the words of it that a person can mark.

Python counts all positions, in characters. JavaScript counts an emoji as two, so the page never counts beyond the
characters of one piece.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from heapq import heappop, heappush, nsmallest
from itertools import pairwise
from typing import Any

from ...coding.corrections import Opinion

Span = tuple[int, int, str]  # start, end and part of a sentence, as `text.sentences.spans` yields them
Word = tuple[int, int, int]  # start, end and the number of the sentence; what is selected is one too, if longer
DEEPEST = 6  # marks on the same words: the page has room for as many lines under them
_RUN = re.compile(r"[^\s—–/…]+")
# Characters that change the direction of the text after them: each is a piece of its own and is shown by name.
_CONTROL = re.compile("[\u202a-\u202e\u2066-\u2069]")


def cut(
    part: tuple[int, int],
    text: str,
    sentences: Sequence[Span],
    opinions: Sequence[Opinion],
    lanes: Sequence[int],
    selected: Word | None,
) -> list[dict[str, Any]]:
    """Cut a part where a sentence, an opinion or the selection begins or ends; a piece has up to `DEEPEST` marks."""
    chosen = selected[:2] if selected else (0, 0)
    stops = [stop for _, stop, _ in sentences]
    near = sentences[bisect_right(stops, part[0]) : bisect_right(stops, part[1]) + 1]
    ends = {*part, *chosen}
    ends.update(place for start, end, _ in near for place in (start, end))
    ends.update(place for opinion in opinions for place in (opinion.start, opinion.end))
    ends.update(place for match in _CONTROL.finditer(text, *part) for place in match.span())
    judged = {opinion.sentence for opinion in opinions}
    pieces: list[dict[str, Any]] = []
    for start, end in pairwise(sorted(place for place in ends if part[0] <= place <= part[1])):
        number = bisect_right(stops, start)
        marks = [mark for mark, opinion in enumerate(opinions) if opinion.start <= start < opinion.end]
        inside = number < len(sentences) and sentences[number][0] <= start
        pieces.append(
            {
                "start": start,
                "text": text[start:end],
                "part": sentences[number][2] if inside else "",  # of its sentence
                "judged": inside and number in judged,  # whether its sentence has an opinion
                "selected": start in range(*chosen),
                "control": unicodedata.bidirectional(text[start]) if _CONTROL.match(text, start) else "",
                "marks": nsmallest(DEEPEST, marks, key=lanes.__getitem__),
            }
        )
    return pieces


def lanes(opinions: Iterable[Opinion]) -> list[int]:
    """Return for each opinion, in the order of their starts, the lowest lane that is free, so that lines lie apart."""
    taken: list[int] = []
    ends: list[tuple[int, int]] = []  # heaps: of where the lanes in use end, and of lanes that were used
    free: list[int] = []
    for opinion in opinions:
        while ends and ends[0][0] <= opinion.start:
            heappush(free, heappop(ends)[1])
        taken.append(heappop(free) if free else len(ends))
        heappush(ends, (opinion.end, taken[-1]))
    return taken


def strip(length: int, opinions: Iterable[Opinion]) -> list[dict[str, Any]]:
    """Return where opinions begin on a strip through their review, in per cent of its length."""
    return [
        {"left": round(100 * one.start / length, 2), "polarity": one.polarity, "theme": one.theme} for one in opinions
    ]


def find_markable(text: str, sentences: Iterable[Span]) -> list[Word]:
    """Return the words outside boilerplate, without the punctuation around them."""
    punctuation = "".join(letter for letter in {*text} if unicodedata.category(letter).startswith("P"))
    words = []
    for number, (begin, stop, part) in enumerate(sentences):
        for match in _RUN.finditer(text, begin, stop) if part != "boilerplate" else ():
            if word := match[0].strip(punctuation):
                start = match.start() + match[0].index(word)
                words.append((start, start + len(word), number))
    return words


def snap(words: Iterable[Word], start: int, end: int) -> Word | None:
    """Widen a selection to whole words and end it with its first sentence; return None if it touches no word."""
    touched = [word for word in words if word[0] < end and word[1] > start]
    same = [word for word in touched if word[2] == touched[0][2]]
    return (same[0][0], same[-1][1], same[0][2]) if same else None


def step(words: Sequence[Word], selected: Word | None, by: int, extend: bool, near: int = 0) -> Word | None:
    """Move the selection a word on or back, or its end if `extend`; without one, choose the first from `near` on."""
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
