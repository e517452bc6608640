"""Define a correction, and how it is written to a file and read again: as a row of a csv.

Nothing in the file is ever rewritten: an undo appends the opposite. A row counts once it is complete, so only the last
row may be torn. Text that a spreadsheet would run as a formula has an apostrophe before it, which is removed when the
file is read.
"""

import csv
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import NamedTuple, cast

from ..base.safe_text import as_meant, csv_row, harmless
from ..errors import ReadError, TableError
from ..tables.base import CORRECTIONS, OPINIONS
from ..tables.columns import POLARITIES

_LONGEST = 131_072  # characters of a cell that csv can read back
_LARGEST = 2**31  # more characters than any review has
_REMEDY = "Give another path; if a spreadsheet saved it with semicolons or tabs, save it as a csv with commas."
_CHANGE = re.compile(rf"change from ({'|'.join(POLARITIES)}) of (.+)", re.DOTALL)
_NOTE = re.compile("note: (.*)", re.DOTALL)
_WHOLE, _SENTENCE = ("read whole", "not read whole"), ("read sentence", "not read sentence")
_NAMES = CORRECTIONS.names
_WHEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00")


class Opinion(NamedTuple):
    """A row of the opinions table, and what a person noted on it."""

    review_id: str
    sentence: int
    start: int
    end: int
    quote: str
    theme: str
    polarity: str
    coder: str
    confidence: float | None = None
    note: str = ""

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
        if self.before and self.after and self.before.key == self.after.key:
            return f"note: {self.after.note}"
        if self.before and self.after:
            return f"change from {self.before.polarity} of {self.before.theme}"
        return "add" if self.after else "remove"

    def opposite(self) -> "Correction":
        """Return the change that undoes this one, with the time of now."""
        return correction(self.after, self.before, self.who)


