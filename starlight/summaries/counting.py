"""Count rows in groups, with a 0 for each group that has none; reviews of different films are kept apart."""

import numpy as np
import pandas as pd

from ..coding.belonging import craft_themes, known_themes, whose
from ..tables import OPINIONS, POLARITIES


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


def add_sides(rows: pd.DataFrame, opinions: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Return `rows` with how many opinions praise, and how many criticise, as a column each."""
    sides = {side: opinions[opinions["polarity"] == side] for side in POLARITIES}
    return rows.assign(**{side: count(rows, counted, by) for side, counted in sides.items()})


def judged(
    opinions: pd.DataFrame, reviews: pd.DataFrame, themes: pd.DataFrame | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the opinions of these reviews, of one coder, and the craft themes with whose coding it is."""
    opinions, listed = known_themes(opinions, OPINIONS, reviews, themes)
    coded = whose(opinions)
    return opinions, craft_themes(opinions, listed)[["theme", "label"]].assign(**coded)


def located(spans: pd.DataFrame, reviews: pd.DataFrame) -> pd.DataFrame:
    """Return spans with their review's name, and with the share of its text that is before them as `position`."""
    of = reviews.set_index("review_id")
    lengths = spans["review_id"].map(of["text"].str.len()).astype("int64")
    return spans.assign(name=spans["review_id"].map(of["name"]), position=spans["start"] / lengths)


def by_film(film: pd.Series) -> pd.Series:
    """Return the film that each review is compared within: nothing where none is stated, or where no two are named."""
    named = film.astype("str").fillna("")
    return named if len(film.dropna().unique()) > 1 else named.where(named.isna(), "")
