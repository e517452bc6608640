"""How far a coding can be trusted, beyond agreement: which themes it confuses, and what its confidence is worth."""

from collections import Counter
from functools import cache
from itertools import product

import numpy as np
import pandas as pd

from ..coding.belonging import one_coder, with_units
from ..coding.opinions import read_opinions
from ..coding.tagger import settings
from ..errors import TableError
from ..loading.load import load_reviews
from ..tables.base import SENTENCES
from ..tables.columns import declare
from ..tables.schema import COUNT, NUMBER, TEXT, Column, build, check
from ..text.sentences import split_sentences
from .agreement import agreement

CONFUSION = declare(
    "confusion",
    "one row per theme of one coding and theme of the other",
    "coder other",
    Column("theme", TEXT, "The theme in the coding; none where only the other has one."),
    Column("other_theme", TEXT, "The theme in the other coding; none where only the first has one."),
    Column("sentences", COUNT, "Number of sentences where the coding has `theme` and the other has `other_theme`."),
    key="theme other_theme",
)
RELIABILITY = declare(
    "reliability",
    "one row per tenth of confidence that has opinions",
    "coder other",
    Column("low", NUMBER, "Where the tenth begins; 0.4 is from 0.4 to 0.5.", most=1),
    Column("confidence", NUMBER, "The mean confidence of the opinions in it.", most=1),
    Column("found", NUMBER, "The share of them that the other coding has too.", most=1),
    "opinions",
    key="low",
)


def confusion(opinions: pd.DataFrame, other: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Count which themes two codings give to the same sentences: one row per pair of themes.

    Parameters
    ----------
    opinions, other, sentences : DataFrame
        Two opinions tables, each of one coder, and the sentences that both coded.

    Returns
    -------
    DataFrame
        The confusion table: every pair of the themes that occur, and ``none``. In each sentence a theme that both have
        is paired with itself. Then each remaining theme of the one coding is paired with each remaining theme of the
        other, or with ``none`` if the other has no more.

    Raises
    ------
    TableError
        If a table breaks its declaration, or an opinion lies in none of the sentences.

    Examples
    --------
    >>> from starlight import load_reviews, read_opinions, split_sentences
    >>> opinions = read_opinions()
    >>> same = confusion(opinions, opinions, split_sentences(load_reviews()))
    >>> same.query("theme != other_theme")["sentences"].sum().item()
    0
    """
    check(sentences, SENTENCES, "sentences")
    both, coders = [], {}
    for frame, argument, column in ((opinions, "opinions", "coder"), (other, "other", "other")):
        coders[column] = one_coder(frame, argument=argument)
        both.append(with_units(frame, sentences, argument).groupby("unit")["theme"].agg(set).to_dict())
    mine, theirs = both
    counts: Counter[tuple[str, str]] = Counter()
    for number in mine.keys() | theirs.keys():
        one, two = mine.get(number, set()), theirs.get(number, set())
        counts.update((theme, theme) for theme in one & two)
        if one != two:
            counts.update(product(one - two or {"none"}, two - one or {"none"}))
    themes = [*sorted({*opinions["theme"], *other["theme"]}), "none"]
    rows = [{"theme": a, "other_theme": b, "sentences": counts[a, b]} for a, b in product(themes, themes)]
    return build(CONFUSION, pd.DataFrame(rows).assign(**coders))


def reliability(opinions: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """Compare confidence with agreement: one row per tenth of confidence, with how many opinions another coding shares.

    Parameters
    ----------
    opinions, other : DataFrame
        Two opinions tables, each of one coder; the first with confidence.

    Returns
    -------
    DataFrame
        The reliability table. The other coding shares an opinion if it has one of the same theme and polarity in the
        same sentence. In a well-calibrated coding ``found`` is near ``confidence``.

    Raises
    ------
    TableError
        If a table breaks its declaration, or an opinion has no confidence.

    Examples
    --------
    >>> from starlight import read_opinions
    >>> sure = read_opinions().assign(confidence=0.95)
    >>> reliability(sure, read_opinions())[["low", "found"]].values.tolist()
    [[0.9, 1.0]]
    """
    coders = {"coder": one_coder(opinions), "other": one_coder(other, argument="other")}
    if opinions["confidence"].isna().any():
        raise TableError("opinions has rows without confidence. Pass a model's coding, which has one in every row.")
    key = ["review_id", "sentence", "theme", "polarity"]
    in_other = pd.MultiIndex.from_frame(opinions[key]).isin(pd.MultiIndex.from_frame(other[key]))
    tenth = np.minimum((opinions["confidence"] * 10 + 1e-9).astype("int64"), 9)
    frame = pd.DataFrame({"low": tenth / 10, "confidence": opinions["confidence"], "found": in_other.astype(float)})
    rows = frame.groupby("low").agg(
        confidence=("confidence", "mean"), found=("found", "mean"), opinions=("found", "size")
    )
    return build(RELIABILITY, rows.reset_index().assign(**coders))


@cache
def tagger_on_the_five() -> float:
    """Return the F1, of theme and polarity, of the tagger's stored coding of the five against the settled one."""
    codings = (read_opinions(), read_opinions(coder=settings().name))
    compared = agreement(*codings, split_sentences(load_reviews()))
    return float(compared.loc[compared["theme"].isna() & compared["level"].eq("all"), "f1"].iloc[0])
