"""Read tables of any usual format in chunks; cells stay as they stand, and each row has its number."""

import csv
import lzma
import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from ..errors import ReadError
from .csv_and_sheets import read_csv, read_sheet
from .json_files import read_json
from .limits import AT_ONCE, Limit
from .parquet import read_parquet
from .report import noted
from .rows import Rows

# What readers raise at damaged files.
_DAMAGED = (
    *(OSError, EOFError, ValueError, TypeError, LookupError, RecursionError, RuntimeError, AssertionError),
    *(csv.Error, struct.error, zlib.error, lzma.LZMAError, zipfile.BadZipFile),
)
_REVIEWS = "reviews.csv"  # of several tables in a packed folder, the one with reviews
_LOOKED_AT = 10_000  # names in a folder, for those like a wrong one


def read_table(path: Path, rows: int, limit: Limit, encoding: str | None) -> Generator[Rows]:
    """Yield the rows of a table, so many at a time; one chunk at least, since a table without rows has columns too."""
    kind = _kind(path.name)
    if not path.exists():
        raise ReadError(f"There is no file or folder {os.fspath(path)!r}{_near(path)}. Correct the path.")
    if kind not in _READERS:
        raise ReadError(
            f"{os.fspath(path)!r} is not a table that Starlight can read. Give a {', '.join(_READERS)} file (.gz too), "
            "a text (.txt, .md, .html), a folder of texts or a DataFrame. Save anything else as one of these."
        )
    if not path.is_file():
        raise ReadError(f"{os.fspath(path)!r} is neither a file nor a folder. Give one that is.")
    before, columns = path.stat(), pd.DataFrame()
    try:
        for chunk in _READERS[kind](path, kind, rows, limit, encoding):
            columns = chunk.frame.head(0)
            yield chunk
    except ReadError:
        raise
    except _DAMAGED as error:
        why = " ".join(str(error).split()).rstrip(".") or type(error).__name__
        raise ReadError(f"{path.name} cannot be read: {why[:300]}. Save it again, or as a .csv file.") from error
    if (after := path.stat()) and (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        changed = noted(None, None, "the file was changed while it was read: load it again when it is complete")
        yield Rows(columns, [changed], {})


def _near(path: Path) -> str:
    """Return where a path that leads to nothing was looked for, and what there has a name like it."""
    folder = path.absolute().parent
    if not folder.is_dir():
        return f": there is no folder {os.fspath(folder)!r}"
    by_case = dict[str, str]()
    with suppress(OSError):
        by_case |= {one.name.casefold(): one.name for one in islice(folder.iterdir(), _LOOKED_AT)}
    near = [by_case[name] for name in get_close_matches(path.name.casefold(), by_case)]
    return f" in {os.fspath(folder)!r}" + (f"; like it are {', '.join(map(repr, near))}" if near else "")


def read_zip(path: Path, kind: str, rows: int, limit: Limit, encoding: str | None) -> Iterator[Rows]:
    """Yield the rows of a packed folder's table: of its `reviews.csv`, as in Letterboxd's, or of its only one."""
    with zipfile.ZipFile(path) as packed, TemporaryDirectory() as folder:
        shown = [name for name in packed.namelist() if not name.startswith("__MACOSX/")]  # what a Mac adds
        tables = [name for name in shown if _kind(name) in _READERS.keys() - {".zip"}]
        named = [name for name in tables if name.lower() == _REVIEWS] or tables
        if len(named) != 1:
            there = ", ".join(map(repr, named[:10])) or "none"
            raise ReadError(
                f"{path.name} must hold one table, or {_REVIEWS}, and holds {there}. Unpack it, and give one table."
            )
        table, size = Path(folder, f"table{''.join(Path(named[0]).suffixes[-2:])}"), 0
        with packed.open(named[0]) as member, table.open("wb") as out:
            while block := member.read(AT_ONCE // 16):
                limit.check_unpacked(size := size + len(block))
                out.write(block)
        notes = [noted(None, named[0], "the table in the packed folder that was read")]
        for chunk in _READERS[_kind(table.name)](table, _kind(table.name), rows, limit, encoding):
            yield chunk._replace(problems=[*notes, *chunk.problems])
            notes = []


def _kind(name: str) -> str:
    """Return the suffix that tells the format of a file: .csv of reviews.csv.gz too."""
    return Path(name.lower().removesuffix(".gz")).suffix


_READERS: dict[str, Callable[[Path, str, int, Limit, str | None], Iterator[Rows]]] = {
    **dict.fromkeys((".csv", ".tsv"), read_csv),
    **dict.fromkeys((".jsonl", ".json"), read_json),
    ".parquet": read_parquet,
    **dict.fromkeys((".xlsx", ".xls", ".ods"), read_sheet),
    ".zip": read_zip,
}
