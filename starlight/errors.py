"""Every error that Starlight raises, so that one `except StarlightError` catches them all.

Each message says what was wrong (with the value), where, what is allowed, and what to do.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class StarlightError(ValueError):
    """Anything wrong with what was given to Starlight."""


class ReadError(StarlightError):
    """A file or folder that cannot be read as reviews, or that is not what it should be."""


class TableError(StarlightError):
    """A table that breaks its declaration: a column, a dtype, a key or a value."""


class ScoreError(StarlightError):
    """A printed score that cannot be read, or a convention that does not exist."""


def did_you_mean(value: object, allowed: Iterable[object]) -> str:
    """Give the end of an error message: the nearest allowed value, then all of them.

    Parameters
    ----------
    value : object
        What was given.
    allowed : iterable
        What would have been accepted.

    Returns
    -------
    str

    Examples
    --------
    >>> did_you_mean("visual", ["visuals", "music"])
    "Did you mean 'visuals'? Allowed: 'visuals', 'music'."
    """
    names = [str(name) for name in allowed]
    near = get_close_matches(str(value), names, n=1)
    listed = ", ".join(repr(name) for name in names)
    return f"Did you mean {near[0]!r}? Allowed: {listed}." if near else f"Allowed: {listed}."
