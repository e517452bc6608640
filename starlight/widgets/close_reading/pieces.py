"""The text of a review, cut into pieces for the page, each with the opinions that it belongs to.

Python counts all positions, in characters. JavaScript counts an emoji as two, so the page never counts beyond the
characters of one piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypedDict

from ...coding.corrections import Opinion

Span = tuple[int, int, str]  # start, end and part of a sentence, as `text.sentences.spans` yields them
# Characters that change the direction of the text after them: each is a piece of its own and is shown by name.
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


class Piece(TypedDict):
    """A stretch of text in which nothing changes: `marks` are the numbers of the opinions that cover it."""

    start: int
    text: str
    part: str  # of its sentence; "" between sentences
    judged: bool  # whether its sentence has an opinion
    selected: bool
    control: str  # the name of the control character that it is, or ""
    marks: list[int]


def cut(
    text: str, sentences: Sequence[Span], opinions: Sequence[Opinion], selected: tuple[int, int] | None = None
) -> list[Piece]:
    """Cut a review wherever a sentence, an opinion (in the order of their starts) or the selection begins or ends."""
    chosen = range(*(selected or (0, 0)))
    ends = {0, len(text), *(selected or ())}
    ends.update(place for start, end, _ in sentences for place in (start, end))
    ends.update(place for opinion in opinions for place in (opinion.start, opinion.end))
    ends.update(place for match in _CONTROL.finditer(text) for place in match.span())
    judged = {opinion.sentence for opinion in opinions}
    number, waiting = 0, list(enumerate(opinions))[::-1]
    marks: list[int] = []
    pieces: list[Piece] = []
    for start, end in pairwise(sorted(ends)):
        while number < len(sentences) and sentences[number][1] <= start:
            number += 1
        inside = number < len(sentences) and sentences[number][0] <= start
        marks = [mark for mark in marks if opinions[mark].end > start]
        while waiting and waiting[-1][1].start <= start:
            marks.append(waiting.pop()[0])
        pieces.append(
            {
                "start": start,
                "text": text[start:end],
                "part": sentences[number][2] if inside else "",
                "judged": inside and number in judged,
                "selected": start in chosen,
                "control": _CONTROLS.get(text[start:end], ""),
                "marks": list(marks),
            }
        )
    return pieces


def lanes(opinions: Iterable[Opinion]) -> list[int]:
    """Return a lane (0, 1, ...) for each opinion, so that the lines under overlapping ones do not coincide."""
    ends: list[int] = []
    taken = []
    for opinion in opinions:
        lane = next((lane for lane, end in enumerate(ends) if end <= opinion.start), len(ends))
        ends[lane : lane + 1] = [opinion.end]
        taken.append(lane)
    return taken
