"""Read the scores of a source; what they do not print, such as the scale of 7 or ★★★, all of them together tell."""

import re
from collections.abc import Mapping
from contextlib import suppress
from functools import cache, partial
from typing import NamedTuple

import pandas as pd

from ..errors import ScoreError, shown
from ..tables.columns import SCORE_STATUSES
from ..tables.schema import is_missing
from ..text.scores import Score, in_stars, parse_score, short
from .columns import Columns
from .report import Problem, gathered, kept, noted
from .rows import NOTHING
from .usual_names import MARKS, is_verdict, plain_name

_MOST_FORMS = 2_000  # different scores; a column with more is none of scores
_ENOUGH = 20  # bare numbers, from which on their scale is told
_PROPOSED = (5, 10, 20, 100, 1000)
# By scale: what the largest number must reach, into how many parts a point may be cut.
_USUAL = {5: (5, 10), 10: (9, 10), 100: (90, 2)}
_OFTEN_ABOVE = 0.3  # of the scale, at least half of the numbers: counts of votes are mostly small
_FEWEST = 3  # different numbers
_UP = {"recommended", "recommend", "true", "positive", "pos", "fresh", "yes", "like", "liked", "up"}
_DOWN = {"not recommended", "false", "negative", "neg", "rotten", "no", "dislike", "disliked", "down"}
_THUMBS = dict.fromkeys(_UP, 100.0) | dict.fromkeys(_DOWN, 0.0)
_DIGITS = {"1": 100.0, "0": 0.0, "-1": 0.0}
_IN_A_NAME = re.compile(r"(?:out of |(?<!\d)/ ?|\b[01] ?(?:-|–|to) ?)(5|10|20|100)\b(?!\.\d*[1-9])", re.IGNORECASE)
_ONE_IS_BEST = re.compile(  # as a survey's column may say: "rating (1 = best, 5 = worst)"
    r"\b1 ?(?:=|is|:)? ?(?:the |very |sehr )?(?:best|excellent|great|good|gut)\b|\bbest ?(?:=|is|:)? ?1\b"
    r"|\b(?:[56]|100?) ?(?:=|is|:)? ?(?:the |very |sehr )?(?:worst|bad|poor|schlecht)\b|\bworst ?(?:=|is|:)? ?[56]\b",
    re.IGNORECASE,
)
_UNRATED = {"", "tbd", "nr", "unrated", "not rated", "no rating"}  # beside the words that say so in any column

Seen = dict[str, list[int]]  # by form of the score: how often it is there, and its first row


class Bare(NamedTuple):
    """Numbers, or stars, that do not say of how many: how many, the first one's row, their range, and what all show."""

    number: int
    row: int
    least: float
    most: float
    scale: float | None


class Evidence(NamedTuple):
    """What all scores of a table tell.

    `thumbs` has the value of each word, or digit, where all are of thumbs. `are_none` tells that not one is a score.
    """

    thumbs: Mapping[str, float] = {}
    numbers: Bare | None = None
    stars: Bare | None = None
    are_none: bool = False


class Scales(NamedTuple):
    """What numbers and stars are out of, and what words are worth; `are_told` if `score_notes` says what has none."""

    numbers: float | None = None
    stars: float | None = None
    thumbs: Mapping[str, float] = {}
    are_told: bool = False


def as_printed(score: object) -> object:
    """Return a score as it was printed: 7 where pandas made it 7.0, None where there is none or a word says so."""
    if isinstance(score, str):
        return None if score.strip() in NOTHING or score.strip().casefold() in _UNRATED else score
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
    words = {text.casefold() for text in seen}
    if words and words <= _THUMBS.keys():
        return Evidence(_THUMBS)
    alone: dict[bool, dict[float, list[int]]] = {False: {}, True: {}}  # in stars or not: how often each, its first row
    hollow, read = set[float](), 0
    for text, (count, row) in seen.items():
        amount, maximum = _amount(text)
        read += bool(amount is not None or maximum)
        if amount is not None:
            before = alone[in_stars(text)].setdefault(amount, [0, row])
            before[:] = [before[0] + count, min(before[1], row)]
        elif isinstance(maximum, float) and "☆" in text:
            hollow.add(maximum)
    if len(seen) > _MOST_FORMS or not read:
        return Evidence(are_none=bool(seen) and not read)
    thumbs = _DIGITS if words <= _DIGITS.keys() and not {"0", "-1"} <= words else {}  # of 1, 0 and -1, 0 is neither
    numbers, stars = alone[False], alone[True]
    return Evidence(thumbs, _bare(numbers, _scale(numbers)), _bare(stars, _stars(stars, hollow)))


