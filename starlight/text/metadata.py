"""What one review states about itself, by the form of its lines: headline, critic, date and printed score."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress

import pandas as pd

from .dates import read_day
from .lines import BYLINE, DATE, Line
from .printed_scores import score_in

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
    >>> from starlight.text.lines import read_lines
    >>> text = "A Small Gem\nBy Ann Lee\n\nIt glows. See it."
    >>> read_stated(text, read_lines(text))["critic"]
    'Ann Lee'
    """
    titles = [line.words for line in lines if line.kind == "headline"]
    bylines = [BYLINE.fullmatch(line.words) for line in lines if line.kind == "byline"]
    found = [
        score for line in lines if (score := score_in(line.words)) and (score.is_label or line.part != "boilerplate")
    ]
    best = min(found, key=lambda score: (score.status != "stated", not score.is_label), default=None)
    return {
        "title": titles[0].replace("*", "") if titles else None,
        "critic": next((match["by"] or match["poster"] for match in bylines), None),
        "published": next(_dates(lines), None),
        "words": sum(
            1
            for line in lines
            if line.part != "boilerplate"
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


_SMALL_WORD = 3  # letters; "Lost in Starlight" is also printed "Lost In Starlight"

# What else stands before "Review" in a headline.
_NO_FILM = {"tv", "book", "album", "blu-ray", "dvd", "game", "film", "movie", "cannes", "venice", "sundance", "toronto"}
_NO_FILM |= {"berlin", "tiff", "sxsw", "festival", "early", "advance", "spoiler-free", "my", "our", "full", "mini"}

# A headline that states its film: "Lost in Starlight (2025)", "Lost in Starlight Review: ...", "Review: Some Film".
_STATES_FILM = re.compile(
    r"(?:(?:film |movie )?review: )?"
    r"[‘“\"']?(?P<dated>[^:]{1,100}?)[’”\"']? \((?:19|20)\d\d\)(?: review(?: ?[:–—-].*)?)?"
    r"|(?:film |movie )?review: [‘“\"']?(?P<after>[^‘’“”\"':–—]{1,100})[’”\"']?"
    r"|[‘“\"']?(?P<before>[^‘’“”\"':–—]{1,100}?)[’”\"']? review(?: ?[:–—-].*)?",
    re.IGNORECASE,
)


def films(texts: list[str], pages: list[list[Line]], *, lend: bool = True) -> list[str | None]:
    """Find each review's film: what its headline states, else (if lent) the one of all headlines, if named twice."""
    own = [_film(text, lines) for text, lines in zip(texts, pages, strict=True)]
    stated = sorted({film for film in own if film})
    if len(stated) != 1 or not lend:
        return own
    named = _as_named(stated[0])
    return [
        film or (stated[0] if len(named.findall(text)) > 1 else None) for film, text in zip(own, texts, strict=True)
    ]


def _film(text: str, lines: list[Line]) -> str | None:
    """Read a film from a headline: by a title's capitals, and before a bare "Review" only if the prose names it too."""
    headline = next((line.words for line in lines if line.kind == "headline"), "")
    match = _STATES_FILM.fullmatch(re.sub("[*_]", "", headline))
    name = next((name.strip() for name in match.groups() if name), "") if match else ""
    if not name or re.search(r"\breview\b", name, re.IGNORECASE) or any(map(_is_plain_word, name.split())):
        return None
    if not match["before"]:
        return name
    prose = " ".join(text[line.start : line.end] for line in lines if line.kind == "body")
    shorter = re.sub(r" (?:film|movie)$", "", name, flags=re.IGNORECASE)
    named = (film for film in (name, shorter) if film.casefold() not in _NO_FILM and _as_named(film).search(prose))
    return next(named, None)


def _is_plain_word(word: str) -> bool:
    return word.islower() and len(word) > _SMALL_WORD


def _as_named(film: str) -> re.Pattern[str]:
    """Give the pattern of a film's name in prose: its capitals tell; one word ("It") may not begin a sentence."""
    first, *rest = film.split()
    spelt = [re.escape(first), *(rf"(?i:{re.escape(w)})" if len(w) <= _SMALL_WORD else re.escape(w) for w in rest)]
    begins = r"\b" if rest else r"(?<=[\w,;(] )[‘“\"*_]*"
    return re.compile(rf"{begins}(?:{' '.join(spelt)}|{re.escape(film.upper())})\b")
