"""What all summaries share: counting with the zeros there, and refusing tables that do not belong together."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..checks import check
from ..errors import StarlightError, TableError, did_you_mean
from ..tables import OPINIONS_TABLE, REVIEWS, Table
from ..themes import check_themes, given_themes


def known_themes(frame: pd.DataFrame, table: Table, reviews: pd.DataFrame, themes: pd.DataFrame | None) -> pd.DataFrame:
    """Give the themes after checking that the tables belong together."""
    check(frame, table)
    check(reviews, REVIEWS, "reviews")
    themes = given_themes(themes)
    check_themes(frame, themes, table.name)
    known_reviews(frame, reviews, table.name)
    return themes


def craft_themes(opinions: pd.DataFrame, themes: pd.DataFrame, argument: str = "opinions") -> pd.DataFrame:
    """Give the craft themes after refusing an opinion of any other theme, which no row would count."""
    check_themes(opinions, themes, argument)
    craft = themes[themes["kind"] == "craft"]
    other = ~opinions["theme"].isin(craft["theme"])
    if other.any():
        row = int(other.to_numpy().argmax())
        theme = opinions["theme"].iloc[row]
        raise TableError(
            f"{argument}, row {row}: theme {theme!r} is a motif, and an opinion carries a craft theme. "
            f"{did_you_mean(theme, craft['theme'])}"
        )
    return craft


def sentence_numbers(opinions: pd.DataFrame, sentences: pd.DataFrame, argument: str = "opinions") -> np.ndarray:
    """Give each opinion the number of its sentence among those that are no furniture; refuse one that is not there."""
    key = ["review_id", "sentence"]
    prose = pd.MultiIndex.from_frame(sentences.loc[sentences["part"] != "furniture", key])
    numbers = prose.get_indexer(pd.MultiIndex.from_frame(opinions[key]))
    if (numbers < 0).any():
        row = int((numbers < 0).argmax())
        where = f"sentence {opinions['sentence'].iloc[row]} of review {opinions['review_id'].iloc[row]!r}"
        raise TableError(
            f"{argument}, row {row}: {where} is not among the sentences, or is furniture. "
            "Pass the sentences of the reviews that were coded."
        )
    return numbers


def known_reviews(frame: pd.DataFrame, reviews: pd.DataFrame, argument: str) -> None:
    """Refuse a table with a review that `reviews` lacks."""
    unknown = ~frame["review_id"].isin(reviews["review_id"])
    if unknown.any():
        row = int(unknown.to_numpy().argmax())
        raise TableError(
            f"{argument}, row {row}: review_id {frame['review_id'].iloc[row]!r} is not in reviews. "
            "Pass the reviews that the table was made from."
        )


def one_coder(opinions: pd.DataFrame, reviews: pd.DataFrame | None = None) -> str:
    """Refuse opinions of several coders, which would be counted twice; give the coder's name."""
    check(opinions, OPINIONS_TABLE, "opinions")
    if reviews is not None:
        known_reviews(opinions, reviews, "opinions")
    coders = sorted(opinions["coder"].unique())
    if len(coders) > 1:
        raise StarlightError(
            f"opinions holds several coders ({', '.join(coders)}), so each opinion would count more than once. "
            f"Take one: opinions[opinions['coder'] == {coders[-1]!r}]."
        )
    return coders[0] if coders else "none"


def cross(**values: object) -> pd.DataFrame:
    """Pair every value of the first column with every value of the second."""
    return pd.MultiIndex.from_product(values.values(), names=values.keys()).to_frame(index=False)


def count(rows: pd.DataFrame, counted: pd.DataFrame, by: list[str]) -> list[int]:
    """Count, for each of `rows`, the rows of `counted` that share its values of `by`; 0 where there is none."""
    sizes = counted.groupby(by).size()
    index = pd.MultiIndex.from_frame(rows[by]) if len(by) > 1 else pd.Index(rows[by[0]])
    return sizes.reindex(index, fill_value=0).to_list()
