"""What a correction is, and how it stands in a file: a row of a csv.

Nothing in the file is ever rewritten: an undo appends the opposite. A row counts once it is complete, so only the last
row may be torn. Text that a spreadsheet would run as a formula has an apostrophe before it, which is removed when the
file is read.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import accumulate, chain, repeat
from typing import NamedTuple, cast

from ..base.safe_text import as_meant, harmless
from ..errors import ReadError, TableError
from ..tables.base import CORRECTIONS, OPINIONS
from ..tables.columns import POLARITIES

_LONGEST = 131_072  # characters of a cell that csv can read back
_LARGEST = 2**31  # no review has so many characters
_REMEDY = "Give another path; if a spreadsheet saved it with semicolons or tabs, save it as a csv with commas."
_CHANGE = re.compile(rf"change from ({'|'.join(POLARITIES)}) of (.+)", re.DOTALL)
_NAMES = CORRECTIONS.names
_WHEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00")


class Opinion(NamedTuple):
    """A row of the opinions table."""

    review_id: str
    sentence: int
    start: int
    end: int
    quote: str
    theme: str
    polarity: str
    coder: str
    confidence: float | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What tells opinions apart."""
        return tuple(getattr(self, name) for name in OPINIONS.key)


class Correction(NamedTuple):
    """One change: the opinion before (None if it is added) and after (None if it is removed), who made it, and when."""

    before: Opinion | None
    after: Opinion | None
    who: str
    when: str
    line: int = 0

    @property
    def opinion(self) -> Opinion:
        """The opinion that the row in the file holds."""
        return cast("Opinion", self.after or self.before)  # one of them is there

    @property
    def action(self) -> str:
        """What was done, in the words of the file."""
        if self.before and self.after:
            return f"change from {self.before.polarity} of {self.before.theme}"
        return "add" if self.after else "remove"

    def opposite(self) -> Correction:
        """Return the change that undoes this one, with the time of now."""
        return correction(self.after, self.before, self.who)


def correction(before: Opinion | None, after: Opinion | None, who: str) -> Correction:
    """Return a change with the time of now."""
    return Correction(before, after, who, datetime.now(UTC).isoformat(timespec="milliseconds"))


class Place(NamedTuple):
    """How far a file is read for good: the bytes and lines up to there, and whether the header is among them."""

    end: int = 0
    lines: int = 0
    headed: bool = False


class Rows(NamedTuple):
    """What stands in a file after a place: corrections, and the numbers of the lines that hold none.

    A row is read for good once a newline ends it: so many of both come before `place`. A writer puts `closing` before
    the next row.
    """

    corrections: list[Correction]
    torn: list[int]
    closing: str
    place: Place
    settled: tuple[int, int]


def parse(raw: bytes, path: str | os.PathLike[str], place: Place) -> Rows:
    """Read what stands in a file after a place."""
    corrections: list[Correction] = []
    torn: list[int] = []
    headed, settled, not_one = place.headed, (0, 0), f"{os.fspath(path)!r} is not a file of corrections:"
    other = ReadError(f"{not_one} it does not begin with {','.join(_NAMES)}. {_REMEDY}")
    try:
        rows = list(_rows(raw, place))
    except csv.Error as error:
        raise ReadError(f"{not_one} {error}. Give another path.") from error
    is_closed = rows[-1][0] == ["."]
    for row, line, end in rows[:-1] if is_closed else rows:
        if not row or row == _NAMES:
            headed = headed or bool(row)
        elif not headed and not ",".join(_NAMES).startswith(",".join(row)):
            raise other
        elif made := _correction(row, line):
            corrections.append(made)
        else:
            torn.append(line)
        if end:
            place, settled = Place(*end, headed), (len(corrections), len(torn))
    if torn and not headed and raw.endswith((b"\r", b"\n")):  # a torn header is the last line, and unfinished
        raise other
    closing = '"\n' if not is_closed else "" if raw.endswith(b"\n") or not raw else "\n"
    return Rows(corrections, torn, closing + ("" if headed else _written(_NAMES)), place, settled)


def _rows(raw: bytes, place: Place) -> Iterator[tuple[list[str], int, tuple[int, int] | None]]:
    """Yield each row, its line, and the bytes and lines up to its end if a newline ends it; last a row of a dot.

    If a quote is open at the end, the dot is part of the last row.
    """
    lines = (raw + b"\n.").splitlines(keepends=True)
    ends = list(accumulate(map(len, lines)))
    codes = chain(["utf-8" if place.end else "utf-8-sig"], repeat("utf-8"))
    reader = csv.reader(line.decode(code, "replace") for line, code in zip(lines, codes, strict=False))
    read = 0
    for row in reader:
        begun, read = read, reader.line_num
        is_whole = ends[read - 1] <= len(raw) and lines[read - 1].endswith(b"\n")
        yield row, place.lines + begun + 1, (place.end + ends[read - 1], place.lines + read) if is_whole else None


def row_of(made: Correction) -> str:
    """Return a correction as a row of the file."""
    if max(len(harmless(text)) for text in made.opinion[4:6]) > _LONGEST:
        raise TableError(f"A text of this correction is longer than {_LONGEST:,} characters. Mark less.")
    return _written([*made.opinion, made.action, made.who, made.when])


def _correction(row: list[str], line: int) -> Correction | None:
    """Return the correction that a row holds, or None if it is not complete."""
    if len(row) != len(_NAMES):
        return None
    review_id, *numbers, quote, theme, polarity, coder, confidence, action, who, when = map(as_meant, row)
    change = _CHANGE.fullmatch(action)
    try:
        sentence, start, end = map(int, numbers)
        sure = float(confidence) if confidence else None
    except ValueError:
        return None
    opinion = Opinion(review_id, sentence, start, end, quote, theme, polarity, coder, sure)
    if not all(0 <= number < _LARGEST for number in (sentence, start, end)):
        return None
    if polarity not in POLARITIES or not _WHEN.fullmatch(when) or not (change or action in ("add", "remove")):
        return None
    before = opinion._replace(polarity=change[1], theme=change[2], confidence=None) if change else opinion
    return Correction(before if action != "add" else None, opinion if action != "remove" else None, who, when, line)


def _written(values: Iterable[object]) -> str:
    """Return a row of the file, in which no spreadsheet finds a formula."""
    row = io.StringIO()
    cells = ["" if value is None else harmless(value) if isinstance(value, str) else value for value in values]
    csv.writer(row).writerow(cells)  # which puts a cell with a sign of its own line end, "\r\n", between quotes
    return row.getvalue().removesuffix("\r\n") + "\n"
