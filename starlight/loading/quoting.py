"""Find how a csv or tsv file quotes its cells, from the file as a whole, and read its rows so."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple
from uuid import uuid4

from ..errors import ReadError
from .limits import Limit

csv.field_size_limit(2**31 - 1)  # characters of a cell, for all readers of this process; a review may be long

_BACKSLASH, _QUOTE = "\ufdd0", "\ufdd1"  # what stands for an escaped one while a row is read; no text has them
_END = f"\0 end of file {uuid4()} \0"  # see `rows_of`; no file can hold it
FOR_EXCEL = re.compile(r"sep=([,;\t|])\s*", re.IGNORECASE)  # a line that tells Excel the separator
_SHORT = 20  # characters of a cell that is no prose
_FIGURE = re.compile(r"[\d.,/★☆ -]{1,20}")


class Quoting(NamedTuple):
    """How a file quotes: what it is called, csv's options, and whether a backslash stands before a quote in a cell."""

    name: str
    options: dict[str, Any]
    escapes: bool = False

    def rows(self, lines: Iterable[str], separator: str, **options: Any) -> Iterator[tuple[int, list[str]]]:
        """Yield the cells of rows, each with the number of its last line."""
        reader = csv.reader(
            map(_hidden, lines) if self.escapes else lines, delimiter=separator, **self.options | options
        )
        for cells in reader:
            yield reader.line_num, [_shown(cell) for cell in cells] if self.escapes else cells


DOUBLED = Quoting('quotes around cells, and "" for one within', {})
SPACED = Quoting("quotes around cells, with a blank before them", {"skipinitialspace": True})
ESCAPED = Quoting('quotes around cells, and \\" for one within', {}, escapes=True)
NONE = Quoting("no quotes around cells: they are part of the texts", {"quoting": csv.QUOTE_NONE})
LOOSE = Quoting("quotes around cells, though not all are closed alike: look at cells that begin or end oddly", {})


class _Fit(NamedTuple):
    """How well a file can be read so: without an error or a row in another, and with as many cells as names."""

    is_clean: bool
    is_even: bool
    has_figures: bool = False

    @property
    def is_whole(self) -> bool:
        return self.is_clean and self.is_even


def quoting_of(file: io.TextIOWrapper, separator: str, limit: Limit) -> Quoting:
    """Return how a file quotes, which is read up to five times if it is not as csv has it."""

    def fit(quoting: Quoting) -> _Fit:
        return _fit(_lines_of(file, limit), separator, quoting, limit)

    doubled = fit(DOUBLED)
    if doubled.is_whole:
        return DOUBLED
    has_escapes = any('\\"' in line for line in _lines_of(file, limit))
    escaped = fit(ESCAPED) if has_escapes else _Fit(False, False)
    if escaped.is_whole:
        return ESCAPED
    if fit(SPACED).is_whole:
        return SPACED
    none = fit(NONE)
    if none.is_even and (separator == "\t" or none.has_figures or (not doubled.is_clean and separator != ",")):
        return NONE
    return DOUBLED if doubled.is_clean else ESCAPED if escaped.is_clean else LOOSE


def rows_of(
    file: io.TextIOWrapper, separator: str, quoting: Quoting, limit: Limit
) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the cells of each line that has any, and with it the lines that a quote in it seems to have taken in.

    A quote that is never closed would take in the rest of the file.
    """
    row, width = _Row(), 0
    for last, cells in quoting.rows(chain(row.counted(_lines_of(file, limit), limit), ["\n", _END]), separator):
        if cells == [_END]:
            return
        if cells and cells[-1].endswith(_END):
            where = f"the row of line {row.begins}"
            raise ReadError(f"{limit.name} cannot be read: a quotation mark in {where} is never closed. Close it.")
        if cells:
            width = width or len(cells)
            is_odd = quoting is LOOSE and len(row.lines) > 1 and _is_odd(row.lines, separator, width)
            yield cells, row.lines if is_odd or _has_swallowed(cells, separator, width) else []
        row.next(last + 1)


def _has_swallowed(cells: list[str], separator: str, width: int) -> bool:
    """Return whether a cell holds what looks like the rest of its row and other rows: a quote may have begun there."""
    for place, cell in enumerate(cells):
        if "\n" not in cell and "\r" not in cell:
            continue
        first, *lines = cell.splitlines()[:-1] or [""]
        if _is_row(first, separator, width - place) or any(_is_row(line, separator, width) for line in lines):
            return True
    return False


def _is_odd(lines: list[str], separator: str, width: int) -> bool:
    """Return whether lines are no row as csv has it, and one before the last ends as a row does."""
    try:
        list(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error:
        ends = (line.rstrip("\r\n").split(separator)[1 - width :] for line in lines[:-1])
        return width > 1 and any(_is_row(separator.join(["", *end]), separator, width) for end in ends)
    return False


class _Row:
    """The row that is being read: the number of its first line, its lines, and its characters so far."""

    def __init__(self) -> None:
        self.next(1)

    def counted(self, lines: Iterable[str], limit: Limit) -> Iterator[str]:
        for line in lines:
            self.length += len(line)
            self.lines.append(line)
            limit.check_row(self.length, f"the row of line {self.begins}")
            yield line

    def next(self, begins: int) -> None:
        self.begins, self.length, self.lines = begins, 0, list[str]()


def _lines_of(file: io.TextIOWrapper, limit: Limit) -> Iterator[str]:
    """Return an iterator over the lines of a file from its beginning, but for one that tells Excel the separator."""
    file.seek(0)
    lines = limit.lines(file)
    first = next(lines, "")
    return lines if FOR_EXCEL.fullmatch(first) else chain([first] if first else [], lines)


def _is_row(line: str, separator: str, width: int) -> bool:
    """Return whether a line has so many cells; commas are those of prose if a blank follows, or the rest is long."""
    cells = line.split(separator)
    if len(cells) != width or width < 2 or separator == "\t":
        return len(cells) == width > 1
    tight = not any(cell[:1].isspace() for cell in cells[1:]) and 0 < len(cells[-1]) <= _SHORT
    return tight and not re.search(rf"\d{re.escape(separator)}\d", line)


def _fit(lines: Iterable[str], separator: str, quoting: Quoting, limit: Limit) -> _Fit:
    row, width, is_even, figures = _Row(), 0, True, set[int]()
    try:
        for last, cells in quoting.rows(row.counted(lines, limit), separator, strict=True):
            if not width:
                width, figures = len(cells), set(range(len(cells)))
            elif cells:
                if last > row.begins and _has_swallowed(cells, separator, width):
                    return _Fit(False, False)
                is_even = is_even and (len(cells) == width or width == 1)
                figures = {place for place in figures if place < len(cells) and _FIGURE.fullmatch(cells[place])}
            row.next(last + 1)
    except (csv.Error, ReadError):  # a quote that is not closed may take in more than a row may hold
        return _Fit(False, False)
    return _Fit(True, is_even, width == 1 or bool(figures))


def _hidden(line: str) -> str:
    return line.replace("\\\\", _BACKSLASH).replace('\\"', _QUOTE) if "\\" in line else line


def _shown(cell: str) -> str:
    return cell.replace(_QUOTE, '"').replace(_BACKSLASH, "\\")
