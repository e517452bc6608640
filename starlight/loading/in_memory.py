"""Take reviews from what holds them in memory: a table of any library, a list of records, or an open file."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from ..errors import ReadError

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")
# The kinds of file that begin so.
_BEGIN = ((b"PK", ".xlsx"), (b"PAR1", ".parquet"), (b"\x1f\x8b", ".csv.gz"), (b"[", ".json"), (b"{", ".json"))


def table_of(source: Any) -> pd.DataFrame | None:
    """Return a table in memory as pandas has it, whichever library made it; None if it is none."""
    if isinstance(source, pd.DataFrame):
        return source
    if isinstance(source, list) and source and all(isinstance(one, Mapping) for one in source):
        return pd.DataFrame(list(map(dict, source)), dtype="object")
    if not (hasattr(source, "__arrow_c_stream__") or hasattr(source, "__dataframe__")):
        return None
    import pyarrow as pa  # loaded here: `import starlight` stays fast
    from pyarrow.interchange import from_dataframe

    try:
        table = pa.table(source) if hasattr(source, "__arrow_c_stream__") else from_dataframe(source)
    except (ValueError, TypeError, NotImplementedError) as error:  # pyarrow's own errors are among them
        raise ReadError(f"{called(source)} cannot be read: {error}. Save it as a .csv or .parquet file.") from error
    return table.to_pandas(ignore_metadata=True, integer_object_nulls=True).astype("object")


def called(source: object) -> str:
    """Return what messages call a table in memory."""
    return "the list" if isinstance(source, list) else f"the {type(source).__name__}"


def content_of(file: Any) -> tuple[str, bytes]:
    """Return a name for an open file, which tells its kind, and what it holds from where it stands."""
    try:
        content = getattr(file, "buffer", file).read()
        content = content.encode() if isinstance(content, str) else bytes(content)
    except (OSError, ValueError, TypeError) as error:  # it is closed, was opened to write, or is not text
        raise ReadError(f"The open file cannot be read: {error}. Give its path.") from error
    named = getattr(file, "name", None)
    if isinstance(named, str) and Path(named).suffix:
        return Path(named).name, content
    return f"open file{next((kind for sign, kind in _BEGIN if content.lstrip().startswith(sign)), '.csv')}", content


def refuse_address(source: object) -> None:
    """Refuse an address of the web, since nothing is fetched."""
    if isinstance(source, str | os.PathLike) and _ADDRESS.match(address := str(source)):
        raise ReadError(
            f"{address[:200]!r} is a web address. Starlight downloads nothing: save the file, and give its path."
        )
