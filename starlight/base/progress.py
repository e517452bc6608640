"""A bar for what takes over a second: by how much there is to do, not by the clock, so outputs are always alike."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TypeVar

import pandas as pd

_CHARACTERS = 1_500_000  # of text, which take about a second to split: more than `annotate` hands to a process at once

T = TypeVar("T")


def progress(things: Collection[T], texts: pd.Series, what: str, unit: str) -> Iterator[T]:
    """Go through things, with a bar if the texts that they are made of are long.

    Parameters
    ----------
    things : collection
        What to go through.
    texts : Series of str
        All of their texts.
    what, unit : str
        What the bar calls the work, and one of the things.

    Yields
    ------
    object
        Each of the things.
    """
    from tqdm.auto import tqdm  # loaded here: `import starlight` stays fast

    yield from tqdm(things, what, unit=unit, disable=texts.str.len().sum() < _CHARACTERS)
