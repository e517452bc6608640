"""The scores of a source's rows: read from what was printed, or as Starlight saved them."""

from __future__ import annotations

from functools import cache

import pandas as pd

from ..errors import ScoreError
from ..tables import columns
from ..tables.columns import SCORE_STATUSES
from ..tables.schema import is_missing
from ..text.scores import Score, parse_score
from .report import Problem, kept


def read_scores(whole: pd.DataFrame, scale: float | None, column: str) -> tuple[dict[str, list[object]], list[Problem]]:
    """Read printed scores; only a stated one counts.

    Parameters
    ----------
    whole : DataFrame
        score_raw and score_status, with the row's number as index.
    scale : number or None
        The maximum of the scale that bare numbers are on.
    column : str
        What the user calls the column of scores, for the report.

    Returns
    -------
    dict
        score_scale, score and score_status.
    list of Problem
        Scores that could not be read.
    """
    scales, scores, statuses, problems = [], [], [], []
    scores_read = cache(lambda raw: _score(raw, scale))  # and many a score
    for row, raw, status in zip(whole.index, whole["score_raw"], whole["score_status"], strict=True):
        missing = is_missing(raw)
        read, error = (None, None) if missing else scores_read(raw) if isinstance(raw, str) else _score(raw, scale)
        if missing or error:
            status = "none" if missing else "unreadable"
        if error:
            problems.append(kept(row, column, raw, error))
        scales.append(read.scale if read else None)
        scores.append(read.value if read and status == "stated" else float("nan"))
        statuses.append(status)
    return {"score_scale": scales, "score": scores, "score_status": statuses}, problems


def stored(whole: pd.DataFrame, scale: float | None) -> tuple[dict[str, list[object]], list[Problem]]:
    """Take scores as they were saved; one that was unreadable, or was changed into none, is read again.

    Parameters
    ----------
    whole : DataFrame
        score_raw, score_scale, score and score_status of a saved table, with the row's number as index.
    scale : number or None
        The maximum of the scale of bare numbers that are read again.

    Returns
    -------
    dict
        score_raw, score_scale, score and score_status.
    list of Problem
        Cells that could not be read, and scores that were read again though they are none that is saved.
    """
    scores = pd.DataFrame({name: whole[name].astype("object").map(as_printed) for name in ("score_raw", "score_scale")})
    scores["score"] = [_number(value) for value in whole["score"]]
    scores["score_status"] = whole["score_status"].astype("object").map(str)
    status, counts = scores["score_status"], scores["score"].between(0, columns.SCORE.most)
    stands = status.isin(SCORE_STATUSES) & (counts == status.eq("stated")) & (scores["score"].isna() | counts)
    again = scores[~stands | status.eq("unreadable")]
    changed = "its status or score is none that Starlight saves, so score_raw was read again"
    problems = [kept(row, "score_status", status[row], changed) for row in stands.index[~stands]]
    read, unread = read_scores(again.assign(score_status="stated"), scale, "score_raw")
    scores = scores.astype("object")
    for name, values in read.items():
        scores.loc[again.index, name] = pd.Series(values, index=again.index, dtype="object")
    return scores.to_dict("list"), [*problems, *unread]


def _score(raw: object, scale: float | None) -> tuple[Score | None, str | None]:
    """Read a score, or say why it cannot be read."""
    try:
        return parse_score(raw, scale=scale), None
    except ScoreError as error:
        return None, str(error).replace("such as scale=", "such as score_scale=")  # as load_reviews calls it


def _number(value: object) -> float:
    try:
        return float(str(value))
    except ValueError:
        return float("nan")


def as_printed(score: object) -> object:
    """Give a whole number its own form: one empty cell makes pandas read 7 as 7.0."""
    return str(int(score)) if isinstance(score, float) and score.is_integer() else score
