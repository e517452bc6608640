"""Work out the scale of scores that do not print one, such as 7 or ★★★, from all scores of the table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from ..errors import ScoreError
from ..tables.schema import is_missing
from ..text.scores import in_stars, parse_score
from .columns import Columns
from .report import Problem, kept, noted

_MOST_FORMS = 2_000  # different scores; a column with more is none of scores
_ENOUGH = 20  # bare numbers, from which on their scale is told
_USUAL = (5, 10, 100)
_PROPOSED = (5, 10, 20, 100, 1000)
_NEAR_THE_TOP = {5: 5, 10: 9, 100: 90}  # what the largest number must reach, by its scale
_STEPS = {5: 10, 10: 10, 100: 2}  # into how many parts a point may be cut
_OFTEN_ABOVE = 0.3  # of the scale, at least half of the numbers: counts of votes are mostly small
_FEWEST = 3  # different numbers
_UP = {"recommended", "recommend", "true", "positive", "pos", "fresh", "yes", "like", "liked", "up"}
_DOWN = {"not recommended", "false", "negative", "neg", "rotten", "no", "dislike", "disliked", "down"}
THUMBS = dict.fromkeys(_UP, 100.0) | dict.fromkeys(_DOWN, 0.0)
_DIGITS = {"1": 100.0, "0": 0.0, "-1": 0.0}
_NONE = {"", "nan", "none", "null", "na", "n/a", "n.a.", "-", "--", "tbd", "nr", "unrated", "not rated", "no rating"}


Seen = dict[str, list[int]]  # by form of the score: how often it is there, and its first row


class Bare(NamedTuple):
    """The scores of a table that do not say of how many: how many there are, the first one's row, and their range."""

    number: int
    row: int
    least: float
    most: float


class Evidence(NamedTuple):
    """What all scores of a table tell.

    `thumbs` has the value of each word, or digit, where all are of thumbs; `digits` tells that they are digits. `stars`
    is what filled stars are out of, `scale` what bare numbers are; `bare` and `starred` are those that need one.
    """

    thumbs: Mapping[str, float] = {}
    digits: bool = False
    stars: float | None = None
    scale: float | None = None
    bare: Bare | None = None
    starred: Bare | None = None


class Scales(NamedTuple):
    """How the scores of a table are read: what numbers and stars are out of, and what words are worth.

    `are_told` tells that `score_notes` says which of them have no scale.
    """

    numbers: float | None = None
    stars: float | None = None
    thumbs: Mapping[str, float] = {}
    are_told: bool = False


def as_printed(score: object) -> object:
    """Return a score as it was printed: a whole number without its point, since one empty cell makes pandas read 7.0.

    None where there is none, also by a word that says so.
    """
    if isinstance(score, str):
        return None if score.strip().casefold() in _NONE else score
    return str(int(score)) if isinstance(score, float) and score.is_integer() else score


def count_forms(scores: pd.Series, seen: Seen) -> None:
    """Add scores to those that were seen before: how often each form is there, and the row of the first."""
    for row, score in zip(scores.index.tolist(), scores.tolist(), strict=True):
        if len(seen) > _MOST_FORMS:
            return
        if not is_missing(printed := as_printed(score)):
            seen.setdefault(str(printed).strip(), [0, row])[0] += 1


def evidence(seen: Seen) -> Evidence:
    """Return what the scores of a table tell."""
    if len(seen) > _MOST_FORMS:
        return Evidence()
    words = {text.casefold() for text in seen}
    if words and words <= THUMBS.keys():
        return Evidence(THUMBS)
    numbers: dict[float, list[int]] = {}
    stars: dict[float, list[int]] = {}
    shown = set()
    for text, (count, row) in seen.items():
        amount, maximum = _amount(text)
        if maximum and "☆" in text:
            shown.add(maximum)
        elif amount is not None:
            kind = stars if in_stars(text) else numbers
            before = kind.get(amount, [0, row])
            kind[amount] = [before[0] + count, min(before[1], row)]
    digits = bool(words) and words <= _DIGITS.keys()
    return Evidence(
        _DIGITS if digits else {}, digits, _stars(stars, shown), _scale(numbers), _bare(numbers), _bare(stars)
    )


