"""Load reviews from whatever holds them into the reviews table; what a review does not state is missing.

Everything is read from cells, and from the form of the text; no file's name, and no knowledge of a particular review,
decides anything.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping

import pandas as pd

from ..errors import ReadError, TableError
from ..text.scores import parse_score
from .columns import find_columns, rename
from .complete import complete, plan
from .duplicates import survey
from .report import Problem, carry
from .source import _read, _Source


def load_reviews(
    source: str | os.PathLike[str] | pd.DataFrame | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    score_scale: float | None = None,
    strict: bool = False,
) -> pd.DataFrame:
    """Load reviews: one row per review.

    Parameters
    ----------
    source : path or DataFrame, optional
        A table (.csv, .tsv, .jsonl or .json, also packed as .gz; .parquet; .xlsx, .xls, .ods), a folder of texts (.txt,
        .md) or pages (.html), one such file, or a DataFrame. The five reviews in `seeds/` if not given. How a text is
        encoded, and what stands between its cells, is found.
    columns : mapping of str to str, optional
        For a table: our name of a column to its name there, such as ``{"text": "body", "score": "stars"}``. The others
        are found by their usual names, in any case. `score` is the printed score.
    score_scale : number, optional
        The maximum of the scale that bare numbers are on.
    strict : bool
        Whether to raise on the first row that would be refused and the first cell that cannot be read.

    Returns
    -------
    DataFrame
        The reviews table, then a table's other columns. Scores are from 0 to 100, letters by the convention metacritic.
        What a table has no column for is read from the text; an empty cell is missing. `load_report` lists the rows
        that were refused, the cells that could not be read, and what was found or guessed.

    Warns
    -----
    UserWarning
        If rows were refused: without a text, with more cells than the header, or the same in every cell as another.

    Raises
    ------
    ReadError
        If a file or folder is missing, empty or not text, or one of the five has been changed.
    TableError
        If it cannot be told which column is which, the column named for ids is none, or no row can be loaded; with
        `strict`, at the first row or cell.
    ScoreError
        If `score_scale` is no maximum.

    Examples
    --------
    >>> reviews = load_reviews()
    >>> reviews.loc[4, ["critic", "score_raw"]].tolist()
    ['Sneha Jaiswal', '7.5 on 10']
    """
    if score_scale is not None:
        parse_score(0, scale=score_scale)  # refuses a scale that is none
    if columns is not None and not isinstance(columns, Mapping):
        raise ReadError(f"columns must be a dict of our names to yours, such as {{'text': 'body'}}, not {columns!r}.")
    given = _read(source, columns)
    if given.frame.shape == (0, 0):
        _judge(given.frame, _placed(given.problems, given), given.name, strict)
    names = find_columns(given.frame.columns, columns, given.name)
    rows = rename(given.frame, names, given.name)
    planned, guessed = plan(given.name, names, columns, survey([rows]), score_scale=score_scale, fill=bool(given.files))
    reviews, problems = complete(rows, planned)
    problems = _placed([*given.problems, *guessed, *problems], given)
    _judge(reviews, problems, given.name, strict)
    return carry(reviews, problems)


def _placed(problems: list[Problem], given: _Source) -> list[Problem]:
    """Put what was noticed in order, each with the file that it is about."""
    ordered = sorted(problems, key=lambda one: one.row)
    return [one._replace(source=given.files.get(one.row, given.name)) for one in ordered]


def _judge(reviews: pd.DataFrame, problems: list[Problem], name: str, strict: bool) -> None:
    """Refuse a source of which no row could be loaded, or with `strict` any could not; warn if some could not."""
    wrong = [one for one in problems if one.action != "noted"]
    left_out = [one for one in wrong if one.action == "refused"]
    if reviews.empty and not left_out:
        raise TableError(f"{name} has no rows. Give at least one review.")
    if wrong and (strict or reviews.empty):
        first = (left_out if reviews.empty else wrong)[0]
        column = f", column {first.column!r}" if first.column else ""
        where = f"{first.source}{f', row {first.row}' if first.source == name else ''}{column}"
        all_of = f"None of the {len(left_out)} rows can be loaded. " if reviews.empty and len(left_out) > 1 else ""
        raise TableError(f"{all_of}{where}: {first.reason} (it is {first.value!r}). Mend it, or leave the row out.")
    if left_out:
        warnings.warn(
            f"{len(left_out)} of {len(reviews) + len(left_out)} rows of {name} were refused: "
            "load_report(reviews) says which and why.",
            stacklevel=3,
        )