def correction(before: Opinion | None, after: Opinion | None, who: str) -> Correction:
    """Return a change with the time of now."""
    return Correction(before, after, who, _now())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class Place(NamedTuple):
    """A review, or one of its sentences: its number, start and end, which are all 0 for the review."""

    review_id: str
    sentence: int = 0
    start: int = 0
    end: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether it is a whole review."""
        return not self.end


class Mark(NamedTuple):
    """A person's word that a review or a sentence was read, or was not after all: who said so, and when.

    Whatever opinion is not there after a person has read a place, that person does not find in it. `shown` tells which
    opinions the coding had there; it is empty in files of earlier versions.
    """

    place: Place
    is_read: bool
    shown: str
    who: str
    when: str


def mark(place: Place, is_read: bool, shown: str, who: str) -> Mark:
    """Return such a word with the time of now."""
    return Mark(place, is_read, shown, who, _now())


def digest(opinions: Iterable[Opinion]) -> str:
    """Return words that tell whether the opinions in a review are still the same."""
    keys = sorted((one.start, one.end, one.theme, one.polarity, one.coder) for one in opinions)
    return f"opinions {hashlib.sha256(repr(keys).encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


class Rows(NamedTuple):
    """What was read of a file: its corrections, the numbers of the lines that hold none, and how many lines it has.

    `read` has what was shown of each place that was read, in the order in which they were marked. A writer first
    writes `closing`, which ends a row that was cut off, and the header unless the file has one.
    """

    corrections: list[Correction]
    torn: list[int]
    lines: int = 0
    has_header: bool = False
    closing: str = ""
    read: Mapping[Place, str] = {}


def parse(raw: bytes, path: str | os.PathLike[str], before: Rows) -> Rows:
    """Return the rows of a file: those that were read before, and those that follow them, which `raw` holds."""
    corrections, torn, has_header = [*before.corrections], [*before.torn], before.has_header
    read = {**before.read}
    other = f"{os.fspath(path)!r} is not a file of corrections:"
    no_header = ReadError(f"{other} it does not begin with {','.join(_NAMES)}. {_REMEDY}")
    try:
        rows = list(_rows(raw, before.lines))
    except csv.Error as error:
        raise ReadError(f"{other} {error}. Give another path.") from error
    is_closed = rows[-1][0] == ["."]
    for row, line in rows[:-1] if is_closed else rows:
        if row == _NAMES:
            has_header = True
        elif not has_header and not ",".join(_NAMES).startswith(",".join(row)):
            raise no_header
        elif made := _correction(row, line):
            corrections.append(made)
        elif one := _mark(row):
            read.pop(one.place, None)
            read |= {one.place: one.shown} if one.is_read else {}
        elif row:
            torn.append(line)
    if torn and not has_header and raw.endswith((b"\r", b"\n")):  # a header that was cut off is the last line
        raise no_header
    closing = '"\n' if not is_closed else "" if raw.endswith(b"\n") or not raw else "\n"
    return Rows(corrections, torn, before.lines + len(raw.splitlines()), has_header, closing, read)


def _rows(raw: bytes, line: int) -> Iterator[tuple[list[str], int]]:
    """Yield each row and its line, and last a row of a dot, which a quote that is still open would take in."""
    lines = [one.decode("utf-8", "replace") for one in (raw + b"\n.").splitlines(keepends=True)]
    lines[0] = lines[0] if line else lines[0].removeprefix("\ufeff")
    reader, begin = csv.reader(lines), 1
    for row in reader:
        yield row, line + begin
        begin = reader.line_num + 1


def appended(made: Correction | Mark, rows: Rows) -> bytes:
    """Return what a writer appends to a file with these rows: a correction, or a mark, as a row."""
    if isinstance(made, Mark):
        actions = _WHOLE if made.place.is_whole else _SENTENCE
        opinion, action = Opinion(*made.place, made.shown, "", "", ""), actions[not made.is_read]
    else:
        opinion, action = made.opinion, made.action
    if max(len(harmless(text)) for text in (*opinion[4:6], action)) > _LONGEST:
        raise TableError(f"A text of this correction is longer than {_LONGEST:,} characters. Mark or note less.")
    row = csv_row([*opinion[:-1], action, made.who, made.when])
    return (rows.closing + ("" if rows.has_header else csv_row(_NAMES)) + row).encode()


def _mark(row: list[str]) -> Mark | None:
    """Return the mark that a row holds, or None if it holds none."""
    if len(row) != len(_NAMES) or row[-3] not in (*_WHOLE, *_SENTENCE) or not _WHEN.fullmatch(row[-1]):
        return None
    place = Place(as_meant(row[0]))
    if row[-3] in _SENTENCE:
        if not all(re.fullmatch("[0-9]{1,9}", cell) for cell in row[1:4]):
            return None
        place = Place(place.review_id, *map(int, row[1:4]))
        if place.start >= place.end:
            return None
    return Mark(place, row[-3] in (_WHOLE[0], _SENTENCE[0]), row[4], as_meant(row[-2]), row[-1])


def _correction(row: list[str], line: int) -> Correction | None:
    """Return the correction that a row holds, or None if it is not complete."""
    if len(row) != len(_NAMES):
        return None
    review_id, *numbers, quote, theme, polarity, coder, confidence, action, who, when = map(as_meant, row)
    change, note = _CHANGE.fullmatch(action), _NOTE.fullmatch(action)
    try:
        sentence, start, end = map(int, numbers)
        sure = float(confidence) if confidence else None
    except ValueError:
        return None
    opinion = Opinion(review_id, sentence, start, end, quote, theme, polarity, coder, sure)
    if not all(0 <= number < _LARGEST for number in (sentence, start, end)):
        return None
    if polarity not in POLARITIES or not _WHEN.fullmatch(when) or not (change or note or action in ("add", "remove")):
        return None
    before = opinion._replace(polarity=change[1], theme=change[2], confidence=None) if change else opinion
    after = opinion._replace(note=note[1]) if note else opinion
    return Correction(before if action != "add" else None, after if action != "remove" else None, who, when, line)
