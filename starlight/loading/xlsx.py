"""Read a sheet of an .xlsx file."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, reduce
from pathlib import Path
from posixpath import join, normpath
from typing import Any
from zipfile import ZipFile

from .limits import Limit
from .report import Problem
from .workbooks import (
    SHEET,
    Line,
    Merged,
    blocks,
    choose,
    elements,
    filled,
    local,
    merge,
    number_of,
    place,
    refuse_formula,
    shown_as,
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
            refuse_formula(f"={parts['f'].text or ''}")
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
