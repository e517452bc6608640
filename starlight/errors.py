"""Every error that Starlight raises, so that one `except StarlightError` catches them all.

Each message says what was wrong (with the value), where, what is allowed, and what to do.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class StarlightError(ValueError):
    """Something is wrong with what was passed to Starlight."""


class ReadError(StarlightError):
    """A file or folder cannot be read or written or is not what it should be, or `columns=` is wrong."""


class TableError(StarlightError):
    """A table breaks its declaration: a column, a dtype, a key or a value is wrong."""


class ScoreError(StarlightError):
    """A printed score cannot be read, or a convention does not exist."""


def did_you_mean(value: object, allowed: Iterable[object]) -> str:
    """Return the end of an error message: the nearest allowed value, then all of them."""
    names = [str(name) for name in allowed]
    near = get_close_matches(str(value), names, n=1)
    listed = ", ".join(repr(name) for name in names)
    return f"Did you mean {near[0]!r}? Allowed: {listed}." if near else f"Allowed: {listed}."