def _amount(text: str) -> tuple[float | None, float | str | None]:
    """Return the number that a score without a maximum is, or the maximum, or other scale, that it prints."""
    with suppress(ScoreError):
        scale = parse_score(text).scale
        return None, float(scale) if scale.replace(".", "").isdigit() else scale
    with suppress(ScoreError):
        return parse_score(text, scale=1000).value * 10, None
    return None, None


def _bare(amounts: Mapping[float, list[int]], scale: float | None) -> Bare | None:
    if not amounts:
        return None
    counts, rows = zip(*amounts.values(), strict=True)
    return Bare(sum(counts), min(rows), min(amounts), max(amounts), scale)


def _stars(stars: Mapping[float, object], hollow: set[float]) -> float | None:
    """Return what filled stars are out of: what hollow ones beside them show, else five or ten, if one has so many."""
    most = max(stars, default=0)
    if len(hollow) == 1 and most <= min(hollow):
        return min(hollow)
    return most if not hollow and most in (5, 10) else None


def _scale(numbers: Mapping[float, list[int]]) -> float | None:
    """Return the only usual scale that fits numbers by how many they are, the largest, their steps and their spread."""
    count = sum(count for count, _ in numbers.values())
    if count < _ENOUGH or len(numbers) < _FEWEST:
        return None
    fits = []
    for scale, (top, steps) in _USUAL.items():
        above = sum(count for number, (count, _) in numbers.items() if number >= _OFTEN_ABOVE * scale)
        in_steps = all((number * steps).is_integer() for number in numbers)
        if in_steps and 2 * above >= count and top <= max(numbers) <= scale:
            fits.append(scale)
    return fits[0] if len(fits) == 1 else None


def scales(columns: Columns, told: Evidence, asked: float | None) -> Scales:
    """Return how scores are read: as the user says, as the site that is known, else as all of them together tell."""
    site, _ = _stated(columns, told.numbers)
    numbers, stars = (bare.scale if bare else None for bare in (told.numbers, told.stars))
    numbers = None if told.numbers and (_are_marks(columns, told.numbers) or _is_one_best(columns)) else numbers
    are_verdicts = is_verdict(plain_name(columns.printed("score"))) or (columns.site and not columns.site.scale)
    are_thumbs = told.thumbs != _DIGITS or (are_verdicts and asked is None)
    thumbs, are_told = told.thumbs if are_thumbs else {}, bool(told.numbers or told.stars)
    return Scales(asked or site or numbers, asked or stars or site, thumbs, are_told)


def _stated(columns: Columns, bare: Bare | None) -> tuple[float | None, str]:
    """Return what numbers are out of by the site or the column's name, and which of the two says so."""
    if columns.site:
        return columns.site.scale, "as on this site" + ", and 0 is no score" * columns.site.zero_is_none
    found = None if _is_one_best(columns) else _IN_A_NAME.search(columns.printed("score") or "")
    scale = float(found[1]) if found and not (bare and bare.most > float(found[1])) else None
    return scale, "as the column's name says"


def _are_marks(columns: Columns, bare: Bare) -> bool:
    """Return whether numbers may be German school marks, from 1 to 6, by the name of their column."""
    return plain_name(columns.printed("score")) in MARKS and bare.least >= 1 and bare.most <= 6


def _is_one_best(columns: Columns) -> bool:
    """Return whether the column's name says that 1 is the best."""
    return bool(_ONE_IS_BEST.search(columns.printed("score") or ""))


