"""What tables are made of, for a small file to hold: the same source and options give the same tables."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from ..errors import ReadError
from ..resources import resource
from ..tagger import settings
from .pieces import Options


def made_of(source: Path, options: Options, rows: int) -> dict[str, object]:
    """Say what tables are made of.

    Parameters
    ----------
    source : pathlib.Path
        A file, or a folder of files.
    options : Options
        What was asked for.
    rows : int
        How many rows are read at once.

    Returns
    -------
    dict
        As JSON can hold it. The source is known by its name and its content, so it may have been moved or copied.

    Raises
    ------
    ReadError
        If the source is not there or cannot be read.
    """
    themes = options.themes[["theme", "terms"]].to_csv(index=False).encode()
    return {
        "source": source.name,
        "content": content(source),
        "columns": dict(options.columns) if options.columns else None,
        "score_scale": options.score_scale,
        "threshold": options.threshold,
        "themes": _digest(themes),
        "tagger": settings().name,
        "network": _digest(resource("data", "tagger", "model.onnx").read_bytes()),
        "rows": rows,
    }


def content(source: Path) -> str:
    """Give the SHA-256 of a file, or of a folder's files and their names."""
    try:
        if not source.is_dir():
            with source.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        files = (path for path in sorted(source.iterdir()) if path.is_file())
        return _digest("\n".join(f"{path.name} {content(path)}" for path in files).encode())
    except (OSError, ValueError) as error:
        raise ReadError(f"The source {os.fspath(source)!r} cannot be read: {error}. Correct the path.") from error


def _digest(written: bytes) -> str:
    return hashlib.sha256(written).hexdigest()
