"""The folder that `annotate` writes: for each table a folder of numbered Parquet files, its parts.

`parts.jsonl` has a line for each number, with the rows and the SHA-256 of its part of each table. A line is written
before its parts are; a number is done if its parts match its line. So whenever a writer is killed, and whatever is lost
or damaged later, the next writer knows what is done, and removes the other parts that are listed. A file that is not
listed is the user's and is never removed. `annotate.json` says what the tables are made from and if they are whole.
"""

import json
import os
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from pyarrow.parquet import read_metadata

from ..base.files import UNFINISHED, append_durably, in_bytes, is_full, write_durably
from ..base.progress import progress
from ..base.safe_text import is_whole as is_text
from ..errors import ReadError, few

TABLES = ("report", "mentions", "opinions", "reviews")
_STATE, _LIST, _LOCK = "annotate.json", "parts.jsonl", ".lock"
_FORMAT = 3  # of the folder, noted in annotate.json; 0.1 noted none, and its reviews have no names
_CHECKS_A_SECOND = 300  # of the parts of a number

Parts = dict[str, dict[str, Any]]  # what parts.jsonl says of a number: for each table, "rows" and "sha256" of its part


@contextmanager
def claimed(out: Path, made_of: Mapping[str, object]) -> Iterator[set[int]]:
    """Hold a folder, begun with the same `made_of`, as its only writer, and yield the numbers that are done."""
    if not is_text(str(out.absolute())):
        raise ReadError(
            f"The path {os.fspath(out)!r} is not UTF-8, so pyarrow cannot read there. Give another for out."
        )
    with _writable(out):
        out.mkdir(parents=True, exist_ok=True)
        lock = FileLock(out / _LOCK, timeout=0).acquire()
    with lock:
        with _writable(out):
            _check_state(out, json.loads(json.dumps(made_of, default=float)))
            for table in TABLES:
                (out / table).mkdir(exist_ok=True)
            for unfinished in out.rglob(UNFINISHED):
                unfinished.unlink()
            listed = _read_list(out)
            done = _checked(out, listed)
            _clear(out, listed, done)
        yield done


def write_parts(out: Path, number: int, parts: Mapping[str, bytes], rest: float = 0) -> None:
    """Write the parts of a number into a claimed folder; these and all later ones need about `rest` bytes."""
    described = {name: {"rows": _rows(part), "sha256": sha256(part).hexdigest()} for name, part in parts.items()}
    with _writable(out, rest):
        append_durably(out / _LIST, _line(number, described))
        for table in TABLES:
            write_durably(_part(out, table, number), parts[table])


def mark_whole(out: Path) -> None:
    """Note that all numbers have been written, unless a part was lost since."""
    with _writable(out):
        listed = _read_list(out)
        _checked(out, listed, len(listed))
    if not is_whole(out):
        raise ReadError(f"Parts of {os.fspath(out)!r} were lost or changed meanwhile. Make the same call again.")


def mark_mixed(out: Path) -> None:
    """Note that the source was changed while it was read, so that no call continues from these parts."""
    with _writable(out):
        state = _read_state(out)
        _write_state(out, state | {"made_of": state["made_of"] | {"content": "changed while it was read"}})


def is_whole(out: Path) -> bool:
    """Return whether all parts of the tables in a claimed folder are there."""
    return _read_state(out)["whole"]


@contextmanager
def _writable(out: Path, rest: float = 0) -> Iterator[None]:
    """Raise an error that names the folder if it cannot be written to; a full disk needs room for `rest` bytes."""
    try:
        yield
    except Timeout as error:
        raise ReadError(
            f"{os.fspath(out)!r} is being written to by another annotate(). Wait for it, or give another folder."
        ) from error
    except OSError as error:
        remedy = "Give another folder for out."
        if is_full(error):
            room = f", about {in_bytes(rest)} for the rest of the work" if rest else ""
            remedy = f"Make room there{room}: the same call then continues."
        raise ReadError(f"{os.fspath(out)!r} cannot be written to: {error}. {remedy}") from error


def _check_state(out: Path, made_of: dict[str, object]) -> None:
    """Refuse a folder that holds anything else; in an empty one, note what the tables are made from."""
    if not (out / _STATE).exists():
        if others := sorted(one.name for one in out.iterdir() if not (one.name == _LOCK or one.match(UNFINISHED))):
            raise ReadError(
                f"{os.fspath(out)!r} holds {others[0]!r} and no annotate.json, so annotate() did not make it. Give "
                "another folder for out."
            )
        _write_state(out, {"format": _FORMAT, "made_of": made_of, "whole": False, "parts": None, "rows": {}})
        return
    before = _read_state(out)["made_of"]
    for name, given in made_of.items():
        if before.get(name) != given:
            raise ReadError(
                f"{os.fspath(out)!r} was begun with {name} {before.get(name)!r}, and now it is {given!r}. "
                "Give the same as before to go on, or another folder for out."
            )


