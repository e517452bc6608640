"""Keep corrections in a file to which several programs may append; a row that was reported as saved is on disk.

A file whose date and size are as they were is not read again, and of one that was appended to, only the new rows are
parsed.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from ..base.files import append_durably, date_and_size, locked
from ..errors import ReadError
from .corrections import Correction, Mark, Place, Rows, appended, parse


class CorrectionsFile:
    """A file of corrections, which need not exist yet, as it was when last read; its `torn` lines hold none."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self.corrections: list[Correction] = []
        self.torn: list[int] = []
        self._raw, self._rows = b"", Rows([], [])
        self._known: tuple[int, ...] | None = ()  # the date and size of what was read

    def read(self) -> bool:
        """Read what was added to the file, and return whether the corrections read before are all still in it."""
        try:
            return self._read()
        except OSError as error:
            what = f"The corrections in {str(self.path)!r} cannot be read: {error}"
            raise ReadError(f"{what}. Correct the path.") from error

    def _read(self) -> bool:
        found = date_and_size(self.path)
        if found == self._known:
            return True
        before = self.corrections
        self._take(self.path.read_bytes() if found else b"")
        self._known = found
        return before == self.corrections[: len(before)]

    @property
    def shown(self) -> Mapping[Place, str]:
        """What was shown of each place that was marked as read: the digest of its opinions, or nothing."""
        return self._rows.read

    def append(self, made: Correction | Mark, check: Callable[[bool], object] = bool) -> None:
        """Append a row, which is on disk when this returns, unless `check`, called with what `read` returns, raises."""
        with locked(self.path):
            check(self._read())
            new = appended(made, self._rows)
            append_durably(self.path, new)
            self._take(self._raw + new)
            found = date_and_size(self.path)
            self._known = found if found and found[-1] == len(self._raw) else ()

    def _take(self, raw: bytes) -> None:
        """Take in the content of the file, of which all is parsed if what was read before was changed or cut off."""
        if raw.startswith(self._raw) and not self._rows.closing:
            self._rows = parse(raw[len(self._raw) :], self.path, self._rows)
        else:
            self._rows = parse(raw, self.path, Rows([], []))
        self._raw, self.corrections, self.torn = raw, self._rows.corrections, self._rows.torn
