"""Shares of reviews that hold although the tagger errs, from a random sample of reviews that a person has read."""

import os
import warnings
from collections.abc import Iterable
from math import ceil
from pathlib import Path

import numpy as np
import pandas as pd

from ..base.arguments import check_choice, check_path
from ..base.statistics import Floats, corrected_share, difference
from ..coding.belonging import craft_themes, known_themes, one_coder, reviews_read
from ..coding.corrected import Record, warn_of_several
from ..coding.corrections import Place, digest
from ..coding.corrections_file import CorrectionsFile
from ..errors import ReadError, TableError, few
from ..tables import COUNT, NUMBER, OPINIONS, POLARITIES, TEXT, Column, build, check, declare
from .groups import check_grouping, group_reviews
from .samples import ALL, FEWEST_READ, drawn_from

CORRECTED_SHARES = declare(
    "corrected_shares",
    "one row per group of reviews, theme and polarity",
    Column("by", TEXT, "The column that the reviews are grouped by; missing if they are not.", missing=True),
    Column("group", TEXT, "The group: all reviews, or a group as in `theme_frequency`."),
    "theme label polarity coder",
    Column("naive", NUMBER, "The share of reviews in which the tagger finds such an opinion.", most=1),
    Column("corrected", NUMBER, "The share, corrected by what a person read.", missing=True, most=1),
    Column("low", NUMBER, "The low end of the corrected share's 95 % interval.", missing=True, most=1),
    Column("high", NUMBER, "The high end of it.", missing=True, most=1),
    Column("read", COUNT, "How many reviews of the group were read."),
    "of_reviews",
    Column("for_half", COUNT, "How many must be read for an interval half as wide."),
    key="group theme polarity",
)
CORRECTED_DIFFERENCES = declare(
    "corrected_differences",
    "one row per theme and polarity",
    "theme label polarity",
    Column("group", TEXT, "The group."),
    Column("other_group", TEXT, "The group that it is compared with."),
    Column("difference", NUMBER, "The group's corrected share minus the other's."),
    Column("low", NUMBER, "The low end of the difference's 95 % interval."),
    Column("high", NUMBER, "The high end of it."),
    key="theme polarity",
)
_FEWEST_OF_STRATUM = 2
_BY_CHANCE = 1e-6  # a probability below which nothing is chance
_IF_LEARNED = (
    " If the codebook has learned from more marks since, it finds others: take the one that you saved before you read, "
    "and find them with find_opinions(reviews, codebook=read_codebook(path))."
)
_ENDS = ("corrected", "low", "high")


