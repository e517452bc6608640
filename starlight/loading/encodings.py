"""Find how a file's characters are encoded, from its bytes alone: the forms in which spreadsheets and scrapes come."""

from __future__ import annotations

import codecs
import gzip
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from ..errors import ReadError

NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with a byte order mark",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 without a byte order mark",
    "utf-16-be": "UTF-16 without a byte order mark",
    "cp1252": "Windows-1252",
    "latin-1": "Latin-1",
}
BEGINNING = 65_536  # characters in which a header ends
_READ = 1 << 20  # bytes at once
_BOMB, _BOMB_TIMES = 100 << 20, 200  # bytes, and times its size, beyond which no text that people wrote unpacks
_FIRST = 4_096  # bytes in which UTF-16 without a mark shows
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f]")  # no text holds one; 0x1a ends some files of Windows'
_NOT_IN_WINDOWS = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")  # bytes that Windows-1252 gives no character


def open_bytes(path: Path) -> BinaryIO:
    """Open a file for its bytes, one whose name ends in .gz for those that it holds."""
    return gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb")


def open_text(path: Path, codec: str) -> io.TextIOWrapper:
    """Open a text with its line ends as they are; UTF-8 may be torn at its end, where it is still being written."""
    return io.TextIOWrapper(open_bytes(path), codec, "replace" if codec.startswith("utf-8") else "strict", newline="")


def find_encoding(path: Path) -> str:
    """Find the encoding of a file of text, of any length, by reading it once.

    Parameters
    ----------
    path : pathlib.Path
        The file, packed or not.

    Returns
    -------
    str
        As `encoding_of` gives it.

    Raises
    ------
    ReadError
        If it is no text, or is packed and unpacks to more than any text.
    """
    most = max(_BOMB, _BOMB_TIMES * path.stat().st_size)
    with closing(open_bytes(path)) as file:
        return encoding_of(_at_most(most, iter(lambda: file.read(_READ), b""), path.name), path.name)


def _at_most(most: int, parts: Iterable[bytes], name: str) -> Iterator[bytes]:
    """Yield parts, until they are too many."""
    for part in parts:
        most -= len(part)
        if most < 0:
            raise ReadError(
                f"{name} unpacks to over {_BOMB_TIMES} times its size, as no text does. Unpack it yourself."
            )
        yield part


def encoding_of(parts: Iterable[bytes], name: str) -> str:
    """Find the encoding of bytes.

    Parameters
    ----------
    parts : iterable of bytes
        The bytes, in parts as they are read.
    name : str
        What the message calls them.

    Returns
    -------
    str
        A codec's name, one of `NAMES`: UTF-8 or UTF-16 where a mark or the bytes say so; else Windows-1252, which has
        all the letters of Latin-1, or Latin-1 where Windows-1252 has no character for a byte.

    Raises
    ------
    ReadError
        If the bytes are no UTF-8 and hold control characters: they are not text.

    Examples
    --------
    >>> encoding_of(["Café".encode("latin-1")], "a.txt")
    'cp1252'
    """
    utf_8, codec, read = codecs.getincrementaldecoder("utf-8")(), None, 0
    is_utf_8, is_ascii, control, is_windows = True, True, None, True
    for part in parts:
        if not read:
            codec = _marked(part[:_FIRST])
            if codec in ("utf-16", "utf-16-le", "utf-16-be"):
                return codec
        if is_utf_8:
            try:
                is_ascii &= utf_8.decode(part).isascii()
            except UnicodeDecodeError:
                is_utf_8 = False
        if control is None and (found := _CONTROL.search(part)):
            control = read + found.start()
        is_windows = is_windows and not _NOT_IN_WINDOWS.search(part)
        read += len(part)
    torn = utf_8.getstate()[0]  # the beginning of a character at the end: of UTF-8 that is still being written?
    if is_utf_8 and not (torn and is_ascii):
        return codec or "utf-8"
    if control is not None:
        raise ReadError(f"{name} is not text: byte {control} is a control character. Take it out of what you load.")
    return "cp1252" if is_windows else "latin-1"


def _marked(beginning: bytes) -> str | None:
    """Tell a byte order mark, or UTF-16 without one, in which every second byte of Latin text is 0."""
    for mark, codec in _MARKS:
        if beginning.startswith(mark):
            return codec
    for codec, high, low in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        zeros = beginning[high::2].count(0)
        if zeros > len(beginning) / 4 and not beginning[low::2].count(0):
            return codec
    return None
