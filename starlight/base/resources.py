"""Where the files that come with Starlight are: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def resource(*parts: str) -> Path:
    """Find a file or folder that comes with Starlight, such as ``resource("data", "themes.csv")``.

    Parameters
    ----------
    *parts : str
        The path below the project's top level.

    Returns
    -------
    pathlib.Path
        In an installed wheel, the copy inside the package; in a checkout, the file itself.
    """
    inside = _PACKAGE.joinpath(parts[0])
    return (inside if inside.exists() else _PACKAGE.parent / parts[0]).joinpath(*parts[1:])
