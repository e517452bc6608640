"""Find the motifs of reviews: subjects whose words these reviews use more than film reviews in general do."""

import math
import re
import warnings
from collections import Counter
from collections.abc import Iterator
from functools import cache, partial
from itertools import pairwise

import numpy as np
import pandas as pd

from ..base.arguments import check_number
from ..base.resources import verified
from ..base.statistics import log_odds
from ..tables.base import SENTENCES, THEMES
from ..tables.columns import declare
from ..tables.schema import NUMBER, Column, build, check
from ..text.words import Word, find_words
from .belonging import of_reviews
from .names import Sentence, is_phrase, read_words
from .themes import index_terms, read_themes

MOTIFS = declare(
    "motifs",
    "one row per motif that was found",
    *THEMES.columns,
    Column("keyness", NUMBER, "How much more these reviews use its words than others do: log-odds in standard errors."),
    "reviews of_reviews",
    key="theme",
)
GENERAL = ("data", "general_words.csv.gz")
_FEWEST = 10  # reviews, in which motifs are looked for
_FEWEST_OF_WORD, _OF_WORD = 3, 0.01  # reviews that use a word of a motif, and their share of all
_OF_MOTIF = 0.02  # the least share of the reviews that use a motif
_Z_OF_WORD, _Z_OF_MOTIF, _Z_ALONE = 1.96, 4.0, 6.0  # the least keyness: of a motif, and of one of a single word
_WEIGHT = 0.1  # of the general reviews, as a share of the reviews that are looked at
_TWICE = math.log(2)  # the least log-odds of a word
_IN_LABEL = 3  # words
_SHORT = 2  # letters: too few for a subject


def find_motifs(sentences: pd.DataFrame, reviews: pd.DataFrame, *, most: int = 10) -> pd.DataFrame:
    """Return the subjects that reviews dwell on, each with the words that it was found by: one row per motif.

    A motif is a group of words that these reviews use more than film reviews in general do. What is general was counted
    in 70,000 reviews (`data/general_words.csv.gz`); words that are used beside the same words there form a group. The
    measure is the one of `keyness`, but counts the reviews that use a word, however often one repeats it.

    Parameters
    ----------
    sentences, reviews : DataFrame
        The tables. Of English reviews, those words are compared that can name a subject: nouns, and phrases of two
        words. Names, the titles in `film` and the terms of craft themes are left out.
    most : int
        How many motifs to return, 1 to 50.

    Returns
    -------
    DataFrame
        The motifs table, from the highest keyness on, to be passed on as ``themes=``. Its terms are those words of the
        motif that these reviews use more; the first of them are its label. `reviews` counts those that use any of them,
        of the English ones (`theme_frequency` counts in all, and a word within another motif's phrase for that motif).
        The table is empty if there are fewer than ten reviews, or no word stands out.

    Warns
    -----
    UserWarning
        If there are fewer than ten English reviews: what so few share says little.

    Raises
    ------
    StarlightError
        If a table breaks its declaration or is of other reviews, or `most` is not from 1 to 50.

    Notes
    -----
    As the prior, general reviews weigh a tenth of these. Each word has at least twice the odds, a z of at least 1.96,
    and stands in at least three reviews and 1 % of them. Each motif has a z of at least 4, or 6 if it is a
    single word, and is in at least 2 % of the reviews.

    Examples
    --------
    >>> from starlight import load_reviews, split_sentences
    >>> texts = [f"{n} robots left their planet in a spaceship." for n in range(2, 12)]
    >>> reviews = load_reviews(pd.DataFrame({"text": texts}))
    >>> find_motifs(split_sentences(reviews), reviews)["terms"].tolist()
    ['spaceship; planet', 'robots']
    """
    check(sentences, SENTENCES, "sentences")
    check_number(most, "most", "how many motifs to return, a whole number from 1 to 50", least=1, most=50, whole=True)
    sentences = of_reviews(sentences, reviews, "sentences")
    stated = reviews.dropna(subset="film")
    uses, number = _uses(sentences, dict(zip(stated["review_id"], stated["film"], strict=True)))
    if number < _FEWEST:
        few = f"Motifs are looked for in {_FEWEST} or more English reviews, and there are {number}: none were found."
        warnings.warn(few, stacklevel=2)
    if number < _FEWEST or uses.empty or (words := _key_words(uses, number)).empty:
        return build(MOTIFS, pd.DataFrame(columns=MOTIFS.names))
    motifs = _motifs(words, uses, number).head(most)
    motifs = motifs.assign(theme=motifs["words"].str[0], label=motifs["words"].map(_label), kind="motif", covers=None)
    return build(MOTIFS, motifs.assign(terms=motifs["words"].str.join("; "), of_reviews=number)[MOTIFS.names])


