"""The names of reviews in summary tables."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from ..tables import columns

NAME = replace(columns.NAME, meaning="What people call the review.", unique=False)


def add_names(rows: pd.DataFrame, reviews: pd.DataFrame) -> pd.DataFrame:
    """Add the name of each row's review."""
    return rows.assign(name=rows["review_id"].map(reviews.set_index("review_id")["name"]))
