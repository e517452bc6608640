"""The rows of a source on their way to the reviews table: which of them can be reviews, and what their cells mean."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from ..base.safe_text import is_whole
from ..tables.schema import is_missing
from .report import Problem, kept, noted, refused

SEEDS = "seeds"  # the name of the five reviews, as which no other source is known
# What a spreadsheet shows where a formula failed, also in a .csv that it wrote.
_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!", "#FIELD!"}
_ERRORS |= {f"Err:{number}" for number in range(501, 541)}  # in LibreOffice
# What programs and people write into an empty cell; Na and Nan are names.
NOTHING = {"nan", "NaN", "NAN", "NaT", "None", "NONE", "none", "null", "NULL", "undefined", "\\N"}
NOTHING |= {"N/A", "n/a", "N/a", "NA", "N.A.", "n.a.", "<NA>", "-", "--", "–", "—"}
_MAY_BE_DAMAGED = re.compile("[\x80-\u024f\u2010-\u2122]{2}")
_DAMAGED = "letters that had been read in a wrong encoding, such as isnâ€™t for isn’t, were mended"
_NUL = "a NUL character, which no text needs: U+FFFD stands for it"
_LOST = "U+FFFD stands for letters that could not be read: if the encoding is wrong, give encoding="
_NO_TEXT = "there is no text"
_FAILED = "an error of the spreadsheet, so the cell is missing: correct its formula"
_WHOLE = re.compile(r"(\d{3,})\.0")  # what some programs make of 1917; a film is called 2.0


class Rows(NamedTuple):
    """Rows of a source.

    `frame` holds the cells as they stand; its index is the number of each row, from 1, and in a spreadsheet the one
    that it shows. `problems` is what was noticed while they were read, and `files` has the name of each row's file
    where the source is a folder.
    """

    frame: pd.DataFrame
    problems: list[Problem]
    files: dict[int, str]


def frame_of(rows: Mapping[int, object] | Iterable[tuple[int, object]], names: Sequence[object]) -> pd.DataFrame:
    """Return numbered rows as a table whose cells are as they stand."""
    numbered = dict(rows)
    return pd.DataFrame(list(numbered.values()), columns=list(names), index=list(numbered), dtype="object")


def as_written(cells: pd.Series) -> pd.Series:
    """Return cells of one of our columns without words that say that there is nothing, and 1917 where it is 1917.0."""
    return pd.Series([_as_written(cell) for cell in cells.tolist()], cells.index, dtype="object")


def _as_written(cell: object) -> object:
    if isinstance(cell, str):
        whole = _WHOLE.fullmatch(cell)
        return None if cell.strip() in NOTHING else whole[1] if whole else cell
    if not pd.api.types.is_hashable(cell):
        return str(cell)  # a list of names, as JSON may have it
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else cell


def usable(frame: pd.DataFrame, names: Mapping[str, object]) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the rows that can be reviews, and a problem for each of the others; `names` is what a user calls ours."""
    wrong: dict[int, Problem] = {}
    for name in frame.columns:
        for row, value in zip(frame.index, frame[name].tolist(), strict=True):
            if reason := _wrong(value, str(name)):
                wrong.setdefault(row, refused(row, str(names.get(name, name)), value, reason))
    return (frame.drop(index=list(wrong)) if wrong else frame), list(wrong.values())


def _wrong(value: object, name: str) -> str | None:
    """Return what is wrong with a cell of the column called so, or None."""
    if not isinstance(value, str):
        if name != "text":
            return None
        return _NO_TEXT if is_missing(value) else "it is not text"
    if "\0" in value and name == "review_id":
        return "it holds a NUL character: remove it"
    if not is_whole(value):
        return "it holds half of a character, such as a broken emoji: remove it"
    if name == "text" and value.strip() in _ERRORS:
        return "it is an error of the spreadsheet, and no text: correct its formula"
    if name == "text" and value.replace("\0", "").strip("\ufeff").strip() in ("", *NOTHING):
        return _NO_TEXT
    return None


def mended(frame: pd.DataFrame, names: Mapping[str, object], *, letters: bool) -> tuple[pd.DataFrame, list[Problem]]:
    """Return rows without NUL, damaged `letters` and a spreadsheet's errors, and what was noticed of each such cell."""
    problems: list[Problem] = []
    for name in frame.columns:
        column = str(names.get(name, name))
        may_fail = name not in ("score", "score_raw")  # there it is reported as a score that cannot be read
        read = [_mended(cell, letters, may_fail) for cell in frame[name].tolist()]
        for row, cell, (_, told) in zip(frame.index.tolist(), frame[name].tolist(), read, strict=True):
            problems += [kept(row, column, cell, _FAILED)] if told == [_FAILED] else []
            problems += [noted(column, cell, reason, row) for reason in told if reason != _FAILED]
        if any(told for _, told in read):
            frame = frame.assign(**{name: pd.Series([cell for cell, _ in read], frame.index, dtype="object")})
    return frame, problems


def _mended(cell: object, letters: bool, may_fail: bool) -> tuple[object, list[str]]:
    """Return a cell as it should be, None for a spreadsheet's error, and what was noticed of it."""
    if not isinstance(cell, str):
        return cell, []
    if may_fail and cell in _ERRORS:
        return None, [_FAILED]
    told = [_LOST] * ("\ufffd" in cell) + [_NUL] * ("\0" in cell)
    text = cell.replace("\0", "\ufffd")
    if not (letters and _MAY_BE_DAMAGED.search(text)):
        return text, told
    from ftfy import fix_encoding  # loaded here: `import starlight` stays fast, and few files need it

    mended = fix_encoding(text)
    return mended, told + [_DAMAGED] * (mended != text)
