"""The names of reviews in summary tables."""

from __future__ import annotations

import pandas as pd

from ..tables import columns

NAME = columns.NAME_IN_ROWS


def add_names(rows: pd.DataFrame, reviews: pd.DataFrame) -> pd.DataFrame:
    """Add the name of each row's review."""
    return rows.assign(name=rows["review_id"].map(reviews.set_index("review_id")["name"]))
