"""Read a sheet of an .xlsx file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from posixpath import join, normpath
from zipfile import ZipFile

from .limits import Limit
from .report import Problem, noted
from .workbooks import (
    PARTS,
    SHEET,
    Line,
    Merged,
    NotStored,
    blocks,
    choose,
    column_of,
    events,
    note_hidden,
    number_of,
    parsed,
    place,
    shown_as,
)

_USUAL_FORMATS = {9: "0%", 10: "0.00%"} | dict.fromkeys([*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)], "d")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TO_BE_COMPUTED = "0"  # what programs store that leave the formulas of a workbook to the one that opens it
_TRUE = ("1", "true")


def lines_of_xlsx(path: Path, limit: Limit, notes: list[Problem]) -> Iterator[Line]:
    """Yield the rows of the first sheet that is shown of an .xlsx file."""
    with ZipFile(path) as book:
        tops = _links(book, "", limit)
        top = next((target for kind, target in tops.values() if kind == "officeDocument"), "xl/workbook.xml")
        links, sheets, is_1904, is_computed = _links(book, top, limit), [], False, True
        for event, name, has in events(book, top, limit, PARTS):
            if (event, name) == ("start", "sheet"):
                of = links.get(next((value for key, value in has.items() if key.endswith(":id")), ""), ("", ""))
                sheets += [(has.get("name", ""), has.get("state"), of[1])] if of[0] == "worksheet" else []
            elif event == "start":
                is_1904 |= name == "workbookPr" and has.get("date1904") in _TRUE
                is_computed &= not (name == "calcPr" and has.get("fullCalcOnLoad") in _TRUE)
        read = choose([(name, state in ("hidden", "veryHidden")) for name, state, _ in sheets], notes)
        parts = dict(links.values())
        formats = _formats(book, parts["styles"], limit) if "styles" in parts else []
        strings = _strings(book, parts["sharedStrings"], limit) if "sharedStrings" in parts else []
        value = _value(strings, formats, is_1904=is_1904, is_computed=is_computed)
        where = sheets[read][2]
        merged = _merged_in(book, where, limit)
        yield from merged.filled(_rows(blocks(book, where, limit, SHEET), value, notes), notes)


class _Rows:
    """The rows of a sheet, from what its XML holds: each is in `lines` once it is whole."""

    def __init__(self, value: Callable[[dict[str, str], str, str | None], object], notes: list[Problem]) -> None:
        self.value, self.notes = value, notes
        self.lines: list[Line] = []
        self.number, self.last, self.hidden, self.cells = 0, 0, 0, list[object]()
        self.cell, self.said, self.formula, self.phonetic = dict[str, str](), "", "", False
        self.has_formula, self.texts = False, list[str]()

    def start(self, name: str, has: dict[str, str]) -> None:
        name = name.rpartition(":")[2] if ":" in name else name
        if name == "c":
            self.cell, self.said, self.has_formula = has, "", False
        elif name in ("v", "t", "f"):
            self.texts.clear()
            self.has_formula |= name == "f"
        elif name == "row":
            self.number, self.cells = int(has.get("r", self.last + 1)), []
            self.hidden += has.get("hidden") in _TRUE
        elif name == "rPh":
            self.phonetic = True
        elif name == "col" and has.get("hidden") in _TRUE:
            self.notes.append(noted(None, None, f"column {has.get('min')} of the sheet is hidden, and was read too"))

    def end(self, name: str) -> None:
        name = name.rpartition(":")[2] if ":" in name else name
        if name == "c":
            at = column_of(self.cell["r"].rstrip("0123456789")) if "r" in self.cell else len(self.cells)
            value = self.value(self.cell, self.said, self.formula if self.has_formula else None)
            if value is not None:
                place(self.cells, at, value)
        elif name == "v":
            self.said = "".join(self.texts)
        elif name == "t":
            self.said += "" if self.phonetic else "".join(self.texts)
        elif name == "f":
            self.formula = "".join(self.texts)
        elif name == "row":
            if self.number <= self.last:
                raise ValueError(f"row {self.number} comes after row {self.last}")
            self.last = self.number
            if self.cells:
                self.lines.append((self.number, self.cells))
        elif name == "rPh":
            self.phonetic = False


def _rows(
    parts: Iterable[bytes], value: Callable[[dict[str, str], str, str | None], object], notes: list[Problem]
) -> Iterator[Line]:
    rows = _Rows(value, notes)
    for _ in parsed(parts, rows.start, rows.end, rows.texts.append):
        yield from rows.lines
        rows.lines.clear()
    note_hidden(rows.hidden, notes)


def _value(
    strings: list[str], formats: list[str], *, is_1904: bool, is_computed: bool
) -> Callable[[dict[str, str], str, str | None], object]:
    """Return the function from a cell's attributes, what it holds and its formula to its value."""

    def value(has: dict[str, str], said: str, formula: str | None) -> object:
        kind = has.get("t", "n")
        if formula is not None and kind != "str" and (not said or (said == _TO_BE_COMPUTED and not is_computed)):
            return NotStored(f"={formula}")
        if kind == "s":
            return strings[int(said)] or None
        if kind in ("str", "inlineStr", "e", "d"):
            return _unescaped(said) or None
        if kind == "b":
            return said.strip() == "1"
        style = int(has.get("s", 0))
        return number_of(said, formats[style] if style < len(formats) else "", is_1904=is_1904) if said else None

    return value


