"""Read reviews from JSON: a line for each, a list of them, or an object that holds them in any usual shape."""

import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path

from ..base.safe_text import is_whole
from ..errors import ReadError
from .columns import MOST_COLUMNS, free_name
from .encodings import find_encoding, note_on, open_text
from .limits import Limit, in_parts
from .report import refused
from .rows import Rows, frame_of
from .usual_names import WORKS, is_usual, our_name, plain_name

_BLANKS = re.compile(r"[ \t\n\r]*")
_FIRST = 1 << 20  # characters in which a line that is a record ends
_PARSED, _OBJECT, _PAIR = 10, 80, 80  # what JSON read as a whole takes: times its characters, and bytes for each
# Names of what holds reviews, in the answers of services and in dumps: other names are those of films.
_HELD = (
    "review|result|data|item|comment|entr|row|record|hit|response|list|content|feed|value|doc|node|edge|page|opinion"
    "|post|body|critic|user|audience|train|test|valid|positive|negative|success|payload|kritik|rezension|critique|reseña"
)
_HOLDS = re.compile(_HELD, re.IGNORECASE)
# Names that only a program gives, though they begin with no small letter: _source, @graph, Reviews, UserReviews.
_NO_FILM = re.compile(rf"[_$@]+[a-z]\w*|(?:(?:{_HELD})(?:s|y|ies|en|ation|set|[_ -])*)+", re.IGNORECASE)
# Several names that are dates or languages.
_IN_PARTS = re.compile("(?:19|20)[0-9]{2}(?:-[0-9]{2}){0,2}|[a-z]{2}(?:[-_][A-Za-z]{2})?")
_PLURALS, _OUTLETS = ("", "s", "es", "en", "e", "n"), ("outlet", "publication")
_ONES = ("film", "critic", "outlet")  # what reviews may be held by
_WRAPPED = re.compile(r"\$(?:oid|date|number[A-Z][a-z]+)")  # MongoDB writes {"$date": "2025-05-30"} for a date
_TELLING = ("id", "asin", "isbn", "slug", "url", "link")  # what the names of ids and addresses end in
_names_text = partial(is_usual, ours="text")


def read_json(path: Path, kind: str, rows: int, limit: Limit, encoding: str | None) -> Iterator[Rows]:
    """Yield the reviews of a file of JSON; one of lines is read twice, first for their names."""
    codec = encoding or find_encoding(path, limit)
    notes = [note_on(codec, encoding)]
    with closing(open_text(path, codec)) as file:
        whole = None if _is_in_lines(file, kind) else _whole(file, kind, limit)
        names: dict[str, None] = {}
        for record in _lines(file, limit) if whole is None else whole:
            if isinstance(record, dict) and not _wrong(record):
                names |= dict.fromkeys(record)
            if len(names) > MOST_COLUMNS:
                raise ValueError(f"it has {len(names):,} names, and a table of reviews has at most {MOST_COLUMNS:,}")
        for part in in_parts(enumerate(_lines(file, limit) if whole is None else whole, 1), rows, limit):
            wrong = {number: reason for number, record in part if (reason := _wrong(record))}
            problems = [refused(number, None, record, wrong[number]) for number, record in part if number in wrong]
            yield Rows(frame_of([one for one in part if one[0] not in wrong], list(names)), [*notes, *problems], {})
            notes = []
        if notes:
            yield Rows(frame_of({}, list(names)), notes, {})


