"""Read the scores of a source's rows: from what was printed, or as Starlight saved them."""

from __future__ import annotations

from functools import cache

import pandas as pd

from ..errors import ScoreError, shown
from ..tables.columns import SCORE_STATUSES
from ..tables.schema import is_missing
from ..text.scores import Score, in_stars, parse_score
from .report import Problem, gathered, kept
from .score_evidence import Scales, as_printed


def read_scores(whole: pd.DataFrame, scales: Scales, column: str | None) -> tuple[pd.DataFrame, list[Problem]]:
    """Return score_scale, score and score_status of rows by their score_raw, and a problem for each kind of unread.

    Numbers and stars without a scale have their problem already, from all rows together.
    """
    scores, problems = [], []
    scores_read = cache(lambda raw: _score(raw, scales))  # many reviews share a score
    for row, raw, status in zip(whole.index, whole["score_raw"], whole["score_status"], strict=True):
        missing = is_missing(raw)
        read, error = (None, None) if missing else scores_read(raw) if isinstance(raw, str) else _score(raw, scales)
        if missing or error:
            status = "none" if missing else "unreadable"
        if error and not (scales.are_told and "give score_scale=" in error):
            problems.append(kept(row, column, raw, error))
        value = read.value if read and status == "stated" else float("nan")
        scores.append((read.scale if read else None, value, status))
    return pd.DataFrame(scores, whole.index, ["score_scale", "score", "score_status"], dtype="object"), gathered(
        problems
    )


def stored(whole: pd.DataFrame, scale: float | None) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the scores of a saved table as they were saved; an unreadable or edited one is read again."""
    scores = pd.DataFrame({name: whole[name].astype("object").map(as_printed) for name in ("score_raw", "score_scale")})
    scores["score"] = [_number(value) for value in whole["score"]]
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
    """Return a score, or why it cannot be read."""
    word = str(raw).strip()
    if (thumb := scales.thumbs.get(word.casefold())) is not None:
        return Score(thumb, "thumbs", word), None
    scale = scales.stars if isinstance(raw, str) and in_stars(raw) else scales.numbers
    try:
        return parse_score(raw, scale=scale), None  # type: ignore[arg-type]  # it refuses others
    except ScoreError as error:
        return None, _reason(str(error), raw)


def _reason(message: str, raw: object) -> str:
    """Return why a score cannot be read, without the score, so that a reason is the same for all scores of a kind."""
    reason = message.removeprefix(f"Cannot read the score {shown(raw)}: ")
    return f"the score cannot be read: {reason.replace('give scale=', 'give score_scale=')}"  # as load_reviews calls it


def _number(value: object) -> float:
    try:
        return float(str(value))
    except ValueError:
        return float("nan")
