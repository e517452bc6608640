"""Whether reviews that praise more also give higher scores."""

import numpy as np
import pandas as pd

from ..base.statistics import spearman
from ..tables import NUMBER, Column, build, declare
from .opinions import praise_and_criticism

SCORES_AND_PRAISE = declare(
    "scores_and_praise",
    "one row per review that states a score and holds an opinion",
    "review_id name film score_raw",
    Column("score", NUMBER, "The score from 0 to 100, by the chosen convention.", most=100),
    "coder corpus praise criticism opinions",
    Column("share", NUMBER, "praise / opinions.", most=1),
    key="review_id",
)


_CLOSE = 40  # points of score; the name of a review takes as many


def scores_and_praise(
    opinions: pd.DataFrame, reviews: pd.DataFrame, *, themes: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Set each review's score beside its share of praise: one row per review that has both.

    Parameters
    ----------
    opinions, reviews : DataFrame
        The tables; `opinions` of one coder.
    themes : DataFrame, optional
        The themes table; `read_themes()` if not given.

    Returns
    -------
    DataFrame
        The scores_and_praise table, in the order of the reviews.

    Raises
    ------
    StarlightError
        As `praise_and_criticism`.

    Examples
    --------
    >>> from starlight import load_reviews, read_opinions
    >>> table = scores_and_praise(read_opinions(), load_reviews())
    >>> table[["score", "praise", "opinions"]].astype(int).values.tolist()
    [[58, 6, 28], [75, 9, 25]]
    """
    counted = praise_and_criticism(opinions, reviews, by="review_id", themes=themes)
    rows = counted.merge(reviews[["review_id", "film", "score"]], on="review_id", validate="1:1")
    rows = rows[rows["score"].notna() & (rows["opinions"] > 0)]
    return build(SCORES_AND_PRAISE, rows[SCORES_AND_PRAISE.names])


def goes_with(table: pd.DataFrame) -> tuple[float, float, float]:
    """Return the rank correlation of score and share of praise, each film by itself, with its 95 % interval."""
    films = pd.factorize(table["film"].astype("str").fillna(""))[0]
    return spearman(table["score"].to_numpy("float64"), table["share"].to_numpy("float64"), films)


def in_words(table: pd.DataFrame) -> tuple[str, list[str], bool]:
    """Say whether score and praise go together, by how much, and whether that is clear."""
    r, low, high = goes_with(table)
    if np.isnan(r):
        return "Too few reviews state a score to say whether praise goes with it", [], False
    within = " within films" if len(set(table["film"].dropna())) > 1 else ""
    r, low, high = (round(value, 2) + 0 for value in (r, low, high))  # 0.00, not -0.00
    how = f"rank correlation{within} {r:.2f}, with its 95% interval from {low:.2f} to {high:.2f}".replace("-", "−")
    if low <= 0 <= high:
        return "It is not clear that praise and score go together", [how], False
    return f"Reviews that praise more tend to score {'higher' if r > 0 else 'lower'}", [how], True


def in_cells(table: pd.DataFrame) -> pd.DataFrame:
    """Count the reviews in each tenth of scores and of shares: one row per cell that has some, at its middle."""
    tenths = (table[["score", "share"]] * [0.1, 10] + 1e-9).astype("int64").clip(upper=9)
    counted = tenths.value_counts(sort=False).reset_index(name="reviews")
    return counted.assign(score=counted["score"] * 10.0 + 5, share=counted["share"] / 10 + 0.05)


def furthest(table: pd.DataFrame, number: int) -> pd.DataFrame:
    """Return the reviews whose rank by score is furthest from that by share of praise, none close to one before it."""
    gap = table["score"].rank() - table["share"].rank()
    rows = table.loc[gap.abs().sort_values(ascending=False, kind="stable").index]
    kept: list[tuple[float, float]] = []
    far = []
    for score, share in rows[["score", "share"]].itertuples(index=False, name=None):
        far.append(len(kept) < number and all(abs(share - y) > 0.05 or abs(score - x) > _CLOSE for x, y in kept))
        kept += [(score, share)] * far[-1]
    return rows[far]