def _is_in_lines(file: io.TextIOWrapper, kind: str) -> bool:
    """Return whether each line of a file is a value by itself; else the file as a whole is one."""
    first = "\n"
    while first.isspace():
        first = file.readline(_FIRST)
    if kind == ".json" and (first.startswith("[") or not file.read(_FIRST).strip()):
        return False
    return _is_json(first) or not first.startswith(("[", "{"))


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _whole(file: io.TextIOWrapper, kind: str, limit: Limit) -> list[object] | None:
    """Return the reviews that a file holds as a whole; None if it is one of lines, of which some are damaged."""
    file.seek(0)
    text, at, values = file.read(limit.most // _PARSED + 1), 0, list[object]()
    limit.check(_PARSED * len(text), "its JSON")
    taken = 0

    def counted(pairs: list[tuple[str, object]]) -> dict[str, object]:
        nonlocal taken
        taken += _OBJECT + _PAIR * len(pairs)
        limit.check(taken, "the objects in its JSON")
        return _unique(pairs)

    decoder = json.JSONDecoder(object_pairs_hook=counted)
    while (at := _BLANKS.match(text, at).end()) < len(text):  # type: ignore[union-attr]
        try:
            value, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            lines = [line for line in text.splitlines() if line.strip()]
            if not text.lstrip().startswith("[") and (2 * sum(map(_is_json, lines)) >= len(lines) or len(lines) == 1):
                return None
            raise ValueError(f"its JSON is cut off or damaged ({error})") from error
        values.append(value)
    if kind == ".json" and len(values) == 1 and isinstance(one := values[0], dict):
        if not (found := _found(one, is_sure=True) or _found(one, is_sure=False)):
            raise ReadError(
                f"{limit.name} holds one JSON object, in which no reviews were found (it has "
                f"{', '.join(map(repr, one))[:300]}). Give the list of the reviews alone, each an object with a text."
            )
        return list(found)
    values = values[0] if len(values) == 1 and isinstance(values[0], list) else values
    return [row for one in values for row in _rows_in(one)]


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    _check_unique([name for name, _ in pairs])
    return dict(pairs)


_DECODER = json.JSONDecoder(object_pairs_hook=_unique)


def _check_unique(names: list[str]) -> None:
    if len(set(names)) < len(names):
        ((twice, _),) = Counter(names).most_common(1)
        raise ValueError(f"an object in it has the name {twice[:100]!r} twice")


def _lines(file: io.TextIOWrapper, limit: Limit) -> Iterator[object]:
    """Yield the reviews of each line from a file's beginning; a line that is not JSON stays the text that it is."""
    file.seek(0)
    for line in limit.lines(file):
        if line.strip():
            try:
                yield from _rows_in(_DECODER.decode(line))
            except (ValueError, RecursionError):
                yield line


def _rows_in(value: object) -> list[object]:
    """Return the reviews that a value holds, however deep, or the value itself if it holds none."""
    if not (isinstance(value, dict) and any(isinstance(one, dict | list) for one in value.values())):
        return [value]
    return list(_found(value, is_sure=True) or [_flat(value)])


def _found(value: object, of: str | None = None, *, is_sure: bool) -> list[dict[str, object]]:
    """Return the objects in a value that are reviews: that name a text or, if need be, that hold any.

    `of` is what the value is a list of, if that is films, critics or outlets.
    """
    if isinstance(value, list):
        if not is_sure and all(map(_is_record, value)):
            return [_named(_flat(one), of) for one in value]
        return [row for one in value for row in _found(one, of, is_sure=is_sure)]
    if not isinstance(value, dict):
        return []
    if columns := _transposed(value):
        return columns
    within = {name: found for name, one in value.items() if (found := _found(one, _each(name), is_sure=is_sure))}
    if is_sure and _is_review(value) and not any("review" in name.lower() for name in within):
        return [_named(_flat(value), of)]  # else its text is about the film, and the reviews are within
    if not within and not is_sure and any(isinstance(one, str) for one in value.values()):
        return [_named(_flat(value), of)]
    return _labelled(value, within, of)


def _is_record(value: object) -> bool:
    """Return whether an object has cells of its own, and what it holds are cells too: {"id": 7, "by": {"name": "Ann"}}.

    It holds no list of objects then, and no objects that hold others.
    """
    if not isinstance(value, dict) or all(isinstance(one, dict | list) for one in value.values()):
        return False
    within = [cell for one in value.values() for cell in (one.values() if isinstance(one, dict) else [one])]
    cells = [cell for one in within for cell in (one if isinstance(one, list) else [one])]
    return not any(isinstance(cell, dict | list) for cell in cells)


def _each(name: str) -> str | None:
    """Return what each value in a list of this name is, such as "critics": a film, a critic, an outlet, or None."""
    ones = [our_name(name.removesuffix(end)) for end in _PLURALS if name.endswith(end)]
    return next((one for one in ones if one in _ONES), None)


def _named(row: dict[str, object], of: str | None) -> dict[str, object]:
    """Return a review that stands in a list of films, critics or outlets, in which its name is theirs."""
    plain = _plain(row) if of else row
    own = next((name for name in ("title", "name") if name in plain and (of == "film" or name == "name")), None)
    if not of or not own or of in map(our_name, row):
        return row
    return {of if name == own else name: cell for name, cell in plain.items()}


def _plain(record: Mapping[str, object]) -> dict[str, object]:
    """Return an object in which Title, or titel, is `title`, and Name is `name`."""
    plain = dict[str, object]()
    for name, cell in record.items():
        one = "title" if plain_name(name) in WORKS else "name" if plain_name(name) == "name" else name
        plain[name if one in record or one in plain else one] = cell
    return plain


def _is_review(value: object) -> bool:
    return isinstance(value, dict) and any(_names_text(name) and isinstance(value[name], str | None) for name in value)


def _is_alone(value: object) -> bool:
    """Return whether an object is one review, or holds one and not a list of them."""
    return isinstance(value, dict) and (_is_review(value) or any(map(_is_alone, value.values())))


def _labelled(
    value: Mapping[str, object], within: Mapping[str, list[dict[str, object]]], of: str | None
) -> list[dict[str, object]]:
    """Return the reviews that an object holds under its names, each with what these and the object tell about it."""
    within = {name: found for name, found in within.items() if isinstance(value[name], list)} or within
    are_usual = all(
        _NO_FILM.fullmatch(name) or _each(name) or (name[:1].islower() and (len(within) == 1 or _HOLDS.search(name)))
        for name in within
    ) or (len(within) > 1 and all(map(_IN_PARTS.fullmatch, within)))
    if all(_is_review(value[name]) for name in within) and not are_usual:
        return [{"id" if not of or of in map(our_name, row) else of: name} | row for name, (row,) in within.items()]
    beside = _flat({name: one for name, one in value.items() if name not in within})
    rows = []
    for name, found in within.items():
        of_rows = set(map(our_name, {name for row in found for name in row}))
        told = beside if len(within) == len(found) == 1 and _is_alone(value[name]) else _told(beside, found, of)
        if told.keys().isdisjoint(_ONES) and (len(within) > 1 or not are_usual):
            told |= {"held under" if are_usual or (of or "film") in of_rows else of or "film": name}
        rows += [{f"above.{one}" if one in row else one: cell for one, cell in told.items()} | row for row in found]
    return rows


def _told(beside: Mapping[str, object], found: Iterable[Mapping[str, object]], of: str | None) -> dict[str, object]:
    """Return the film, critic and outlet that stand beside a list of reviews, and then all else that does.

    A title there is that of the film, and a name too, unless each review has its film: then it is the critic's. In a
    list of films, critics or outlets it is theirs. A name beside reviews with titles and without critics may be either:
    `columns` decides. Where nothing is told but a page or a count, only ids and addresses are kept.
    """
    beside, within = _plain(beside), {name for row in found for name in row}
    of_rows, are_titled = set(map(our_name, within)), any(plain_name(name) in WORKS for name in within)
    names = {str(our_name(name)): name for name in reversed(list(beside)) if name not in ("title", "name")}
    names = {ours: name for ours, name in names.items() if ours in _ONES[:2] or plain_name(name) in _OUTLETS}
    is_either = not (of or names or "title" in beside or "critic" in of_rows) and are_titled
    may_be = {"title": ("film",), "name": (of,) if of else () if is_either else ("film", "critic")}
    for name in ("title", "name") if of in (None, "film") else ("name",):
        for ours in may_be[name]:
            if name in beside and name not in names.values() and ours not in of_rows | names.keys():
                names[ours] = name
    rest = {f"above.{name}": one for name, one in beside.items() if name not in names.values()}
    if not names and not ("title" in beside and "film" in of_rows) and not (is_either and "name" in beside):
        return {name: one for name, one in rest.items() if plain_name(name).endswith(_TELLING)}
    return {ours: beside[name] for ours, name in names.items()} | rest


def _transposed(value: Mapping[str, object]) -> list[dict[str, object]]:
    """Return the rows of columns, as pandas writes them: lists or objects of cells, or rows beside their names."""
    names, data = value.get("columns"), value.get("data")
    if isinstance(names, list) and isinstance(data, list) and all(isinstance(one, list) for one in data):
        _check_unique([*map(str, names)])
        return [dict(zip(map(str, names), row, strict=False)) for row in data]
    columns = {name: one for name, one in value.items() if isinstance(one, dict | list)}
    if len(columns) < len(value) or not any(map(_names_text, columns)):
        return []
    cells = {name: one if isinstance(one, dict) else dict(enumerate(one)) for name, one in columns.items()}
    if any(isinstance(cell, dict | list) for name, one in cells.items() if _names_text(name) for cell in one.values()):
        return []
    places = dict.fromkeys(place for one in cells.values() for place in one)
    return [{name: one.get(place) for name, one in cells.items()} for place in places]


def _flat(record: Mapping[str, object]) -> dict[str, object]:
    """Return an object in which the names of an object within it stand beside its own: `author.name`."""
    flat = dict[str, object]()
    for name, one in record.items():
        while isinstance(one, dict) and len(one) == 1 and _WRAPPED.fullmatch(str(next(iter(one)))):
            (one,) = one.values()
        within = {f"{name}.{inner}": cell for inner, cell in _flat(one).items()} if isinstance(one, dict) else {}
        for inner, cell in (within or {name: one}).items():
            flat[free_name(inner, flat)] = cell
    return flat


def _wrong(record: object) -> str | None:
    """Return why a record cannot be a row, or None."""
    if not isinstance(record, dict):
        why = 'it is not a JSON object, such as {"text": "It glows."}'
        try:
            _DECODER.decode(str(record))
        except (json.JSONDecodeError, RecursionError):
            return why
        except ValueError as error:  # of two values of one name, Python's reader would keep the last
            return f"{error}: rename one of the two"
        return why
    if not all(map(is_whole, record)):
        return "a name holds half of a character, such as a broken emoji: remove it"
    return None