def corrected_shares(
    opinions: pd.DataFrame,
    reviews: pd.DataFrame,
    *,
    sample: pd.DataFrame,
    read: str | os.PathLike[str],
    by: str | None = None,
    most: int = 8,
    themes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return in which share of the reviews each theme is praised or criticised, corrected by what a person read.

    Parameters
    ----------
    opinions : DataFrame
        The opinions that the tagger, or a codebook, found in all reviews, without corrections: those that
        `close_reading` showed, if it showed any. Save a codebook before you read, with ``learned.save(path)``: what is
        learned later finds other opinions.
    reviews : DataFrame
        The reviews that the sample was drawn from.
    sample : DataFrame
        What `sample_to_read` drew from them.
    read : path
        The file of corrections in which `close_reading` kept what the person corrected, and which reviews of the sample
        were marked as read whole. Where it showed no opinions, what the person marked is all that the person found, so
        any program's opinions can be corrected by it. A review that was read in part, or out of turn, does not count.
    by, most : str and int, optional
        How to group the reviews, as in `theme_frequency`.
    themes : DataFrame, optional
        The themes table; `read_themes()` if not given.

    Returns
    -------
    DataFrame
        The corrected_shares table, for English reviews. In a group of which fewer than ten reviews were read, corrected
        shares are missing. Formula and sources are in `starlight.base.statistics.corrected_share`. In simulations with
        559 whole reviews, of which 50, 100 or 200 were read, the 95 % intervals held the true share in 93 to 98 of 100
        draws, and those of the tagger alone for a third of the themes never (`tests/bench_shares.py`). If a codebook
        learned from the same sample, the intervals are a little too narrow; see `learn`.

    Warns
    -----
    UserWarning
        If reviews were read out of turn.

    Raises
    ------
    TableError
        If the sample was not drawn from these reviews, fewer than ten of it were read, or `opinions` are not a
        program's alone, not those that were read, or plainly only those in the sample.
    ReadError
        If `read` cannot be read.

    Examples
    --------
    >>> from starlight import find_opinions, load_reviews, sample_to_read
    >>> reviews = load_reviews()
    >>> sample = sample_to_read(reviews, 5)
    >>> corrected_shares(find_opinions(reviews), reviews, sample=sample, read="read.csv")
    Traceback (most recent call last):
    ...
    starlight.errors.ReadError: No file 'read.csv'. Make it with close_reading(..., queue=sample, path='read.csv').
    """
    opinions, themes = known_themes(opinions, OPINIONS, reviews, themes)
    coder, craft = one_coder(opinions), craft_themes(opinions, themes)
    if opinions["confidence"].isna().any():
        raise TableError(
            "opinions holds some that a person judged. Pass those of find_opinions(), without corrections."
        )
    population, _ = reviews_read(reviews)
    strata = drawn_from(sample, population)
    path = check_path(read, "read", "'read.csv'")
    if not path.exists():
        raise ReadError(
            f"No file {os.fspath(path)!r}. Make it with close_reading(..., queue=sample, path={path.name!r})."
        )
    drawn = reviews[reviews["review_id"].isin(sample["review_id"])]
    judging = opinions["review_id"].drop_duplicates()
    if judging.isin(drawn["review_id"]).all() and (len(drawn) / len(population)) ** len(judging) < _BY_CHANCE:
        raise TableError(
            f"opinions holds only those in reviews of the sample. Pass those in all {len(population):,} reviews, since "
            "the sample corrects what was counted in all of them."
        )
    ids, found = _found_by_person(opinions, drawn, themes, path, sample)
    pairs = craft[["theme", "label"]].merge(pd.DataFrame({"polarity": POLARITIES}), how="cross")
    coded = _has(opinions, population["review_id"], pairs)
    of_person = _has(found, population["review_id"], pairs)
    was_read = population["review_id"].isin(ids).to_numpy()
    groups = pd.Series(ALL, population.index)
    if by is not None:
        check_grouping(by, most, reviews)
        groups = population["review_id"].map(group_reviews(population, by, most).of)
    rows = []
    for group in dict.fromkeys(groups):
        here = (groups == group).to_numpy()
        share = _of_group(of_person[here], coded[here], was_read[here], strata[here].to_numpy())
        counts = {"read": int(was_read[here].sum()), "of_reviews": int(here.sum())}
        rows.append(pairs.assign(by=by, group=group, coder=coder, naive=coded[here].mean(axis=0), **share, **counts))
    table = pd.concat(rows)
    one, every = 1 / table["read"].clip(lower=1), 1 / table["of_reviews"]  # the width falls with the root of their gap
    return build(CORRECTED_SHARES, table.assign(for_half=(1 / ((one - every) / 4 + every)).map(ceil)))


def _found_by_person(
    opinions: pd.DataFrame, drawn: pd.DataFrame, themes: pd.DataFrame, path: Path, sample: pd.DataFrame
) -> tuple[list[str], pd.DataFrame]:
    """Return which reviews of a sample were read, and the opinions that a person found in them.

    Where opinions were shown, those are what the person left and added; where none were, what the person marked.
    """
    file = CorrectionsFile(path)
    file.read()
    ids = _read_in_turn(sample, [place.review_id for place in file.shown if place.is_whole], path)
    of_blank = {review_id for review_id in ids if file.shown[Place(review_id)] == digest([])}
    blank = drawn["review_id"].isin(of_blank)
    coder, shown = one_coder(opinions), [review_id for review_id in ids if review_id not in of_blank]
    remedy = _IF_LEARNED * coder.startswith("codebook ")
    record = Record(opinions[opinions["review_id"].isin(drawn["review_id"][~blank])], path, drawn[~blank], themes)
    if others := record.coders_in(shown) - {coder}:
        raise TableError(
            f"opinions are those of {coder!r}, and {path.name} corrects others, those of {', '.join(sorted(others))}, "
            f"in reviews that were read. Pass the opinions that were read.{remedy}"
        )
    if changed := record.not_as_read(map(Place, shown)):
        names = few(place.review_id for place in changed)
        raise TableError(
            f"opinions are not those that were read in {len(changed)} of {len(ids)} reviews ({names}). Pass "
            "those that close_reading showed, found with the same threshold; or read these reviews again and mark them."
            f"{remedy}"
        )
    marked = Record(build(OPINIONS, []), path, drawn[blank], themes).table
    warn_of_several(marked, path.name)
    return ids, pd.concat([record.table, marked])


def _read_in_turn(sample: pd.DataFrame, read: Iterable[str], path: Path) -> list[str]:
    """Return the reviews of each stratum that were read before the first that was not: a random part of it."""
    if len(sample) < FEWEST_READ:
        raise TableError(
            f"sample holds {len(sample)} reviews, and at least {FEWEST_READ} are needed. Draw more with sample_to_read "
            "and the same seed: these come first, and what you have read of them counts."
        )
    sample = sample.sort_values("turn", kind="stable")
    of_stratum = sample.groupby("stratum")
    is_read = sample["review_id"].isin(list(read))
    in_turn = (is_read & sample["turn"].eq(of_stratum.cumcount())).groupby(sample["stratum"]).cummin()
    if in_turn.sum() < FEWEST_READ:
        what = f"{in_turn.sum()} of its {len(sample)} reviews are marked as read in {path.name}, in its order"
        raise TableError(
            f"sample: {what}, and at least {FEWEST_READ} are needed. Open close_reading(..., queue=sample, "
            f"path={path.name!r}), and mark each that you have read whole."
        )
    if skipped := int((is_read & ~in_turn).sum()):
        first = next(iter(sample.loc[~is_read, "name"]), "those that sample lacks")
        warnings.warn(
            f"{skipped} of the reviews read do not count, since earlier ones of the sample were passed over, from "
            f"“{first}” on: read these too.",
            stacklevel=4,
        )
    return sample.loc[in_turn, "review_id"].tolist()


def _has(opinions: pd.DataFrame, review_ids: pd.Series, pairs: pd.DataFrame) -> Floats:
    """Return for each review and each pair of theme and polarity whether there is such an opinion: 1 or 0."""
    once = opinions[["review_id", "theme", "polarity"]].drop_duplicates()
    columns = pd.MultiIndex.from_frame(pairs[["theme", "polarity"]])
    there = np.zeros((len(review_ids), len(columns)))
    rows = pd.Index(review_ids).get_indexer(pd.Index(once["review_id"]))
    places = columns.get_indexer(pd.MultiIndex.from_frame(once[["theme", "polarity"]]))
    there[rows[rows >= 0], places[rows >= 0]] = 1  # those below are of reviews in other languages
    return there


def _of_group(read: Floats, coded: Floats, was_read: np.ndarray, strata: np.ndarray) -> dict[str, Floats]:
    """Return the corrected shares of a group of reviews with their intervals, missing where too few were read."""
    cells, cell = np.unique(strata, return_inverse=True)
    of_all = np.bincount(cell).astype("float64")
    if was_read.sum() < FEWEST_READ or np.bincount(cell[was_read], minlength=len(cells)).min() < _FEWEST_OF_STRATUM:
        return dict.fromkeys(_ENDS, np.full(read.shape[1], np.nan))
    coded_of_all = np.array([coded[cell == one].mean(axis=0) for one in range(len(cells))])
    found = corrected_share(read[was_read], coded[was_read], cell[was_read], coded_of_all, of_all)
    return dict(zip(_ENDS, found, strict=True))


def corrected_differences(shares: pd.DataFrame, group: str, other_group: str) -> pd.DataFrame:
    """Return how far two groups of reviews differ in what they praise and criticise, by their corrected shares.

    Parameters
    ----------
    shares : DataFrame
        The corrected_shares table of grouped reviews.
    group, other_group : str
        Two of its groups.

    Returns
    -------
    DataFrame
        The corrected_differences table: the largest difference first, each with its 95 % interval (G. Y. Zou and A.
        Donner, "Construction of Confidence Limits About Effect Measures", Statistics in Medicine 27, 2008). Of so many
        differences some lie beyond chance by chance.

    Raises
    ------
    TableError
        If `shares` breaks its declaration, or lacks a group, or of one too few reviews were read.

    Examples
    --------
    >>> corrected_differences(shares, "Up", "Dune")  # doctest: +SKIP
    """
    check(shares, CORRECTED_SHARES, "shares")
    sides = []
    for argument, name in (("group", group), ("other_group", other_group)):
        check_choice(name, argument, shares["group"].unique())
        side = shares[shares["group"] == name].set_index(["theme", "polarity"])
        if side["corrected"].isna().any():
            raise TableError(
                f"{argument} is {name!r}, of which {side['read'].iloc[0]} reviews were read. Read more of it."
            )
        sides.append(side)
    one, other = sides[0], sides[1].loc[sides[0].index]
    at, low, high = (one[name].to_numpy() for name in _ENDS)
    other_at, other_low, other_high = (other[name].to_numpy() for name in _ENDS)
    low, high = difference((at, low, high), (other_at, other_low, other_high))
    rows = one.reset_index()[["theme", "label", "polarity"]].assign(group=group, other_group=other_group)
    rows = rows.assign(difference=at - other_at, low=low, high=high)
    return build(CORRECTED_DIFFERENCES, rows.sort_values("difference", key=abs, ascending=False, kind="stable"))
