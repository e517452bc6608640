"""Write files durably: whenever the process is killed or the power fails, the old file or the whole new one is there.

A new file is written beside the old one under a name that `UNFINISHED` matches, is flushed to disk, and then takes the
old one's place. A process that is killed may leave such a file behind; an error, such as a full disk, leaves nothing.
"""

import errno
import hashlib
import io
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock, Timeout

from ..errors import ReadError

UNFINISHED = ".starlight-*.part"  # hidden, so that pandas and pyarrow pass over it in a folder of Parquet files
_SECONDS = 10  # that a writer waits for another
_FULL = (errno.ENOSPC, errno.EDQUOT)  # from a disk without room, or without room for this user
_NO_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EACCES)  # from file systems that cannot flush a folder


@contextmanager
def replacing(path: Path, needed: int = 0) -> Iterator[BinaryIO]:
    """Yield a new file, of `needed` bytes at least, that takes the place of `path` once the block is left."""
    part = path.with_name(UNFINISHED.replace("*", secrets.token_hex(8)))
    try:
        with part.open("xb") as file:
            yield file
            _flush(file)
        if path.exists():
            shutil.copymode(path, part)
        part.replace(path)
        _flush_folder(path)
    except OSError as error:
        needed = max(needed, part.stat().st_size) if part.exists() else needed
        part.unlink(missing_ok=True)
        raise _with_room(error, path, needed) from error
    finally:
        part.unlink(missing_ok=True)


def write_durably(path: Path, content: bytes) -> None:
    """Write a file, or replace the one that is there."""
    with replacing(path, len(content)) as file:
        file.write(content)


def append_durably(path: Path, content: bytes) -> None:
    """Append to a file, or create it; an error leaves it as it was."""
    is_new = not path.exists()
    with path.open("ab", buffering=0) as file:  # a buffer would be written once more when the file is closed
        size, left = file.seek(0, os.SEEK_END), memoryview(content)
        try:
            while left:
                left = left[file.write(left) :]
            _flush(file)
        except OSError as error:
            file.truncate(size)
            raise _with_room(error, path, len(content)) from error
    if is_new:
        _flush_folder(path)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep other writers off a file, by a lock that is a hidden file beside it; name the file in errors."""
    path = Path(os.path.realpath(path))
    lock = path.with_name(f".{path.name}.lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(lock, timeout=_SECONDS):
            _share(lock, path)
            yield
    except Timeout as error:
        raise ReadError(f"{str(path)!r} is locked by another program for {_SECONDS} seconds. Try again.") from error
    except OSError as error:
        raise ReadError(f"{str(path)!r} cannot be written: {error}. Give another path.") from error


def date_and_size(path: Path) -> tuple[int, ...] | None:
    """Return what changes when a file is written to, its size last; None if there is no file."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_full(error: OSError) -> bool:
    """Return whether an error says that a disk is full."""
    return error.errno in _FULL


def free_room(path: Path) -> str:
    """Return how much room is free where a file or folder lies, as messages say it."""
    try:
        return f"{in_bytes(shutil.disk_usage(path).free)} are free"
    except OSError:
        return "how much is free is not known"


def in_bytes(count: float) -> str:
    """Return a number of bytes as messages say it."""
    return f"{count / 1e6:,.1f} MB" if count >= 1e5 else f"{count / 1e3:,.1f} kB"


def _with_room(error: OSError, path: Path, needed: int) -> OSError:
    """Return the error of a full disk with the room that is needed and free; any other error as it is."""
    if not is_full(error) or error.filename:
        return error
    room = f"more than {in_bytes(needed)} are needed, and {free_room(path.absolute().parent)}"
    return OSError(error.errno, f"{error.strerror} ({room})", os.fspath(path))


def _flush(file: BinaryIO | io.FileIO) -> None:
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


def _share(lock: Path, path: Path) -> None:
    """Set the group and rights of a lock to those of its file: whoever may write the file can then lock it."""
    if os.name == "posix" and path.exists():
        file = path.stat()
        with suppress(PermissionError):  # another user made the lock, and that user's programs do this
            os.chown(lock, -1, file.st_gid)
            lock.chmod(file.st_mode & 0o066 | 0o600)
