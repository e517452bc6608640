"""Summaries of scores: the printed ones on one scale, by one convention or by each."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from ..errors import ScoreError, did_you_mean
from ..tables import columns
from ..tables.base import REVIEWS
from ..tables.schema import NUMBER, TEXT, Column, build, check, declare
from ..text.scores import parse_score, read_conventions

SCORE_DISTRIBUTION = declare(
    "score_distribution",
    "one row per review with a printed score and convention",
    ("review_id", "convention"),
    (
        columns.REVIEW_ID,
        columns.SCORE_RAW,
        columns.SCORE_SCALE,
        Column("convention", TEXT, "The convention by which letters become numbers (data/score_conventions.csv)."),
        Column(
            "score",
            NUMBER,
            "The score from 0 to 100; what an ambiguous one would be.",
            missing=True,
            most=100,
        ),
        columns.SCORE_STATUS,
    ),
)


def score_distribution(reviews: pd.DataFrame, *, convention: str = "metacritic") -> pd.DataFrame:
    """Give the printed scores on one scale: one row per review with a printed score.

    Parameters
    ----------
    reviews : DataFrame
        The reviews table.
    convention : str
        How letters become numbers; one of `data/score_conventions.csv`.

    Returns
    -------
    DataFrame
        The score_distribution table, scores from 0 to 100. An ambiguous score has the value it would have; one that
        cannot be read has none.

    Raises
    ------
    ScoreError
        If there is no such convention, or a score that is marked as stated or ambiguous cannot be read.
    TableError
        If `reviews` is not a reviews table.

    Examples
    --------
    >>> from starlight import load_reviews
    >>> score_distribution(load_reviews(), convention="school")["score"].tolist()
    [78.0, 95.0, 75.0]
    """
    check(reviews, REVIEWS, "reviews")
    if convention not in (known := read_conventions()["convention"].unique()):
        raise ScoreError(f"No convention {convention!r}. {did_you_mean(convention, known)}")
    rows = reviews.loc[reviews["score_raw"].notna(), ["review_id", "score_raw", "score_scale", "score_status"]]
    rows = rows.reset_index(drop=True)
    scores = _values(rows[rows["score_status"] != "unreadable"], convention).reindex(rows.index)
    return build(SCORE_DISTRIBUTION, rows.assign(convention=convention, score=scores))


def scores_by_convention(reviews: pd.DataFrame) -> pd.DataFrame:
    """Give the printed scores under each convention: one row per review with a printed score and convention.

    Parameters
    ----------
    reviews : DataFrame
        The reviews table.

    Returns
    -------
    DataFrame
        The score_distribution tables of all conventions, one below the other.

    Raises
    ------
    TableError
        If `reviews` is not a reviews table.

    Examples
    --------
    >>> from starlight import load_reviews
    >>> scores_by_convention(load_reviews()).query("score_raw == 'C+'")["score"].tolist()
    [54.0, 58.0, 78.0]
    """
    names = sorted(read_conventions()["convention"].unique())
    tables = [score_distribution(reviews, convention=name) for name in names]
    return build(SCORE_DISTRIBUTION, pd.concat(tables))


def _values(rows: pd.DataFrame, convention: str) -> pd.Series:
    """Give printed scores again under a convention, each that is printed alike read once."""
    alike = rows.groupby(["score_raw", "score_scale"], sort=False, dropna=False).ngroup()
    first = rows[~alike.duplicated()]
    read = [_score(row, convention) for row in first.itertuples(index=False)]
    return alike.map(dict(zip(alike[first.index], read, strict=True))).astype("float64")


def _score(row: NamedTuple, convention: str) -> float:
    """Give a printed score again under another convention; a bare number keeps the scale it was loaded with."""
    try:
        return parse_score(row.score_raw, convention=convention).value
    except ScoreError as error:
        try:
            return parse_score(row.score_raw, convention=convention, scale=float(row.score_scale)).value
        except ValueError:  # no number, or none that helps
            raise ScoreError(f"reviews, {row.review_id!r}: its score is marked {row.score_status}. {error}") from None
