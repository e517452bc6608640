"""Load reviews from whatever holds them into the reviews table; what a review does not state is missing.

A source goes one way: `source` opens and reads it, `columns` finds which column is which, `duplicates` finds rows that
repeat others, `complete` makes reviews of the rest, and `report` says what was noticed. Nothing but cells and the form
of the text decides anything: no file's name, and no knowledge of a particular review.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import inf
from typing import Any

import pandas as pd

from ..base.arguments import check_flag
from ..errors import ReadError, shown
from ..text.scores import parse_score
from .columns import find_columns, rename
from .complete import Plan, complete, plan_notes
from .duplicates import survey
from .report import judged, placed, warn_of_scores
from .source import open_source


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
        not given. The encoding of a text, the sign between the cells of a table, and how it quotes them are found.
        Nothing is fetched from the web.
    columns : mapping of str to str, optional
        For a table: our name of a column to its name there, such as ``{"text": "body", "score": "stars"}``. The others
        are found by the header of a known site, or by their usual names; a title is the film if no other column is.
        `score` is the printed score.
    score_scale : number, optional
        The maximum of the scale that bare numbers and filled stars are on. Without it, it is that of the site whose
        header the table has, else the one of 5, 10 and 100 that 20 numbers or more fit alone; filled stars show theirs
        beside hollow ones, or where one has five. Otherwise these scores are not read.
    strict : bool
        Whether to raise an error at the first row that would be refused or cell that cannot be read.
    memory : number, optional
        How many gigabytes of memory loading may take. By default it is one or, if that is more, ten times the size of
        the file or folder. What a source takes is reckoned while it is read: about 1,000 bytes for a row, 40 for a
        cell, and 5 times the bytes of its texts; a single text takes 50 times its bytes at first.
    encoding : str, optional
        The encoding of a text, such as ``"gbk"``, where the one that is found is wrong.

    Returns
    -------
    DataFrame
        The reviews table, then a table's other columns; one called `name` becomes `given_name`. Scores are from 0 to
        100, letters by the convention metacritic. What a table has no column for is read from the text; an empty cell
        is missing. `load_report` lists the rows that were refused, the cells that could not be read, and what was found
        or guessed. Markup in a table's cells is read as text, which `text` then holds.

    Warns
    -----
    UserWarning
        If scores could not be read, or by a scale that only all of them together show; and if rows were refused:
        without a text, with more cells than the header, or the same in every cell as another (a table that tells no id,
        critic or address of a review keeps equal rows).

    Raises
    ------
    ReadError
        If a file or folder is missing, empty or not text, takes more memory than it may, or one of the five has been
        changed.
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
    found = find_columns(read.frame.columns, columns, given.name)
    marked: Counter[str] = Counter()
    rows = rename(read.frame, found, marked, is_folder=given.is_folder)
    with survey([rows]) as known:
        facts, repeats = known.facts, known.repeats(rows.index)
    plan = Plan(found, facts, score_scale, given.is_folder, in_parts=False)
    guessed = plan_notes(plan, marked)
    reviews, problems = complete(rows, repeats, plan)
    report = placed([*read.problems, *guessed, *problems], read.files, given.name)
    reviews = judged(reviews, report, given.name, strict=strict)
    if not found.are_saved:
        warn_of_scores(guessed, Counter(reviews["score_status"]), given.name, "load_report(reviews)")
    return reviews
