"""The words that set praise apart from criticism, by a measure that neither frequent nor rare words can dominate."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from ..coding.belonging import one_coder
from ..errors import StarlightError
from ..tables import columns
from ..tables.columns import POLARITIES
from ..tables.schema import COUNT, NUMBER, TEXT, Column, build, declare
from ..text.words import Word, find_words

KEYNESS = declare(
    "keyness",
    "one row per word",
    ("word",),
    (
        Column("word", TEXT, "The word as it is written, folded to lower case."),
        columns.CODER,
        Column("praise", COUNT, "How many times it stands in quotes that praise."),
        Column("of_praise", COUNT, "Of how many words in quotes that praise, names left out."),
        Column("criticism", COUNT, "How many times it stands in quotes that criticise."),
        Column("of_criticism", COUNT, "Of how many words in quotes that criticise, names left out."),
        Column("reviews", COUNT, "In the quotes of how many reviews."),
        columns.OF_REVIEWS,
        Column("log_odds", NUMBER, "The log-odds ratio of praise to criticism, drawn towards 0 by the prior."),
        Column("z", NUMBER, "log_odds in standard errors: above 0 of praise, below it of criticism."),
    ),
)

_APOSTROPHES = "'’"
_TWICE = math.log(2)


def keyness(opinions: pd.DataFrame, reviews: pd.DataFrame, *, prior: float = 0.1) -> pd.DataFrame:
    """Measure how far each word of the quotes belongs to praise or to criticism: one row per word.

    The measure is the log-odds ratio with an informative Dirichlet prior, and its z-score (B. L. Monroe, M. P. Colaresi
    and K. M. Quinn, "Fightin' Words: Lexical Feature Selection and Evaluation for Identifying the Content of Political
    Conflict", Political Analysis 16(4), 2008, pp. 372-403). Each word's odds in praise and in criticism are first drawn
    towards its odds in both together, so that a word that stands twice on one side and never on the other does not
    outrank one that stands there two hundred times; z is the log-odds ratio in standard errors.

    Parameters
    ----------
    opinions, reviews : DataFrame
        The tables; `opinions` of one coder.
    prior : float
        How much both sides together weigh against each side's own words, as a share of all words counted.

    Returns
    -------
    DataFrame
        The keyness table, from the word most of praise to that most of criticism. A word as frequent in praise as in
        criticism has 0; chance alone takes z beyond 1.96 for about one word in twenty, so with many words only those
        far beyond it tell. ``reviews`` tells a common word from one reviewer's habit.

    Raises
    ------
    StarlightError
        If a table breaks its declaration, `opinions` holds several coders or a review that `reviews` lacks, or `prior`
        is no number above 0.

    Notes
    -----
    A word is counted as it is written, in any case: a dictionary form would make one word of "moving" and "moves", of
    "best" and "better", which are on opposite sides. "Don't" is one word, "film's" is "film". No list of common words
    is left out: the measure needs none, and "not" and "too" are what criticism is made of. Names are left out, since
    they say of whom and not how: words that mostly have a capital where a capital tells, which is neither at the
    beginning of a quote nor in a headline's capitals. Where quotes overlap a word counts once for each polarity.

    Examples
    --------
    >>> from starlight import find_opinions, load_reviews
    >>> reviews = load_reviews(pd.DataFrame({"text": ["The music is wonderful, the plot a bore."]}))
    >>> words = keyness(find_opinions(reviews), reviews)
    >>> words.set_index("word").loc[["wonderful", "the", "plot"], "z"].round(2).tolist()
    [0.8, 0.0, -0.8]
    """
    coder = one_coder(opinions, reviews)
    if isinstance(prior, bool) or not isinstance(prior, int | float) or not 0 < prior < math.inf:
        raise StarlightError(f"prior is {prior!r}; it is a share of all words counted, a number above 0, such as 0.1.")
    places = _places(opinions)
    rows = places.pivot_table(index="word", columns="polarity", values="start", aggfunc="count", fill_value=0)
    rows = rows.reindex(columns=list(POLARITIES), fill_value=0).reset_index()
    rows["reviews"] = rows["word"].map(places.drop_duplicates(["word", "review_id"])["word"].value_counts())
    praise, criticism = (rows[polarity].to_numpy(dtype="float64") for polarity in POLARITIES)
    log_odds, z = _log_odds(praise, criticism, prior)
    of = {f"of_{polarity}": rows[polarity].sum() for polarity in POLARITIES}
    rows = rows.assign(coder=coder, of_reviews=len(reviews), log_odds=log_odds, z=z, **of)
    return build(KEYNESS, rows.sort_values(["z", "word"], ascending=[False, True])[KEYNESS.names])


def sets_apart(words: pd.DataFrame) -> pd.DataFrame:
    """Keep the words whose odds on one side are at least twice those on the other: less is no word for a short list.

    In much text "and" or "of" lies far beyond chance by a difference that nobody would notice.
    """
    return words[words["log_odds"].abs() >= _TWICE]


def _log_odds(praise: np.ndarray, criticism: np.ndarray, prior: float) -> tuple[np.ndarray, np.ndarray]:
    """Give Monroe, Colaresi and Quinn's log-odds ratio (their equation 15) and z (22); the prior is their (23)."""
    given = prior * (praise + criticism)
    sides = []
    for counted in (praise, criticism):
        word, others = counted + given, (counted.sum() - counted) + (given.sum() - given)
        sides.append((np.log(word) - np.log(np.where(others > 0, others, word)), 1 / word))  # the only word has 0
    (in_praise, one), (in_criticism, other) = sides
    ratio = in_praise - in_criticism
    return ratio, ratio / np.sqrt(one + other)


def _places(opinions: pd.DataFrame) -> pd.DataFrame:
    """List every word in the quotes that is no name: one row per polarity and place in a review."""
    rows = []
    for review_id, start, quote, polarity in zip(
        *(opinions[name] for name in ("review_id", "start", "quote", "polarity")), strict=True
    ):
        words = _joined(find_words(quote), quote)
        told = [word.capital and len(word.folded) > 1 for word in words]
        tells = 2 * sum(told[1:]) <= len(told[1:])  # else every word has a capital, as in a headline
        rows += [
            (review_id, polarity, start + word.start, word.folded, capital if i and tells else None)
            for i, (word, capital) in enumerate(zip(words, told, strict=True))
        ]
    places = pd.DataFrame(rows, columns=["review_id", "polarity", "start", "word", "capital"])
    places = places.drop_duplicates(["review_id", "polarity", "start"])
    told = places.dropna(subset="capital")
    names = told["capital"].astype("float64").groupby(told["word"]).mean().gt(0.5)
    return places[~places["word"].isin(names[names].index)]


def _joined(words: list[Word], text: str) -> list[Word]:
    """Join what an apostrophe divides: "don" and "t" are "don't", and of "film's" and "we're" the end is dropped."""
    joined: list[Word] = []
    last = -1
    for word in words:
        inside = joined and word.start == last + 1 and text[last] in _APOSTROPHES
        last = word.end
        if inside and word.folded == "t":
            joined[-1] = joined[-1]._replace(end=word.end, folded=f"{joined[-1].folded}'t")
        elif not (inside and word.folded in ("s", "re", "ve", "ll", "d", "m")):
            joined.append(word)
    return joined
