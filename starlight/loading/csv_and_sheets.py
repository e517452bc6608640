"""Read tables whose rows are cells below a header, in chunks: .csv, .tsv and spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain, islice, repeat
from pathlib import Path
from typing import NamedTuple

from ..base.safe_text import as_meant
from ..errors import ReadError
from .columns import MOST_COLUMNS, header_again, is_saved
from .encodings import BEGINNING, find_encoding, note_on, open_text
from .limits import Limit, in_parts
from .ods_and_xls import lines_of_ods, lines_of_xls
from .quoting import DOUBLED, FOR_EXCEL, quoting_of, rows_of
from .report import Problem, kept, noted, refused
from .rows import Rows, frame_of
from .usual_names import names_texts
from .workbooks import Line, NotStored
from .xlsx import lines_of_xlsx

_SEPARATORS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar"}
_MORE = "the row has more cells than the header: quote a cell that holds a separator, or name its column"
_TITLES = 10  # lines in which titles end
_TAKEN = (
    "a quotation mark in this row or above is not closed, so that rows became part of a cell: close it; write a "
    "quotation mark within a quoted text twice; if this row is a line of a text, load the table as a DataFrame"
)


def read_csv(path: Path, kind: str, rows: int, limit: Limit, encoding: str | None) -> Iterator[Rows]:
    """Yield the rows of a csv or tsv file, every cell as text; the separator and the encoding are found."""
    codec = encoding or find_encoding(path, limit)
    notes = [note_on(codec, encoding)]
    with closing(open_text(path, codec)) as file:
        usual = "\t" if kind == ".tsv" else ","
        beginning = file.read(BEGINNING)
        separator = _separator(beginning, usual)
        if separator != usual:
            notes.append(noted(None, _SEPARATORS[separator], "the separator between cells"))
        quoting = quoting_of(file, separator, limit)
        if quoting is not DOUBLED:
            notes.append(noted(None, quoting.name, "how cells are quoted"))
        lines = rows_of(file, separator, quoting, limit)
        header = next(lines, ([], []))[0]
        if not header:
            raise ReadError(f"{path.name} is empty. Give a table with a header and at least one row.")
        cells = _numbered(lines, notes)
        if len(header) == 1:
            cells = ((number, [separator.join(line)]) for number, line in cells)
        if is_saved(header):
            header = [as_meant(name) for name in header]
            cells = ((number, [as_meant(cell) for cell in line]) for number, line in cells)
        for chunk in _chunks(header, cells, rows, limit, notes):
            yield chunk._replace(frame=chunk.frame.astype("str"))


def _numbered(rows: Iterable[tuple[list[str], list[str]]], notes: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Yield numbered rows; refuse each line that a quote took in, as a row."""
    number = 0
    for cells, taken in rows:
        lines = [line for line in taken if line.strip()]
        notes += [refused(number + place, None, line.rstrip(), _TAKEN) for place, line in enumerate(lines, 1)]
        number += len(lines) or 1
        if not lines:
            yield number, cells


def _separator(beginning: str, usual: str) -> str:
    """Return what separates the names in the first line: the usual sign if it is there, else the most common one."""
    line = next((line for line in beginning.splitlines() if line.strip()), "")
    if told := FOR_EXCEL.fullmatch(line):
        return told[1]
    best = max(_SEPARATORS, key=line.count)
    return usual if usual in line or best not in line else best


def read_sheet(path: Path, kind: str, rows: int, limit: Limit, encoding: str | None) -> Iterator[Rows]:
    """Yield the rows of the first sheet of a workbook that is shown, numbers and dates as such."""
    notes: list[Problem] = []
    lines = {".xlsx": lines_of_xlsx, ".ods": lines_of_ods, ".xls": lines_of_xls}[kind](path, limit, notes)
    first = _below_titles(list(islice(lines, _TITLES)), notes)
    if not first:
        raise ReadError(f"{path.name} is empty. Give a table with a header and at least one row.")
    names = ["" if cell is None else str(cell) for cell in first[0][1]]
    widths = (len(cells) for _, cells in first if len(cells) <= MOST_COLUMNS)
    names += [""] * (max(widths, default=0) - len(names))
    fitted = ((number, _fitted(cells, len(names))) for number, cells in chain(first[1:], lines))
    yield from _chunks(names, fitted, rows, limit, notes)


def _below_titles(first: list[Line], notes: list[Problem]) -> list[Line]:
    """Return rows from the header on; lone cells above a row of several are titles, unless one names texts."""
    place = next((place for place, (_, cells) in enumerate(first) if sum(cell is not None for cell in cells) > 1), 0)
    if any(names_texts(cells[-1]) for _, cells in first[:place]):
        place = 0
    for number, cells in first[:place]:
        notes.append(noted(None, cells[-1], f"a title in row {number}, above the header: it was not read"))
    return first[place:]


class _Beyond(NamedTuple):
    """A cell of a sheet to the right of all columns."""

    value: object


def _fitted(cells: list[object], width: int) -> list[object]:
    """Return the cells of a row of a sheet so wide, and one beyond it if there is any."""
    beyond = (_Beyond(cell) for cell in islice(cells, width, None) if cell is not None)
    return [*cells[:width], *[None] * (width - len(cells)), *islice(beyond, 1)]


def _chunks(
    header: list[str], lines: Iterable[tuple[int, Sequence[object]]], rows: int, limit: Limit, notes: list[Problem]
) -> Iterator[Rows]:
    """Yield numbered rows below their header; a row with more cells than the header has names is refused.

    `notes` may grow while lines are read, and its notes go with the chunk at hand.
    """
    if len(header) > MOST_COLUMNS:
        raise ValueError(f"it has {len(header):,} columns, and a table of reviews has at most {MOST_COLUMNS:,}")
    names = [name or f"column {number}" for number, name in enumerate(header, 1)]
    is_header = header_again(header, limit.name)
    part = None
    for part in in_parts(lines, rows, limit):
        problems, cells = [], dict[int, list[object]]()
        for number, line in part:
            beyond = line[len(names) :]
            if beyond and isinstance(beyond[0], _Beyond):
                what = "a cell to the right of all columns, so it is left out: name its column"
                problems.append(kept(number, None, beyond[0].value, what))
            elif any(beyond):
                problems.append(refused(number, None, beyond[0], _MORE))
                continue
            if is_header(number, line):
                problems.append(refused(number, None, line[0], "it repeats the header: two files were joined here"))
            else:
                if len(line) < len(names):
                    counts = f"the row has {len(line)} cells and the header {len(names)}"
                    problems.append(kept(number, None, None, f"{counts}: the last are missing"))
                found = [None if cell == "" else cell for cell in islice(chain(line, repeat(None)), len(names))]
                cells[number] = _stored(found, number, names, problems) if NotStored in map(type, found) else found
        yield Rows(frame_of(cells, names), [*notes, *problems], {})
        notes.clear()
    if notes or not part:
        yield Rows(frame_of({}, names), notes, {})


def _stored(cells: list[object], number: int, names: list[str], problems: list[Problem]) -> list[object]:
    """Return cells in which a formula without a stored value is missing."""
    reason = "a formula without a stored value, so the cell is missing: open the file in Excel or the like, and save it"
    formulas = ((name, cell.formula) for name, cell in zip(names, cells, strict=True) if isinstance(cell, NotStored))
    problems += [kept(number, name, formula, reason) for name, formula in formulas]
    return [None if isinstance(cell, NotStored) else cell for cell in cells]
