"""Save tables so that they load again as they were, and no spreadsheet runs what a review says as a formula."""

import csv
import itertools
import json
import math
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any, BinaryIO

import numpy as np
import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError

from ..base.arguments import check_path
from ..base.files import free_room, replacing
from ..base.safe_text import as_meant, harmless, is_formula, is_whole
from ..errors import ReadError, StarlightError, TableError
from .schema import Table, build, is_missing

# What an Excel sheet holds, by Microsoft's list of its limits.
_SHEET_ROWS, _SHEET_COLUMNS, _SHEET_TEXT = 1_048_576, 16_384, 32_767
_SHEET_DIGITS = 10**15  # a longer number loses its last digits
_SHEET_DATES = (datetime(1900, 3, 1), datetime(9999, 12, 31))  # before, Excel counts a 29 February 1900
_NO_SHEET_TEXT = re.compile("[\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")  # how a workbook writes other characters
_WORKBOOK = {
    "constant_memory": True,
    "default_date_format": "yyyy-mm-dd",
    "strings_to_formulas": False,
    "strings_to_urls": False,
}


def save_table(table: pd.DataFrame, path: str | os.PathLike[str]) -> None:
    r"""Save a table: one row of the file per row of the table.

    Parameters
    ----------
    table : DataFrame
        Any table. Its index is not saved, so an index that says more than the row's number is refused.
    path : path
        A .csv, .tsv, .jsonl, .parquet or .xlsx file. A file of that name is replaced once the new one is complete.

    Returns
    -------
    None
        `load_reviews` loads a reviews table as it was saved. Parquet keeps everything, also what `load_report` shows;
        the other formats keep text, numbers, True and False, and days, and an empty text ("") becomes a missing cell.
        No text becomes a formula: .xlsx marks it as text, and .csv and .tsv have an apostrophe before everything that a
        spreadsheet may run, whichever sign it splits cells at; `load_reviews`, `read_opinions` and `read_themes` remove
        it. .xlsx keeps 15 digits of a number.

    Raises
    ------
    ReadError
        If the file has another ending, or it cannot be written.
    TableError
        If the format cannot hold the table: two columns of one name, a list, a text longer than Excel's 32,767
        characters.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> quotes = pd.DataFrame({"quote": ["=1+1"], "n": [-5]})
    >>> with TemporaryDirectory() as folder:
    ...     save_table(quotes, f"{folder}/quotes.csv")
    ...     Path(f"{folder}/quotes.csv").read_text()
    '"quote","n"\n"\'=1+1",-5\n'
    """
    path = check_path(path, "path", "'mine.csv'")
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise ReadError(
            f"{str(path)!r} has an ending that Starlight does not write. Save to one of {', '.join(_WRITERS)}."
        )
    _check(table)
    try:
        place = Path(os.path.realpath(path))
        if place.exists() and not place.is_file():
            raise ReadError(f"{os.fspath(place)!r} is not a file. Pass the path of a file.")
        if not place.parent.is_dir():
            raise ReadError(f"There is no folder {str(place.parent)!r}. Create it, or correct the path.")
        with replacing(place) as file:
            write(table.set_axis(list(map(str, table.columns)), axis=1), file)
    except StarlightError:
        raise
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error  # the whole of it would name the unfinished file
        raise ReadError(
            f"{str(path)!r} cannot be written: {why}. Make room, close it in other programs, or correct the path."
        ) from error


def read_table(path: str | os.PathLike[str], table: Table) -> pd.DataFrame:
    """Return a csv as the table that it is declared to be, without the apostrophes that `save_table` wrote."""
    path = check_path(path, "path", "'mine.csv'")
    try:
        frame = pd.read_csv(path, dtype="str", compression=None, keep_default_na=False, na_values=[""]).map(
            as_meant, na_action="ignore"
        )
    except (OSError, ValueError) as error:
        remedy = f"It must be a csv in UTF-8, not packed, with the columns {', '.join(table.names)}."
        raise ReadError(f"The {table.name} in {str(path)!r} cannot be read: {error}. {remedy}") from error
    return build(table, frame)


def _check(table: object) -> None:
    """Refuse what is not a DataFrame, an index that would be lost, and columns whose names cannot be kept apart."""
    if not isinstance(table, pd.DataFrame):
        raise TableError(f"table must be a DataFrame, not {type(table).__name__}.")
    index = table.index
    if index.nlevels > 1 or index.name is not None or not (index.empty or pd.api.types.is_integer_dtype(index)):
        raise TableError("table has an index that is not saved. Make it a column (.reset_index()), or drop it.")
    names = [str(name) for name in table.columns]
    if table.columns.nlevels > 1:
        raise TableError(f"table has columns of {table.columns.nlevels} levels. Give each column one name.")
    for name, count in Counter(names).items():
        if count > 1:
            raise TableError(f"table has more than one column {name!r}. Rename one, or drop it.")
        if not is_whole(name) or "\0" in name:
            raise TableError(
                f"table has a column {name!r} with a NUL or half of a character, such as a broken emoji. Rename it."
            )


def _rows(table: pd.DataFrame, *, finite: bool = False) -> Iterator[list[object]]:
    """Yield rows of text, numbers, True and False, days and times, and None; refuse any other cell."""
    names = list(map(str, table.columns))
    for number, row in enumerate(table.itertuples(index=False, name=None), 1):
        yield [_cell(value, number, name, finite) for name, value in zip(names, row, strict=True)]


