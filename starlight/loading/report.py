"""The load report: which rows were refused, which cells could not be read, and what was found out about the source."""

import json
import re
import warnings
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pandas as pd

from ..errors import TableError, few
from ..tables.base import LOAD_REPORT
from ..tables.schema import build, is_missing

_KEPT_IN = "load_report"  # of a table's attrs, as JSON: what pandas copies with a table, and writes to Parquet
_LONGEST = 200  # characters of a value
_BEGINNING = 40  # characters of a text of which something is noted
_EXAMPLES = 3
_TO_MEND = re.compile("score_scale=|columns={")  # in a note on a guess, what mends it


class Problem(NamedTuple):
    """One thing noticed, a row of the load_report table; its source is filled in by `placed`."""

    row: int
    column: str | None
    value: str | None
    reason: str
    action: str
    source: str = ""


def refused(row: int, column: str | None, value: object, reason: str) -> Problem:
    """Return the problem of a row that is left out."""
    return Problem(row, column, _shown(value), reason, "refused")


def kept(row: int, column: str | None, value: object, reason: str) -> Problem:
    """Return the problem of a row that is kept all the same."""
    return Problem(row, column, _shown(value), reason, "kept")


def noted(column: str | None, value: object, reason: str, row: int = 0) -> Problem:
    """Return a note on a source as a whole, or on a cell that is loaded as it should be."""
    return Problem(row, column, _shown(value), reason, "noted")


def beginning(text: object) -> str:
    """Return the first words of a review: enough to know it by, since a report may become public where texts do not."""
    whole = str(text).strip()
    return whole if len(whole) <= _BEGINNING else whole[:_BEGINNING].rsplit(maxsplit=1)[0] + "…"


def gathered(problems: Iterable[Problem]) -> list[Problem]:
    """Return one problem for each kind, at its first row: how many rows have it, and some of them."""
    kinds: dict[tuple[str | None, str, str], list[Problem]] = {}
    for one in problems:
        kinds.setdefault((one.column, one.reason, one.action), []).append(one)
    for kind, (first, *others) in kinds.items():
        if others:
            alike = [first, *others]
            values = dict.fromkeys(one.value for one in alike if one.value is not None)
            reason = f"{first.reason} This holds for {len(alike):,} rows: {few((one.row for one in alike), _EXAMPLES)}"
            kinds[kind] = [first._replace(value=_shown(few(values, _EXAMPLES)), reason=reason)]
    return [first for first, *_ in kinds.values()]


def load_report(reviews: pd.DataFrame) -> pd.DataFrame:
    """Return what loading noticed: one row per refused row, per cell that could not be read, and per thing found.

    Parameters
    ----------
    reviews : DataFrame
        A table that `load_reviews` returned, or a selection or copy of it.

    Returns
    -------
    DataFrame
        The load_report table, notes on the whole source first, then by row. The rows of `reviews` and the rows that
        were ``refused`` are together all rows of the source.

    Raises
    ------
    TableError
        If `reviews` has no report, since it was merged, concatenated or read back from a file other than Parquet.

    Examples
    --------
    >>> from starlight import load_reviews
    >>> reviews = load_reviews(pd.DataFrame({"body": ["It glows.", "It bores."], "published": ["2025-05-30", "May"]}))
    >>> load_report(reviews)[["row", "column", "value", "action"]].values.tolist()
    [[0, 'body', 'text', 'noted'], [2, 'published', 'May', 'kept']]
    """
    if not isinstance(reviews, pd.DataFrame):
        raise TableError(f"reviews must be the table that load_reviews() returned, and not {type(reviews).__name__}.")
    if _KEPT_IN not in reviews.attrs:
        raise TableError(
            "reviews has no load report. The table that load_reviews() returned has one, which is lost when the table "
            "is merged with another, joined to others by concat, or read back from a file that is not Parquet. "
            "Call load_report() on the table as it was loaded."
        )
    return report_table(Problem(**one) for one in json.loads(reviews.attrs[_KEPT_IN]))


def placed(problems: Iterable[Problem], files: Mapping[int, str], source: str) -> list[Problem]:
    """Return problems by row, each with its source: the row's file in a folder, else the whole source."""
    ordered = sorted(problems, key=lambda one: one.row)
    return [one._replace(source=_shown(files.get(one.row, source)) or "") for one in ordered]


def report_table(problems: Iterable[Problem]) -> pd.DataFrame:
    """Return problems as the load_report table."""
    return build(LOAD_REPORT, pd.DataFrame(list(problems), columns=Problem._fields))


def judged(reviews: pd.DataFrame, problems: list[Problem], source: str, *, strict: bool) -> pd.DataFrame:
    """Return the same table, with its report; refuse it if it is empty or, with `strict`, if anything was wrong."""
    wrong = [one for one in problems if one.action == "refused" or (one.action == "kept" and len(reviews))]
    if reviews.empty and not wrong:
        raise TableError(f"{source} has no rows. Give at least one review.")
    if wrong and (strict or reviews.empty):
        first = wrong[0]
        column = f", column {first.column!r}" if first.column else ""
        where = f"{first.source}{f', row {first.row}' if first.source == source else ''}{column}"
        it_is = "" if first.value is None else f" (it is {first.value!r})"
        all_of = f"None of the {len(wrong)} rows can be loaded. " if reviews.empty and len(wrong) > 1 else ""
        raise TableError(f"{all_of}{where}: {first.reason}{it_is}. Correct it, or leave the row out.")
    reviews.attrs[_KEPT_IN] = json.dumps([one._asdict() for one in problems])
    return reviews


def warn(refused: int, statuses: Mapping[str, int], notes: Iterable[Problem], source: str, report: str) -> None:
    """Warn the caller's caller of rows and scores that were not read and of guessed scales; `report` says which."""
    on_scales = [one for one in notes if "score_scale=" in one.reason]
    warned = [f"{source}: {one.reason}" for one in notes if one.action == "noted" and _TO_MEND.search(one.reason)]
    loaded, unread = sum(statuses.values()), statuses.get("unreadable", 0)
    if refused:
        warned.append(
            f"{refused:,} of {refused + loaded:,} rows of {source} were refused: {report} says which and why."
        )
    if unread:
        why = " ".join(one.reason for one in on_scales if one.action == "kept")
        of = loaded - statuses.get("none", 0)
        warned.append(
            f"{unread:,} of {of:,} scores of {source} were not read{f': {why}' if why else '.'} See {report}."
        )
    for one in warned:
        warnings.warn(one, stacklevel=3)


def _shown(value: object) -> str | None:
    """Return a value as text, a long one cut, half characters as JSON writes them."""
    if is_missing(value):
        return None
    whole = str(value)
    text = whole[:_LONGEST].encode("utf-8", "backslashreplace").decode()
    return text if len(whole) <= _LONGEST else text + "…"
