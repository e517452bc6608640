r"""Find where codings stand in a text, however a program counted their positions.

The W3C's standard counts Unicode code points, and so do Label Studio since 2021, QualCoder, Taguette and Starlight.
Programs made with JavaScript, .NET or Qt may count UTF-16, in which most emoji are two. And ATLAS.ti counts a line end
of two characters (`\r\n`) as one. The words that a file gives with its codings tell which way it is.
"""

import re
from itertools import product

import numpy as np

from ...text.lines import normalise
from .found import Coding

_PIECE = re.compile(r"\r\n|.", re.DOTALL)
_COUNTED_APART = re.compile("[\r\U00010000-\U0010ffff]")  # what programs count differently
_BLANK = re.compile(r"\s|\\n")  # Label Studio writes a line end in a quote as a backslash and an n
_CUT = re.compile(r"\s*(?:\.\.\.|…)$")  # the end of a quote that NVivo has cut
_AROUND = 40  # characters on both sides of a quote that tell its place in another version of the text


def placed(text: str, codings: list[Coding], *, joined: bool, quoted: bool) -> tuple[list[Coding], bool]:
    r"""Return each coding with its words and what is around them in a text, and whether it is certain how they count.

    Of the four ways to count, that is taken by which most codings have the words that the file gives. `joined` says
    whether the program is known to count `\r\n` as one, and `quoted` whether these words are what was coded, wherever
    they stand. A coding outside the text has no words.
    """
    plain, ways = text, [[(one.start, one.end) for one in codings]]
    if _COUNTED_APART.search(text):
        pieces = _PIECE.findall(text)
        plain = "".join("\n" if piece[0] == "\r" else piece for piece in pieces)
        ways = [_counted(pieces, codings, *way) for way in product((joined, not joined), (False, True))]
    read = [[_with_words(plain, one, *place) for one, place in zip(codings, way, strict=True)] for way in ways]
    fits = [sum(map(_fit, codings, way)) for way in read]
    best = read[fits.index(max(fits))]
    certain = all(way == best for way, fit in zip(read, fits, strict=True) if fit == max(fits))
    if not quoted:
        return best, certain
    theirs = [there if _fit(one, there) > 1 or not one.said else one for one, there in zip(codings, best, strict=True)]
    return theirs, certain or all(one.said for one in codings)


def _counted(pieces: list[str], codings: list[Coding], joined: bool, wide: bool) -> list[tuple[int, int]]:
    """Return the places of codings in a text of these pieces, each of them one character."""
    units = [(1 if joined else len(piece)) * (2 if wide and piece > "\uffff" else 1) for piece in pieces]
    at = [*np.repeat(np.arange(len(pieces)), units).tolist(), len(pieces)]
    return [(at[one.start], at[one.end]) if 0 <= one.start < one.end < len(at) else (0, 0) for one in codings]


def _with_words(text: str, coding: Coding, start: int, end: int) -> Coding:
    """Return a coding with the words at its place, as the text of a review would have them."""
    if not 0 <= start < end <= len(text) or text[start:end].isspace():
        return coding._replace(said="")
    around = text[max(0, start - _AROUND) : start], text[start:end], text[end : end + _AROUND]
    before, said, after = map(_composed, around)
    return coding._replace(start=start, end=end, before=before, said=said, after=after)


def _composed(part: str) -> str:
    """Return a part of a text with letters and marks composed, as in a review."""
    return normalise("\n" + part)[1:]  # the line end keeps a byte order mark, which within a text is none


def _fit(given: Coding, read: Coding) -> int:
    """Return 2 if a reading has the words that the file gives, 1 if it has others, and 0 if it has none."""
    if not read.said:
        return 0
    theirs, words = (_BLANK.sub("", _composed(one.said)) for one in (given, read))
    cut = _CUT.sub("", theirs)
    return 1 + (theirs == words or (theirs != cut != "" and words.startswith(cut)))


def find(text: str, coding: Coding) -> int | None:
    """Return where the words of a coding begin in a version of its text: there is most like what was around them."""

    def around(at: int) -> tuple[str, str]:
        end = at + len(coding.said)
        return text[max(0, at - _AROUND) : at], text[end : end + _AROUND]

    def likeness(at: int) -> tuple[int, int]:
        before, after = around(at)
        return _alike(before[::-1], coding.before[::-1]) + _alike(after, coding.after), -abs(at - coding.start)

    start = max(0, coding.start)
    if text.startswith(coding.said, start) and around(start) == (coding.before, coding.after):
        return start  # nearly always
    places = [found.start() for found in re.finditer(f"(?={re.escape(coding.said)})", text)]
    return max(places, key=likeness, default=None)


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning."""
    shorter = min(len(one), len(other))
    return next((i for i in range(shorter) if one[i] != other[i]), shorter)
