"""Read reviews from JSON: a line for each, a list of them, or an object that holds them in any usual shape."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from ..base.safe_text import is_whole
from ..errors import ReadError
from .columns import MOST_COLUMNS
from .encodings import BEGINNING, find_encoding, note_on, open_text
from .limits import Limit, in_parts
from .report import refused
from .rows import Rows, frame_of
from .usual_names import names_films, names_texts

_BLANKS = re.compile(r"[ \t\n\r]*")
_PARSED = 10  # times the characters of JSON that its objects take
# Names of what holds reviews, in the answers of services and in dumps: other names are those of films.
_HOLDS = re.compile(
    "review|result|data|item|comment|entr|row|record|hit|response|list|content|feed|value|doc|node|edge|page|opinion"
    "|post|body|critic|user|audience|train|test|valid|positive|negative|success|payload",
    re.IGNORECASE,
)


class _TwiceError(ValueError):
    """An object has two values of one name, of which Python's reader would keep the last."""


class _Refused(str):
    """A line that is JSON and cannot be a row."""

    __slots__ = ("reason",)
    reason: str


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    _check_unique([name for name, _ in pairs])
    return dict(pairs)


def _check_unique(names: list[str]) -> None:
    if len(set(names)) < len(names):
        ((twice, _),) = Counter(names).most_common(1)
        raise _TwiceError(f"an object in it has the name {twice[:100]!r} twice")


_DECODER = json.JSONDecoder(object_pairs_hook=_unique)


def read_json(path: Path, kind: str, rows: int, limit: Limit, encoding: str | None) -> Iterator[Rows]:
    """Yield the reviews of a file of JSON, read twice for their names."""
    codec = encoding or find_encoding(path, limit)
    notes = [note_on(codec, encoding)]
    with closing(open_text(path, codec)) as file:
        records = _reader(file, kind, limit)
        names = _names(records())
        for part in in_parts(enumerate(records(), 1), rows, limit):
            wrong = {number: reason for number, record in part if (reason := _wrong(record))}
            problems = [refused(number, None, record, wrong[number]) for number, record in part if number in wrong]
            frame = frame_of([one for one in part if one[0] not in wrong], names)
            yield Rows(frame, [*notes, *problems], {})
            notes = []
        if notes:
            yield Rows(frame_of({}, names), notes, {})


def _reader(file: io.TextIOWrapper, kind: str, limit: Limit) -> Callable[[], Iterable[object]]:
    """Return the function that reads the records of a file from its beginning."""
    beginning = file.read(BEGINNING).lstrip()
    first, _, more = beginning.partition("\n")
    if beginning.startswith("[") and (kind == ".json" or not _is_json(first)):
        return lambda: (row for one in _elements(file, limit) for row in _rows_in(one, at_least=True))
    if beginning.startswith("{") and not (more.strip() and _is_json(first)):
        file.seek(0)
        text = "".join(limit.lines(file))
        limit.check(_PARSED * len(text), "its JSON")
        if (values := _values(text)) is not None:
            is_one = len(values) == 1 and kind == ".json"
            found = _rows_in(values[0]) if is_one else [row for one in values for row in _rows_in(one, at_least=True)]
            if not found:
                names = ", ".join(map(repr, list(values[0])[:10] if isinstance(values[0], dict) else values))
                raise ReadError(
                    f"{limit.name} holds one JSON object, in which no reviews were found (it has {names[:300]}). "
                    "Give the list of the reviews alone, each an object with a text."
                )
            return lambda: found
    return lambda: (row for one in _lines(file, limit) for row in _rows_in(one, at_least=True))


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _values(text: str) -> list[object] | None:
    """Return the objects that follow each other in a text; None if these are lines of which some are damaged."""
    values, at = list[object](), 0
    while (at := _BLANKS.match(text, at).end()) < len(text):  # type: ignore[union-attr]
        try:
            value, at = _DECODER.raw_decode(text, at)
        except json.JSONDecodeError as error:
            lines = [line for line in text.splitlines() if line.strip()]
            if 2 * sum(map(_is_json, lines)) >= len(lines) or len(lines) == 1:
                return None
            raise ValueError(f"its JSON is cut off or damaged ({error})") from error
        values.append(value)
    return values


def _lines(file: io.TextIOWrapper, limit: Limit) -> Iterator[object]:
    """Yield what each line holds from the beginning of a file; a line that is not JSON stays the text that it is."""
    file.seek(0)
    for line in limit.lines(file):
        if line.strip():
            try:
                yield _DECODER.decode(line)
            except _TwiceError as error:
                refused_line = _Refused(line.strip())
                refused_line.reason = str(error)
                yield refused_line
            except (ValueError, RecursionError):
                yield line


def _rows_in(value: object, *, at_least: bool = False) -> list[object]:
    """Return the reviews that a value holds, however deep; `at_least` returns the value itself if it holds none."""
    if at_least and not (isinstance(value, dict) and any(isinstance(one, dict | list) for one in value.values())):
        return [value]
    found = _found(value, is_sure=True) or ([] if at_least else _found(value, is_sure=False))
    return list(found) or ([_flat(value) if isinstance(value, dict) else value] if at_least else [])


