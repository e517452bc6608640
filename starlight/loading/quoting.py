"""Find how a csv or tsv file quotes its cells, from the file as a whole, and read its rows so."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import uuid4

from ..errors import ReadError
from .limits import Limit

csv.field_size_limit(2**31 - 1)  # characters of a cell, for all readers of this process; a review may be long

_BACKSLASH, _QUOTE = "\ufdd0", "\ufdd1"  # what stands for an escaped one while a row is read; no text has them
_END = f"\0 end of file {uuid4()} \0"  # a line that no file can hold: a quote that is not closed takes it in
_SHORT = 20  # characters of a cell that is no prose
_THOUSANDS = re.compile(r"\d,\d{3}(?!\d)")
_FIGURE = re.compile(r"[\d.,/★☆ -]{1,20}")


class Csv(NamedTuple):
    """An open csv or tsv file: where its header begins, what stands between its cells, and how much it may take."""

    file: io.TextIOWrapper
    begins: int
    separator: str
    limit: Limit

    def lines(self) -> Iterator[str]:
        """Return an iterator over its lines from the header on."""
        self.file.seek(self.begins)
        return self.limit.lines(self.file)


class Quoting(NamedTuple):
    """How a file quotes: what it is called, csv's options, and whether a backslash stands before a quote in a cell."""

    name: str
    options: dict[str, Any]
    escapes: bool = False


DOUBLED = Quoting('quotes around cells, and "" for one within', {})
SPACED = Quoting("quotes around cells, with a blank before them", {"skipinitialspace": True})
ESCAPED = Quoting('quotes around cells, and \\" for one within', {}, escapes=True)
NONE = Quoting("no quotes around cells: they are part of the texts", {"quoting": csv.QUOTE_NONE})
LOOSE = Quoting("quotes around cells, though not all are closed alike: look at cells that begin or end oddly", {})


def quoting_of(table: Csv) -> Quoting:
    """Return how a file quotes, which is read up to four times if it is not as csv has it."""
    clean = []
    for quoting in (DOUBLED, ESCAPED, SPACED):
        is_clean, is_even, _ = _fit(table, quoting)
        if is_clean and is_even:
            return quoting
        clean += [quoting] if is_clean else []
    _, is_even, has_figures = _fit(table, NONE)
    if is_even and (table.separator == "\t" or has_figures or (DOUBLED not in clean and table.separator != ",")):
        return NONE
    return next((quoting for quoting in clean if quoting is not SPACED), LOOSE)


def _fit(table: Csv, quoting: Quoting) -> tuple[bool, bool, bool]:
    """Return whether a file read so has no error and no row within another, has even rows, and a column of figures."""
    width, is_even, figures = 0, True, set[int]()
    try:
        for cells, lines in _rows(table, quoting, is_strict=True):
            if not width:
                width, figures = len(cells), set(range(len(cells)))
                continue
            if len(lines) > 1 and _has_swallowed(cells, table.separator, width):
                return False, False, False
            is_even = is_even and (len(cells) == width or width == 1)
            figures = {place for place in figures if place < len(cells) and _FIGURE.fullmatch(cells[place])}
    except (csv.Error, ReadError):  # a quote that is not closed may take in more than a row may hold
        return False, False, False
    return True, is_even, width == 1 or bool(figures)


def rows_of(table: Csv, quoting: Quoting) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the cells of each line that has any, and with it the lines that a quote in it seems to have taken in."""
    width = 0
    for cells, lines in _rows(table, quoting):
        width = width or len(cells)
        is_odd = quoting is LOOSE and len(cells) != width
        yield cells, lines if len(lines) > 1 and (is_odd or _has_swallowed(cells, table.separator, width)) else []


def _rows(table: Csv, quoting: Quoting, *, is_strict: bool = False) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the cells of each row that has any, and the lines of the file that it takes."""
    taken, begins, length = list[str](), 1, 0

    def lines() -> Iterator[str]:
        nonlocal length
        for line in table.lines():
            length += len(line)
            taken.append(line)
            table.limit.check_row(length, f"the row of line {begins}")
            yield line.replace("\\\\", _BACKSLASH).replace('\\"', _QUOTE) if quoting.escapes and "\\" in line else line
        yield from ("\n", _END)

    reader = csv.reader(lines(), delimiter=table.separator, strict=is_strict, **quoting.options)
    for cells in reader:
        if cells and cells[-1].endswith(_END):
            if cells == [_END]:
                return
            where = f"the row of line {begins}"
            raise ReadError(
                f"{table.limit.name} cannot be read: a quotation mark in {where} is never closed. Close it."
            )
        if cells and quoting.escapes:
            cells = [cell.replace(_QUOTE, '"').replace(_BACKSLASH, "\\") for cell in cells]
        if cells:
            yield cells, taken
        taken, begins, length = [], reader.line_num + 1, 0


def _has_swallowed(cells: list[str], separator: str, width: int) -> bool:
    """Return whether a cell holds the rest of its row and other rows, since a quote in a text began it.

    Then each of its lines but the last is what a row ends with, or a row; of a text that quotes rightly some are not.
    In the last column the last line is a row too, and figures in the columns before it show that.
    """
    for place, cell in enumerate(cells[:width]):
        *lines, last = cell.splitlines() or [""]
        if not lines:
            continue
        after = cells[place + 1 :][place + 1 - width :] if place + 1 < width else []
        rows = [(line, [*cells[:place], cell, *after]) for line in lines[1:]]
        if after:
            rows.append((lines[0], [cell, *after]))
        elif any(map(_FIGURE.fullmatch, cells[:place])):
            rows.append((last, [*cells[:place], cell]))
        if rows and all(_is_row(line, like, separator) for line, like in rows):
            return True
    return False


def _is_row(line: str, like: list[str], separator: str) -> bool:
    """Return whether a line ends in cells like those of a row: figures where it has figures, else short ones.

    Commas before a blank, or in 1,000, are those of prose.
    """
    parts = line.split(separator)
    if len(parts) < len(like) or len(like) < 2 or (separator == "," and _THOUSANDS.search(line)):
        return False
    cells = [parts[0], *parts[1 - len(like) :]]
    figures = [one for one, other in zip(cells, like, strict=True) if _FIGURE.fullmatch(other)]
    if figures or separator == "\t":
        return all(map(_FIGURE.fullmatch, figures)) and (bool(figures) or len(parts) == len(like))
    return not any(cell[:1].isspace() for cell in cells[1:]) and 0 < len(cells[-1]) <= _SHORT