def _links(book: ZipFile, part: str, limit: Limit) -> dict[str, tuple[str, str]]:
    """Return the parts that a part of an .xlsx refers to, by id: their kinds and their paths."""
    folder, _, name = part.rpartition("/")
    found = {}
    for event, tag, has in events(book, join(folder, "_rels", f"{name}.rels"), limit, PARTS):
        if (event, tag) == ("start", "Relationship"):
            target = normpath(join("/", folder, has["Target"])).lstrip("/")
            found[has["Id"]] = (has["Type"].rpartition("/")[2], target)
    return found


def _formats(book: ZipFile, part: str, limit: Limit) -> list[str]:
    """Return how numbers are shown, by the number of a style."""
    own, used, is_used = dict[int, str](), list[str](), False
    for event, name, has in events(book, part, limit, PARTS):
        if name == "cellXfs":
            is_used = event == "start"
        elif (event, name) == ("start", "numFmt"):
            own[int(has["numFmtId"])] = has.get("formatCode", "")
        elif (event, name) == ("start", "xf") and is_used:
            number = int(has.get("numFmtId", 0))
            used.append(shown_as(own.get(number) or _USUAL_FORMATS.get(number, "")))
    return used


def _strings(book: ZipFile, part: str, limit: Limit) -> list[str]:
    """Return the texts that cells share; how one is to be pronounced is not part of it."""
    found, said, text, phonetic = list[str](), "", "", False
    for event, name, _ in events(book, part, limit, PARTS):
        if not event:
            text += name
        elif name == "t":
            said, text = said + ("" if phonetic or event == "start" else text), ""
        elif name == "rPh":
            phonetic = event == "start"
        elif (event, name) == ("end", "si"):
            found.append(_unescaped(said))
            said = ""
    return found


def _merged_in(book: ZipFile, part: str, limit: Limit) -> Merged:
    """Return the merged cells of an .xlsx, which are listed behind the rows."""
    merged, end = Merged(), b""
    for block in blocks(book, part, limit, SHEET):
        if b"mergeCell" in (both := end + block):
            for column, first, last in _MERGED.findall(both):
                merged.add(column_of(column.decode()), int(first), int(last))
        end = both[-200:]
    return merged


def _unescaped(text: str) -> str:
    """Return a text with the characters that Excel writes as _x000D_."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
