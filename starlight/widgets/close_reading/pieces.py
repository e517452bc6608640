"""What a reader shows of one review: its text cut into pieces, each with the opinions that it carries.

All places are counted here, in characters as Python counts them: the page gets pieces, and counts no more than the
characters of one, so that an emoji (two units of JavaScript's) shifts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

import pandas as pd

from ...charts.style import review_names
from ...coding.corrections import Opinion

Span = tuple[int, int, str]  # start, end, part, as `sentences.spans` gives them
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
