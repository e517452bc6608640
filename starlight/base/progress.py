"""Show a progress bar for long work: by how much there is to do, not by the clock, so that outputs are alike."""

from collections.abc import Iterable
from typing import TypeVar

from tqdm.auto import tqdm

CHARACTERS_A_SECOND = 1_500_000  # that are split, or searched for terms; `annotate` hands fewer to a process at once

T = TypeVar("T")


def progress(
    things: Iterable[T], what: str, unit: str, total: int | None, *, seconds: float, passing: bool = False
) -> "tqdm[T]":
    """Return the things with a progress bar, shown if the estimated `seconds` are one or more; a `passing` one goes."""
    disable = seconds < 1 or (None if passing else False)
    return tqdm(things, what, total, leave=not passing, unit=unit, smoothing=0, disable=disable)
