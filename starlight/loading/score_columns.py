"""Read the scores of a source's rows: from what was printed, or as Starlight saved them."""

from __future__ import annotations

from functools import cache

import pandas as pd

from ..errors import ScoreError
from ..tables.columns import SCORE_STATUSES
from ..tables.schema import is_missing
from ..text.scores import Score, parse_score
from .report import Problem, kept


def read_scores(whole: pd.DataFrame, scale: float | None, column: str | None) -> tuple[pd.DataFrame, list[Problem]]:
    """Return score_scale, score and score_status of rows by their score_raw, and a problem for each unread score."""
    scores, problems = [], []
    scores_read = cache(lambda raw: _score(raw, scale))  # many reviews share a score
    for row, raw, status in zip(whole.index, whole["score_raw"], whole["score_status"], strict=True):
        missing = is_missing(raw)
        read, error = (None, None) if missing else scores_read(raw) if isinstance(raw, str) else _score(raw, scale)
        if missing or error:
            status = "none" if missing else "unreadable"
        if error:
            problems.append(kept(row, column, raw, error))
        value = read.value if read and status == "stated" else float("nan")
        scores.append((read.scale if read else None, value, status))
    return pd.DataFrame(scores, whole.index, ["score_scale", "score", "score_status"], dtype="object"), problems


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
    read, unread = read_scores(again.assign(score_status="stated"), scale, "score_raw")
    scores = scores.astype("object")
    scores.loc[again.index, read.columns] = read
    return scores, [*problems, *unread]


def _score(raw: object, scale: float | None) -> tuple[Score | None, str | None]:
    """Return a score, or why it cannot be read."""
    try:
        return parse_score(raw, scale=scale), None  # type: ignore[arg-type]  # it refuses others
    except ScoreError as error:
        return None, str(error).replace("give scale=", "give score_scale=")  # as load_reviews calls it


def _number(value: object) -> float:
    try:
        return float(str(value))
    except ValueError:
        return float("nan")


def as_printed(score: object) -> object:
    """Return a whole number without its point: one empty cell in a column makes pandas read 7 as 7.0."""
    return str(int(score)) if isinstance(score, float) and score.is_integer() else score
