"""The words more common in praise or in criticism, by a measure that neither frequent nor rare words dominate."""

import math

import pandas as pd

from ..base.arguments import check_number
from ..base.statistics import binomial, holm, log_odds
from ..coding.belonging import of_reviews, reviews_read, whose
from ..tables import COUNT, NUMBER, POLARITIES, TEXT, Column, build, declare
from ..text.words import Word, find_words
from .counting import add_counts, add_sides

KEYNESS = declare(
    "keyness",
    "one row per word",
    Column("word", TEXT, "The word as it is written, folded to lower case."),
    "coder corpus",
    Column("praise", COUNT, "How many times it stands in quotes that praise."),
    Column("of_praise", COUNT, "Of how many words in quotes that praise, without names."),
    Column("criticism", COUNT, "How many times it stands in quotes that criticise."),
    Column("of_criticism", COUNT, "Of how many words in quotes that criticise, without names."),
    Column("reviews", COUNT, "In the quotes of how many reviews."),
    "of_reviews",
    Column("log_odds", NUMBER, "The log-odds ratio of praise to criticism, drawn towards 0 by the prior."),
    Column("z", NUMBER, "log_odds in standard errors: above 0 for praise, below 0 for criticism."),
    Column("p", NUMBER, "How often chance alone parts its reviews so; missing below three.", missing=True, most=1),
    "adjusted",
    key="word",
)
_FEWEST_REVIEWS = 3  # that use a word: one reviewer's habit is not a finding


def keyness(opinions: pd.DataFrame, reviews: pd.DataFrame, *, prior: float = 0.1) -> pd.DataFrame:
    """Measure how far each word sets praise apart from criticism: one row per word of the quotes.

    The measure is the log-odds ratio with an informative Dirichlet prior, and its z-score (B. L. Monroe, M. P. Colaresi
    and K. M. Quinn, "Fightin' Words: Lexical Feature Selection and Evaluation for Identifying the Content of Political
    Conflict", Political Analysis 16(4), 2008, pp. 372-403). The prior draws each word's odds on either side towards
    those in both together, so that a word used twice on one side alone does not outrank one used two hundred times.

    Parameters
    ----------
    opinions, reviews : DataFrame
        The tables; `opinions` of one coder.
    prior : float
        The weight of both sides together against each side's own words, as a share of all words counted.

    Returns
    -------
    DataFrame
        The keyness table, from the word most typical of praise to the one most typical of criticism. `z` takes each use
        of a word for a case of its own; ``p`` takes each review, of those that use the word on one side only. It is
        that of the exact binomial test of how many use it in praise, against the share of praise among all words, and
        is missing for a word in fewer than three reviews. ``adjusted`` is p after the correction of S. Holm (1979).

    Raises
    ------
    StarlightError
        If a table breaks its declaration, `opinions` holds several coders or is of other reviews, or `prior` is not a
        number above 0.

    Notes
    -----
    Words are counted as written, but for capitals: dictionary forms would merge "best" with "better", which are on
    opposite sides. "Don't" is one word, "film's" is "film". Common words are counted too: "not" and "too" are what
    criticism is made of. Names are left out: words that mostly have a capital where that means something, so not at the
    beginning of a quote, nor in a headline in capitals. Where quotes overlap, a word counts once for each polarity.

    Examples
    --------
    >>> from starlight import find_opinions, load_reviews
    >>> reviews = load_reviews(pd.DataFrame({"text": ["The music is wonderful, the plot a bore."]}))
    >>> words = keyness(find_opinions(reviews), reviews)
    >>> words.set_index("word").loc[["wonderful", "the", "plot"], "z"].round(2).tolist()
    [0.8, 0.0, -0.8]
    """
    coded = whose(opinions)
    opinions = of_reviews(opinions, reviews, "opinions")
    reviews, left_out = reviews_read(reviews, opinions)
    check_number(prior, "prior", "a share of all words counted, a number above 0, such as 0.1", least=1e-9, most=1e9)
    places = words_of_quotes(opinions)
    rows = add_counts(places[["word"]].drop_duplicates(), places, ["word"], "uses")
    rows = add_sides(rows, places, ["word"])
    praise, criticism = (rows[polarity].to_numpy(dtype="float64") for polarity in POLARITIES)
    ratio, z = log_odds(praise, criticism, prior)
    of = {f"of_{polarity}": rows[polarity].sum() for polarity in POLARITIES}
    rows["p"] = _by_chance(rows, places, of["of_praise"] / max(1, sum(of.values())))
    adjusted = holm(rows["p"].to_numpy("float64"))
    rows = rows.assign(**coded, of_reviews=len(reviews), log_odds=ratio, z=z, adjusted=adjusted, **of)
    rows = rows.sort_values(["z", "word"], ascending=[False, True])
    return build(KEYNESS, rows[KEYNESS.names].assign(**left_out))


def _by_chance(rows: pd.DataFrame, places: pd.DataFrame, share: float) -> list[float]:
    """Return, for each word, how often chance parts so unevenly the reviews that use it on one side only."""
    once = places.drop_duplicates(["word", "review_id", "polarity"])
    one_sided = once[~once.duplicated(["word", "review_id"], keep=False)]
    votes = add_sides(rows[["word"]], one_sided, ["word"])
    of_all = votes["praise"] + votes["criticism"]
    counts = zip(votes["praise"].tolist(), of_all.tolist(), rows["reviews"].tolist(), strict=True)
    return [binomial(n, of, share) if reviews >= _FEWEST_REVIEWS else math.nan for n, of, reviews in counts]


def sets_apart(words: pd.DataFrame) -> pd.DataFrame:
    """Return the words whose odds on one side are at least twice those on the other: of less, nobody would notice."""
    return words[words["log_odds"].abs() >= math.log(2)]


def words_of_quotes(opinions: pd.DataFrame) -> pd.DataFrame:
    """List every word of the quotes except names: one row per polarity and place in a review."""
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
    known = places.dropna(subset="capital")
    names = known["capital"].astype("float64").groupby(known["word"]).mean().gt(0.5)
    return places[~places["word"].isin(names[names].index)]


def _joined(words: list[Word], text: str) -> list[Word]:
    """Join what an apostrophe divides: "don" and "t" make "don't"; "film's" and "we're" lose their ends."""
    joined: list[Word] = []
    last = -1
    for word in words:
        inside = joined and word.start == last + 1 and text[last] in "'’"
        last = word.end
        if inside and word.folded == "t":
            joined[-1] = joined[-1]._replace(end=word.end, folded=f"{joined[-1].folded}'t")
        elif not (inside and word.folded in ("s", "re", "ve", "ll", "d", "m")):
            joined.append(word)
    return joined
