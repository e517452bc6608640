"""Read a sheet of a workbook row by row, as it is shown: .xlsx, and what .ods and .xls have in common with it.

No library that reads whole workbooks shows what they show. To calamine and pandas a cell that shows 85 % is 0.85;
openpyxl drops rows that are out of order, takes days in the formats of Japan and China for numbers, and fails at fonts
that it does not know.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Set
from datetime import date, datetime, timedelta
from functools import cache, reduce
from pathlib import Path
from posixpath import join, normpath
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from .columns import MOST_COLUMNS
from .limits import Limit
from .report import Problem, noted

Line = tuple[int, list[object]]  # the number of a row, as the sheet shows it, and its cells
Merged = dict[int, list[tuple[int, int]]]  # cells that go over several rows, by the first: the column, the last row

_BLOCK = 1 << 16  # bytes at once
SHEET, _PART, _HELD = 4, 8, 50  # times its bytes, what a sheet takes, another part, and an element while it is held
_ONE_MERGED = 300  # bytes
PERCENT, SIGN, DATE = "percent", "sign", "date"
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)  # of a number format
_QUOTED = re.compile(r'"[^"]*"|\\.')
_SECTION = re.compile(r'(?:"[^"]*"|\\.|[^;])*')  # of a number format, the first is for numbers that are not below 0
_SIGN = re.compile(  # a number with a sign behind it that only stands there
    r'(?:\[[^\]]*\])*(?:general|[#0?,]*[#0?](?:\.[#0?]+)?)(?: |\\ |_.)*(?:\\%|"\s*%\s*")(?:_.)*', re.IGNORECASE
)
_USUAL_FORMATS = {9: "0%", 10: "0.00%"} | dict.fromkeys([*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)], "d")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^<>]{0,99}?ref=["']([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})["']""")
_LONGEST_MERGED = 160  # bytes
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TO_BE_COMPUTED = "0"  # what programs store that leave the formulas of a workbook to the one that opens it
_TRUE = ("1", "true")


def lines_of_xlsx(path: Path, limit: Limit, notes: list[Problem]) -> Iterator[Line]:
    """Yield the rows of the first sheet that is shown of an .xlsx file."""
    with ZipFile(path) as book:
        tops = _links(book, "", limit).values()
        top = next((target for kind, target in tops if kind == "officeDocument"), "xl/workbook.xml")
        links, sheets, options = _links(book, top, limit), [], dict[str, str]()
        for name, element in elements(book, top, limit, "sheet", "workbookPr", "calcPr"):
            link = links.get(next((value for key, value in element.items() if local(key) == "id"), ""))
            if name != "sheet":
                options |= element.attrib
            elif link and link[0] == "worksheet":
                sheets.append((element.get("name", ""), element.get("state"), link[1]))
        sheet = sheets[choose([(name, state in ("hidden", "veryHidden")) for name, state, _ in sheets], notes)][2]
        parts = dict(links.values())
        texts = elements(book, parts["sharedStrings"], limit, "si") if "sharedStrings" in parts else ()
        strings = [_unescaped(_text(text)) for _, text in texts]
        rows = elements(book, sheet, limit, "row", share=SHEET)
        value = _value(strings, _formats(book, parts, limit), options)
        hidden: set[int] = set()
        yield from filled(_rows(rows, value, hidden), _merged_in(book, sheet, limit), hidden, notes)


def _rows(rows: Iterable[tuple[str, Any]], value: Callable[[Any], object], hidden: set[int]) -> Iterator[Line]:
    last = 0
    for _, row in rows:
        number, at, cells = int(row.get("r", last + 1)), -1, list[object]()
        if number <= last:
            raise ValueError(f"row {number} comes after row {last}")
        for cell in row:
            at = _column_of(cell.get("r").rstrip("0123456789")) if "r" in cell.attrib else at + 1
            if (found := value(cell)) is not None:
                place(cells, at, found)
        if row.get("hidden") in _TRUE:
            hidden.add(number)
        if cells:
            yield number, cells
        last = number


