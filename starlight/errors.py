"""Every error that Starlight raises, so that one `except StarlightError` catches them all.

Each message says what was wrong (with the value), where, what is allowed, and what to do.
"""

from collections.abc import Iterable
from difflib import get_close_matches

_LONGEST, _LONGEST_VALUE = 2_000, 100  # characters of a message, and of a value in it
_NAMED = 50  # allowed values that a message lists


class StarlightError(ValueError):
    """Something is wrong with what was passed to Starlight."""

    def __init__(self, message: str) -> None:
        super().__init__(printable(message))


class ReadError(StarlightError):
    """A file or folder cannot be read or written or is not what it should be, or `columns=` is wrong."""


class TableError(StarlightError):
    """A table breaks its declaration (a column, a dtype, a key or a value is wrong), or another argument is wrong."""


class ScoreError(StarlightError):
    """A printed score cannot be read, or a convention does not exist."""


def printable(message: str) -> str:
    r"""Return a message as one line that any screen can show, its middle left out if it is long.

    A line's end or a sign of control in it, as names of files may have, is written as Python writes it: `\n`, `\x1b`.
    """
    line = "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in message)
    half = _LONGEST // 2
    return line if len(line) <= _LONGEST else f"{line[:half]} … {line[-half:]}"


def shown(value: object) -> str:
    """Return a value as a message shows it: as Python writes it, a long one cut."""
    try:
        text = " ".join(repr(value).split())
    except Exception:  # an int of more than 4,300 digits, or whatever a class of the user's raises
        text = f"a value of type {type(value).__name__}"
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"


def did_you_mean(value: object, allowed: Iterable[object]) -> str:
    """Return the end of an error message: the nearest allowed value, then all of them."""
    names = [str(name) for name in allowed]
    near = get_close_matches(value[:_LONGEST_VALUE] if isinstance(value, str) else shown(value), names, n=1)
    return f"{f'Did you mean {near[0]!r}? ' if near else ''}Allowed: {few(map(repr, names), _NAMED) or 'none'}."


def few(values: Iterable[object], most: int = 5) -> str:
    """Return the first of several values as a message lists them, and how many more there are."""
    listed = list(map(str, values))
    return ", ".join(listed[:most]) + (f" and {len(listed) - most:,} more" if len(listed) > most else "")
