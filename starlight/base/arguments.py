"""Check what a user passes: an error gives the argument's name, its value, and what it should be."""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from math import inf
from numbers import Integral, Real
from pathlib import Path
from typing import Any

from ..errors import ReadError, TableError, did_you_mean, shown
from .safe_text import is_whole


def check_text(value: object, argument: str, what: str) -> None:
    """Refuse what is not a text that can be encoded; `what` says what the text should be."""
    if not isinstance(value, str) or not is_whole(value):
        raise TableError(f"{argument} is {shown(value)}. Give {what}, as a str.")


def check_flag(value: object, argument: str) -> None:
    """Refuse what is neither True nor False."""
    if not isinstance(value, bool):
        raise TableError(f"{argument} is {shown(value)}; it must be True or False.")


def check_number(
    value: Any, argument: str, what: str, *, least: float = 0, most: float = inf, whole: bool = False
) -> None:
    """Refuse what is not a number from `least` to `most`; `what` says in words what the number is."""
    kind: Any = Integral if whole else Real  # NumPy's numbers too
    if isinstance(value, bool) or not isinstance(value, kind) or not least <= value <= most:
        raise TableError(f"{argument} is {shown(value)}; it is {what}.")


def check_choice(value: object, argument: str, allowed: Iterable[str]) -> None:
    """Refuse a value that is not one of those allowed."""
    allowed = list(allowed)
    if not isinstance(value, str) or value not in allowed:
        raise TableError(f"{argument} is {shown(value)}. {did_you_mean(value, allowed)}")


def check_choices(value: Any, argument: str, allowed: Iterable[str]) -> list[str]:
    """Return one value as a list, or a list as it is; refuse any value that is not one of those allowed."""
    allowed = list(allowed)
    several = isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping)
    values = list(value) if several else [value]
    for one in values:
        check_choice(one, argument, allowed)
    return values


def check_path(path: object, argument: str, such_as: str) -> Path:
    """Return a path, whether it exists or not; refuse what is not a path."""
    remedy = f"Give a path, such as {such_as}."
    text = path
    try:
        text = os.fspath(path)  # type: ignore[call-overload]  # it refuses what is not a path
        found = Path(text)
        with suppress(FileNotFoundError):
            found.stat()  # raises if the name is too long, holds NUL, or leads through a folder that may not be read
    except (TypeError, ValueError, OSError) as error:
        why = getattr(error, "strerror", None) or error
        value = repr(text) if isinstance(text, str) else shown(path)
        raise ReadError(f"{argument} is {value}, which is not a path: {why}. {remedy}") from error
    if not text:
        raise ReadError(f"{argument} is empty. {remedy}")
    return found