def _value(strings: list[str], formats: list[str], options: dict[str, str]) -> Callable[[Any], object]:
    """Return the function from a cell to its value."""
    is_1904, is_computed = options.get("date1904") in _TRUE, options.get("fullCalcOnLoad") not in _TRUE

    def value(cell: Any) -> object:
        kind, parts = cell.get("t", "n"), {local(part.tag): part for part in cell}
        said = _text(parts["is"]) if "is" in parts else parts["v"].text or "" if "v" in parts else ""
        is_stored = kind == "str" or (bool(said) and (is_computed or said != _TO_BE_COMPUTED))
        if "f" in parts and not ("v" in parts and is_stored):
            return NotStored(f"={parts['f'].text or ''}")
        if kind == "s":
            return strings[int(said)] or None
        if kind in ("str", "inlineStr", "e", "d"):
            return _unescaped(said) or None
        if kind == "b":
            return said.strip() == "1"
        style = int(cell.get("s", 0))
        return number_of(said, formats[style] if style < len(formats) else "", is_1904=is_1904) if said else None

    return value


def _links(book: ZipFile, part: str, limit: Limit) -> dict[str, tuple[str, str]]:
    """Return the parts that a part of an .xlsx refers to, by id: their kinds and their paths."""
    folder, _, name = part.rpartition("/")
    links = elements(book, join(folder, "_rels", f"{name}.rels"), limit, "Relationship")
    return {
        link.attrib["Id"]: (
            link.attrib["Type"].rpartition("/")[2],
            normpath(join("/", folder, link.attrib["Target"])).lstrip("/"),
        )
        for _, link in links
    }


def _formats(book: ZipFile, parts: dict[str, str], limit: Limit) -> list[str]:
    """Return how numbers are shown, by the number of a style."""
    codes, used = dict[int, str](_USUAL_FORMATS), list[str]()
    for name, element in elements(book, parts["styles"], limit, "numFmt", "cellXfs") if "styles" in parts else ():
        if name == "numFmt":
            codes[int(element.attrib["numFmtId"])] = element.get("formatCode", "")
        else:
            used = [shown_as(codes.get(int(style.get("numFmtId", 0)), "")) for style in element]
    return used


def _text(element: Any) -> str:
    """Return a text without its look; how it is to be pronounced is no part of it."""
    texts = (text for text in element.iter("{*}t") if local(text.getparent().tag) != "rPh")
    return "".join(text.text or "" for text in texts)


def _merged_in(book: ZipFile, part: str, limit: Limit) -> Merged:
    """Return the merged cells of a sheet, which are listed behind its rows: to look for them there takes no time."""
    merged: Merged = {}
    rest = b""
    for block in blocks(book, part, limit, SHEET):
        rest += block
        end = 0
        for found in _MERGED.finditer(rest):
            merge(merged, _column_of(found[1].decode()), int(found[2]), int(found[3]), limit)
            end = found.end()
        rest = rest[max(end, len(rest) - _LONGEST_MERGED) :]
    return merged


@cache
def _column_of(letters: str) -> int:
    """Return the place of a column: 0 for A, 26 for AA."""
    return reduce(lambda place, letter: place * 26 + ord(letter) - ord("A") + 1, letters, 0) - 1


def _unescaped(text: str) -> str:
    """Return a text with the characters that Excel writes as _x000D_."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


class NotStored(NamedTuple):
    """A cell whose formula has no stored value."""

    formula: str


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
    """Put a cell into its row. All beyond column `MOST_COLUMNS` share one place, where the last of them stays."""
    at = min(at, MOST_COLUMNS)
    cells += [None] * (at + 1 - len(cells))
    cells[at] = value


def shown_as(code: str) -> str:
    """Return whether a number format shows a percentage, a number with a sign for one, or a date."""
    shown, first = _NOT_SHOWN.sub("", code).lower(), _SECTION.match(code)[0]  # type: ignore[index]
    if not re.search(r"\[[<>=]", _QUOTED.sub("", code)):  # else what it shows depends on the number
        if "%" in _NOT_SHOWN.sub("", first):
            return PERCENT
        if _SIGN.fullmatch(first.strip()):
            return SIGN
    return DATE if re.search("[ymdhs]", shown) and not re.search(r"general|[0#?]|\[", shown) else ""


def number_of(said: str, shown: str, *, is_1904: bool = False) -> object:
    """Return a number, or the percentage or date as which it is shown."""
    value = float(said)
    if shown in (PERCENT, SIGN):
        return f"{value * (100 if shown == PERCENT else 1):.15g}%"
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