def _motifs(words: pd.DataFrame, uses: pd.DataFrame, number: int) -> pd.DataFrame:
    """Return the groups that enough reviews use, and far enough beyond chance, from the highest keyness on."""
    motifs = words.groupby("group", as_index=False).agg({"here": "sum", "general": "sum", "written": list})
    motifs = _measured(motifs, len(uses)).rename(columns={"z": "keyness", "written": "words"})
    found = uses[uses["term"].isin(words["term"])].drop_duplicates(["review", "group"])
    motifs["reviews"] = motifs["group"].map(found["group"].value_counts())
    least = np.where(motifs["words"].str.len() > 1, _Z_OF_MOTIF, _Z_ALONE)
    motifs = motifs[(motifs["reviews"] >= _OF_MOTIF * number) & (motifs["keyness"] >= least)]
    return motifs.sort_values(["keyness", "group"], ascending=[False, True])


def _uses(sentences: pd.DataFrame, films: dict[str, str]) -> tuple[pd.DataFrame, int]:
    """Return the words and phrases that may be of a motif, one row per review and term, and the number of reviews."""
    numbers, terms, written = list[int](), list[str](), list[str]()  # a list of rows would take twice the time
    in_names, others = Counter[str](), Counter[str]()
    group_of, titles_of, number = cache(partial(_group, craft=_craft())), cache(_titles), 0
    for number, review in enumerate(read_words(sentences, "find_motifs"), 1):
        titles, used = titles_of(films.get(review[0].review_id, "")), dict[str, str]()
        for sentence in review:
            free = _outside(sentence, titles)
            words = [*zip(sentence.words, free, strict=True)]
            in_names.update(word.lemma for word, outside in words if not outside)
            others.update(word.lemma for word, outside in words[1:] if outside)
            for term in (*((word,) for word, outside in words if outside), *phrases(sentence, free)):
                lemmas = " ".join(word.lemma for word in term)
                if lemmas not in used and group_of(lemmas):
                    used[lemmas] = _written(sentence.text, term)
        numbers += [number] * len(used)
        terms += used
        written += used.values()
    names = {word for word, times in in_names.items() if times > others[word]}
    uses = pd.DataFrame({"review": numbers, "term": pd.Series(terms, dtype="str"), "written": written})
    groups = {term: group_of(term) for term in uses["term"].unique() if names.isdisjoint(term.split())}
    return uses.assign(group=uses["term"].map(groups)).dropna(subset="group"), number


def phrases(sentence: Sentence, free: list[bool]) -> Iterator[tuple[Word, Word]]:
    """Yield each two words that follow each other with no sign between them, if both are outside names."""
    for i, two in enumerate(pairwise(sentence.words)):
        if free[i] and free[i + 1] and is_phrase(sentence.text, [*two]):
            yield two


def _written(text: str, term: tuple[Word, ...]) -> str:
    """Return a term in small letters, but for what the text has in capitals: "WWII"."""
    each = ((text[word.start : word.end], word.folded) for word in term)
    return " ".join(spelt if spelt.isupper() and len(spelt) > 1 else folded for spelt, folded in each)


