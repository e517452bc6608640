"""What one review states about itself, by the form of its lines: headline, critic, date and printed score."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress

import pandas as pd

from .dates import read_day
from .parts import BYLINE, DATE, Line
from .printed import score_in

_OF_THE_FILM = re.compile(
    r"(?:release(?:d| date)|(?:in|now in) (?:theaters|theatres|cinemas)|opens|opening)\W*", re.IGNORECASE
)
_MARKS = re.compile("[\u0300-\U0010ffff]{100,}")  # where more combining marks may follow each other than people write


def normalise(text: str) -> str:
    r"""Give a text the form that all offsets count in: newlines as ``\n``, Unicode as NFC, no byte order mark.

    Parameters
    ----------
    text : str
        A review as it came.

    Returns
    -------
    str
        Otherwise unchanged: blanks at the ends, no-break spaces and Markdown's marks stay.

    Examples
    --------
    >>> normalise("\ufeffCafe\u0301\r\n")
    'Café\n'
    """
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _MARKS.sub(_ordered, lines))


def _ordered(run: re.Match[str]) -> str:
    """Put combining marks in Unicode's order: Python's normalize takes the square of a run's length to do so."""
    apart = "".join(unicodedata.normalize("NFD", sign) for sign in run.group())
    runs = itertools.groupby(apart, key=lambda sign: unicodedata.combining(sign) > 0)
    return "".join("".join(sorted(signs, key=unicodedata.combining) if marks else signs) for marks, signs in runs)


def read_stated(text: str, lines: list[Line]) -> dict[str, object]:
    r"""Read what one review says of itself.

    Parameters
    ----------
    text : str
        The whole review, normalised.
    lines : list of Line
        Its lines, by `parts.read_lines`.

    Returns
    -------
    dict
        title, critic, published, words, score_raw and score_status; None where it states nothing.

    Examples
    --------
    >>> from starlight.parts import read_lines
    >>> text = "A Small Gem\nBy Ann Lee\n\nIt glows. See it."
    >>> read_stated(text, read_lines(text))["critic"]
    'Ann Lee'
    """
    titles = [line.words for line in lines if line.kind == "headline"]
    bylines = [BYLINE.fullmatch(line.words) for line in lines if line.kind == "byline"]
    found = [
        score for line in lines if (score := score_in(line.words)) and (score.is_label or line.part != "furniture")
    ]
    best = min(found, key=lambda score: (score.status != "stated", not score.is_label), default=None)
    return {
        "title": titles[0].replace("*", "") if titles else None,
        "critic": next((match["by"] or match["poster"] for match in bylines), None),
        "published": next(_dates(lines), None),
        "words": sum(
            1
            for line in lines
            if line.part != "furniture"
            for token in text[line.start : line.end].split()
            if token.strip("*")
        ),
        "score_raw": best.raw if best else None,
        "score_status": best.status if best else "none",
    }


def _dates(lines: list[Line]) -> Iterator[pd.Timestamp]:
    """Yield the dates a page gives itself; one of an update, or one that is in no calendar, is not its own."""
    for before, line in zip([None, *lines], lines, strict=False):
        of_film = before and _OF_THE_FILM.fullmatch(before.words)
        if line.kind == "date" and not of_film and not line.words.casefold().startswith("updated"):
            with suppress(ValueError):
                yield read_day(DATE.search(line.words).group())
