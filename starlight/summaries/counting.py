"""Count rows in groups, with a 0 for each group that has none."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd


def cross(**values: Iterable[str | int]) -> pd.DataFrame:
    """Pair every value of the first column with every value of the second."""
    return pd.MultiIndex.from_product(list(values.values()), names=list(values)).to_frame(index=False)


def count(rows: pd.DataFrame, counted: pd.DataFrame, by: list[str]) -> list[int]:
    """Count, for each of `rows`, the rows of `counted` with the same values of `by`."""
    sizes = counted.groupby(by).size()
    index = pd.MultiIndex.from_frame(rows[by]) if len(by) > 1 else pd.Index(rows[by[0]])
    return sizes.reindex(index, fill_value=0).to_list()


def largest(rows: pd.DataFrame, count: str) -> pd.DataFrame:
    """Return the row with the largest count, or all rows that share it; none where it is 0."""
    return rows[rows[count].eq(rows[count].max()) & rows[count].gt(0)]
