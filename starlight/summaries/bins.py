"""Counts of many reviews: how many fall in each bin or on each side, for what is too much to be drawn one by one."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from ..base.statistics import wilson
from ..tables import POLARITIES
from .counting import by_film, count
from .makeup import KINDS
from .scores import MEDIAN_FROM

OPINIONS_OF_FEW = 5  # opinions; a share of fewer says little
_ROUNDING = 1e-9  # 0.29 * 100 is 28.999999999999996, and belongs to 29
SIDES = ("mostly criticise", "as much of both", "mostly praise")  # what a review can do with a theme
_DIFFERENCES = ("−3 or less", "−2", "−1", "0", "+1", "+2", "+3 or more")


def count_in_bins(
    values: pd.Series,
    by: pd.Series,
    groups: Iterable[str],
    *,
    unit: str,
    number: int = 10,
    most: float = 1,
) -> pd.DataFrame:
    """Count values from 0 to `most` in bins, each with its lower end, as `unit`: one row per group and bin."""
    name = str(by.name)
    of_value = (values * number / most + _ROUNDING).astype("int64").clip(upper=number - 1)
    rows = pd.DataFrame({name: list(groups)}, dtype="str").merge(pd.DataFrame({"bin": range(number)}), how="cross")
    rows[unit] = count(rows, pd.DataFrame({name: by, "bin": of_value}), [name, "bin"])
    for edge, part in (("low", 0), ("middle", 0.5), ("high", 1)):
        rows[edge] = ((rows["bin"] + part) * most / number).round(12)
    return rows[[name, "low", "middle", "high", unit]]


def shares_of_rows(bins: pd.DataFrame, by: str, unit: str) -> pd.DataFrame:
    """Add to bins of shares their name ("0–10%") as `column`, the sum `of` their group, and their share of it."""
    of = bins.groupby(by, sort=False)[unit].transform("sum")
    names = [f"{100 * low:g}–{100 * high:g}%" for low, high in zip(bins["low"], bins["high"], strict=True)]
    return bins.assign(column=names, of=of, share=bins[unit] / of.clip(lower=1))


def makeup_in_tenths(counted: pd.DataFrame) -> pd.DataFrame:
    """Count the reviews that have a kind of sentence by its share: one row per kind and tenth, from a makeup table."""
    some = counted[counted["sentences"] > 0]
    return count_in_bins(some["share"], some["kind"], KINDS, unit="reviews")


def praise_in_tenths(counted: pd.DataFrame) -> pd.DataFrame:
    """Count the reviews with opinions by the share of praise in tenths, those with at least five opinions apart."""
    judging = counted[counted["opinions"] > 0]
    names = [f"{OPINIONS_OF_FEW} opinions or more", f"fewer than {OPINIONS_OF_FEW} opinions"]
    few = judging["opinions"].lt(OPINIONS_OF_FEW).map({False: names[0], True: names[1]})
    return count_in_bins(judging["share"], few, names, unit="reviews")


def scores_in_tens(scores: pd.DataFrame) -> pd.DataFrame:
    """Count the stated scores in each ten points: one row per convention and ten, from a score_distribution table."""
    stated = scores[scores["score_status"] == "stated"]
    conventions = scores["convention"].unique()
    return count_in_bins(stated["score"], stated["convention"], conventions, unit="reviews", most=100)


def median_scores(scores: pd.DataFrame) -> pd.DataFrame:
    """Return how many scores are stated, and their median unless they are fewer than five: one row per convention."""
    stated = scores[scores["score_status"] == "stated"].groupby("convention")["score"]
    rows = pd.DataFrame({"reviews": stated.size(), "median": stated.median()})
    rows = rows.reindex(pd.Index(scores["convention"].unique(), name="convention")).reset_index()
    reviews = rows["reviews"].fillna(0).astype("int64")
    return rows.assign(reviews=reviews, median=rows["median"].where(reviews >= MEDIAN_FROM))


def themes_in_tenths(shares: pd.DataFrame) -> pd.DataFrame:
    """Count the reviews that mention anything by each theme's share of it: in tenths, after ``none``."""
    some = shares[shares["mentions"] > 0]
    bins = count_in_bins(some["share"], some["theme"], shares["theme"].unique(), unit="reviews")
    bins = shares_of_rows(bins, "theme", "reviews")
    none = bins.drop_duplicates("theme").assign(column="none", share=float("nan"))
    talking = some["review_id"].nunique()
    return _labelled(pd.concat([none.assign(reviews=talking - none["of"], of=talking), bins]), shares, "reviews")


def mentions_in_twentieths(positions: pd.DataFrame) -> pd.DataFrame:
    """Count the mentions of each theme in each twentieth of a review, and in ``all``, whose share is missing."""
    themes = positions["theme"].unique()
    bins = count_in_bins(positions["position"], positions["theme"], themes, unit="mentions", number=20)
    bins = shares_of_rows(bins, "theme", "mentions")
    every = bins.drop_duplicates("theme").assign(column="all", share=float("nan"))
    return _labelled(pd.concat([bins, every.assign(mentions=every["of"])]), positions, "mentions")


def opinions_in_twentieths(positions: pd.DataFrame) -> pd.DataFrame:
    """Count praise and criticism in each twentieth of a review: one row per polarity and twentieth."""
    return count_in_bins(positions["position"], positions["polarity"], POLARITIES, unit="opinions", number=20)


