"""Read a sheet of an .ods file, or of an .xls file, which xlrd unpacks."""

import io
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from .columns import MOST_COLUMNS
from .limits import Limit
from .report import Problem
from .workbooks import (
    PERCENT,
    SHEET,
    SIGN,
    Line,
    Merged,
    NotStored,
    choose,
    elements,
    filled,
    local,
    merge,
    number_of,
    place,
    shown_as,
)

_OFFICE, _STYLE, _TABLE, _TEXT = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "style", "table", "text")
)


def lines_of_ods(path: Path, limit: Limit, notes: list[Problem]) -> Iterator[Line]:
    """Yield the rows of the first sheet that is shown of an .ods file."""
    merged: Merged = {}
    hidden: set[int] = set()
    with ZipFile(path) as book:
        not_shown, sheets = set[str](), list[tuple[str, bool]]()
        for name, element in elements(book, "content.xml", limit, "style", "table", "table-row", share=SHEET):
            if name == "style" and any(one.get(_TABLE + "display") == "false" for one in element):
                not_shown.add(element.get(_STYLE + "name"))
            elif name == "table" and _TABLE + "name" in element.attrib:
                sheets.append((element.get(_TABLE + "name"), element.get(_TABLE + "style-name") in not_shown))
        read, _ = sheets[choose(sheets, notes)]
        rows = elements(book, "content.xml", limit, "table-row", share=SHEET)
        of_sheet = (row for _, row in rows if next(row.iterancestors("{*}table")).get(_TABLE + "name") == read)
        yield from filled(_rows(of_sheet, merged, hidden, limit), merged, hidden, notes)


def _rows(rows: Iterable[Any], merged: Merged, hidden: set[int], limit: Limit) -> Iterator[Line]:
    number = 1
    for row in rows:
        limit.check_row(sum(map(_blanks, row.iter("{*}s"))), f"row {number}: blanks, which are only counted,")
        at, cells = 0, list[object]()
        for cell in row:
            times = int(cell.get(_TABLE + "number-columns-repeated", 1))
            if (value := _value(cell)) is not None:
                merge(merged, at, number, number + int(cell.get(_TABLE + "number-rows-spanned", 1)) - 1, limit)
                for one in range(min(times, MOST_COLUMNS + 1)):
                    place(cells, at + one, value)
            at += times
        times = int(row.get(_TABLE + "number-rows-repeated", 1))
        is_hidden = row.get(_TABLE + "visibility", "visible") != "visible"
        for one in range(number, number + times if cells else number):
            hidden |= {one} if is_hidden else set()
            yield one, cells
        number += times


def _value(cell: Any) -> object:
    kind, said = cell.get(_OFFICE + "value-type"), "\n".join(map(_text, cell.iterchildren("{*}p")))
    if not kind and not said and _TABLE + "formula" in cell.attrib:
        return NotStored(cell.get(_TABLE + "formula"))
    if kind in ("float", "currency", "percentage") and not re.match(r"#|Err:", said):
        shown = PERCENT if kind == "percentage" else SIGN if said.endswith("%") else ""
        return number_of(cell.attrib[_OFFICE + "value"], shown)
    if kind == "date":
        day = cell.attrib[_OFFICE + "date-value"]
        return datetime.fromisoformat(day) if "T" in day else date.fromisoformat(day)
    if kind == "boolean":
        return cell.get(_OFFICE + "boolean-value") == "true"
    return said or cell.get(_OFFICE + "string-value") or None


def _text(element: Any) -> str:
    """Return what a paragraph says; blanks are counted in it, and a comment is no part of it."""
    name = local(element.tag)
    if name == "annotation":
        return ""
    blank = {"s": " ", "tab": "\t", "line-break": "\n"}.get(name, "")
    said = blank * _blanks(element) + (element.text or "")
    return said + "".join(_text(part) + (part.tail or "") for part in element)


def _blanks(element: Any) -> int:
    return min(int(element.get(_TEXT + "c", 1)), 1_000)


def lines_of_xls(path: Path, limit: Limit, notes: list[Problem]) -> Iterator[Line]:
    """Yield the rows of the first sheet that is shown of an .xls file."""
    import xlrd  # loaded here: few files need it

    limit.check(12 * path.stat().st_size, "its cells")
    try:
        xlrd.book.evaluate_name_formula = lambda *_, **__: None  # a text may be doubled by each name in turn
        book = xlrd.open_workbook(path, logfile=io.StringIO(), formatting_info=True, ragged_rows=True)
        sheet = book.sheet_by_index(choose([(one.name, one.visibility > 0) for one in book.sheets()], notes))
    except (MemoryError, OSError):
        raise
    except Exception as error:  # it raises whatever a damaged file leads to
        raise ValueError(error) from error
    merged: Merged = {}
    for first, end, column, _ in sheet.merged_cells:
        merge(merged, column, first + 1, end, limit)
    shown = cache(lambda style: shown_as(book.format_map[book.xf_list[style].format_key].format_str))

    def value(cell: Any) -> object:
        if cell.ctype == xlrd.XL_CELL_ERROR:
            return xlrd.error_text_from_code.get(cell.value, "#N/A")
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
            return number_of(repr(cell.value), shown(cell.xf_index), is_1904=bool(book.datemode))
        return cell.value or None

    rows = ((number, list(map(value, row))) for number, row in enumerate(sheet.get_rows(), 1))
    hidden = {number + 1 for number, row in sheet.rowinfo_map.items() if row.hidden}
    yield from filled((line for line in rows if any(cell is not None for cell in line[1])), merged, hidden, notes)