def _checked(out: Path, listed: Mapping[int, Parts], count: int | None = None) -> set[int]:
    """Return the numbers that are done, of `count` in all, and note if they are whole; refuse files not listed."""
    bar = progress(listed.items(), "check", "part", len(listed), seconds=len(listed) / _CHECKS_A_SECOND, passing=True)
    done = {
        number for number, parts in bar if all(_is_there(_part(out, table, number), parts[table]) for table in TABLES)
    }
    others = _others(out, listed)
    state = _read_state(out)
    count = state["parts"] if count is None else count
    whole = len(done) == count and sorted(done) == [*range(len(done))] and not others
    rows = {table: sum(parts[table]["rows"] for parts in listed.values()) for table in TABLES if whole}
    if (now := state | {"whole": whole, "parts": count, "rows": rows}) != state:
        _write_state(out, now)
    if others:
        raise ReadError(
            f"{os.fspath(out)!r} holds {few(map(repr, others))}, which parts.jsonl does not list. Move this to "
            "another place: the same call then makes the missing parts."
        )
    return done


def _clear(out: Path, listed: Mapping[int, Parts], done: set[int]) -> None:
    """Remove the parts of numbers that are not done; warn, unless it is only the last, where a writer was stopped."""
    lost = [number for number in listed if number not in done]
    for number in lost:
        for table in TABLES:
            _part(out, table, number).unlink(missing_ok=True)
    lines = b"".join(_line(number, listed[number]) for number in listed if number in done)
    path = out / _LIST
    if lines != (path.read_bytes() if path.exists() else b""):
        write_durably(path, lines)
    if lost and (_read_state(out)["parts"] or lost != [*listed][-1:]):
        what = f"Lost or changed in {os.fspath(out)!r}, and now made again: part {few(lost)} of the tables."
        warnings.warn(what, stacklevel=5)  # annotate's caller


def _is_there(path: Path, listed: Mapping[str, Any]) -> bool:
    """Return whether a part is there and matches its line."""
    part = path.read_bytes() if path.is_file() else b""
    return sha256(part).hexdigest() == listed["sha256"] and _rows(part) == listed["rows"]


def _others(out: Path, listed: Iterable[int]) -> list[str]:
    """Return the files that pandas would read with the tables and that are not listed."""
    ours = {_part(out, table, number) for table in TABLES for number in listed}
    seen = [path for table in TABLES for path in (out / table).iterdir() if not path.name.startswith((".", "_"))]
    return sorted(path.relative_to(out).as_posix() for path in seen if path not in ours or not path.is_file())


def _rows(part: bytes) -> int:
    """Return how many rows a Parquet file has."""
    return read_metadata(BytesIO(part)).num_rows


def _part(out: Path, table: str, number: int) -> Path:
    return out / table / f"part-{number:06d}.parquet"


def _line(number: int, parts: Parts) -> bytes:
    """Return a line of parts.jsonl."""
    return json.dumps({"number": number} | parts).encode() + b"\n"


def _read_list(out: Path) -> dict[int, Parts]:
    """Return what parts.jsonl lists; a line that is torn or damaged lists nothing."""
    listed = {}
    path = out / _LIST
    for line in path.read_bytes().splitlines() if path.exists() else []:
        with suppress(ValueError, KeyError, TypeError, OverflowError, RecursionError):
            read = json.loads(line)
            listed[int(read["number"])] = {
                table: {"rows": int(read[table]["rows"]), "sha256": str(read[table]["sha256"])} for table in TABLES
            }
    return listed


def _read_state(out: Path) -> dict[str, Any]:
    try:
        stored = json.loads((out / _STATE).read_text("utf-8"))
        state = {name: stored.get(name) for name in ("format", "made_of", "whole", "parts", "rows")}
        state["made_of"] = dict(state["made_of"])
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise ReadError(
            f"{os.fspath(out / _STATE)!r} is not what annotate() wrote. Give a new folder for out."
        ) from error
    if state["format"] != _FORMAT:
        raise ReadError(
            f"{os.fspath(out)!r} was written by another version of Starlight. Annotate the source again, into "
            "a new folder for out. What is there stays as it is."
        )
    return state


def _write_state(out: Path, state: dict[str, Any]) -> None:
    write_durably(out / _STATE, json.dumps(state, indent=1).encode())
