"""Draw a random sample of reviews that a person reads whole."""

import hashlib

import numpy as np
import pandas as pd

from ..base.arguments import check_choice, check_number
from ..base.safe_text import harmless
from ..coding.belonging import reviews_read
from ..errors import TableError
from ..tables import COUNT, REVIEWS, TEXT, Column, build, check, declare, refuse_first

SAMPLE = declare(
    "sample",
    "one row per review to read, in the order in which to read them",
    "review_id name",
    Column("by", TEXT, "The column whose groups were each drawn from; missing if all reviews are one.", missing=True),
    Column("stratum", TEXT, "The group of reviews that it was drawn from: all reviews, or a value of `by`."),
    Column("turn", COUNT, "When to read it among those of its stratum, from 0."),
    Column("of_reviews", COUNT, "How many reviews there are to draw from; each has the same chance."),
    Column("population", TEXT, "A digest of the ids and texts of all reviews that could be drawn."),
    key="review_id",
)
ALL = "all reviews"
FEWEST_READ = 10  # of a group, for a corrected share


def sample_to_read(reviews: pd.DataFrame, n: int = 100, *, by: str | None = None, seed: int = 0) -> pd.DataFrame:
    """Draw reviews at random that a person reads whole, so that `corrected_shares` can correct the tagger's shares.

    Parameters
    ----------
    reviews : DataFrame
        The reviews table. Those in English, which the tagger reads, are drawn from.
    n : int
        How many to draw.
    by : str, optional
        A column of the reviews, to draw equally many of each of its values, or all of those that have fewer. At least
        ten of each are needed.
    seed : int
        A number that decides which reviews are drawn: with the same one they are the same.

    Returns
    -------
    DataFrame
        The sample table. Read in its order: if some are left unread, those before them are a random sample still.
        To go on another day, save it with `save_table`, and read it with
        ``pandas.read_csv(path, dtype={"review_id": "str", "stratum": "str"})``.

    Raises
    ------
    TableError
        If `reviews` is not a reviews table, lacks `by`, or is too small for `n`.

    Examples
    --------
    >>> from starlight import load_reviews
    >>> sample_to_read(load_reviews(), 2, seed=1)[["stratum", "of_reviews"]].values.tolist()
    [['all reviews', 5], ['all reviews', 5]]
    """
    check(reviews, REVIEWS, "reviews")
    population, _ = reviews_read(reviews)
    what = f"how many of the {len(population):,} English reviews to draw, a whole number from 1"
    check_number(n, "n", what, least=1, most=len(population), whole=True)
    check_number(seed, "seed", "a whole number from 0", most=2**63, whole=True)
    strata = strata_of(population, by)
    sizes = strata.value_counts(sort=False)
    order = np.random.default_rng(seed).permutation(len(population))
    rows = population[["review_id", "name"]].assign(by=by, stratum=strata.to_numpy()).iloc[order]
    rows["turn"] = rows.groupby("stratum").cumcount()
    earliest = np.lexsort((sizes.index.get_indexer(pd.Index(rows["stratum"])), rows["turn"]))
    rows = rows.iloc[np.sort(earliest[:n])]  # equally many of each stratum, or all where there are fewer
    drawn = rows["stratum"].value_counts().reindex(sizes.index, fill_value=0)
    if by is not None and (scarce := [name for name in sizes.index if drawn[name] < min(FEWEST_READ, sizes[name])]):
        raise TableError(
            f"n is {n}, which is fewer than {FEWEST_READ} for each of the {len(sizes)} groups by {by!r} (such as "
            f"{scarce[0]!r}). Give n={sum(np.minimum(sizes, FEWEST_READ))} or more, or leave by= out."
        )
    pace = rows["turn"] / rows["stratum"].map(drawn)  # each stratum is read from at the same
    rows = rows.loc[pace.sort_values(kind="stable").index]
    return build(SAMPLE, rows.assign(of_reviews=rows["stratum"].map(sizes), population=digest(population)))


def strata_of(population: pd.DataFrame, by: str | None) -> pd.Series:
    """Return the stratum of each review: its value of the column, or the one of all."""
    if by is None:
        return pd.Series(ALL, population.index, dtype="str")
    check_choice(by, "by", [name for name in population.columns if isinstance(name, str)])
    return population[by].astype("str").fillna("not stated")


def drawn_from(sample: pd.DataFrame, population: pd.DataFrame) -> pd.Series:
    """Return the stratum of each review; refuse a sample that was not drawn from these, or is of several draws."""
    check(sample, SAMPLE, "sample")
    if set(sample["population"]) != {digest(population)}:
        raise TableError(
            "sample was drawn from other reviews, or their texts have changed. Draw a new one, or pass them."
        )
    if len(sample["by"].unique()) > 1:
        raise TableError("sample holds several draws, by different columns. Pass one of them.")
    strata = strata_of(population, sample["by"].iloc[0] if sample["by"].notna().all() else None)
    now = sample["review_id"].map(dict(zip(population["review_id"], strata, strict=True)))
    remedy = "If pandas read it from a csv as a number, read it with dtype='str'."
    refuse_first(sample, now.isna(), "sample", f"review_id {{review_id!r}} is not in reviews. {remedy}".format_map)
    moved = sample.assign(now=now)[["stratum", "now", "by"]]
    reason = "it was drawn from {stratum!r}, and its {by} is now {now!r}. Pass the reviews as they were, or draw anew."
    is_moved = now.ne(sample["stratum"]) & now.map(harmless, na_action="ignore").ne(sample["stratum"])
    refuse_first(moved, is_moved, "sample", reason.format_map)
    return strata


def digest(population: pd.DataFrame) -> str:
    """Return a digest of the reviews, in any order."""
    pairs = sorted(zip(population["review_id"].tolist(), population["text"].tolist(), strict=True))
    return hashlib.sha256(repr(pairs).encode("utf-8", "surrogatepass")).hexdigest()[:16]