def _amount(text: str) -> tuple[float | None, float | None]:
    """Return the number that a score without a maximum is, or the maximum that it prints; else neither."""
    try:
        scale = parse_score(text).scale
        return None, float(scale) if scale.replace(".", "").isdigit() else None
    except ScoreError:
        pass
    try:
        return parse_score(text, scale=1000).value * 10, None
    except ScoreError:
        return None, None


def _stars(stars: Mapping[float, object], shown: set[float]) -> float | None:
    """Return what filled stars are out of: what hollow ones beside them show, else five or ten, if one has so many."""
    most = max(stars, default=0)
    if len(shown) == 1 and most <= (one := min(shown)):
        return one
    return most if not shown and most in (5, 10) else None


def _scale(numbers: Mapping[float, list[int]]) -> float | None:
    """Return the only usual scale that fits numbers by how many they are, the largest, their steps and their spread."""
    if sum(count for count, _ in numbers.values()) < _ENOUGH or len(numbers) < _FEWEST:
        return None
    fits = [scale for scale in _USUAL if _fits(numbers, scale)]
    return fits[0] if len(fits) == 1 else None


def _fits(numbers: Mapping[float, list[int]], scale: int) -> bool:
    in_steps = all((number * _STEPS[scale]).is_integer() for number in numbers)
    above = sum(count for number, (count, _) in numbers.items() if number >= _OFTEN_ABOVE * scale)
    often = 2 * above >= sum(count for count, _ in numbers.values())
    return in_steps and often and _NEAR_THE_TOP[scale] <= max(numbers) <= scale


def _bare(amounts: Mapping[float, list[int]]) -> Bare | None:
    if not amounts:
        return None
    counts, rows = zip(*amounts.values(), strict=True)
    return Bare(sum(counts), min(rows), min(amounts), max(amounts))


def scales(columns: Columns, told: Evidence, asked: float | None) -> Scales:
    """Return how scores are read: as the user says, as the site that is known, else as all of them together tell."""
    site = columns.site.scale if columns.site else None
    thumbs = told.thumbs if not told.digits or (columns.scores_are_verdicts and asked is None) else {}
    return Scales(asked or site or told.scale, asked or told.stars or site, thumbs, told != Evidence())


def score_notes(columns: Columns, told: Evidence, asked: float | None) -> list[Problem]:
    """Return notes on how scores are read, also on those that need a scale and have none."""
    column, read = columns.printed("score"), scales(columns, told, asked)
    if column is None or columns.are_saved:
        return []
    if read.thumbs:
        return [noted(column, "thumbs", "its words count as thumbs up (100) or thumbs down (0)")]
    notes = []
    if columns.site and columns.site.scale and asked is None:
        zero = ", and 0 is no score" if columns.site.zero_is_none else ""
        notes.append(noted(column, columns.site.scale, f"the scale of its numbers, as on this site{zero}"))
    elif told.bare and read.numbers and asked is None:
        why = (
            f"bare numbers ({_range(told.bare)}) are taken to be out of {_short(read.numbers)}: their largest, steps "
            "and spread fit no other usual scale. If that is wrong, say with score_scale= what they are out of."
        )
        notes.append(noted(column, _short(read.numbers), why))
    if told.starred and told.stars and asked is None:
        notes.append(noted(column, _short(told.stars), "filled stars are out of so many, as some of them show"))
    for kind, bare, scale in ("bare numbers", told.bare, read.numbers), ("stars", told.starred, read.stars):
        if bare and not scale:
            why = (
                "too few to show what they are out of"
                if bare.number < _ENOUGH
                else "they do not show for sure what they are out of"
            )
            usual = _proposed(bare)
            what = f"{kind} ({_range(bare)}): {why}, so none is read"
            give = f"Give score_scale={usual} if they are out of {usual}."
            notes.append(kept(bare.row, column, _short(bare.most), f"{what}. {give}"))
    return notes


def _proposed(bare: Bare) -> str:
    in_parts = bare.least < 1 and bare.most <= 1 and bare.least != bare.most
    return _short(1 if in_parts else next(scale for scale in _PROPOSED if bare.most <= scale))


def _range(bare: Bare) -> str:
    if bare.number == 1:
        return f"1 score, {_short(bare.most)}"
    if bare.least == bare.most:
        return f"{bare.number:,} scores, all {_short(bare.most)}"
    return f"{bare.number:,} scores from {_short(bare.least)} to {_short(bare.most)}"


def _short(number: float) -> str:
    return f"{number:.15g}"
