"""The names of reviews in summary tables."""

from __future__ import annotations

import pandas as pd


def add_names(rows: pd.DataFrame, reviews: pd.DataFrame) -> pd.DataFrame:
    """Add the name of each row's review."""
    return rows.assign(name=rows["review_id"].map(reviews.set_index("review_id")["name"]))
