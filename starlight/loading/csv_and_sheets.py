"""Read tables whose rows are cells below a header, in chunks: .csv, .tsv and spreadsheets."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain, islice
from pathlib import Path

from ..base.safe_text import as_meant
from ..errors import ReadError
from .columns import MOST_COLUMNS, is_saved
from .encodings import BEGINNING, find_encoding, note_on, open_text
from .headers import MOST_ABOVE, header_in, headers_below, names_in
from .limits import Limit, in_parts
from .ods_and_xls import lines_of_ods, lines_of_xls
from .quoting import DOUBLED, Csv, quoting_of, rows_of
from .report import Problem, kept, noted, refused
from .rows import Rows, frame_of
from .usual_names import is_usual
from .workbooks import NotStored, lines_of_xlsx

_SEPARATORS = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a bar"}
_FOR_EXCEL = re.compile(r"sep=([,;\t|])\s*", re.IGNORECASE)  # a line that tells Excel the separator
_QUOTED = re.compile(r'(?<![^,;\t|\r\n])"[^"]*(?:""[^"]*)*(?:"|$)')
_MORE = "the row has more cells than the header: quote a cell that holds a separator, or name its column"
_BEYOND = "a cell to the right of all columns, so it is left out: name its column"
_TAKEN = (
    "a quotation mark in this row or above is not closed, so that rows became part of a cell: close it; write a "
    "quotation mark within a quoted text twice; if this row is a line of a text, load the table as a DataFrame"
)
_NOT_STORED = (
    "a formula without a stored value, so the cell is missing: open the file in Excel or the like, and save it"
)


def read_csv(path: Path, kind: str, rows: int, limit: Limit, encoding: str | None) -> Iterator[Rows]:
    """Yield the rows of a csv or tsv file, every cell as text; the separator and the encoding are found."""
    codec = encoding or find_encoding(path, limit)
    notes = [note_on(codec, encoding)]
    with closing(open_text(path, codec)) as file:
        usual = "\t" if kind == ".tsv" else ","
        first, separator, above = _first_lines(io.StringIO(file.read(BEGINNING), newline=""), usual)
        file.seek(0)
        for _ in range(above):
            file.readline()
        if separator != usual:
            notes.append(noted(None, _SEPARATORS[separator], "the separator between cells"))
        table = Csv(file, file.tell(), separator, limit)
        quoting = quoting_of(table)
        if quoting is not DOUBLED:
            notes.append(noted(None, quoting.name, "how cells are quoted"))
        lines = rows_of(table, quoting)
        header, told = names_in(next(lines, ([], []))[0], enumerate(first[:above], 1))
        notes += told
        cells = _numbered(lines, notes)
        if len(header) == 1:
            cells = ((number, [separator.join(line)]) for number, line in cells)
        if is_saved(header):
            header = [as_meant(name) for name in header]
            cells = ((number, [as_meant(cell) for cell in line]) for number, line in cells)
        for chunk in _chunks(header, cells, rows, limit, notes, is_sheet=False):
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


def _first_lines(lines: Iterable[str], usual: str) -> tuple[list[list[str]], str, int]:
    """Return the cells of a file's first lines, what separates those of the header, and its line's place."""
    rows, separators, begun = list[list[str]](), list[str](), list[str]()
    for line in islice(lines, MOST_ABOVE):
        told, begun = _FOR_EXCEL.fullmatch(line), [*begun, line]  # lines of one row, which a quoted cell may have
        usual, text = told[1] if told else usual, _QUOTED.sub("", "".join(begun))
        best = max(_SEPARATORS, key=text.count)
        separator = usual if usual in text or best not in text else best
        rows, separators = [*rows, []], [*separators, separator]
        rows[-len(begun)] = [] if told else next(csv.reader(begun, delimiter=separator), [])
        separators[-len(begun)] = separator
        *_, last = csv.reader([*begun, "."], delimiter=separator)
        begun = begun if last != ["."] else []
    first = next((place for place, row in enumerate(rows) if any(cell.strip() for cell in row)), 0)
    place = header_in(rows, first) if rows else 0
    return rows, [*separators, usual][place], place


def read_sheet(path: Path, kind: str, rows: int, limit: Limit, encoding: str | None) -> Iterator[Rows]:
    """Yield the rows of the first sheet of a workbook that is shown, numbers and dates as such."""
    notes: list[Problem] = []
    lines = {".xlsx": lines_of_xlsx, ".ods": lines_of_ods, ".xls": lines_of_xls}[kind](path, limit, notes)
    first = list(islice(lines, MOST_ABOVE))
    place = next((place for place, (_, cells) in enumerate(first) if sum(cell is not None for cell in cells) > 1), 0)
    if any(is_usual(cells[-1], "text") for _, cells in first[:place]):  # else lone cells above the header are titles
        place = 0
    place = header_in([cells for _, cells in first], place) if first else 0
    width = max((len(cells) for _, cells in first if len(cells) <= MOST_COLUMNS), default=0)
    header = first[place][1] if first else []
    names, told = names_in([*header, *[None] * (width - len(header))], first[:place])
    notes += told
    yield from _chunks(names, chain(first[place + 1 :], lines), rows, limit, notes, is_sheet=True)


def _chunks(
    header: list[str],
    lines: Iterable[tuple[int, Sequence[object]]],
    rows: int,
    limit: Limit,
    notes: list[Problem],
    *,
    is_sheet: bool,
) -> Iterator[Rows]:
    """Yield numbered rows below their header, with the `notes` to which reading them adds."""
    if not header:
        raise ReadError(f"{limit.name} is empty. Give a table with a header and at least one row.")
    if len(header) > MOST_COLUMNS:
        raise ValueError(f"it has {len(header):,} columns, and a table of reviews has at most {MOST_COLUMNS:,}")
    names = [name or f"column {number}" for number, name in enumerate(header, 1)]
    is_header = headers_below(header, limit.name)
    part = None
    for part in in_parts(lines, rows, limit):
        problems, cells = [], dict[int, list[object]]()
        for number, line in part:
            beyond = [cell for cell in line[len(names) :] if cell not in ("", None)]
            if beyond and not is_sheet:
                problems.append(refused(number, None, beyond[0], _MORE))
            elif is_header(number, line):
                problems.append(refused(number, None, line[0], "it is a header, not a review"))
            else:
                if beyond:
                    problems.append(kept(number, None, beyond[0], _BEYOND))
                if len(line) < len(names) and not is_sheet:
                    counts = f"the row has {len(line)} cells and the header {len(names)}"
                    problems.append(kept(number, None, None, f"{counts}: the last are missing"))
                found = [None if cell == "" else cell for cell in line[: len(names)]]
                found += [None] * (len(names) - len(found))
                cells[number] = _stored(found, number, names, problems)
        yield Rows(frame_of(cells, names), [*notes, *problems], {})
        notes.clear()
    if notes or not part:
        yield Rows(frame_of({}, names), notes, {})


def _stored(cells: list[object], number: int, names: list[str], problems: list[Problem]) -> list[object]:
    """Return cells in which a formula without a stored value is missing, and told."""
    formulas = [(name, cell.formula) for name, cell in zip(names, cells, strict=True) if isinstance(cell, NotStored)]
    problems += [kept(number, name, formula, _NOT_STORED) for name, formula in formulas]
    return [None if isinstance(cell, NotStored) else cell for cell in cells] if formulas else cells