def _outside(sentence: Sentence, titles: list[tuple[str, ...]]) -> list[bool]:
    """Return for each word whether it is outside names and outside the film's title, in capitals or not."""
    free, folded = [*sentence.free], tuple(word.folded for word in sentence.words)
    for title in titles:
        for i in range(len(folded) - len(title) + 1):
            if folded[i : i + len(title)] == title:
                free[i : i + len(title)] = [False] * len(title)
    return free


def _titles(film: str) -> list[tuple[str, ...]]:
    """Return a film's title as words, and its parts around a colon, without a year or an article."""
    whole = re.sub(r"\s*\([^)]*\)", "", film)
    parts = (re.sub(r"(?i)^(?:the|an?)\s+", "", part) for part in {whole, *re.split(r":\s| [–—-] ", whole)})
    return [words for part in parts if (words := tuple(word.folded for word in find_words(part)))]


def _craft() -> frozenset[str]:
    """Return the terms of craft themes, as dictionary forms."""
    craft = index_terms(read_themes().query("kind == 'craft'")).values()
    return frozenset(" ".join(term.words) for terms in craft for term in terms)


def _group(term: str, craft: frozenset[str]) -> str:
    """Return the group of a word or phrase, its own if it is too rare to be listed, or "" if it is no subject."""
    words = term.split()
    if not craft.isdisjoint([term, *words]):
        return ""
    if (listed := _general()[0].get(term)) is not None:
        return listed
    if len(words) == 1:
        return term if term.isalpha() and len(term) > _SHORT else ""
    groups = [_group(word, craft) for word in words]
    return groups[-1] if all(groups) else ""


@cache
def _general() -> tuple[dict[str, str], dict[str, int]]:
    """Return the groups of listed words and phrases, and in how many general reviews each one stands."""
    rows = pd.read_csv(verified(*GENERAL), keep_default_na=False)
    return dict(zip(rows["term"], rows["group"], strict=True)), dict(zip(rows["term"], rows["reviews"], strict=True))


def _key_words(uses: pd.DataFrame, number: int) -> pd.DataFrame:
    """Return the words and phrases that these reviews use more than others do, from the highest keyness on."""
    words = uses.groupby(["term", "group"], as_index=False).agg(here=("review", "size"))
    words = words[words["here"] >= max(_FEWEST_OF_WORD, _OF_WORD * number)]
    words["general"] = words["term"].map(_general()[1]).astype("float64").fillna(0)
    words = _measured(words, len(uses))
    words = words[(words["log_odds"] >= _TWICE) & (words["z"] >= _Z_OF_WORD)]
    spelt = uses[uses["term"].isin(words["term"])].groupby("term")["written"].agg(lambda forms: forms.mode()[0])
    return words.assign(written=words["term"].map(spelt)).sort_values(["z", "term"], ascending=[False, True])


def _measured(rows: pd.DataFrame, of_here: int) -> pd.DataFrame:
    """Return rows with the log-odds ratio of `here` to `general`, and its z."""
    groups, reviews = _general()
    of_general = sum(reviews[term] for term, group in groups.items() if group)
    here = np.append(rows["here"], of_here - rows["here"].sum()).astype("float64")
    general = np.append(rows["general"], of_general - rows["general"].sum()).astype("float64")
    ratio, z = log_odds(here, general, _WEIGHT * of_here / (of_here + of_general))
    return rows.assign(log_odds=ratio[:-1], z=z[:-1])


def _label(words: list[str]) -> str:
    """Return the first words, but none that shares one with an earlier: "Bounty hunter, tribe"."""
    told: list[str] = []
    for word in words:
        if set(word.split()).isdisjoint(" ".join(told).split()):
            told.append(word)
    label = ", ".join(told[:_IN_LABEL])
    return label[:1].upper() + label[1:]
