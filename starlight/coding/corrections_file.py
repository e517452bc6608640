"""Keep corrections in a file to which several programs may append, each row on disk once it is reported as saved.

What was read once is not read again: while the file is as it was left, only its date and size are looked at. Else it is
compared with what was read, and only what follows is taken apart. Whenever a writer is killed, every row that it
reported as saved is there.
"""

from __future__ import annotations

import hashlib
import os
import stat
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from ..base.files import append_durably
from ..errors import ReadError
from .corrections import Correction, Place, parse, row_of

_SECONDS = 10  # for which a writer waits for another
_UNKNOWN = (-1,)  # the date and size of a file that must be looked at again


class CorrectionsFile:
    """A file of corrections, which need not exist yet: `corrections` are those that were there when it was last read.

    `torn` has the numbers of the lines that hold none.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self._forget()

    def _forget(self) -> None:
        self.corrections: list[Correction] = []
        self.torn: list[int] = []
        self._place, self._settled, self._digest = Place(), (0, 0), hashlib.sha256()
        self._left: tuple[int, ...] | None = _UNKNOWN
        self._take(b"")

    def read(self) -> bool:
        """Read what was added to the file; tell whether all that was read before is still there."""
        try:
            return self._read()
        except OSError as error:
            what = f"The corrections in {str(self.path)!r} cannot be read: {error}"
            raise ReadError(f"{what}. Correct the path.") from error

    def _read(self) -> bool:
        found = _date_and_size(self.path)
        if found == self._left:
            return True
        raw, before, end = self.path.read_bytes() if found else b"", self.corrections, self._place.end
        if hashlib.sha256(raw[:end]).digest() == self._digest.digest():
            self._take(raw[end:])
        else:
            parse(raw, self.path, Place())  # if it is no file of corrections any more, nothing is forgotten
            self._forget()
            self._take(raw)
        self._left = found if found is None or found[-1] == len(raw) else _UNKNOWN
        return before == self.corrections[: len(before)]

    def append(self, made: Correction, check: Callable[[bool], object] = bool) -> None:
        """Append a correction: when this returns, the row is on disk.

        A lock is held meanwhile, in a hidden file beside it. Under it `check` is called with what `read` returns; if it
        raises, nothing is written.
        """
        row = row_of(made)
        with self._locked():
            check(self._read())
            new = (self._closing + row).encode()
            append_durably(self.path, new)
            self._take(self._open + new)
            found = _date_and_size(self.path)
            self._left = found if found and found[-1] == self._place.end else _UNKNOWN

    def warn_of_torn(self) -> None:
        """Warn of each line that holds no correction."""
        for line in self.torn:
            warnings.warn(f"{str(self.path)!r}, line {line}: not a complete correction; it is left out.", stacklevel=5)

    def _take(self, raw: bytes) -> None:
        """Take in what follows the rows that are read for good."""
        rows = parse(raw, self.path, self._place)
        read = rows.place.end - self._place.end
        corrections, torn = self._settled
        self.corrections = [*self.corrections[:corrections], *rows.corrections]
        self.torn = [*self.torn[:torn], *rows.torn]
        self._settled = (corrections + rows.settled[0], torn + rows.settled[1])
        self._digest.update(raw[:read])
        self._open, self._place, self._closing = raw[read:], rows.place, rows.closing

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Keep other writers off the file; say what goes wrong meanwhile."""
        path = Path(os.path.realpath(self.path))
        lock = path.with_name(f".{path.name}.lock")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(lock, timeout=_SECONDS):
                _open_to_the_same(lock, path)
                yield
        except Timeout as error:
            raise ReadError(f"{str(path)!r} is locked by another program for {_SECONDS} seconds. Try again.") from error
        except OSError as error:
            raise ReadError(f"{str(path)!r} cannot be written: {error}. Give another path.") from error


def _date_and_size(path: Path) -> tuple[int, ...] | None:
    """Return what tells a file that was written to from the one before, the size last; None if there is no file."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size


def _open_to_the_same(lock: Path, path: Path) -> None:
    """Let those write the lock who may write the file."""
    if os.name != "posix" or not path.exists():
        return
    file, there = path.stat(), lock.stat()
    mode = stat.S_IMODE(file.st_mode) & 0o066 | 0o600
    with suppress(PermissionError):  # it is another's, who does this
        if there.st_gid != file.st_gid:
            os.chown(lock, -1, file.st_gid)
        if stat.S_IMODE(there.st_mode) != mode:
            lock.chmod(mode)
