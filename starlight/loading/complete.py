"""Make reviews of the rows of a source: their own cells first, then what each text states about itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import pandas as pd

from ..tables.base import REVIEWS
from ..tables.schema import build
from ..text.dates import read_day
from ..text.lines import read_lines
from ..text.metadata import films, normalise, read_stated
from .columns import notes
from .duplicates import Survey, check_ids, usable
from .names import name_reviews
from .report import Problem, kept, noted, refused
from .score_columns import as_printed, is_missing, read_scores, stored


class Plan(NamedTuple):
    """How the rows of one source become reviews.

    `names` says what the source calls our columns, and `known` what all its rows tell. With `lend`, a review of a film
    that others state is of that film too, which depends on all of them; with `fill`, an empty cell is filled from the
    text.
    """

    names: Mapping[str, object]
    known: Survey
    score_scale: float | None = None
    lend: bool = True
    fill: bool = False

    @property
    def is_saved(self) -> bool:
        """Whether the rows are reviews already, as Starlight saved them."""
        return "score_status" in self.names


def plan(
    source: str, names: Mapping[str, object], columns: Mapping[str, str] | None, known: Survey, **options: object
) -> tuple[Plan, list[Problem]]:
    """Plan how a source's rows become reviews, and note what was guessed.

    Parameters
    ----------
    source : str
        What messages call it.
    names : mapping
        Which column is which, by `find_columns`.
    columns : mapping or None
        Those that the user named.
    known : Survey
        What all rows tell.
    **options
        Further fields of the plan.

    Returns
    -------
    Plan
    list of Problem

    Raises
    ------
    TableError
        If the user named a column of ids that does not tell rows apart.
    """
    planned, found = Plan(names, known, **options), notes(names, columns)
    if planned.is_saved:
        found.append(noted(None, None, "a table of reviews that Starlight made: scores and their status stay as saved"))
    if known.first:
        what = f"its dates of three numbers begin with the {known.first}, as some of them show"
        found.append(noted(str(names.get("published", "published")), None, what))
    if "review_id" in names and not known.has_ids:
        if "review_id" in (columns or {}):
            check_ids(known, names["review_id"], source)
        found = [note for note in found if note.value != "review_id"]
        found.append(noted(str(names["review_id"]), None, "no ids, since it repeats or is empty: rows are numbered"))
    return planned, found


def complete(rows: pd.DataFrame, planned: Plan) -> tuple[pd.DataFrame, list[Problem]]:
    """Make reviews of rows.

    Parameters
    ----------
    rows : DataFrame
        Rows with our names for columns and the row's number as index, all of a source or some.
    planned : Plan
        How.

    Returns
    -------
    DataFrame
        The reviews table, of the rows that were not refused.
    list of Problem
        Rows that were refused, and cells that could not be read.
    """
    named = {ours: str(theirs) for ours, theirs in planned.names.items()}
    rows, problems = usable(rows, named)
    rows, repeated = _once(rows, planned.known, named["text"])
    rows = _identified(rows, planned)
    given = [name for name in REVIEWS.names if name in rows and name != "text"]
    rows = rows.assign(**{name: rows[name].astype("object").replace(r"^\s*$", None, regex=True) for name in given})
    if planned.is_saved:
        rows = rows.drop(columns="words")  # which count the text as it is now
    elif "score" in rows:
        rows = rows.assign(score=rows["score"].map(as_printed)).rename(columns={"score": "score_raw"})
    whole = _with_stated(rows, planned)
    whole["published"], undated = _dates(whole["published"], planned.known.first, named.get("published"))
    if planned.is_saved:
        scored, unread = stored(whole, planned.score_scale)
    else:
        scored, unread = read_scores(whole, planned.score_scale, named.get("score", named["text"]))
    whole["name"] = _names(whole, planned)
    return build(REVIEWS, whole.assign(**scored)), [*problems, *repeated, *undated, *unread]


def _names(whole: pd.DataFrame, planned: Plan) -> list[str]:
    """Return the reviews' names: those that were saved if they tell all reviews apart, else new ones."""
    if "name" in whole and whole["name"].notna().all() and whole["name"].map(str).is_unique:
        return whole["name"].map(str).tolist()
    if not planned.lend:  # a part of a source, which does not know of the others
        return name_reviews(whole, several_films=True, numbers=whole.index.astype("str").tolist())
    return name_reviews(whole, several_films=len(whole["film"].dropna().unique()) > 1)


def _once(rows: pd.DataFrame, known: Survey, text: str) -> tuple[pd.DataFrame, list[Problem]]:
    """Refuse rows that repeat another, and tell of texts that do."""
    again = [row for row in rows.index if row in known.repeats]
    problems = [refused(row, None, None, f"every cell is that of row {known.repeats[row]}") for row in again]
    for row, value in rows["text"].items():
        if row in known.same_text:
            problems.append(kept(row, text, value, f"its text is that of row {known.same_text[row]}"))
    return (rows.drop(index=again) if again else rows), problems


def _identified(rows: pd.DataFrame, planned: Plan) -> pd.DataFrame:
    """Give each row its id: the given one if it tells rows apart, else its number; a column that is none is kept."""
    numbers = rows.index.astype("str")
    if "review_id" not in planned.names:
        return rows.assign(review_id=numbers)
    if planned.known.has_ids:
        return rows.assign(review_id=rows["review_id"].astype("str"))
    theirs = str(planned.names["review_id"])
    theirs = "given_id" if theirs == "review_id" else theirs
    return rows.assign(**{theirs: rows["review_id"]}).assign(review_id=numbers)


def _with_stated(rows: pd.DataFrame, planned: Plan) -> pd.DataFrame:
    """Put what columns give over what each text states."""
    texts = [normalise(text) for text in rows["text"]]
    pages = [read_lines(text) for text in texts]
    stated = pd.DataFrame(
        [read_stated(text, lines) for text, lines in zip(texts, pages, strict=True)],
        index=rows.index,
        columns=["title", "critic", "published", "words", "score_raw", "score_status"],
    )
    whole = stated.assign(text=texts, outlet=None, film=films(texts, pages, lend=planned.lend))
    if "score_raw" in rows:
        whole["score_status"] = "stated"
    for name in rows.columns.drop("text"):
        fills = planned.fill and name in whole
        whole[name] = rows[name].astype("object").where(rows[name].notna(), whole[name]) if fills else rows[name]
    return whole


def _dates(published: pd.Series, first: str | None, column: str | None) -> tuple[pd.Series, list[Problem]]:
    """Read dates, each as midnight of its day."""
    days, problems = [], []
    read = cache(lambda written: _day(written, first))  # many reviews share a day
    for row, value in published.items():
        day, error = (pd.NaT, None) if is_missing(value) else read(value if isinstance(value, str) else str(value))
        days.append(day)
        if error:
            problems.append(kept(row, column, value, f"it names no day for sure ({error}): write 2025-05-30"))
    return pd.Series(pd.to_datetime(days), index=published.index).astype("datetime64[us]"), problems


def _day(written: str, first: str | None) -> tuple[pd.Timestamp, str | None]:
    """Read a day, or say why there is none."""
    try:
        return read_day(written, first), None
    except (ValueError, OverflowError) as error:
        return pd.NaT, str(error)
