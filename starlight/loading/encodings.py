"""Find the encoding of a file from its bytes: UTF-8, 16 or 32, Windows-1252 or Latin-1, as spreadsheets and sites use.

Where bytes would be no words in Windows-1252, such as isnÕt or Õâ²¿µçÓ°, chardet finds what else they are.
"""

import codecs
import gzip
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from itertools import pairwise
from pathlib import Path

from ..errors import ReadError, shown
from .limits import Limit
from .report import Problem, noted

NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with a byte order mark",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 without a byte order mark",
    "utf-16-be": "UTF-16 without a byte order mark",
    "utf-32": "UTF-32",
    "cp1252": "Windows-1252",
    "latin-1": "Latin-1",
}
BEGINNING = 65_536  # characters in which a header ends
_READ = 1 << 20  # bytes at once
_FIRST = 4_096  # bytes in which UTF-16 without a mark shows
_MARKS = (
    *((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32")),
    *((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")),  # after UTF-32's, which begins with the first
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f]")  # not in any text; 0x1a ends some files from Windows
_LINE = re.compile(rb"[^\n]*[\x80-\xff][^\n]*")  # with a character that is not ASCII
_SAMPLE = 1 << 16  # bytes of such lines, which tell the encoding
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_WESTERN = "àâäáãåæçéèêëíìîïñóòôöõøœúùûüßÀÂÄÁÃÅÇÉÈÊËÍÎÏÑÓÔÖÕØÚÛÜ"
_SIGNS = "’“”‘–—…€«»°£©®™½¡¿\xa0\xad·•„ºª\ufffd"  # the last for bytes that have no character
# What programs wrote that people still have, by Python's names.
_USUAL = [
    *("gb18030", "big5", "big5hkscs", "shift_jis", "cp932", "euc-jp", "euc-kr", "cp949", "koi8-r", "koi8-u"),
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874"),
    *("iso-8859-2", "iso-8859-5", "iso-8859-7", "iso-8859-9", "mac-roman", "mac-cyrillic"),
    *("cp437", "cp850", "cp852", "cp866"),
]
_MOST_ODD = 20  # one in so many characters may be odd in Windows-1252
_NOT_IN_WINDOWS = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")  # bytes without a character in Windows-1252


def open_bytes(path: Path) -> gzip.GzipFile | io.BufferedReader:
    """Open a file for its bytes; one whose name ends in .gz is unpacked."""
    return gzip.open(path) if path.suffix.lower() == ".gz" else path.open("rb")


def open_text(path: Path, codec: str) -> io.TextIOWrapper:
    """Open a text with its line ends as they are; UTF-8 may end within a character, if it is still being written."""
    errors = "strict" if is_wide(codec) else "replace"
    return io.TextIOWrapper(open_bytes(path), codec, errors, newline="")


def is_wide(codec: str) -> bool:
    """Return whether an encoding is UTF-16 or UTF-32, in which ASCII is not written as it is."""
    return codec.startswith(("utf-16", "utf-32"))


def checked(encoding: str) -> str:
    """Return the name that Python has for the encoding of a text; refuse what it knows none of."""
    try:
        "a".encode(encoding).decode(encoding)  # raises for Python's "hex" and "rot13", which are not encodings of text
        return codecs.lookup(encoding).name
    except (LookupError, TypeError, ValueError) as error:
        raise ReadError(f"encoding is {shown(encoding)}; it must be one that Python knows, such as 'gbk'.") from error


def note_on(codec: str, given: str | None) -> Problem:
    """Return the note on the encoding of a file."""
    guessed = "" if codec in NAMES else ", guessed from its letters; if it is wrong, give encoding="
    how = ", as encoding= says" if given else guessed
    return noted(None, NAMES.get(codec, codec), f"the encoding of the file{how}")


def find_encoding(path: Path, limit: Limit) -> str:
    """Return the encoding of a file of any length that does not unpack to more than its limit."""

    def parts() -> Iterator[bytes]:
        while part := file.read(_READ):
            limit.check_unpacked(file.tell())
            yield part

    with closing(open_bytes(path)) as file:
        return encoding_of(parts(), path.name)


def encoding_of(parts: Iterable[bytes], name: str) -> str:
    """Return the encoding of bytes, which come in parts; refuse bytes that are not text."""
    utf_8, codec, read, sample = codecs.getincrementaldecoder("utf-8")(), None, 0, b""
    is_utf_8, is_ascii, control, is_windows = True, True, None, True
    for part in parts:
        if not read:
            codec = _marked(part[:_FIRST])
            if codec and is_wide(codec):
                return codec
        try:
            is_ascii &= not is_utf_8 or utf_8.decode(part).isascii()
        except UnicodeDecodeError:
            is_utf_8 = False
        if control is None and (found := _CONTROL.search(part)):
            control = read + found.start()
        if len(sample) < _SAMPLE and not part.isascii():
            sample += b"\n".join(line[0] for line in _LINE.finditer(part))[: _SAMPLE - len(sample)] + b"\n"
        is_windows = is_windows and not _NOT_IN_WINDOWS.search(part)
        read += len(part)
    torn = utf_8.getstate()[0]  # a character that is cut off at the end, as in UTF-8 that is still being written
    if is_utf_8 and not (torn and is_ascii):
        return codec or "utf-8"
    if control is not None:
        raise ReadError(f"{name} is not text: byte {control} is a control character. Remove it, or leave the file out.")
    return _by_letters(sample) or ("cp1252" if is_windows else "latin-1")


def _by_letters(sample: bytes) -> str | None:
    """Return what chardet takes lines for that would be no words in Windows-1252; None if they would be.

    A file with a line of UTF-8 may be all UTF-8, but for some lines.
    """
    text = sample.decode("cp1252", "replace")
    runs = [text[max(found.start() - 1, 0) : found.end()] for found in _FOREIGN.finditer(text)]
    if sum(map(_odd, runs)) * _MOST_ODD <= sum(map(len, runs)):
        return None
    for line in sample.splitlines():
        with suppress(UnicodeDecodeError):
            if not line.decode().isascii():
                return None
    import chardet  # loaded here: `import starlight` stays fast, and few files need it

    with suppress(LookupError, TypeError, UnicodeDecodeError):
        codec = codecs.lookup(chardet.detect(sample, include_encodings=_USUAL)["encoding"] or "").name
        sample.decode(codec)
        return None if codec in ("ascii", "cp1252", "iso8859-1", "utf-8") else codec
    return None


def _odd(run: str) -> int:
    """Return how many characters of a run, which stands behind its first, would not stand there in a Western text."""
    western = [sign in _SIGNS or (sign in _WESTERN and len(run) < 4) for sign in run[1:]]
    within = [(one.islower() and two.isupper()) or (one.isalpha() and two == "\ufffd") for one, two in pairwise(run)]
    return western.count(False) + within.count(True)


def _marked(beginning: bytes) -> str | None:
    """Return the encoding that a byte order mark tells, or UTF-16 if every second byte is 0, as in Latin text."""
    for mark, codec in _MARKS:
        if beginning.startswith(mark):
            return codec
    for codec, high, low in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        zeros = beginning[high::2].count(0)
        if zeros > len(beginning) / 4 and not beginning[low::2].count(0):
            return codec
    return None
