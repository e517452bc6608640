"""What a review states about itself: its headline, critic, date and printed score."""

import re
from collections.abc import Iterator
from contextlib import suppress

import pandas as pd

from ..errors import ScoreError
from .dates import read_day
from .forms import OF_THE_FILM, ONLY_A_HANDLE, critic_in, date_in, ends_the_review, is_a_name, spelt, words_of
from .languages import is_english
from .lines import Line
from .printed_scores import PrintedScore, score_in
from .scores import in_stars, parse_score

_TITLE = re.compile(r"(?:subject|title|headline): ?", re.IGNORECASE)  # in the head of a post, or of Markdown
_BY = re.compile(r"(?:(?:written|review(?:ed)?|words) )?by:?|(?:reviewer|critic|author):?", re.IGNORECASE)
_OUT_OF = (4, 5, 6, 10)  # what stars are out of
_NEAR = 6  # lines from the headline, or from the end


def read_stated(text: str, lines: list[Line]) -> dict[str, object]:
    """Return title, critic, published, words, score_raw and score_status of a review, None for what is not stated."""
    scores = [
        score
        for line in lines
        for words in line.words.split(" | ")
        if (score := score_in(words)) and (score.is_label or line.part != "boilerplate" or line.kind == "credit")
    ]
    best, status = _own_score(scores)
    prose = (text[line.start : line.end] for line in lines if line.part != "boilerplate")
    return {
        "title": _title(lines),
        "critic": _critic(text, lines),
        "published": next(_dates(text, lines), None),
        "words": sum(bool(token.strip("*")) for line in prose for token in line.split()),
        "score_raw": best.raw if best else None,
        "score_status": status,
    }


def _own_score(scores: list[PrintedScore]) -> tuple[PrintedScore | None, str]:
    """Return the score that is most surely the review's own, and its status: ambiguous if several such differ."""
    if not scores:
        return None, "none"

    def rank(score: PrintedScore) -> tuple[bool, bool, bool, bool]:
        is_read = not isinstance(_value(score.raw), str)
        return score.status != "stated", not score.is_overall, not score.is_label, not is_read

    best = min(scores, key=rank)
    equals = {_value(score.raw) for score in scores if rank(score) == rank(best)}
    beside = [score.raw for score in scores if rank(score)[:-1] == rank(best)[:-1] and in_stars(score.raw)]
    stars = beside if in_stars(best.raw) else []  # 7.5/10 may have ★★★★ beside it
    is_one = len(equals) == 1 and all(not equals.isdisjoint(_values(raw)) for raw in stars)
    return best, best.status if is_one else "ambiguous"


def _value(raw: str) -> object:
    with suppress(ScoreError):
        return parse_score(raw).value
    return raw


def _values(stars: str) -> Iterator[object]:
    """Yield what stars may be worth: the same as other words for the score beside them, if they are of one review."""
    yield _value(stars)
    for scale in _OUT_OF:
        with suppress(ScoreError):
            yield parse_score(stars, scale=scale).value


def _title(lines: list[Line]) -> str | None:
    """Return the headline, without a score that ends it."""
    labelled = (line.words for line in lines if line.kind == "credit" and _TITLE.match(line.words))
    words = next((line.words for line in lines if line.kind == "headline"), next(labelled, "")).replace("*", "")
    words = _TITLE.sub("", words).strip('"' if _TITLE.match(words) else "")
    return re.sub(r"\s*[★☆⭐½]{2,}\s*$", "", words) or None


def _critic(text: str, lines: list[Line]) -> str | None:
    """Return whom a byline names, or else whose name stands alone near the headline or right below the review."""
    prose = "\n".join(text[line.start : line.end] for line in lines if line.kind in ("body", "credit", "standfirst"))
    body = [i for i, line in enumerate(lines) if line.kind == "body"] or [len(lines)]
    headline = next((i for i, line in enumerate(lines) if line.kind == "headline"), -1)
    ended = next((i for i in range(body[-1] + 1, len(lines)) if ends_the_review(lines[i].words)), len(lines))
    below = [i for i in range(headline + 1, body[0]) if min(i - headline, body[0] - i) <= _NEAR]
    above = range(headline - 1, max(-1, headline - 1 - _NEAR), -1)
    after = range(body[-1] + 1, min(body[-1] + 1 + _NEAR, ended))
    bylines = [line.words for line in lines if line.kind == "byline"]
    signed = [critic_in(words) or spelt(words) for words in bylines]
    alone: list[tuple[bool, bool, bool, str]] = []
    for i in [*below, *above, *after]:
        words, beside = lines[i].words, {line.kind for line in lines[max(0, i - 1) : i + 2]}
        is_near = i in below or i == body[-1] + 1 or {"date", "score"} & beside or ONLY_A_HANDLE.fullmatch(words)
        is_dated = bool({"date", "byline"} & beside) and i < body[0]
        if lines[i].kind in ("site", "heading") and is_near and _is_whom(words, prose, dated=is_dated):
            is_told = i > 0 and _BY.fullmatch(lines[i - 1].words)
            alone.append((not is_told, words.startswith("@"), not is_dated, spelt(words)))
    # Not the town in "Leeds, 3 May 2020", and not the film's own writer.
    full = [name for name in signed if name not in prose and (" " in name or not alone)]
    nearest = [name for *_, name in sorted(alone, key=lambda one: one[:3])]
    return next(iter([*full, *nearest, *signed]), None)


def _is_whom(words: str, prose: str, *, dated: bool) -> bool:
    """Return whether a line may be the critic's name: neither the prose nor the credits mention that person."""
    is_one = is_a_name(words) or (
        words.istitle() and words.isalpha() and dated and words.lower() not in words_of("section")
    )
    return is_one and words.split()[-1] not in prose


def _dates(text: str, lines: list[Line]) -> Iterator[pd.Timestamp]:
    """Yield the dates on which a page says that it was published, and not the film's dates or those of updates."""
    for before, line in zip([None, *lines], lines, strict=False):
        if line.kind not in ("date", "byline") or (before and OF_THE_FILM.fullmatch(before.words.strip(" :"))):
            continue
        if written := date_in(line.words):
            with suppress(ValueError):
                yield read_day(written, None if is_english(text) else "day")
