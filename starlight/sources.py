"""Read files into a frame with a text for each review and what else their columns give; nothing is interpreted."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from .errors import ReadError, TableError, did_you_mean
from .tables import REVIEWS

_TEXTS = (".txt", ".md")
_SEPARATORS = {".csv": ",", ".tsv": "\t"}
_WORKED_OUT = ("words", "score_raw", "score_scale", "score_status")
_OURS = [name for name in REVIEWS.names if name not in _WORKED_OUT]  # a user's `score` is the printed one


def read_folder(folder: Path) -> pd.DataFrame:
    """Read a folder of texts: review_id and text, with the file's name as index."""
    if not folder.is_dir():
        raise ReadError(f"There is no folder {folder.name!r}. Restore it, or give load_reviews() a path of your own.")
    files = sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in _TEXTS and not path.name.startswith(".") and path.is_file()
    )
    if not files:
        raise ReadError(f"The folder {folder.name!r} holds no reviews. Put one text (.txt or .md) in it for each.")
    ids = Counter(path.stem for path in files)
    if twice := [stem for stem, count in ids.items() if count > 1]:
        raise ReadError(f"The folder {folder.name!r} holds two files named {twice[0]!r}. Rename one of them.")
    return pd.DataFrame(
        {"review_id": list(ids), "text": [_decode(path) for path in files]},
        index=[path.name for path in files],
    )


def _decode(path: Path) -> str:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{path.name} is not UTF-8 text: byte {error.start} is {raw[error.start]:#04x}. "
            "Save it as UTF-8, or take it out of the folder."
        ) from error
    if "\0" in text:
        raise ReadError(f"{path.name} is not text: character {text.index(chr(0))} is NUL. Take it out of the folder.")
    return text


def read_table(path: Path) -> pd.DataFrame:
    """Read a csv, tsv or jsonl file as it stands, cells as text."""
    suffix = path.suffix.lower()
    if not path.exists():
        raise ReadError(f"There is no file or folder {os.fspath(path)!r}. Correct the path.")
    try:
        if suffix in _SEPARATORS:
            return _read_csv(path, _SEPARATORS[suffix])
        if suffix == ".jsonl":
            return pd.read_json(path, lines=True, dtype=False)
    except (OSError, ValueError) as error:
        why = str(error).strip().rstrip(".")
        raise ReadError(f"{path.name} cannot be read: {why}. Save it as a {suffix} file in UTF-8.") from error
    known = ", ".join([*_SEPARATORS, ".jsonl"])
    raise ReadError(f"{os.fspath(path)!r} is no table that can be read. Give a {known} file, a folder or a DataFrame.")


def _read_csv(path: Path, separator: str) -> pd.DataFrame:
    frame = pd.read_csv(path, sep=separator, dtype="str", keep_default_na=False, na_values=[""])
    if not isinstance(frame.index, pd.RangeIndex):  # pandas took the first cell of each row for its name
        raise ValueError(f"its rows have more cells than its {len(frame.columns)} columns; quote what holds a comma.")
    return frame


def named(frame: pd.DataFrame, columns: Mapping[str, str] | None, source: str) -> pd.DataFrame:
    """Give a user's table our names for its columns, blank cells as missing, and each row its place as index."""
    frame = _rename(frame, dict(columns or {}), source)
    if "text" not in frame:
        raise TableError(
            f"{source} has no column 'text' (it has {', '.join(map(repr, frame.columns))}). "
            "Say which one it is: columns={'text': ...}."
        )
    if frame.empty:
        raise TableError(f"{source} has no rows. Give at least one review.")
    if "score" in frame:
        frame = frame.assign(score=frame["score"].map(_printed))
    given = [name for name in _OURS if name in frame and name != "text"]
    frame = frame.assign(**{name: frame[name].replace(r"^\s*$", None, regex=True) for name in given})
    ids = frame["review_id"] if "review_id" in frame else pd.RangeIndex(1, len(frame) + 1)
    rows = [f"{source}, row {row}" for row in range(1, len(frame) + 1)]
    return frame.assign(review_id=pd.Series(ids, index=frame.index).astype("str")).set_axis(rows)


def _rename(frame: pd.DataFrame, columns: dict[str, str], source: str) -> pd.DataFrame:
    for name, theirs in columns.items():
        if name not in _OURS:
            raise TableError(f"columns names {name!r}. {did_you_mean(name, _OURS)}")
        if theirs not in frame:
            raise TableError(f"{source} has no column {theirs!r}. {did_you_mean(theirs, frame.columns)}")
    rest = frame.drop(columns=list(columns.values())).rename(columns=str)
    folded = {theirs: theirs.strip().casefold() for theirs in rest.columns}
    rest = rest.rename(columns={theirs: name for theirs, name in folded.items() if name in _OURS and name not in rest})
    for name in rest.columns:
        if name in columns or list(rest.columns).count(name) > 1:
            raise TableError(f"{source} has more than one column {name!r}. Rename one, or drop it.")
        if name in _WORKED_OUT:
            raise TableError(f"{source} has a column {name!r}, which Starlight works out. Rename it, or drop it.")
    return rest.assign(**{name: frame[theirs] for name, theirs in columns.items()})


def _printed(score: object) -> object:
    """Give a whole number its own form: one empty cell makes pandas read 7 as 7.0."""
    return str(int(score)) if isinstance(score, float) and score.is_integer() else score
