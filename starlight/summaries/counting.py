"""Count rows in groups, with a 0 for each group that has none; reviews of different films are kept apart."""

from __future__ import annotations

import numpy as np
import pandas as pd


def count(rows: pd.DataFrame, counted: pd.DataFrame, by: list[str]) -> np.ndarray:
    """Count, for each of `rows`, the rows of `counted` with the same values of `by`."""
    sizes = counted.groupby(by).size()
    index = pd.MultiIndex.from_frame(rows[by]) if len(by) > 1 else pd.Index(rows[by[0]])
    return sizes.reindex(index, fill_value=0).to_numpy()


def add_counts(
    rows: pd.DataFrame, counted: pd.DataFrame, by: list[str], unit: str, reviews: str = "reviews"
) -> pd.DataFrame:
    """Return `rows` with a column `unit`, how many of `counted` have the same values, and a column of their reviews."""
    once = counted[["review_id", *by]].drop_duplicates()
    return rows.assign(**{unit: count(rows, counted, by), reviews: count(rows, once, by)})


def by_film(film: pd.Series) -> pd.Series:
    """Return the film that each review is compared within: nothing where none is stated, or where no two are named."""
    named = film.astype("str").fillna("")
    return named if len(film.dropna().unique()) > 1 else named.where(named.isna(), "")
