"""What loading noticed: which rows were refused, which cells could not be read, and what was found rather than told."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from ..errors import TableError
from ..tables.base import LOAD_REPORT
from ..tables.schema import build

_KEPT_IN = "load_report"  # of a table's attrs, as JSON: what pandas copies with a table, and writes to Parquet
_LONGEST = 200  # characters of a value


class Problem(NamedTuple):
    """One thing noticed, a row of the load_report table but for its source."""

    row: int
    column: str | None
    value: str | None
    reason: str
    action: str
    source: str = ""


def refused(row: int, column: str | None, value: object, reason: str) -> Problem:
    """Say that a row was left out."""
    return Problem(row, column, _shown(value), reason, "refused")


def kept(row: int, column: str | None, value: object, reason: str) -> Problem:
    """Say that a row was kept, though something is wrong with it."""
    return Problem(row, column, _shown(value), reason, "kept")


def noted(column: str | None, value: object, reason: str) -> Problem:
    """Say what was found about a source as a whole."""
    return Problem(0, column, _shown(value), reason, "noted")


def load_report(reviews: pd.DataFrame) -> pd.DataFrame:
    """List what loading noticed: one row per refused row, per cell that could not be read, and per thing found.

    Parameters
    ----------
    reviews : DataFrame
        A table that `load_reviews` gave, or one taken from it.

    Returns
    -------
    DataFrame
        The load_report table, notes on the whole source first, then by row. The rows of `reviews` and the rows that
        were ``refused`` are together all rows of the source.

    Raises
    ------
    TableError
        If `reviews` carries no report, as after `pandas.concat` of tables from several sources.

    Examples
    --------
    >>> from starlight import load_reviews
    >>> reviews = load_reviews(pd.DataFrame({"body": ["It glows.", "It bores."], "published": ["2025-05-30", "May"]}))
    >>> load_report(reviews)[["row", "column", "value", "action"]].values.tolist()
    [[0, 'body', 'text', 'noted'], [2, 'published', 'May', 'kept']]
    """
    if not isinstance(reviews, pd.DataFrame) or _KEPT_IN not in reviews.attrs:
        raise TableError("reviews carries no load report. Give the table that load_reviews() returned.")
    rows = json.loads(reviews.attrs[_KEPT_IN])
    return build(LOAD_REPORT, pd.DataFrame(rows, columns=Problem._fields))


def carry(reviews: pd.DataFrame, problems: Iterable[Problem]) -> pd.DataFrame:
    """Give a table its report; the same table, in the order in which reports are read."""
    ordered = sorted(problems, key=lambda one: one.row)
    reviews.attrs[_KEPT_IN] = json.dumps([one._asdict() for one in ordered])
    return reviews


def _shown(value: object) -> str | None:
    """Write a value down, a long one from its beginning, half characters as JSON writes them."""
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return None
    whole = str(value)
    text = whole[:_LONGEST].encode("utf-8", "backslashreplace").decode()
    return text if len(whole) <= _LONGEST else text + "…"