def score_notes(columns: Columns, told: Evidence, asked: float | None) -> list[Problem]:
    """Return notes on how scores are read, also on those that need a scale and have none."""
    column, read = columns.printed("score"), scales(columns, told, asked)
    if column is None or columns.are_saved:
        return []
    if read.thumbs:
        return [noted(column, "thumbs", "its words count as thumbs up (100) or thumbs down (0)")]
    notes = []
    given, why = _stated(columns, told.numbers) if asked is None else (None, "")
    if given:
        notes.append(noted(column, short(given), f"the scale of its numbers, {why}"))
    if asked and told.numbers and _are_marks(columns, told.numbers):
        what = (
            f"as score_scale={short(asked)} says, {short(asked)} is the best score and 1 a low one. If they are German "
        )
        what += "school marks, of which 1 is the best, load 6 minus the mark, with score_scale=5."
        notes.append(noted(column, short(asked), what))
    for kind, bare, scale in ("bare numbers", told.numbers, read.numbers), ("stars", told.stars, read.stars):
        if bare and not scale:
            few = "too few to show what they are out of"
            why = few if bare.number < _ENOUGH else "they do not show for sure what they are out of"
            if kind != "stars" and not columns.site and (named := _IN_A_NAME.search(column)):
                why = f"the column's name says {named[1]}, and {short(bare.most)} is more"
            if _are_marks(columns, bare):
                why = "they may be German school marks, of which 1 is the best (then load 6 minus the mark)"
            usual = _proposed(bare)
            if _is_one_best(columns):
                why = f"by the column's name 1 is the best (then load {float(usual) + 1:g} minus each)"
            give = f"so none is read. Give score_scale={usual} if they are out of {usual}."
            notes.append(kept(bare.row, column, short(bare.most), f"{kind} ({_range(bare)}): {why}, {give}"))
        elif bare and scale and scale == bare.scale and asked is None and not (given and kind != "stars"):
            why = (
                f"stars alone are read as out of {scale:g}: no score of this column has more"
                if kind == "stars"
                else f"{kind} ({_range(bare)}) are taken to be out of {scale:g}: their largest, steps and spread fit "
                "no other usual scale. If that is wrong, say with score_scale= what they are out of."
            )
            notes.append(noted(column, short(scale), why))
    return notes


def _proposed(bare: Bare) -> str:
    in_parts = bare.least < 1 and bare.most <= 1 and bare.least != bare.most
    return short(1 if in_parts else next(scale for scale in _PROPOSED if bare.most <= scale))


def _range(bare: Bare) -> str:
    if bare.number == 1:
        return f"1 score, {short(bare.most)}"
    if bare.least == bare.most:
        return f"{bare.number:,} scores, all {short(bare.most)}"
    return f"{bare.number:,} scores from {short(bare.least)} to {short(bare.most)}"


def read_scores(whole: pd.DataFrame, scales: Scales, column: str | None) -> tuple[pd.DataFrame, list[Problem]]:
    """Return score_scale, score and score_status of rows by their score_raw, and a problem for each kind of unread."""
    scores, problems = [], []
    of_text = cache(lambda raw: _score(raw, scales))  # many reviews share a score
    for row, raw, status in zip(whole.index, whole["score_raw"], whole["score_status"], strict=True):
        score_of = of_text if isinstance(raw, str) else partial(_score, scales=scales)
        read, error = (None, None) if is_missing(raw) else score_of(raw)
        if error and not (scales.are_told and "give score_scale=" in error):  # of these `score_notes` says it once
            problems.append(kept(row, column, raw, error))
        status = "unreadable" if error else status if read else "none"
        scores.append((read and read.scale, read.value if read and status == "stated" else float("nan"), status))
    names = ["score_scale", "score", "score_status"]
    return pd.DataFrame(scores, whole.index, names, dtype="object"), gathered(problems)


def stored(whole: pd.DataFrame, scale: float | None) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the scores of a saved table as they were saved; an unreadable or edited one is read again."""
    scores = pd.DataFrame({name: whole[name].astype("object").map(as_printed) for name in ("score_raw", "score_scale")})
    scores["score"] = pd.to_numeric(whole["score"].astype("str"), errors="coerce").astype("float64")
    scores["score_status"] = whole["score_status"].astype("object").map(str)
    status, counts = scores["score_status"], scores["score"].between(0, 100)
    stands = status.isin(SCORE_STATUSES) & (counts == status.eq("stated")) & (scores["score"].isna() | counts)
    again = scores[~stands | status.eq("unreadable")]
    changed = "its status and score are not as Starlight saves them, so score_raw was read again"
    problems = [kept(row, "score_status", status[row], changed) for row in stands.index[~stands]]
    read, unread = read_scores(again.assign(score_status="stated"), Scales(scale, scale), "score_raw")
    scores = scores.astype("object")
    scores.loc[again.index, read.columns] = read
    return scores, [*problems, *unread]


def _score(raw: object, scales: Scales) -> tuple[Score | None, str | None]:
    """Return a score, or why it cannot be read: a reason that is the same for all scores of a kind."""
    word = str(raw).strip()
    if (thumb := scales.thumbs.get(word.casefold())) is not None:
        return Score(thumb, "thumbs", word), None
    scale = scales.stars if isinstance(raw, str) and in_stars(raw) else scales.numbers
    try:
        return parse_score(raw, scale=scale), None  # type: ignore[arg-type]  # it refuses others
    except ScoreError as error:
        reason = str(error).removeprefix(f"Cannot read the score {shown(raw)}: ")
        return None, f"the score cannot be read: {reason.replace('give scale=', 'give score_scale=')}"
