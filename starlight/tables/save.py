"""Save tables, so that what is loaded again is what was saved, and no spreadsheet runs what a review says."""

from __future__ import annotations

import csv
import io
import itertools
import json
import math
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pandas as pd

from ..base.files import replacing
from ..base.safe_text import harmless, is_formula, is_whole
from ..errors import ReadError, StarlightError, TableError

_Rows = Iterator[list[object]]

# What a sheet of Excel's holds, by Microsoft's list of its limits.
_SHEET_ROWS, _SHEET_COLUMNS, _SHEET_TEXT = 1_048_576, 16_384, 32_767
_SHEET_DIGITS = 10**15  # a longer number loses its last digits
_SHEET_DATES = (datetime(1900, 3, 1), datetime(9999, 12, 31))  # before, Excel counts a day that never was
_NO_SHEET_TEXT = re.compile("[\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")  # a workbook's own way to write a character


def save_table(table: pd.DataFrame, path: str | os.PathLike[str]) -> None:
    r"""Save a table: one row of the file per row of the table.

    Parameters
    ----------
    table : DataFrame
        Any table. Its index is not saved, so one that says more than the row's number is refused.
    path : path
        A .csv, .tsv, .jsonl, .parquet or .xlsx file. What was there is replaced once the new file is whole.

    Returns
    -------
    None
        `load_reviews` loads a reviews table as it was saved. Parquet keeps everything, `load_report` included; the
        others keep text, numbers, yes and no, and days, and no text ("") is missing there. Text is never a formula: in
        .xlsx it is text, and in .csv and .tsv it gets an apostrophe before it where a spreadsheet would run it, which
        `load_reviews`, `read_opinions` and `read_themes` take away. .xlsx keeps 15 digits of a number.

    Raises
    ------
    ReadError
        If the file's ending is none of these, or it cannot be written.
    TableError
        If the table holds what the file cannot: two columns of one name, a list, more than Excel's 32,767 characters.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> quotes = pd.DataFrame({"quote": ["=1+1"], "n": [-5]})
    >>> with TemporaryDirectory() as folder:
    ...     save_table(quotes, f"{folder}/quotes.csv")
    ...     Path(f"{folder}/quotes.csv").read_text()
    '"quote","n"\n"\'=1+1",-5\n'
    """
    write = _WRITERS.get(_kind(path))
    if write is None:
        raise ReadError(f"{os.fspath(path)!r} has no ending that is known. Save to a file in {', '.join(_WRITERS)}.")
    _check(table)
    try:
        place = Path(os.path.realpath(path))
        if place.exists() and not place.is_file():
            raise ReadError(f"{os.fspath(place)!r} is no file. Give the path of one.")
        with replacing(place) as file:
            write(table.set_axis(list(map(str, table.columns)), axis=1), file)
    except StarlightError:
        raise
    except (OSError, ValueError) as error:
        raise ReadError(
            f"{os.fspath(path)!r} cannot be written: {error}. Close it elsewhere, or correct it."
        ) from error


def _kind(path: object) -> str:
    if not isinstance(path, str | os.PathLike):
        raise ReadError(f"path must be the path of a file, such as 'mine.csv', not {str(path)[:60]!r}.")
    return Path(path).suffix.lower()


def _check(table: object) -> None:
    """Refuse what is no table, or says something by its index or with two columns of one name."""
    if not isinstance(table, pd.DataFrame):
        raise TableError(f"table must be a DataFrame, not {type(table).__name__}.")
    index = table.index
    if index.nlevels > 1 or index.name is not None or not (index.empty or pd.api.types.is_integer_dtype(index)):
        raise TableError("table has an index that is not saved. Make it a column (.reset_index()), or drop it.")
    names = [str(name) for name in table.columns]
    if table.columns.nlevels > 1:
        raise TableError(f"table has columns of {table.columns.nlevels} levels. Give each one name.")
    for name, count in Counter(names).items():
        if count > 1:
            raise TableError(f"table has more than one column {name!r}. Rename one, or drop it.")
        if not is_whole(name) or "\0" in name:
            raise TableError(f"table has a column {name!r}: half a character, or a NUL. Rename it.")


def _rows(table: pd.DataFrame) -> _Rows:
    """Yield rows of plain cells: text, numbers, True and False, days and times, None."""
    names = list(table)
    for number, row in enumerate(table.itertuples(index=False, name=None), 1):
        yield [_cell(value, number, name) for name, value in zip(names, row, strict=True)]


