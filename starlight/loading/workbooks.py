"""Read a sheet of a workbook row by row, as it is shown: what .xlsx, .ods and .xls have in common.

Libraries that read them fast build the whole rectangle of cells first, and tell no number formats: a cell that shows
85 % is 0.85 to them, an error or a formula without a stored value is nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cache
from typing import NamedTuple
from xml.parsers import expat
from zipfile import ZipFile

from .columns import MOST_COLUMNS
from .limits import Limit
from .report import Problem, noted

Line = tuple[int, list[object]]  # the number of a row, as the sheet shows it, and its cells
Event = tuple[str, str, dict[str, str]]  # of XML: "start" or "end" and a name, or "" and a text

_BLOCK = 1 << 16  # bytes at once
SHEET, PARTS = 4, 8  # the part of the memory that XML may unpack to
PERCENT, DATE = "percent", "date"
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)  # of a number format


class NotStored(NamedTuple):
    """A cell whose formula has no stored value."""

    formula: str


class Merged:
    """Cells that are merged over several rows, each of which has the value: by first row, a column and the last row."""

    def __init__(self) -> None:
        """Begin without any."""
        self.begin: dict[int, list[tuple[int, int]]] = {}

    def add(self, column: int, first: int, last: int) -> None:
        """Add one, if it goes over several rows."""
        if last > first:
            self.begin.setdefault(first, []).append((column, last))

    def filled(self, lines: Iterable[Line], notes: list[Problem]) -> Iterator[Line]:
        """Yield the rows with the values of merged cells in each of their rows."""
        values: dict[int, tuple[int, object]] = {}
        for number, cells in lines:
            if not self.begin:
                yield number, cells
                continue
            values = {column: (last, value) for column, (last, value) in values.items() if number <= last}
            row = cells + [None] * (max(values, default=-1) + 1 - len(cells))
            for column, (_, value) in values.items():
                row[column] = value if row[column] is None else row[column]
            yield number, row
            for column, last in self.begin.get(number, ()):
                values[column] = (last, row[column] if column < len(row) else None)
        if self.begin:
            notes.append(noted(None, None, "cells that are merged over several rows count for each of these rows"))


def events(book: ZipFile, part: str, limit: Limit, share: int) -> Iterator[Event]:
    """Yield the beginnings and ends of elements and the texts of a part; none is kept."""
    found: list[Event] = []
    plain = cache(lambda name: name.rpartition(":")[2])
    for _ in parsed(
        blocks(book, part, limit, share),
        lambda name, has: found.append(("start", plain(name), has)),
        lambda name: found.append(("end", plain(name), {})),
        lambda text: found.append(("", text, {})),
    ):
        yield from found
        found.clear()


def parsed(
    parts: Iterable[bytes],
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> Iterator[None]:
    """Hand what XML holds to three functions; yield after each part of it."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    for part in parts:
        parser.Parse(part)
        yield
    parser.Parse(b"", True)
    yield


def blocks(book: ZipFile, part: str, limit: Limit, share: int) -> Iterator[bytes]:
    """Yield what a part unpacks to; what the file says about its size is not trusted."""
    size = 0
    with book.open(part) as file:
        while block := file.read(_BLOCK):
            size += len(block)
            limit.check(size * share, f"{part}, which unpacks to {size:,} bytes or more")
            yield block


def _refuse_doctype(*_: object) -> None:
    raise ValueError("it declares a document type, as no spreadsheet does")


def choose(sheets: list[tuple[str, bool]], notes: list[Problem]) -> int:
    """Return the place of the first sheet that is not hidden; note the others."""
    if not sheets:
        raise ValueError("it has no sheet")
    read = next((place for place, (_, hidden) in enumerate(sheets) if not hidden), 0)
    for place, (name, _) in enumerate(sheets):
        if place != read:
            which = f"only {sheets[read][0]!r} was" if read else f"only the first, {sheets[read][0]!r}, was"
            notes.append(noted(None, name, f"a sheet that was not read: {which}"))
    return read


def note_hidden(rows: int, notes: list[Problem]) -> None:
    """Note that so many rows are hidden, if there are any."""
    if rows:
        notes.append(noted(None, rows, "rows of the sheet that are hidden, and were read too"))


def place(cells: list[object], at: int, value: object) -> None:
    """Put a cell at its place; of cells beyond any table's columns one is kept, for its row to be refused."""
    at = min(at, MOST_COLUMNS)
    cells += [None] * (at + 1 - len(cells))
    cells[at] = value


@cache
def column_of(letters: str) -> int:
    """Return the place of a column: 0 for A, 26 for AA."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def shown_as(code: str) -> str:
    """Return whether a number format shows a percentage or a date."""
    shown = _NOT_SHOWN.sub("", code).lower()
    if "%" in shown:
        return PERCENT
    return DATE if re.search("[ymdhs]", shown) and not re.search(r"general|[0#?]|\[", shown) else ""


def number_of(said: str, shown: str, *, is_1904: bool) -> object:
    """Return a number, or the percentage or date as which it is shown."""
    value = float(said)
    if shown == PERCENT:
        return f"{value * 100:.15g}%"
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
