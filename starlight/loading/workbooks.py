"""Read a sheet of a workbook row by row, as it is shown: what .xlsx, .ods and .xls have in common.

No library that reads whole workbooks shows what they show. To calamine and pandas a cell that shows 85 % is 0.85;
openpyxl drops rows that are out of order, takes days in the formats of Japan and China for numbers, and fails at fonts
that it does not know.
"""

import re
from collections.abc import Iterable, Iterator, Set
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NoReturn
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from .columns import MOST_COLUMNS
from .limits import Limit
from .report import Problem, noted

Line = tuple[int, list[object]]  # the number of a row, as the sheet shows it, and its cells
Merged = dict[int, list[tuple[int, int]]]  # cells that go over several rows, by the first: the column, the last row

_BLOCK = 1 << 16  # bytes at once
SHEET, _PART, _HELD = 4, 8, 50  # times its bytes, what a sheet takes, another part, and an element while it is held
_ONE_MERGED = 300  # bytes
PERCENT, DATE = "percent", "date"
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)  # of a number format
_QUOTED = re.compile(r'"[^"]*"|\\.')
_SECTION = re.compile(r'(?:"[^"]*"|\\.|[^;])*')  # of a number format, the first is for numbers that are not below 0


def refuse_formula(formula: str) -> NoReturn:
    """Refuse a sheet with a formula whose value is not stored."""
    raise ValueError(f"its formula {formula[:100]!r} has no stored value until Excel or the like opens and saves it")


def merge(merged: Merged, column: int, first: int, last: int, limit: Limit) -> None:
    """Add a cell to those that go over several rows, if it does."""
    if last > first and column <= MOST_COLUMNS:
        limit.take(_ONE_MERGED, "its merged cells")
        merged.setdefault(first, []).append((column, last))


def filled(lines: Iterable[Line], merged: Merged, hidden: Set[int], notes: list[Problem]) -> Iterator[Line]:
    """Yield rows with the values of merged cells in each of their rows, and note these and rows that are hidden."""
    count_hidden = 0
    values: dict[int, tuple[int, object]] = {}
    for number, cells in lines:
        values = {column: (last, value) for column, (last, value) in values.items() if number <= last}
        row = list(cells)
        for column, (_, value) in values.items():
            if column >= len(row) or row[column] is None:
                place(row, column, value)
        yield number, row
        count_hidden += number in hidden
        for column, last in merged.get(number, ()):
            values[column] = (last, row[column] if column < len(row) else None)
    if merged:
        notes.append(noted(None, None, "cells that are merged over several rows count for each of these rows"))
    if count_hidden:
        notes.append(
            noted(None, f"{count_hidden:,}", "rows that the sheet hides, as a filter does, and that were read")
        )


def elements(book: ZipFile, part: str, limit: Limit, *names: str, share: int = _PART) -> Iterator[tuple[str, Any]]:
    """Yield the elements of a part that have one of these names, each once it is whole; then it is forgotten."""
    from lxml import etree  # loaded here: only workbooks need it

    tags = [f"{{*}}{name}" for name in names]
    parser = etree.XMLPullParser(("end",), tag=tags, resolve_entities=False, remove_comments=True, remove_pis=True)
    held = 0
    try:
        for block in blocks(book, part, limit, share):
            held += len(block)
            limit.check(held * _HELD, f"an element of {part}")
            parser.feed(block)
            for _, element in parser.read_events():
                if element.getroottree().docinfo.internalDTD is not None:
                    raise ValueError("it declares a document type, as no spreadsheet does")
                yield local(element.tag), element
                held = 0
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        parser.close()
    except etree.LxmlError as error:
        raise ValueError(error) from error


def blocks(book: ZipFile, part: str, limit: Limit, share: int) -> Iterator[bytes]:
    """Yield what a part unpacks to, bit by bit; what the file says about its size is not trusted."""
    if book.getinfo(part).compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise ValueError(f"{part} is packed in a way that no spreadsheet is")  # and may unpack without end
    size = 0
    with book.open(part) as file:
        while block := file.read(_BLOCK):
            size += len(block)
            limit.check(size * share, f"{part}, which unpacks to {size:,} bytes or more")
            yield block


@cache
def local(name: str) -> str:
    """Return a name of XML without its namespace."""
    return name.rpartition("}")[2]


def choose(sheets: list[tuple[str, bool]], notes: list[Problem]) -> int:
    """Return the place of the first sheet that is not hidden; note the others."""
    if not sheets:
        raise ValueError("it has no sheet")
    read = next((place for place, (_, hidden) in enumerate(sheets) if not hidden), 0)
    which = f"only {sheets[read][0]!r} was" if read else f"only the first, {sheets[read][0]!r}, was"
    notes += [
        noted(None, name, f"a sheet that was not read: {which}")
        for place, (name, _) in enumerate(sheets)
        if place != read
    ]
    return read


def place(cells: list[object], at: int, value: object) -> None:
    """Put a cell at its place in its row; of those beyond `MOST_COLUMNS` only the last is kept, in one place."""
    at = min(at, MOST_COLUMNS)
    cells += [None] * (at + 1 - len(cells))
    cells[at] = value


def shown_as(code: str) -> str:
    """Return whether a number format shows a percentage or a date."""
    shown, first = _NOT_SHOWN.sub("", code).lower(), _SECTION.match(code)[0]  # type: ignore[index]
    depends_on_the_number = re.search(r"\[[<>=]", _QUOTED.sub("", code))
    if "%" in _NOT_SHOWN.sub("", first) and not depends_on_the_number:
        return PERCENT
    return DATE if re.search("[ymdhs]", shown) and not re.search(r"general|[0#?]|\[", shown) else ""


def number_of(said: str, shown: str, *, is_1904: bool = False) -> object:
    """Return a number, or the percentage or date as which it is shown."""
    value = float(said)
    if shown == PERCENT:
        return f"{100 * value:.15g}%"
    if shown == DATE and (moment := _moment(value, is_1904=is_1904)) is not None:
        return moment
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _moment(days: float, *, is_1904: bool) -> object:
    """Return the day, moment or time of day that is so many days from where a workbook begins to count."""
    begins = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 31 if days < 60 else 30)  # 1900 had no 29 February
    try:
        moment = begins + timedelta(milliseconds=round(days * 86_400_000))
    except (OverflowError, ValueError):
        return None
    if 0 < days < 1:
        return moment.time()
    return date(moment.year, moment.month, moment.day) if moment.time() == datetime.min.time() else moment