def _cell(value: object, row: int, name: str) -> object:
    if isinstance(value, str):
        if "\0" in value or not is_whole(value):
            raise TableError(f"table, row {row}, column {name!r}: half a character, or a NUL. Take it out.")
        return value
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return None
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, int | float | np.integer | np.floating):
        return value.item() if isinstance(value, np.generic) else value
    if isinstance(value, date):
        return value
    what = f"a {type(value).__name__} is no cell"
    raise TableError(f"table, row {row}, column {name!r}: {what}. Use .astype('str'), or a .parquet file.")


def _as_text(value: object) -> object:
    """Give a day or time as text; other cells stay."""
    if not isinstance(value, date):
        return value
    written = value.isoformat()
    return written.removesuffix("T00:00:00")


def _write_csv(table: pd.DataFrame, file: BinaryIO, separator: str = ",") -> None:
    """Write cells between separators, all but numbers in quotes."""
    text = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
    writer = csv.writer(text, delimiter=separator, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    writer.writerow([harmless(name) for name in table])
    for row in _rows(table):
        cells = map(_as_text, row)
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in cells])
    text.detach()


def _write_tsv(table: pd.DataFrame, file: BinaryIO) -> None:
    _write_csv(table, file, "\t")


def _write_jsonl(table: pd.DataFrame, file: BinaryIO) -> None:
    """Write an object a line; JSON has no number without end."""
    names = list(table)
    for number, row in enumerate(_rows(table), 1):
        _check_finite(row, number, names)
        record = dict(zip(names, map(_as_text, row), strict=True))
        file.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")


def _write_parquet(table: pd.DataFrame, file: BinaryIO) -> None:
    try:
        json.dumps(table.attrs)  # pandas leaves out what it cannot write
        table.to_parquet(file, index=False)
    except (ValueError, TypeError, NotImplementedError, OverflowError) as error:
        why = " ".join(str(error).split())[:300]
        raise TableError(f"Parquet cannot hold the table: {why}. Use .astype('str') on the column.") from error


def _write_sheet(table: pd.DataFrame, file: BinaryIO) -> None:
    """Write a workbook of one sheet, each cell as what it is."""
    from xlsxwriter import Workbook  # loaded here: `import starlight` stays fast

    if len(table) >= _SHEET_ROWS or table.shape[1] > _SHEET_COLUMNS:
        raise TableError(
            f"A sheet of Excel's has {_SHEET_ROWS - 1:,} rows and {_SHEET_COLUMNS:,} columns, the table {len(table):,} "
            f"and {table.shape[1]:,}. Save it as .csv or .parquet."
        )
    names = list(table)
    with Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("table")
        day, quoted = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"quote_prefix": True})
        for number, row in enumerate(itertools.chain([names], _rows(table))):
            _check_finite(row, number, names)
            for column, cell in enumerate(row):
                if isinstance(cell, bool):
                    sheet.write_boolean(number, column, cell)
                elif isinstance(cell, int | float) and (isinstance(cell, float) or abs(cell) < _SHEET_DIGITS):
                    sheet.write_number(number, column, cell)
                elif _is_day(cell):
                    sheet.write_datetime(number, column, cell, day)
                elif cell is not None:
                    text = _sheet_text(cell, number, names[column])
                    sheet.write_string(number, column, text, quoted if is_formula(text) else None)


def _is_day(cell: object) -> bool:
    """Tell a day that Excel counts; other times are text, which loses nothing."""
    if not isinstance(cell, datetime) or cell.tzinfo is not None or not _SHEET_DATES[0] <= cell <= _SHEET_DATES[1]:
        return False
    return cell == cell.replace(hour=0, minute=0, second=0, microsecond=0) and not getattr(cell, "nanosecond", 0)


def _sheet_text(cell: object, row: int, name: str) -> str:
    """Give a text that a workbook holds whole: Excel counts in UTF-16, where most emoji are two."""
    text = str(_as_text(cell))
    long = len(text.encode("utf-16-le")) // 2 > _SHEET_TEXT
    if long or _NO_SHEET_TEXT.search(text):
        what = f"more than Excel's {_SHEET_TEXT:,} characters" if long else "a sign that a workbook has another use for"
        raise TableError(f"table, row {row}, column {name!r}: the text has {what}. Save it as .csv or .parquet.")
    return text


def _check_finite(row: list[object], number: int, names: list[str]) -> None:
    for name, cell in zip(names, row, strict=True):
        if isinstance(cell, float) and not math.isfinite(cell):
            raise TableError(f"table, row {number}, column {name!r}: {cell} is no number there. Save it as .parquet.")


_WRITERS: dict[str, Callable[[pd.DataFrame, BinaryIO], None]] = {
    ".csv": _write_csv,
    ".tsv": _write_tsv,
    ".jsonl": _write_jsonl,
    ".parquet": _write_parquet,
    ".xlsx": _write_sheet,
}