def _cell(value: object, row: int, name: str, finite: bool) -> object:
    where = f"table, row {row}, column {name!r}"
    if is_missing(value):
        return None
    if isinstance(value, np.bool_ | np.integer | np.floating):
        value = value.item()
    if isinstance(value, str) and ("\0" in value or not is_whole(value)):
        raise TableError(f"{where}: a NUL or half of a character, such as a broken emoji. Remove it.")
    if not isinstance(value, str | int | float | date):
        kind = type(value).__name__
        raise TableError(f"{where}: a {kind} cannot be written. Use .astype('str'), or save as .parquet.")
    if finite and isinstance(value, float) and not math.isfinite(value):
        raise TableError(f"{where}: this kind of file cannot hold {value}. Save as .parquet.")
    return value


def _as_text(cell: object) -> object:
    """Return a day or time as text, and any other cell as it is."""
    return cell.isoformat().removesuffix("T00:00:00") if isinstance(cell, date) else cell


def write_csv(table: pd.DataFrame, file: BinaryIO, separator: str = ",") -> None:
    """Write a table as csv in which no text is a formula."""
    texts = ([_as_text(cell) for cell in row] for row in _rows(table))
    rows = [[harmless(text) if isinstance(text, str) else text for text in row] for row in texts]
    plain = pd.DataFrame(rows, columns=[harmless(str(name)) for name in table], dtype="object")
    plain.to_csv(file, sep=separator, index=False, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")


def _write_jsonl(table: pd.DataFrame, file: BinaryIO) -> None:
    """Write one object per line, with all digits of its numbers: pandas would write 15."""
    for record in records(table):
        file.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")


def records(table: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield the rows as JSON holds them: text, finite numbers, True and False, days as text, and None."""
    for row in _rows(table, finite=True):
        yield dict(zip(map(str, table), map(_as_text, row), strict=True))


def _write_parquet(table: pd.DataFrame, file: BinaryIO) -> None:
    try:
        json.dumps(table.attrs)  # pandas leaves out what it cannot write
        table.to_parquet(file, index=False)
    except (ValueError, TypeError, NotImplementedError, OverflowError) as error:
        why = " ".join(str(error).split())[:300]
        raise TableError(f"Parquet cannot hold the table: {why}. Use .astype('str') on the column.") from error


def _write_sheet(table: pd.DataFrame, file: BinaryIO) -> None:
    """Write a workbook of one sheet, row by row: pandas goes by columns, for which the whole sheet is in memory."""
    if len(table) >= _SHEET_ROWS or table.shape[1] > _SHEET_COLUMNS:
        raise TableError(
            f"An Excel sheet holds {_SHEET_ROWS - 1:,} rows and {_SHEET_COLUMNS:,} columns; the table has "
            f"{len(table):,} and {table.shape[1]:,}. Save as .csv or .parquet."
        )
    packed = BytesIO()  # the rows are in a temporary file, and packed here
    try:
        with TemporaryDirectory() as folder, Workbook(packed, _WORKBOOK | {"tmpdir": folder}) as book:
            _write_rows(table, book)
    except (OSError, FileCreateError) as error:
        why = error if isinstance(error, OSError) else error.args[0]
        place = gettempdir()
        raise OSError(why.errno, f"{why.strerror}, in {place!r} ({free_room(Path(place))})", place) from error
    file.write(packed.getbuffer())


def _write_rows(table: pd.DataFrame, book: Workbook) -> None:
    names = list(map(str, table.columns))
    sheet = book.add_worksheet("table")
    quoted = book.add_format({"quote_prefix": True})  # else the text runs once somebody edits its cell
    rows: Iterator[list[object]] = itertools.chain([[*names]], _rows(table, finite=True))
    for number, row in enumerate(rows):
        for column, (name, cell) in enumerate(zip(names, row, strict=True)):
            shown = _in_sheet(cell, number, name)
            runs = isinstance(shown, str) and is_formula(shown)
            sheet.write(number, column, shown, quoted if runs else None)


def _in_sheet(cell: object, row: int, name: str) -> object:
    """Return a cell as Excel keeps it whole: long numbers, and times that it does not count, as text."""
    if cell is None or isinstance(cell, bool | float) or _is_day(cell):
        return cell
    if isinstance(cell, int) and abs(cell) < _SHEET_DIGITS:
        return cell
    text = str(_as_text(cell))
    long = len(text.encode("utf-16-le")) // 2 > _SHEET_TEXT  # Excel counts in UTF-16, where most emoji are two
    if long or _NO_SHEET_TEXT.search(text):
        what = f"more than Excel's {_SHEET_TEXT:,} characters" if long else "a character that Excel would change"
        raise TableError(f"table, row {row}, column {name!r}: the text has {what}. Save as .csv or .parquet.")
    return text


def _is_day(cell: object) -> bool:
    """Return whether a cell is a day that Excel can count, without a time or a zone."""
    if not isinstance(cell, datetime) or cell.tzinfo is not None or not _SHEET_DATES[0] <= cell <= _SHEET_DATES[1]:
        return False
    return cell == cell.replace(hour=0, minute=0, second=0, microsecond=0) and not getattr(cell, "nanosecond", 0)


_WRITERS: dict[str, Callable[[pd.DataFrame, BinaryIO], None]] = {
    ".csv": write_csv,
    ".tsv": partial(write_csv, separator="\t"),
    ".jsonl": _write_jsonl,
    ".parquet": _write_parquet,
    ".xlsx": _write_sheet,
}
