"""Read a sheet of an .ods file, or of an .xls file, which xlrd unpacks."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from zipfile import ZipFile

from .columns import MOST_COLUMNS
from .limits import Limit
from .report import Problem
from .workbooks import (
    PERCENT,
    SHEET,
    Event,
    Line,
    Merged,
    NotStored,
    choose,
    events,
    note_hidden,
    number_of,
    place,
    shown_as,
)


def lines_of_ods(path: Path, limit: Limit, notes: list[Problem]) -> Iterator[Line]:
    """Yield the rows of the first sheet that is shown of an .ods file."""
    merged = Merged()
    with ZipFile(path) as book:
        style, not_shown = "", set[str]()
        sheets = list[tuple[str, bool]]()
        for event, name, has in events(book, "content.xml", limit, SHEET):
            if (event, name) == ("start", "style"):
                style = has.get("style:name", "")
            elif (event, name) == ("start", "table-properties") and has.get("table:display") == "false":
                not_shown.add(style)
            elif (event, name) == ("start", "table") and "table:name" in has:
                sheets.append((has["table:name"], has.get("table:style-name") in not_shown))
        read = choose(sheets, notes)
        parts = events(book, "content.xml", limit, SHEET)
        tables = (event for event in parts if event[:2] == ("start", "table") and "table:name" in event[2])
        for _ in range(read + 1):
            next(tables)
        yield from merged.filled(_rows(parts, merged, notes), notes)


def _rows(parts: Iterable[Event], merged: Merged, notes: list[Problem]) -> Iterator[Line]:
    number, times, hidden, aside, cells = 1, 1, 0, 0, list[object]()
    has_cell, said, at, inside = dict[str, str](), list[str](), 0, False
    for event, name, has in parts:
        if not event:
            if inside and not aside:
                said[-1] += name
        elif name in ("annotation", "shapes"):
            aside += 1 if event == "start" else -1
        elif aside:
            continue
        elif event == "start":
            if name == "table-row":
                times, cells, at = int(has.get("table:number-rows-repeated", 1)), [], 0
                hidden += has.get("table:visibility", "visible") != "visible"
            elif name in ("table-cell", "covered-table-cell"):
                has_cell, said = has, []
            elif name == "p":
                said.append("")
                inside = True
            elif inside and name in ("s", "tab", "line-break"):
                said[-1] += {"s": " ", "tab": "\t", "line-break": "\n"}[name] * min(int(has.get("text:c", 1)), 1_000)
        elif name == "p":
            inside = False
        elif name in ("table-cell", "covered-table-cell"):
            if (found := _value(has_cell, "\n".join(said))) is not None:
                merged.add(at, number, number + int(has_cell.get("table:number-rows-spanned", 1)) - 1)
                for one in range(min(int(has_cell.get("table:number-columns-repeated", 1)), MOST_COLUMNS + 1)):
                    place(cells, at + one, found)
            at += int(has_cell.get("table:number-columns-repeated", 1))
        elif name == "table-row":
            yield from ((number + one, cells) for one in range(times if cells else 0))
            number += times
        elif name == "table":
            break
    note_hidden(hidden, notes)


def _value(has: dict[str, str], said: str) -> object:
    kind = has.get("office:value-type")
    if not kind and not said:
        return NotStored(has["table:formula"]) if "table:formula" in has else None
    if kind in ("float", "currency", "percentage") and not re.match(r"#|Err:", said):
        return number_of(has["office:value"], PERCENT if kind == "percentage" else "", is_1904=False)
    if kind == "date":
        moment = datetime.fromisoformat(has["office:date-value"])
        return moment.date() if "T" not in has["office:date-value"] else moment
    if kind == "boolean":
        return has.get("office:boolean-value") == "true"
    return said or has.get("office:string-value") or None


def lines_of_xls(path: Path, limit: Limit, notes: list[Problem]) -> Iterator[Line]:
    """Yield the rows of the first sheet that is shown of an .xls file."""
    import xlrd  # loaded here: few files need it

    limit.check(12 * path.stat().st_size, "its cells")
    try:
        book = xlrd.open_workbook(path, logfile=io.StringIO(), formatting_info=True, ragged_rows=True)
        sheet = book.sheet_by_index(choose([(one.name, one.visibility > 0) for one in book.sheets()], notes))
    except (MemoryError, OSError):
        raise
    except Exception as error:  # it raises whatever a damaged file leads to
        raise ValueError(error) from error
    merged = Merged()
    for first, end, column, _ in sheet.merged_cells:
        merged.add(column, first + 1, end)
    shown = cache(lambda style: shown_as(book.format_map[book.xf_list[style].format_key].format_str))

    def value(row: int, column: int) -> object:
        cell = sheet.cell(row, column)
        if cell.ctype == xlrd.XL_CELL_ERROR:
            return xlrd.error_text_from_code.get(cell.value, "#N/A")
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
            return number_of(repr(cell.value), shown(cell.xf_index), is_1904=bool(book.datemode))
        return cell.value or None

    rows = ((row + 1, [value(row, at) for at in range(sheet.row_len(row))]) for row in range(sheet.nrows))
    yield from merged.filled((line for line in rows if any(cell is not None for cell in line[1])), notes)
    note_hidden(sum(bool(row.hidden) for row in sheet.rowinfo_map.values()), notes)
