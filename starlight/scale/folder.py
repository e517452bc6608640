"""The folder that `annotate` writes: for each table a folder of numbered Parquet files, its parts.

Each part is written durably, and of the parts of one number that of `reviews` is written last. So at whatever moment a
writer is killed, a number is done or it is not; what is left of one that is not is removed before the next writer
begins.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from ..base.files import UNFINISHED, write_durably
from ..errors import ReadError

TABLES = ("report", "mentions", "opinions", "reviews")  # in the order in which parts are written
_STATE = "annotate.json"
_FORMAT = 2  # of the tables, noted in annotate.json; 0.1 noted none, and its reviews have no names
_LOCK = ".lock"
_PART = re.compile(r"part-(\d{6,})\.parquet")


@contextmanager
def claimed(out: Path, made_of: Mapping[str, object]) -> Iterator[set[int]]:
    """Hold a folder as its only writer, and yield the numbers that are done; what a killed writer left is removed.

    `made_of` is what the tables are made of, as JSON can hold it. A folder begun with anything else is refused.
    """
    with _writable(out):
        out.mkdir(parents=True, exist_ok=True)
        lock = FileLock(out / _LOCK, timeout=0).acquire()
    with lock:
        with _writable(out):
            _check_state(out, dict(made_of))
            for table in TABLES:
                (out / table).mkdir(exist_ok=True)
            done = _cleared(out)
        yield done


def write_parts(out: Path, number: int, parts: Mapping[str, bytes]) -> None:
    """Write a Parquet file for each of `TABLES` into a claimed folder: when this returns, the number is done."""
    with _writable(out):
        for table in TABLES:
            write_durably(out / table / f"part-{number:06d}.parquet", parts[table])


def mark_whole(out: Path) -> None:
    """Note that all parts of the tables are there."""
    with _writable(out):
        _write_state(out, _read_state(out / _STATE) | {"whole": True})


def is_whole(out: Path) -> bool:
    """Return whether all parts of the tables in a claimed folder are there."""
    return _read_state(out / _STATE)["whole"]


@contextmanager
def _writable(out: Path) -> Iterator[None]:
    """Raise what goes wrong while a folder is written to as an error that names it."""
    try:
        yield
    except Timeout as error:
        raise ReadError(
            f"{os.fspath(out)!r} is being written to by another annotate(). Wait for it, or give another folder."
        ) from error
    except OSError as error:
        raise ReadError(f"{os.fspath(out)!r} cannot be written to: {error}. Give another folder for out.") from error


def _check_state(out: Path, made_of: dict[str, object]) -> None:
    """Refuse a folder that holds anything else; in an empty one, note what the tables are made of."""
    path = out / _STATE
    if not path.exists():
        if others := sorted(one.name for one in out.iterdir() if not (one.name == _LOCK or one.match(UNFINISHED))):
            raise ReadError(
                f"{os.fspath(out)!r} holds {others[0]!r}, which annotate() did not write. Give another folder for out."
            )
        _write_state(out, {"format": _FORMAT, "made_of": made_of, "whole": False})
        return
    before = _read_state(path)["made_of"]
    for name, given in json.loads(json.dumps(made_of)).items():
        if before.get(name) != given:
            raise ReadError(
                f"{os.fspath(out)!r} was begun with {name} {before.get(name)!r}, and now it is {given!r}. "
                "Give the same as before to go on, or another folder for out."
            )


def _cleared(out: Path) -> set[int]:
    """Remove what is unfinished, after noting that the tables are not whole, and return the numbers that are done."""
    for unfinished in out.rglob(UNFINISHED):
        unfinished.unlink()
    names = {table: [_PART.fullmatch(path.name) for path in (out / table).iterdir()] for table in TABLES}
    numbers = {table: {int(name[1]) for name in names[table] if name} for table in TABLES}
    done = numbers[TABLES[-1]]
    if any(numbers[table] - done for table in TABLES):
        _write_state(out, _read_state(out / _STATE) | {"whole": False})
    for table in TABLES:
        for number in numbers[table] - done:
            (out / table / f"part-{number:06d}.parquet").unlink()
        for number in sorted(done):
            _check_part(out, table, f"part-{number:06d}.parquet")
    return done


def _check_part(out: Path, table: str, name: str) -> None:
    """Refuse a part that is not there any more, or that does not end as Parquet files do: one cut off, or empty."""
    path = out / table / name
    end = b""
    if there := path.exists():
        with path.open("rb") as file:
            file.seek(-min(4, path.stat().st_size), os.SEEK_END)
            end = file.read()
    if end != b"PAR1":
        wrong = f"holds {table}/{name}, which is damaged" if there else f"lacks {table}/{name}, which was there"
        raise ReadError(
            f"{os.fspath(out)!r} {wrong}. Restore it, or remove {TABLES[-1]}/{name}: the same call then makes this "
            "part of each table again."
        )


def _read_state(path: Path) -> dict[str, Any]:
    try:
        state = json.loads(path.read_text("utf-8"))
        read = {"format": state.get("format"), "made_of": dict(state["made_of"]), "whole": bool(state["whole"])}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReadError(f"{os.fspath(path)!r} is not what annotate() wrote. Give a new folder for out.") from error
    if read["format"] != _FORMAT:
        raise ReadError(
            f"{os.fspath(path.parent)!r} was written by another version of Starlight, whose tables have other columns. "
            "Annotate the source again, into a new folder for out. What is there stays as it is."
        )
    return read


def _write_state(out: Path, state: dict[str, object]) -> None:
    write_durably(out / _STATE, json.dumps(state, indent=1, ensure_ascii=False).encode())
