"""Find the files that come with Starlight."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def resource(*parts: str) -> Path:
    """Return the path of a file or folder that comes with Starlight: ``resource("data", "themes.csv")``.

    An installed wheel has a copy inside the package, a checkout the file itself beside it.
    """
    inside = _PACKAGE.joinpath(parts[0])
    return (inside if inside.exists() else _PACKAGE.parent / parts[0]).joinpath(*parts[1:])
