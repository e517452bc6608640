"""What a review states about itself: its headline, film, critic, date and printed score."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

import pandas as pd

from ..errors import ScoreError
from .dates import DATE, read_day
from .lines import BYLINE, Line
from .printed_scores import PrintedScore, score_in
from .scores import parse_score

_OF_THE_FILM = re.compile(
    r"(?:release(?:d| date)|(?:in|now in) (?:theaters|theatres|cinemas)|opens|opening)\W*", re.IGNORECASE
)
_SMALL_WORD = 3  # letters; "Lost in Starlight" is also printed "Lost In Starlight"

# What else stands before "Review" in a headline.
_NO_FILM = {"tv", "book", "album", "blu-ray", "dvd", "game", "film", "movie", "cannes", "venice", "sundance", "toronto"}
_NO_FILM |= {"berlin", "tiff", "sxsw", "festival", "early", "advance", "spoiler-free", "my", "our", "full", "mini"}

# A headline with its film: "Lost in Starlight (2025)", "Lost in Starlight Review: ...", "Review: Some Film".
_FILM_IN_HEADLINE = re.compile(
    r"(?:(?:film |movie )?review: )?"
    r"[‘“\"']?(?P<dated>[^:]{1,100}?)[’”\"']? \((?:19|20)\d\d\)(?: review(?: ?[:–—-].*)?)?"
    r"|(?:film |movie )?review: [‘“\"']?(?P<after>[^‘’“”\"':–—]{1,100})[’”\"']?"
    r"|[‘“\"']?(?P<before>[^‘’“”\"':–—]{1,100}?)[’”\"']? review(?: ?[:–—-].*)?",
    re.IGNORECASE,
)


def read_stated(text: str, lines: list[Line]) -> dict[str, object]:
    """Return what one normalised review states: title, critic, published, words, score_raw and score_status.

    What it does not state is None; a `score_status` is always there. `lines` are those of `read_lines`.
    """
    bylines = [BYLINE.fullmatch(line.words) for line in lines if line.kind == "byline"]
    scores = [
        score for line in lines if (score := score_in(line.words)) and (score.is_label or line.part != "boilerplate")
    ]
    best, status = _own_score(scores)
    headline = _headline(lines)
    prose = (text[line.start : line.end] for line in lines if line.part != "boilerplate")
    return {
        "title": headline.replace("*", "") if headline else None,
        "critic": next((match["by"] or match["poster"] for match in bylines if match), None),
        "published": next(_dates(lines), None),
        "words": sum(bool(token.strip("*")) for line in prose for token in line.split()),
        "score_raw": best.raw if best else None,
        "score_status": status,
    }


def _own_score(scores: list[PrintedScore]) -> tuple[PrintedScore | None, str]:
    """Return the score that is surest the review's own, and its status: of several such different ones, ambiguous."""
    if not scores:
        return None, "none"

    def rank(score: PrintedScore) -> tuple[bool, bool, bool]:
        return score.status != "stated", not score.is_overall, not score.is_label

    best = min(scores, key=rank)
    equals = {_value(score.raw) for score in scores if rank(score) == rank(best)}
    return best, best.status if len(equals) == 1 else "ambiguous"


def _value(raw: str) -> object:
    try:
        return parse_score(raw).value
    except ScoreError:
        return raw


def _headline(lines: list[Line]) -> str:
    return next((line.words for line in lines if line.kind == "headline"), "")


def _dates(lines: list[Line]) -> Iterator[pd.Timestamp]:
    """Yield the dates that a page gives itself: not the film's, no update's, and none that is in no calendar."""
    for before, line in zip([None, *lines], lines, strict=False):
        of_film = before and _OF_THE_FILM.fullmatch(before.words)
        if line.kind != "date" or of_film or line.words.casefold().startswith("updated"):
            continue
        if date := DATE.search(line.words):
            with suppress(ValueError):
                yield read_day(date.group())


def films(texts: list[str], pages: list[list[Line]], *, lend: bool = True) -> list[str | None]:
    """Return each review's film, as its headline states it.

    If all headlines together state one film, and `lend` is true, a review without it that names that film twice gets
    it too.
    """
    own = [_film_in_headline(text, lines) for text, lines in zip(texts, pages, strict=True)]
    stated = sorted({film for film in own if film})
    if len(stated) != 1 or not lend:
        return own
    named = _in_prose(stated[0])
    return [
        film or (stated[0] if len(named.findall(text)) > 1 else None) for film, text in zip(own, texts, strict=True)
    ]


def _film_in_headline(text: str, lines: list[Line]) -> str | None:
    """Return the film in a capitalised headline; one before a bare "Review" must stand in the prose too."""
    match = _FILM_IN_HEADLINE.fullmatch(re.sub("[*_]", "", _headline(lines)))
    if not match:
        return None
    name = next((name.strip() for name in match.groups() if name), "")
    plain = any(word.islower() and len(word) > _SMALL_WORD for word in name.split())
    if not name or plain or re.search(r"\breview\b", name, re.IGNORECASE):
        return None
    if not match["before"]:
        return name
    prose = " ".join(text[line.start : line.end] for line in lines if line.kind == "body")
    shorter = re.sub(r" (?:film|movie)$", "", name, flags=re.IGNORECASE)
    named = (film for film in (name, shorter) if film.casefold() not in _NO_FILM and _in_prose(film).search(prose))
    return next(named, None)


def _in_prose(film: str) -> re.Pattern[str]:
    """Return the pattern of a film's name in prose, by its capitals; a name of one word ("It") begins no sentence."""
    first, *rest = film.split()
    spelt = [re.escape(first), *(rf"(?i:{re.escape(w)})" if len(w) <= _SMALL_WORD else re.escape(w) for w in rest)]
    begins = r"\b" if rest else r"(?<=[\w,;(] )[‘“\"*_]*"
    return re.compile(rf"{begins}(?:{' '.join(spelt)}|{re.escape(film.upper())})\b")
