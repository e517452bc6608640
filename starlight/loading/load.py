"""Load reviews from whatever holds them into the reviews table; what a review does not state is missing.

A source goes one way: `source` opens and reads it, `columns` finds which column is which, `surveys` looks at all rows
together, `complete` makes reviews of them, and `report` says what was noticed. Nothing but cells and the form of the
text decides anything: no file's name, and no knowledge of a particular review.
"""

from collections import Counter
from collections.abc import Mapping
from math import inf
from typing import Any

import pandas as pd

from ..base.arguments import check_flag
from ..errors import ReadError, shown
from ..text.scores import parse_score
from .columns import find_columns, rename
from .complete import complete, plan_notes, plan_of
from .report import judged, placed, warn
from .source import open_source
from .surveys import survey


def load_reviews(
    source: Any = None,
    *,
    columns: Mapping[str, str] | None = None,
    score_scale: float | None = None,
    strict: bool = False,
    memory: float | None = None,
    encoding: str | None = None,
) -> pd.DataFrame:
    """Load reviews: one row per review.

    Parameters
    ----------
    source : path, table or open file, optional
        A table (.csv, .tsv, .jsonl or .json, also packed as .gz; .parquet; .xlsx, .xls, .ods; a .zip with one of them
        or with a reviews.csv), a folder of texts (.txt, .md) or pages (.html), or one such file; a table of pandas,
        Polars, Arrow or DuckDB, or a list of dicts; or a file that is open to be read. The five reviews in `seeds/` if
        not given. The encoding of a text, the separator of a table and how its cells are quoted are detected. Nothing
        is downloaded.
    columns : mapping of str to str, optional
        For a table: which of its columns holds what, such as ``{"text": "body", "score": "stars"}``. The other columns
        are recognised by the header of a known site, or by their usual names; a column `title` is taken for the film if
        no other column names it. `score` is the printed score.
    score_scale : number, optional
        What bare numbers and filled stars are out of. If it is not given, the scale of the site whose header the table
        has is taken, or that in the column's name, such as ``rating (out of 5)``. In another table of 20 numbers or
        more, it is 5, 10 or 100 if only one of these fits them all; filled stars are out of what hollow ones beside
        them show, or out of 5 or 10 if that is the highest score. Other scores of these kinds are not read.
    strict : bool
        Whether to raise an error at the first row that would be refused or cell that cannot be read.
    memory : number, optional
        How many gigabytes of memory loading may take. By default it is one or, if that is more, ten times the size of
        the file or folder. What a source takes is estimated while it is read: about 1,000 bytes for a row, 40 for a
        cell, and 5 times the bytes of its texts; a single text takes 50 times its bytes at first.
    encoding : str, optional
        The encoding of a text, such as ``"gbk"``, if the one that is detected is wrong.

    Returns
    -------
    DataFrame
        The reviews table, then a table's other columns; one called `name` becomes `given_name`. Scores are from 0 to
        100, letters by the convention "even steps". What a table has no column for is read from the text; an empty cell
        is missing. `load_report` lists the rows that were refused, the cells that could not be read, and what was found
        or guessed. Markup in a table's cells is turned into plain text, also in `text`.

    Warns
    -----
    UserWarning
        If scores could not be read, or their scale was inferred from all of them together. If rows were refused, since
        they have no text, have more cells than the header, or repeat another row in every cell (rows without an
        id, a critic or an address are kept, since two viewers may write the same).

    Raises
    ------
    ReadError
        If a file or folder is missing, empty or not text, or needs more memory than it may take, or if one of the five
        reviews has been changed.
    TableError
        If it cannot be told which column is which, the column named for ids does not tell rows apart, or no row can be
        loaded; with `strict`, at the first row or cell.
    ScoreError
        If `score_scale` is not the maximum of a scale.

    Examples
    --------
    >>> reviews = load_reviews()
    >>> reviews.loc[4, ["critic", "score_raw"]].tolist()
    ['Sneha Jaiswal', '7.5 on 10']
    """
    check_flag(strict, "strict")
    if score_scale is not None:
        parse_score(0, scale=score_scale)  # raises if it is not the maximum of a scale
    if memory is not None and not (type(memory) in (int, float) and 0 < memory < inf):
        raise ReadError(f"memory is {shown(memory)}; it must be a number of gigabytes, such as 4.")
    given = open_source(source, columns, memory, encoding)
    read = given.whole()
    if read.frame.shape == (0, 0):
        judged(read.frame, placed(read.problems, read.files, given.name), given.name, strict=strict)
    found, marked = find_columns(read.frame.columns, columns, given.name), Counter[str]()
    rows = rename(read.frame, found, marked, is_folder=given.is_folder)
    known = survey([rows])
    plan = plan_of(found, known.facts, score_scale, given.is_folder)
    if plan.columns is not found:
        rows = rename(read.frame, plan.columns, is_folder=given.is_folder)
    guessed = plan_notes(plan, marked)
    reviews, problems = complete(rows, known.repeats(rows.index), plan)
    report = placed([*read.problems, *guessed, *problems], read.files, given.name)
    reviews = judged(reviews, report, given.name, strict=strict)
    refused = sum(one.action == "refused" for one in report)
    statuses = Counter({"none": len(reviews)} if found.are_saved else reviews["score_status"])
    warn(refused, statuses, guessed, given.name, "load_report(reviews)")
    return reviews
