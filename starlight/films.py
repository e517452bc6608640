"""Which film a review is of, where a headline states it: the name beside a year, or beside the word review."""

from __future__ import annotations

import re

from .parts import Line

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
