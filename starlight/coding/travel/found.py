"""What the readers of all formats find in a file, and how they refuse one that is damaged or a trap."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from ...errors import ReadError, shown

_MOST = 100 << 20  # bytes of XML, JSON and texts that are read of a file


class Text(NamedTuple):
    """A text that was coded, and what else the file tells of it."""

    id: str
    text: str
    cells: dict[str, object]


class Coding(NamedTuple):
    """A code on a place in a text. `path` has the names of the codes above it, then its own.

    `said` are the words there, if the file gives them, and `before` and `after` those around them.
    """

    text: str
    start: int
    end: int
    said: str
    path: tuple[str, ...]
    coder: str
    note: str = ""
    confidence: float | None = None
    before: str = ""
    after: str = ""


class Code(NamedTuple):
    """A code of a codebook, and what Starlight stored with it; `is_group` is one with codes below it, or a theme."""

    path: tuple[str, ...]
    covers: str
    color: str | None
    is_codable: bool
    is_group: bool
    data: Mapping[str, object]


class Found(NamedTuple):
    """What was found in a file. `left_out` counts what is no coding of a text, and `book` are its codes, if any.

    `quoted` says whether the words given with codings are what was coded, and `joined` whether the program is known to
    count a line end of two characters as one.
    """

    texts: list[Text]
    codings: list[Coding]
    left_out: Counter[str]
    book: list[Code] | None = None
    quoted: bool = True
    joined: bool = False


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file, unless they are too many."""
    check_size(path.stat().st_size, path.name)
    return path.read_bytes()


def check_size(size: int, name: str) -> None:
    """Refuse a file that holds, or unpacks to, more than is read."""
    if size > _MOST:
        raise ReadError(f"{name} holds more than {_MOST >> 20} MB of codes and texts. Save it in parts.")


def parsed(raw: bytes, name: str) -> Any:
    """Return what a file of JSON holds."""
    try:
        found = json.loads(raw.decode("utf-8-sig"))
        if b"\\ud" in raw.lower():  # an escape that may stand for half of a character
            json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise ReadError(f"{name} is not JSON: {error}. Save it again.") from error
    return found


def objects(value: object, where: str) -> list[dict[str, Any]]:
    """Return a list of JSON objects, or one of them as a list; None is an empty list, and anything else is refused."""
    items: list[Any] = [] if value is None else value if isinstance(value, list) else [value]
    for item in items:
        if not isinstance(item, dict):
            raise ReadError(f"{where}: {shown(item)} stands where an object should. Save the file again.")
    return items


def place_of(value: Mapping[str, Any], where: str) -> tuple[int, int]:
    """Return where a coding begins and ends."""
    start, end = value.get("start"), value.get("end")
    if type(start) is not int or type(end) is not int:
        raise ReadError(f"{where}: start {shown(start)} and end {shown(end)} are no positions. Save the file again.")
    return start, end


def text_of(value: object) -> str:
    """Return a text as it is, and nothing for what is none."""
    return value if isinstance(value, str) else ""


def last_part(address: str) -> str:
    """Return the last part of an address, such as the name of a file or tag."""
    return unquote(re.split("[/#]", address.rstrip("/"))[-1])


def strings(value: object) -> list[str]:
    """Return the texts in a list, or one as a list."""
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def confidence_of(value: object) -> float | None:
    """Return a confidence, and None for what is none."""
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if 0 <= number <= 1 else None
