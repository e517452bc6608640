"""Printed scores on one scale, by one convention or by several."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from ..base.arguments import check_choices
from ..errors import ScoreError, TableError, did_you_mean
from ..tables.base import REVIEWS
from ..tables.columns import declare
from ..tables.schema import NUMBER, TEXT, Column, build, check
from ..text.scores import parse_score, read_conventions

SCORE_DISTRIBUTION = declare(
    "score_distribution",
    "one row per review with a printed score and convention",
    "review_id name score_raw score_scale",
    Column("convention", TEXT, "The convention by which letters become numbers (data/score_conventions.csv)."),
    Column("score", NUMBER, "The score from 0 to 100; what an ambiguous one would be.", missing=True, most=100),
    "score_status",
    key="review_id convention",
)


def score_distribution(reviews: pd.DataFrame, *, convention: str | Iterable[str] = "even steps") -> pd.DataFrame:
    """Put the printed scores on one scale: one row per review with a printed score and convention.

    Parameters
    ----------
    reviews : DataFrame
        The reviews table.
    convention : str or list of str
        How letters become numbers: one convention of `data/score_conventions.csv`, or several to compare.

    Returns
    -------
    DataFrame
        The score_distribution table, scores from 0 to 100; of several conventions, the rows of one below those of the
        other. An ambiguous score has the value it would have; one that cannot be read has none.

    Raises
    ------
    ScoreError
        If a score that is marked as stated or ambiguous cannot be read.
    TableError
        If `reviews` is not a reviews table, or there is no such convention.

    Examples
    --------
    >>> from starlight import load_reviews
    >>> score_distribution(load_reviews(), convention="school")["score"].tolist()
    [78.0, 95.0, 75.0]
    """
    check(reviews, REVIEWS, "reviews")
    rows = reviews.loc[reviews["score_raw"].notna(), ["review_id", "name", "score_raw", "score_scale", "score_status"]]
    rows = rows.reset_index(drop=True)
    readable = rows[rows["score_status"] != "unreadable"]
    tables = [
        rows.assign(convention=name, score=_values(readable, name).reindex(rows.index)) for name in _named(convention)
    ]
    return build(SCORE_DISTRIBUTION, pd.concat(tables))


def _named(convention: str | Iterable[str]) -> list[str]:
    """Return the conventions asked for, each once; refuse those that do not exist."""
    known = read_conventions()["convention"].unique()
    names = list(dict.fromkeys(check_choices(convention, "convention", known)))
    if not names:
        raise TableError(f"convention is empty. {did_you_mean('', known)}")
    return names


def _values(rows: pd.DataFrame, convention: str) -> pd.Series:
    """Read printed scores by a convention, each that is printed alike once."""
    alike = rows.groupby(["score_raw", "score_scale"], sort=False, dropna=False).ngroup()
    first = rows[~alike.duplicated()]
    printed = zip(first["review_id"], first["score_raw"], first["score_scale"], first["score_status"], strict=True)
    read = [_score(review_id, raw, scale, status, convention) for review_id, raw, scale, status in printed]
    return alike.map(dict(zip(alike[first.index], read, strict=True))).astype("float64")


def _score(review_id: str, raw: str, scale: str, status: str, convention: str) -> float:
    """Read a printed score by a convention; a bare number keeps the scale that it was loaded with."""
    try:
        return parse_score(raw, convention=convention).value
    except ScoreError as error:
        try:
            return parse_score(raw, convention=convention, scale=float(scale)).value
        except ValueError:  # the scale is missing, not a number, or does not help
            raise ScoreError(f"reviews, {review_id!r}: its score is marked {status}. {error}") from None