def _labelled(rows: pd.DataFrame, table: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Add the label and kind of each row's theme, as the table has them."""
    themes = table.drop_duplicates("theme")[["theme", "label", "kind"]]
    rows = rows.merge(themes, on="theme", how="left", validate="m:1")
    return rows[["theme", "label", "kind", "column", unit, "of", "share"]]


def divided_themes(counted: pd.DataFrame) -> pd.DataFrame:
    """Return the judgements of themes that divide the reviews of a film, in the order of `by_side`."""
    sides = by_side(counted)
    order = sides.drop_duplicates(["film", "theme"])[["film", "theme", "smaller"]].query("smaller > 0")
    judged = counted.assign(within=by_film(counted["film"]))[counted["praise"] + counted["criticism"] > 0]
    order = order.rename(columns={"film": "within"})
    return order.merge(judged, on=["within", "theme"], validate="1:m")[counted.columns.tolist()]


def by_difference(counted: pd.DataFrame) -> pd.DataFrame:
    """Count the reviews by praise less criticism of each theme; shares are of those that judge it."""
    net = (counted["praise"] - counted["criticism"]).clip(-3, 3)
    judged = counted["praise"] + counted["criticism"] > 0
    named = net.map(dict(enumerate(_DIFFERENCES, start=-3))).where(judged, "no opinion")
    themes = counted.drop_duplicates("theme")[["theme", "label"]]
    table = themes.merge(pd.DataFrame({"column": ["no opinion", *_DIFFERENCES]}), how="cross")
    table["reviews"] = count(table, counted.assign(column=named), ["theme", "column"])
    silent = table["column"] == "no opinion"
    every = table.groupby("theme", sort=False)["reviews"].transform("sum")
    of = every.where(silent, table["reviews"].mask(silent, 0).groupby(table["theme"], sort=False).transform("sum"))
    share = (table["reviews"] / of.clip(lower=1)).mask(silent)
    sign = table["column"].str[0].map({"−": -1, "0": 0, "+": 1}).astype("float64")
    return table.assign(of=of, share=share, signed=share * sign)


def by_side(counted: pd.DataFrame) -> pd.DataFrame:
    """Count the reviews that mostly criticise a theme, do both alike, or mostly praise it, within each film.

    `smaller`, by which they are sorted, is the low end of the 95 % interval of the share of the smaller side.
    """
    counted = counted.assign(film=by_film(counted["film"]))
    judged = counted[counted["praise"] + counted["criticism"] > 0]
    side = (judged["praise"] - judged["criticism"]).clip(-1, 1).map(dict(zip((-1, 0, 1), SIDES, strict=True)))
    pairs = counted.drop_duplicates(["film", "theme"])[["film", "theme", "label"]]
    table = pairs.merge(pd.DataFrame({"side": SIDES}), how="cross")
    key = ["film", "theme"]
    table["reviews"] = count(table, judged.assign(side=side), [*key, "side"])
    pair = table.groupby(key, sort=False)
    table["of"] = pair["reviews"].transform("sum")
    fewer = table["reviews"].mask(table["side"] == SIDES[1]).groupby([table[name] for name in key]).transform("min")
    smaller, _ = wilson(fewer.to_numpy("float64"), table["of"].to_numpy("float64"))
    is_one = table["film"].ne("") | bool(table["film"].eq("").all())  # reviews of no film may be of several
    apart = fewer.gt(0) & is_one
    smaller = np.where(table["of"] > 0, np.where(apart, smaller, 0), -1)  # what nobody judges comes last
    table = table.assign(smaller=smaller).sort_values("smaller", ascending=False, kind="stable", ignore_index=True)
    return table[[*key, "label", "side", "reviews", "of", "smaller"]]


def unstated_scores(reviews: pd.DataFrame) -> pd.DataFrame:
    """Count the reviews whose score is ambiguous, unreadable or absent: one row per status that occurs."""
    status = reviews["score_status"]
    kinds = status.where(status.isin(["ambiguous", "unreadable"]), "without a score")
    return kinds.value_counts().sort_index().rename_axis("status").reset_index(name="reviews")


def mentions_in_all(positions: pd.DataFrame) -> pd.DataFrame:
    """Count the mentions of each theme, from a mention_positions table: one row per theme, the most mentioned first."""
    sizes = positions.groupby(["theme", "label"], sort=False).size()
    return sizes.sort_values(ascending=False, kind="stable").reset_index(name="mentions")


def halves(bins: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Count what the lower and the upper half of each theme's tenths or twentieths hold: one row per theme."""
    bins = bins.dropna(subset="share")
    place = bins.groupby("theme", sort=False).cumcount()
    low = 2 * place < bins.groupby("theme", sort=False)["share"].transform("size")
    held = bins.assign(low=bins[unit].where(low, 0), high=bins[unit].where(~low, 0))
    return held.groupby(["theme", "label", "of"], sort=False)[["low", "high"]].sum().reset_index()


def balances(differences: pd.DataFrame) -> pd.DataFrame:
    """Count the reviews that praise a theme more than they criticise it, as much, and less, from `by_difference`."""
    sign = differences["column"].str[0]
    signs = {"more": "+", "as_much": "0", "less": "−"}
    sided = differences.assign(**{name: differences["reviews"].where(sign == one, 0) for name, one in signs.items()})
    return sided.groupby(["theme", "label"], sort=False)[list(signs)].sum().reset_index()


def found_within(reliability: pd.DataFrame) -> pd.DataFrame:
    """Return a reliability table with the 95 % interval (Wilson's) of each share that was found."""
    low, high = wilson(
        (reliability["found"] * reliability["opinions"]).to_numpy(), reliability["opinions"].to_numpy("float64")
    )
    return reliability.assign(found_low=low, found_high=high)