def _found(value: object, *, is_sure: bool) -> list[dict[str, object]]:
    """Return the objects in a value that are reviews: that name a text or, if need be, that hold any."""
    if isinstance(value, list):
        return [row for one in value for row in _found(one, is_sure=is_sure)]
    if not isinstance(value, dict):
        return []
    if columns := _transposed(value):
        return columns
    if is_sure and _is_review(value):
        return [_flat(value)]
    within = {name: found for name, one in value.items() if (found := _found(one, is_sure=is_sure))}
    if not within and not is_sure and any(isinstance(one, str) for one in value.values()):
        return [_flat(value)]
    return _labelled(value, within)


def _is_review(value: object) -> bool:
    return isinstance(value, dict) and any(names_texts(name) and isinstance(value[name], str | None) for name in value)


def _labelled(value: Mapping[str, object], within: Mapping[str, list[dict[str, object]]]) -> list[dict[str, object]]:
    """Return the reviews that an object holds under its names, each with what these names tell about it."""
    within = {name: found for name, found in within.items() if isinstance(value[name], list)} or within
    if len(within) > 1 and all(_is_review(value[name]) for name in within):
        return [{"id": name} | row for name, (row,) in within.items()]
    are_usual = all(name[:1].islower() and (len(within) == 1 or _HOLDS.search(name)) for name in within)
    label = "held under" if are_usual else "film"
    beside = {name: one for name, one in value.items() if names_films(name) and isinstance(one, str)}
    rows = []
    for name, found in within.items():
        told = beside or ({label: name} if label == "film" or len(within) > 1 else {})
        rows += [row if label == "film" and any(map(names_films, row)) else told | row for row in found]
    return rows


def _transposed(value: Mapping[str, object]) -> list[dict[str, object]]:
    """Return the rows of columns, as pandas writes them: lists or objects of cells, or rows beside their names."""
    names, data = value.get("columns"), value.get("data")
    if isinstance(names, list) and isinstance(data, list) and all(isinstance(one, list) for one in data):
        _check_unique([*map(str, names)])
        return [dict(zip(map(str, names), row, strict=False)) for row in data]
    columns = {name: one for name, one in value.items() if isinstance(one, dict | list)}
    if len(columns) < len(value) or not any(map(names_texts, columns)):
        return []
    cells = {name: one if isinstance(one, dict) else dict(enumerate(one)) for name, one in columns.items()}
    if any(isinstance(cell, dict | list) for name, one in cells.items() if names_texts(name) for cell in one.values()):
        return []
    places = dict.fromkeys(place for one in cells.values() for place in one)
    return [{name: one.get(place) for name, one in cells.items()} for place in places]


def _flat(record: Mapping[str, object], before: str = "") -> dict[str, object]:
    """Return an object in which the names of an object within it stand beside its own: `author.name`."""
    flat = dict[str, object]()
    for name, one in record.items():
        flat |= _flat(one, f"{before}{name}.") if isinstance(one, dict) and one else {before + name: one}
    return flat


def _elements(file: io.TextIOWrapper, limit: Limit) -> Iterator[object]:
    """Yield the elements of an array from the beginning of a file, without holding all of them."""
    file.seek(0)
    text, at, number = file.read(BEGINNING), 0, 0
    sign, at = "[", text.index("[") + 1
    while sign != "]":
        is_end = number == 0 and text[at:].lstrip().startswith("]")
        try:
            found, end = (None, at) if is_end else _DECODER.raw_decode(text, _BLANKS.match(text, at).end())  # type: ignore[union-attr]
            end = _BLANKS.match(text, end).end()  # type: ignore[union-attr]
            sign = text[end]
        except (json.JSONDecodeError, IndexError) as error:  # it is not whole yet, or never will be
            limit.check_row(len(text) - at, f"element {number + 1}")
            more = file.read(max(BEGINNING, len(text) - at))
            if not more:
                raise ValueError(f"element {number + 1} of its array is cut off or damaged ({error})") from error
            text, at = text[at:] + more, 0
            continue
        if sign not in ",]":
            raise ValueError(f"there is no comma after element {number + 1} of its array")
        at, number = end + 1, number + 1
        if not is_end:
            yield found
    if (text[at:] + file.read(BEGINNING)).strip():
        raise ValueError(f"there is something after its array of {number} elements")


def _names(records: Iterable[object]) -> list[str]:
    names: dict[str, None] = {}
    for record in records:
        if isinstance(record, dict) and not _wrong(record):
            names |= dict.fromkeys(record)
        if len(names) > MOST_COLUMNS:
            raise ValueError(f"it has {len(names):,} names, and a table of reviews has at most {MOST_COLUMNS:,}")
    return list(names)


def _wrong(record: object) -> str | None:
    """Return why a record cannot be a row, or None."""
    if isinstance(record, _Refused):
        return record.reason
    if not isinstance(record, dict):
        return 'it is not a JSON object, such as {"text": "It glows."}'
    if not all(map(is_whole, record)):
        return "a name holds a damaged character (half of a pair)"
    return None
