"""Write files durably: whenever the process is killed or the power fails, the old file or the whole new one is there.

A new file is written beside the old one under a name that `UNFINISHED` matches, is flushed to disk, and then takes the
old one's place. A process that is killed may leave such a file behind.
"""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

UNFINISHED = ".starlight-*.part"  # hidden, so that pandas and pyarrow pass over it in a folder of Parquet files
_NO_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EACCES)  # from file systems that cannot flush a folder


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Yield a new file that takes the place of `path` once the block is left without an error."""
    part = path.with_name(UNFINISHED.replace("*", secrets.token_hex(8)))
    try:
        with part.open("xb") as file:
            yield file
            _flush(file)
        if path.exists():
            shutil.copymode(path, part)
        part.replace(path)
        _flush_folder(path)
    finally:
        part.unlink(missing_ok=True)


def write_durably(path: Path, content: bytes) -> None:
    """Write a file, or replace the one that is there."""
    with replacing(path) as file:
        file.write(content)


def append_durably(path: Path, content: bytes) -> None:
    """Append to a file, which is created if it is not there."""
    is_new = not path.exists()
    with path.open("ab") as file:
        file.write(content)
        _flush(file)
    if is_new:
        _flush_folder(path)


def _flush(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _flush_folder(path: Path) -> None:
    """Flush the folder that holds a file, for the file's name to be on disk too; Windows has no such call."""
    if os.name != "posix":
        return
    try:
        handle = os.open(path.absolute().parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in _NO_SYNC:
            raise
