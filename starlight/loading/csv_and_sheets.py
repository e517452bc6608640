"""Read tables whose rows are cells below a header, in chunks: .csv, .tsv and spreadsheets."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain, islice, repeat
from pathlib import Path

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from ..base.safe_text import as_meant
from ..errors import ReadError
from .columns import MOST_COLUMNS, is_saved
from .encodings import BEGINNING, NAMES, find_encoding, open_text
from .report import Problem, kept, noted, refused
from .rows import Rows, in_parts
from .score_columns import as_printed

_SEPARATORS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar"}
_END = "\0 end of file \0"  # see `_lines`

csv.field_size_limit(2**31 - 1)  # characters of a cell, for all readers of this process; a review may be long


def read_csv(path: Path, kind: str, rows: int) -> Iterator[Rows]:
    """Yield the rows of a csv or tsv file, every cell as text; the separator and the encoding are found."""
    codec = find_encoding(path)
    notes = [noted(None, NAMES[codec], "the encoding of the file")]
    with closing(open_text(path, codec)) as file:
        usual = "\t" if kind == ".tsv" else ","
        beginning = file.read(BEGINNING)
        separator = _separator(beginning, usual)
        file.seek(0)
        if separator != usual:
            notes.append(noted(None, _SEPARATORS[separator], "the separator between cells"))
        lines = _lines(file, separator, path.name)
        header = next(lines, None)
        if header is None:
            raise ReadError(f"{path.name} is empty. Give a table with a header and at least one row.")
        cells = ([separator.join(line)] for line in lines) if len(header) == 1 else lines
        if is_saved(header):
            header, cells = [as_meant(name) for name in header], ([as_meant(cell) for cell in line] for line in lines)
        for chunk in _chunks(header, cells, rows, notes):
            yield chunk._replace(frame=chunk.frame.astype("str"))


def _separator(beginning: str, usual: str) -> str:
    """Return what separates the names in the first line: the usual sign if it is there, else the most common one."""
    line = next((line for line in beginning.splitlines() if line.strip()), "")
    best = max(_SEPARATORS, key=line.count)
    return usual if usual in line or best not in line else best


def _lines(file: Iterable[str], separator: str, name: str) -> Iterator[list[str]]:
    """Yield the cells of each line that has any; a quote that is never closed would take in the rest of the file."""
    reader = csv.reader(chain(file, ["\n", _END]), delimiter=separator)
    begins = 1
    for cells in reader:
        if cells == [_END]:
            return
        if cells and cells[-1].endswith(_END):
            raise ReadError(
                f"{name} cannot be read: a quote opened in the row of line {begins} is never closed. Close it."
            )
        begins = reader.line_num + 1
        if cells:
            yield cells


def read_sheet(path: Path, kind: str, rows: int) -> Iterator[Rows]:
    """Yield the rows of the first sheet of a workbook, numbers and dates as such."""
    try:
        book = CalamineWorkbook.from_path(path)
        lines = ([None if cell == "" else cell for cell in line] for line in book.get_sheet_by_index(0).to_python())
    except CalamineError as error:
        raise ReadError(f"{path.name} cannot be read: {error}. Save it again, or as a .csv file.") from error
    names = book.sheet_names
    notes = [noted(None, name, f"a sheet that was not read: only the first, {names[0]!r}, was") for name in names[1:]]
    lines = (line for line in lines if any(cell is not None for cell in line))
    if (header := next(lines, None)) is None:
        raise ReadError(f"{path.name} is empty. Give a table with a header and at least one row.")
    yield from _chunks(["" if cell is None else str(as_printed(cell)) for cell in header], lines, rows, notes)


def _chunks(header: list[str], lines: Iterable[Sequence[object]], rows: int, notes: list[Problem]) -> Iterator[Rows]:
    """Yield numbered rows below their header; a row with more cells than the header has names is refused."""
    if len(header) > MOST_COLUMNS:
        raise ValueError(f"it has {len(header):,} columns, and a table of reviews has at most {MOST_COLUMNS:,}")
    names = [name or f"column {number}" for number, name in enumerate(header, 1)]
    for part in in_parts(enumerate(lines, 1), rows):
        problems, notes, cells = notes, [], {}
        for number, line in part:
            counts = f"the row has {len(line)} cells and the header {len(names)}"
            if any(beyond := line[len(names) :]):
                problems.append(refused(number, None, beyond[0], f"{counts}: quote a cell that holds a separator"))
                continue
            if len(line) < len(names):
                problems.append(kept(number, None, None, f"{counts}: the last are missing"))
            cells[number] = [None if cell == "" else cell for cell in islice(chain(line, repeat(None)), len(names))]
        frame = pd.DataFrame(list(cells.values()), columns=names, index=list(cells), dtype="object")
        yield Rows(frame, problems, {})
