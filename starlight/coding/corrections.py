"""Keep the corrections of a coding: a csv to which every change is appended.

Nothing in the file is ever rewritten: an undo appends the opposite. A row counts once it is complete, so whenever a
writer is killed, every row that it reported as saved is there, and only the last row may be torn. Text that a
spreadsheet would run as a formula has an apostrophe before it, which is removed when the file is read.
"""

from __future__ import annotations

import csv
import io
import os
import re
import warnings
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, cast

from filelock import FileLock, Timeout

from ..base.files import append_durably
from ..base.safe_text import as_meant, harmless
from ..errors import ReadError, TableError
from ..tables.base import CORRECTIONS, OPINIONS
from ..tables.columns import POLARITIES

_LONGEST = 131_072  # characters of a cell that csv can read back
_SECONDS = 10  # for which a writer waits for another
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


def read_corrections(path: str | os.PathLike[str]) -> list[Correction]:
    """Return the complete corrections in a file, the oldest first; warn of each line that holds none."""
    try:
        corrections, torn, _ = _parse(Path(path).read_bytes(), path)
    except OSError as error:
        raise ReadError(f"The corrections in {os.fspath(path)!r} cannot be read: {error}. Correct the path.") from error
    for line in torn:
        warnings.warn(f"{os.fspath(path)!r}, line {line}: not a complete correction; it is left out.", stacklevel=2)
    return corrections


def append_correction(
    path: str | os.PathLike[str], made: Correction, check: Callable[[list[Correction]], object] | None = None
) -> None:
    """Append a correction to a file, which is created if need be: when this returns, the row is on disk.

    A lock is held meanwhile, on a file of the same name with ``.lock`` after it. `check` is called under the lock with
    all corrections that the file holds; if it raises, nothing is written.
    """
    path = Path(path)
    if max(len(harmless(text)) for text in made.opinion[4:6]) > _LONGEST:
        raise TableError(f"A text of this correction is longer than {_LONGEST:,} characters. Mark less.")
    try:
        with FileLock(f"{path}.lock", timeout=_SECONDS):
            corrections, _, closing = _parse(path.read_bytes() if path.exists() else b"", path)
            if check:
                check(corrections)
            row = _line([*made.opinion, made.action, made.who, made.when])
            append_durably(path, (closing + row).encode())
    except Timeout as error:
        raise ReadError(f"{str(path)!r} is locked by another program for {_SECONDS} seconds. Try again.") from error
    except OSError as error:
        raise ReadError(f"{str(path)!r} cannot be written: {error}. Give another path.") from error


def _parse(raw: bytes, path: str | os.PathLike[str]) -> tuple[list[Correction], list[int], str]:
    """Return the corrections in a file, the lines that hold none, and what must be written before the next row."""
    text = raw.decode("utf-8-sig", errors="replace")
    reader = csv.reader(io.StringIO(text, newline=""))
    corrections: list[Correction] = []
    torn: list[int] = []
    headed, begun, not_one = False, 1, f"{os.fspath(path)!r} is not a file of corrections:"
    other = ReadError(f"{not_one} it does not begin with {_NAMES}. Give another path.")
    try:
        for row in reader:
            line, begun = begun, reader.line_num + 1
            if not row or row == _NAMES:
                headed = headed or bool(row)
            elif not headed and not ",".join(_NAMES).startswith(",".join(row)):
                raise other
            elif made := _correction(row, line):
                corrections.append(made)
            else:
                torn.append(line)
        if torn and not headed and text.endswith(("\r", "\n")):  # a torn header is the last line, and unfinished
            raise other
        *_, last = csv.reader(io.StringIO(f"{text}\n.", newline=""))  # the dot is a row, unless a quote is still open
    except csv.Error as error:
        raise ReadError(f"{not_one} {error}. Give another path.") from error
    closing = '"\n' if last != ["."] else "" if text.endswith("\n") or not text else "\n"
    return corrections, torn, closing + ("" if headed else _line(_NAMES))


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
    if polarity not in POLARITIES or not _WHEN.fullmatch(when) or not (change or action in ("add", "remove")):
        return None
    before = opinion._replace(polarity=change[1], theme=change[2], confidence=None) if change else opinion
    return Correction(before if action != "add" else None, opinion if action != "remove" else None, who, when, line)


def _line(values: Iterable[object]) -> str:
    """Return a row of the file, in which no spreadsheet finds a formula."""
    written = io.StringIO()
    cells = ["" if value is None else harmless(value) if isinstance(value, str) else value for value in values]
    csv.writer(written, lineterminator="\n").writerow(cells)
    return written.getvalue()
