"""Which themes come together: in the same sentences, more often than chance would put them there."""

from itertools import combinations

import numpy as np
import pandas as pd

from ..base.statistics import holm, mantel_haenszel
from ..coding.belonging import check_themes, in_english, with_units
from ..coding.themes import checked_themes
from ..tables import COUNT, MENTIONS, NUMBER, SENTENCES, TEXT, Column, build, check, declare
from .compared import CHANCE

THEMES_TOGETHER = declare(
    "themes_together",
    "one row per pair of themes",
    "theme label",
    Column("other_theme", TEXT, "The other theme, by its name in data/themes.csv."),
    Column("other_label", TEXT, "The other theme's name for people."),
    Column("sentences", COUNT, "In how many sentences both are mentioned."),
    Column("expected", NUMBER, "In how many they would be by chance, each review by itself."),
    Column("reviews", COUNT, "How many reviews have such a sentence."),
    "of_reviews",
    Column("p", NUMBER, "How often chance goes as far; missing where there is too little to tell.", missing=True),
    "adjusted",
    key="theme other_theme",
)
_SHORT = 4  # sentences; a review of fewer says nothing by itself


def themes_together(
    mentions: pd.DataFrame, sentences: pd.DataFrame, *, themes: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Count in how many sentences each two themes are mentioned together: one row per pair.

    Parameters
    ----------
    mentions, sentences : DataFrame
        The tables.
    themes : DataFrame, optional
        The themes table that `mentions` was found with; `read_themes()` if not given.

    Returns
    -------
    DataFrame
        The themes_together table, the surest pair first. Each review is compared with itself, so that long reviews,
        which mention everything, put no themes together; reviews of up to three sentences with others as short.

    Raises
    ------
    StarlightError
        If a table breaks its declaration, or does not belong to the other.

    Notes
    -----
    p is that of the test of N. Mantel and W. Haenszel (1959), with a stratum for each review, or Fisher's exact test
    where the rule of Mantel and Fleiss (1980) asks for it; adjusted p follow S. Holm (1979), over all pairs.

    Examples
    --------
    >>> from starlight import find_mentions, load_reviews, split_sentences
    >>> sentences = split_sentences(load_reviews())
    >>> together = themes_together(find_mentions(sentences), sentences)
    >>> int((together["adjusted"] < 0.05).sum())
    0
    """
    check(sentences, SENTENCES, "sentences")
    check(mentions, MENTIONS, "mentions")
    listed = checked_themes(themes).dropna(subset="terms")
    check_themes(mentions, listed, "mentions")
    prose = sentences[sentences["part"] != "boilerplate"]
    texts = prose.groupby("review_id", sort=False)["text"].agg(" ".join)
    read = texts.index[in_english(texts) & texts.str.contains(r"\w") | texts.index.isin(mentions["review_id"])]
    left_out = sentences["review_id"].nunique() - len(read)
    sentences = prose[prose["review_id"].isin(read)]
    review = pd.factorize(sentences["review_id"])[0]
    size = np.bincount(review)[review]
    stratum = np.unique(np.where(size < _SHORT, -size, review), return_inverse=True)[1]  # those as short are one
    there = np.zeros((len(listed), len(review)), dtype="bool")
    for theme, units in with_units(mentions, sentences, "mentions").groupby("theme")["unit"]:
        there[listed["theme"].eq(theme).to_numpy().argmax(), units] = True
    names = listed[["theme", "label"]].to_numpy().tolist()
    of_reviews = len(np.unique(review))
    rows = [
        {"theme": one[0], "label": one[1], "other_theme": other[0], "other_label": other[1], "of_reviews": of_reviews}
        | {"reviews": len(np.unique(review[there[a] & there[b]])), **_pair(there[a], there[b], stratum)}
        for (a, one), (b, other) in combinations(enumerate(names), 2)
    ]
    table = pd.DataFrame(rows, columns=[name for name in THEMES_TOGETHER.names if name != "adjusted"])
    table = table.assign(adjusted=holm(table["p"].to_numpy("float64")))
    table = table.assign(**{"left_out": left_out} if left_out else {})
    return build(THEMES_TOGETHER, table.sort_values("p", kind="stable", na_position="last"))


def _pair(one: np.ndarray, other: np.ndarray, stratum: np.ndarray) -> dict[str, float]:
    """Count the sentences with both themes, and say how far they are from chance."""
    of_all, hits, of, all_hits = (
        np.bincount(stratum, some).astype("float64") for some in (np.ones(len(stratum)), one & other, one, other)
    )
    p = mantel_haenszel(hits[None, :], of[None, :], all_hits[None, :], of_all[None, :])[0]
    expected = (of * all_hits / np.maximum(of_all, 1)).sum()
    return {"sentences": hits.sum(), "expected": expected, "p": p}


def beyond_chance(table: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs that come together more often than chance puts them, all pairs corrected for."""
    return table[(table["adjusted"] < CHANCE) & (table["sentences"] > table["expected"])]
