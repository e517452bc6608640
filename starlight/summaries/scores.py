"""Printed scores on one scale, by one convention or by several, and of groups of reviews."""

from collections.abc import Iterable

import pandas as pd

from ..base.arguments import check_choices
from ..errors import ScoreError, TableError, did_you_mean
from ..tables import COUNT, NUMBER, REVIEWS, TEXT, Column, build, check, declare
from ..text.scores import parse_score, read_conventions
from .counting import count
from .groups import GROUP, check_grouping, group_reviews, in_order

SCORE_DISTRIBUTION = declare(
    "score_distribution",
    "one row per review with a printed score and convention",
    "review_id name score_raw score_scale convention",
    Column("score", NUMBER, "The score from 0 to 100; what an ambiguous one would be.", missing=True, most=100),
    "score_status",
    key="review_id convention",
)
SCORE_DISTRIBUTION_BY_GROUP = declare(
    "score_distribution_by_group",
    "one row per group of reviews and five points",
    *GROUP,
    Column("convention", TEXT, "The convention by which letters become numbers; missing without any.", missing=True),
    Column("taken", TEXT, "What bare numbers are taken to be out of; missing without any.", missing=True),
    Column("score", NUMBER, "The score from 0 to 100, rounded to five points.", most=100),
    Column("reviews", COUNT, "Number of the group's reviews that state such a score."),
    Column("stated", COUNT, "Of how many that state a score."),
    "of_reviews",
    Column("median", NUMBER, "Their median, not rounded; missing for fewer than five.", missing=True, most=100),
    key="by group score",
)
MEDIAN_FROM = 5  # stated scores; of fewer there is no median
_POINTS = 5


def score_distribution(
    reviews: pd.DataFrame,
    *,
    convention: str | Iterable[str] = "even steps",
    by: str | None = None,
    most: int = 8,
) -> pd.DataFrame:
    """Put the printed scores on one scale: one row per scored review and convention, or per group and score.

    Parameters
    ----------
    reviews : DataFrame
        The reviews table.
    convention : str or list of str
        How letters become numbers: one convention of `data/score_conventions.csv`, or several to compare.
    by, most : str and int, optional
        How to group the reviews, as in `theme_frequency`, such as by film; then under one convention.

    Returns
    -------
    DataFrame
        The score_distribution table, scores from 0 to 100; of several conventions, the rows of one below those of the
        other. An ambiguous score has the value it would have; one that cannot be read has none. With `by` the
        score_distribution_by_group table: how many reviews of each group state which score.

    Raises
    ------
    ScoreError
        If a score that is marked as stated or ambiguous cannot be read.
    TableError
        If `reviews` is not a reviews table, there is no such convention, there are several with `by`, or `by` or `most`
        is not what `theme_frequency` takes.

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
    names = _named(convention)
    tables = [rows.assign(convention=name, score=_values(readable, name).reindex(rows.index)) for name in names]
    scores = build(SCORE_DISTRIBUTION, pd.concat(tables))
    if by is None:
        return scores
    check_grouping(by, most, reviews)
    if len(names) > 1:
        raise TableError(f"convention is {names!r}; with by, scores are counted under one. Give one of them.")
    return _in_groups(scores, reviews, by, most)


def _in_groups(scores: pd.DataFrame, reviews: pd.DataFrame, by: str, most: int) -> pd.DataFrame:
    """Count how many reviews of each group state which score."""
    groups = group_reviews(reviews, by, most)
    stated = scores[scores["score_status"] == "stated"]
    stated = stated.assign(group=stated["review_id"].map(groups.of))
    rows = in_order(groups, by)
    rows["stated"] = rows["group"].map(stated["group"].value_counts()).fillna(0)
    rows["median"] = rows["group"].map(stated.groupby("group")["score"].median()).where(rows["stated"] >= MEDIAN_FROM)
    rows = rows.merge(pd.DataFrame({"score": [float(n) for n in range(0, 101, _POINTS)]}), how="cross")
    rounded = (stated["score"] / _POINTS + 1e-9).round() * _POINTS
    rows["reviews"] = count(rows, stated.assign(score=rounded), ["group", "score"])
    letters = stated.loc[stated["score_scale"].eq("letter"), "convention"]
    read = {"convention": letters.iloc[0] if len(letters) else None, "taken": " or ".join(scales_taken(scores)) or None}
    return build(SCORE_DISTRIBUTION_BY_GROUP, rows.assign(**read))


def scales_taken(scores: pd.DataFrame) -> list[str]:
    """Return what stated scores are out of that do not say so themselves, from a score_distribution table."""
    stated = scores[scores["score_status"].eq("stated") & scores["score_scale"].str.fullmatch(r"[\d.]+").eq(True)]
    alike = stated.drop_duplicates(["score_raw", "score_scale"])
    taken = [scale for raw, scale in zip(alike["score_raw"], alike["score_scale"], strict=True) if not _says(raw)]
    return sorted(set(taken), key=float)


def _says(raw: str) -> bool:
    """Return whether a printed score says what it is out of."""
    try:
        parse_score(raw)
    except ScoreError:
        return False
    return True


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
