"""The rows of a source on their way from a file to the reviews table, and which of them can be reviews."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from ..base.safe_text import is_whole
from ..tables.schema import is_missing
from .report import Problem, kept, noted_in, refused

SEEDS = "seeds"  # the name of the five reviews, as which no other source is known
# What a spreadsheet shows where a formula failed, also in a .csv that it wrote.
_ERRORS = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!", "#FIELD!"]
_ERRORS += [f"Err:{number}" for number in range(501, 541)]  # in LibreOffice
# What programs and people write into an empty cell.
_MISSING = {"nan", "NaN", "NAN", "NaT", "None", "NONE", "none", "null", "NULL", "undefined", "\\N"}
_MISSING |= {"N/A", "n/a", "N/a", "NA", "<NA>", "-", "--", "–", "—"}
_MAY_BE_DAMAGED = re.compile("[\x80-\u024f\u2010-\u2122]{2}")
_DAMAGED = "letters that had been read in a wrong encoding, such as isnâ€™t for isn’t, were mended"
_NUL = "a NUL character, which no text needs: U+FFFD stands for it"
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


def frame_of(rows: Mapping[int, object] | Sequence[tuple[int, object]], names: Sequence[object]) -> pd.DataFrame:
    """Return numbered rows as a table whose cells are as they stand."""
    numbered = dict(rows)
    return pd.DataFrame(list(numbered.values()), columns=list(names), index=list(numbered), dtype="object")


def without_damage(frame: pd.DataFrame, names: Mapping[str, object]) -> tuple[pd.DataFrame, list[Problem]]:
    """Return rows whose letters are mended where UTF-8 was read as another encoding, and a note on each such cell."""
    return _mended(frame, names, _undamaged, _DAMAGED)


def without_nul(frame: pd.DataFrame, names: Mapping[str, object]) -> tuple[pd.DataFrame, list[Problem]]:
    """Return rows with U+FFFD for each NUL, which many files and programs cannot hold, and a note on each such cell."""
    return _mended(frame, names, lambda cell: cell.replace("\0", "\ufffd"), _NUL)


def _undamaged(cell: str) -> str:
    if not _MAY_BE_DAMAGED.search(cell):
        return cell
    from ftfy import fix_encoding  # loaded here: `import starlight` stays fast, and few files need it

    return fix_encoding(cell)


def _mended(
    frame: pd.DataFrame, names: Mapping[str, object], mend: Callable[[str], str], why: str
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return rows with their texts mended, and a note on each cell that changed; `names` is what a user calls ours."""
    notes: list[Problem] = []
    for name in frame.columns:
        before = frame[name].tolist()
        after = [mend(cell) if isinstance(cell, str) else cell for cell in before]
        cells = zip(frame.index.tolist(), before, after, strict=True)
        changed = [(row, one) for row, one, other in cells if one is not other and one != other]
        if changed:
            notes += [noted_in(row, str(names.get(name, name)), cell, why) for row, cell in changed]
            frame = frame.assign(**{name: pd.Series(after, frame.index, dtype="object")})
    return frame, notes


def as_meant(cells: pd.Series) -> pd.Series:
    """Return cells of one of our columns without words that say that there is nothing, and 1917 where it is 1917.0."""
    return pd.Series([_as_meant(cell) for cell in cells.tolist()], cells.index, dtype="object")


def usable(frame: pd.DataFrame, names: Mapping[str, object]) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the rows that can be reviews, and a problem for each of the others; `names` is what a user calls ours."""
    wrong: dict[int, Problem] = {}
    for name in frame.columns:
        for row, value in zip(frame.index, frame[name].tolist(), strict=True):
            if reason := _wrong(value, str(name)):
                wrong.setdefault(row, refused(row, str(names.get(name, name)), value, reason))
    return (frame.drop(index=list(wrong)) if wrong else frame), list(wrong.values())


def without_errors(frame: pd.DataFrame, names: Mapping[str, object]) -> tuple[pd.DataFrame, list[Problem]]:
    """Return rows without the errors of a spreadsheet, and a problem for each; an error for a score is unreadable."""
    problems: list[Problem] = []
    for name in frame.columns.drop(["score", "score_raw"], errors="ignore"):
        cells = frame[name].astype("object")
        failed = cells[cells.isin(_ERRORS)]
        for row, value in failed.items():
            reason = "an error of the spreadsheet, so the cell is missing: correct its formula"
            problems.append(kept(int(str(row)), str(names.get(name, name)), value, reason))
        if len(failed):
            frame = frame.assign(**{name: cells.mask(cells.isin(_ERRORS), None)})
    return frame, problems


def _as_meant(cell: object) -> object:
    if isinstance(cell, str):
        whole = _WHOLE.fullmatch(cell)
        return None if cell.strip() in _MISSING else whole[1] if whole else cell
    if not pd.api.types.is_hashable(cell):
        return str(cell)  # a list of names, as JSON may have it
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else cell


def _wrong(value: object, name: str) -> str | None:
    """Return what is wrong with a cell of the column called so, or None."""
    is_text = name == "text"
    if isinstance(value, str):
        if "\0" in value and name == "review_id":
            return "it holds a NUL character: remove it"
        if not is_whole(value):
            return "it holds a damaged character (half of a pair)"
        if is_text and value.strip() in _ERRORS:
            return "it is an error of the spreadsheet, and no text: correct its formula"
        if is_text and value.replace("\0", "").strip("\ufeff").strip() in ("", *_MISSING):
            return "there is no text"
        return None
    if not is_text:
        return None
    return "there is no text" if is_missing(value) else "it is not text"
