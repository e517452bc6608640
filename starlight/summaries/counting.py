"""Count rows in groups, with a 0 for each group that has none."""

from __future__ import annotations

import pandas as pd


def cross(**values: object) -> pd.DataFrame:
    """Pair every value of the first column with every value of the second."""
    return pd.MultiIndex.from_product(values.values(), names=values.keys()).to_frame(index=False)


def count(rows: pd.DataFrame, counted: pd.DataFrame, by: list[str]) -> list[int]:
    """Count, for each of `rows`, the rows of `counted` that share its values of `by`; 0 where there is none."""
    sizes = counted.groupby(by).size()
    index = pd.MultiIndex.from_frame(rows[by]) if len(by) > 1 else pd.Index(rows[by[0]])
    return sizes.reindex(index, fill_value=0).to_list()
