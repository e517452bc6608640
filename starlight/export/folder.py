"""Write files into a folder, all or none of them, and replace only what Starlight wrote there."""

import hashlib
import json
import os
from contextlib import ExitStack
from pathlib import Path

from ..base.files import digest, replacing, write_durably
from ..errors import ReadError

_LIST = ".starlight-export.json"  # in the folder: the digests of the files that we wrote, which alone are replaced
_MADE = "written by starlight.export"


def write_all(files: dict[str, bytes], folder: Path) -> list[Path]:
    """Write the files, and before them the list of what Starlight wrote into the folder; return their paths."""
    if folder.is_symlink():
        raise ReadError(f"{os.fspath(folder)!r} is a link. Name the folder that it leads to, or another.")
    if folder.exists() and not folder.is_dir():
        raise ReadError(f"{os.fspath(folder)!r} is a file, not a folder. Name a folder for the pages.")
    try:
        listed = _listed(folder / _LIST)
        for name, content in files.items():
            listed[name] = _ours(folder / name, hashlib.sha256(content).hexdigest(), listed.get(name, []))
        folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as unfinished:  # so that a disk fills up before any file is replaced
            for name, content in files.items():
                file = unfinished.enter_context(replacing(folder / name))
                file.write(content)
                file.flush()
            write_durably(folder / _LIST, json.dumps({_MADE: listed}, indent=1).encode())
    except OSError as error:
        raise ReadError(
            f"{os.fspath(folder)!r} cannot be written to: {error.strerror}. Name another folder."
        ) from error
    return [folder / name for name in [*files, _LIST]]


def _listed(path: Path) -> dict[str, list[str]]:
    """Return the digests of each file that Starlight wrote into a folder, by the list that it left there."""
    if not os.path.lexists(path):
        return {}
    try:
        if path.is_symlink() or not path.is_file():
            raise ValueError
        listed = json.loads(path.read_bytes())[_MADE]
        return {str(name): [str(digest) for digest in digests] for name, digests in listed.items()}
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ReadError(
            f"{os.fspath(path)!r} is not a list that Starlight wrote. Move it, or name another folder."
        ) from error


def _ours(path: Path, new: str, known: list[str]) -> list[str]:
    """Return the digests that the next call may replace; refuse a file that is not ours, or not as we wrote it."""
    if not os.path.lexists(path):
        return [new]
    if path.is_symlink() or not path.is_file():
        raise ReadError(f"{os.fspath(path)!r} is a link or a folder. Move it, or name another folder.")
    there = digest(path)
    if there not in (new, *known):
        why = "was changed since Starlight wrote it" if known else "is not on Starlight's list (0.1 kept none)"
        raise ReadError(f"{os.fspath(path)!r} {why}. Move it, delete it if nobody needs it, or name another folder.")
    return sorted({there, new})
