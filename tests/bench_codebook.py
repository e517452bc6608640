"""Measure how well a codebook is learned from few examples: python tests/bench_codebook.py CORPORA

`own_themes.csv` has what two readers found on five themes, which are no labels of the tagger, in sentences of recent
viewers' reviews: a digest of the sentence, theme and polarity (empty where it judges none), the reader, and the set:
`pool`, which was enriched with such sentences, or `random`. CORPORA is the folder whose `more_reviews.tsv.gz` has the
texts. Sentences of the pool are read at random until so many judge a theme; a third of the films is held out.
"""

import hashlib
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

import starlight as st
from starlight.base.statistics import corrected_share
from starlight.coding import by_words, choose, regression, states

THEMES = {
    "humour": "humour; humor; humorous; joke; funny; hilarious; comedy; comedic; laugh; laughter; gag; wit; witty; "
    "amusing",
    "pacing": "pacing; pace; slow; fast; drag; long; rush; length; runtime; minutes; tedious",
    "dialogue": "dialogue; dialog; line; one-liner; conversation; banter; quotable; talk",
    "children": "child; kid; family; parent; toddler; young; little ones",
    "faithfulness": "faithful; book; source material; original; adaptation; comic; history; accurate; remake; "
    "novel; game; source; true story; sequel; prequel",
}
SIZES, DRAWS, HELD_OUT = (8, 32, 150), 20, 0.35


def digests(texts):
    """Return the first 16 digits of the SHA-256 of each text."""
    return [hashlib.sha256(text.encode()).hexdigest()[:16] for text in texts]


def texts(corpora, wanted):
    """Return the sentences that were read, each once, with the film: as the product splits reviews, or as snippets."""
    tables = {
        name: pd.read_csv(Path(corpora) / f"{name}.tsv.gz", sep="\t", keep_default_na=False)
        for name in ("more_reviews", "rt_reviews", "coded_sentences")
    }
    table = tables["more_reviews"].drop_duplicates("text")
    table["review_id"] = "m" + table.index.astype(str)
    sentences = st.split_sentences(st.load_reviews(table[["review_id", "film", "text"]]))
    sentences["film"] = sentences["review_id"].map(table.set_index("review_id")["film"])
    snippets = tables["rt_reviews"].rename(columns={"review": "text"})
    snippets["film"] = "rt" + snippets["id"].astype(str)
    for some in (snippets, tables["coded_sentences"]):
        place = {"sentence": 0, "start": 0, "end": some["text"].str.len(), "part": "body"}
        rows = some[["film", "text"]].assign(review_id=digests(some["text"]), **place)
        sentences = pd.concat([sentences, rows], ignore_index=True)
    sentences["digest"] = digests(sentences["text"])
    return sentences[sentences["digest"].isin(wanted)].drop_duplicates("digest").reset_index(drop=True)


def f1(found, wanted):
    """Return F1."""
    return 2 * (found & wanted).sum() / max(1, found.sum() + wanted.sum())


def taught(given, through, coded, train):
    """Return what regressions make of all sentences: the probability of praise and of criticism."""
    seen = regression.views(through, given[train])
    made = regression.fit(seen, through, np.ones(len(seen["theme"]), bool), coded[train, 0], coded[train, 1])
    return regression.share(regression.scores(given, *made))


def learning(given, through, coded, films, is_pool):
    """Print F1 by the number of examples, on held-out films of the pool and of the random sentences."""
    found = {(theme, size): [] for theme in THEMES for size in SIZES}
    for draw in range(DRAWS):
        rng = np.random.default_rng(draw)
        held = np.isin(films, rng.choice(np.unique(films), int(HELD_OUT * len(np.unique(films))), replace=False))
        order, test, chance = rng.permutation(np.flatnonzero(~held & is_pool)), held & is_pool, held & ~is_pool
        for at, theme in enumerate(THEMES):
            many = np.cumsum(coded[order, at].any(axis=1))
            for size in SIZES:
                train = order[: np.searchsorted(many, size) + 1]
                sure = taught(given[at], through, coded[:, at], train)
                is_found = sure >= 0.5
                either = sure.sum(axis=1) >= 0.5
                row = [f1(is_found[test], coded[test, at]), f1(either[test], coded[test, at].any(axis=1))]
                counts = (is_found & coded[:, at])[chance].sum(), (is_found[chance].sum() + coded[chance, at].sum()) / 2
                found[theme, size].append([*row, *counts, len(train)])
    for size in SIZES:
        each = np.array([np.mean(found[theme, size], axis=0) for theme in THEMES])
        for theme, row in zip((*THEMES, "mean"), (*each, each.mean(axis=0)), strict=True):
            by_chance = row[2] / max(row[3], 1e-9)
            figures = f"F1 {row[0]:.3f}, theme {row[1]:.3f}, at random {by_chance:.2f}, {row[4]:.0f} read"
            print(f"{size:4} examples, {theme:12} {figures}", flush=True)


def keywords(sentences, coded, is_pool, mentions):
    """Print F1 of the themes' words with VADER's judgement."""
    judge = SentimentIntensityAnalyzer()
    valence = np.array([judge.polarity_scores(text)["compound"] for text in sentences["text"]])
    for name, some in (("pool", is_pool), ("at random", ~is_pool)):
        judged = np.stack([valence >= 0.05, valence <= -0.05], axis=1)
        found = (mentions[:, :, None] > 0) & judged[:, None]
        rows = [f1(found[some, at], coded[some, at]) for at in range(len(THEMES))]
        themes = [f1(mentions[some, at] > 0, coded[some, at].any(axis=1)) for at in range(len(THEMES))]
        print(f"keywords, {name}: F1 {np.mean(rows):.3f}, theme {np.mean(themes):.3f}", np.round(rows, 2))


def reading(given, through, coded, films, is_pool, review, seen, draws=6, steps=12, at_once=30):
    """Print F1 after as many sentences that were chosen, and that were read at random."""
    curves, at_first = {"chosen": [], "at random": []}, by_words(seen)
    for draw in range(draws):
        rng = np.random.default_rng(100 + draw)
        held = np.isin(films, rng.choice(np.unique(films), int(HELD_OUT * len(np.unique(films))), replace=False))
        order, test = rng.permutation(np.flatnonzero(~held & is_pool)), held & is_pool
        for how, curve in curves.items():
            read, figures = np.zeros(0, int), []
            sure = at_first
            for _ in range(steps):
                left = np.setdiff1d(order, read, assume_unique=True)
                if how == "chosen":
                    new = left[[row for row, _, _ in choose(sure[left], review[left], at_once)]]
                else:
                    new = order[len(read) : len(read) + at_once]
                read = np.append(read, new)
                each = [taught(given[at], through, coded[:, at], read) for at in range(len(THEMES))]
                sure = np.stack([one.sum(axis=1) for one in each], axis=1)
                figures.append(np.mean([f1(one[test] >= 0.5, coded[test, at]) for at, one in enumerate(each)]))
            curve.append(figures)
    chosen, random = (np.mean(curve, axis=0) for curve in curves.values())
    for step in range(steps):
        print(f"{(step + 1) * at_once:4} sentences read: F1 {chosen[step]:.3f} chosen, {random[step]:.3f} at random")
    reached = np.flatnonzero(chosen >= random[-1])
    if len(reached):
        print(f"chosen reach the F1 of {steps * at_once} at random with {(reached[0] + 1) * at_once}")


def shares(given, through, coded, review, read=100, draws=100):
    """Print how often intervals of corrected shares hold where the reviews read taught the codebook too.

    The population are the reviews of these sentences. As in `learn`, a review is coded by the model of its fold, which
    no review of that fold has taught; beside it, all are coded by one model that all the reviews read taught.
    """
    count = review.max() + 1
    fold = np.random.default_rng(5).integers(5, size=count)
    truth = np.zeros((count, *coded.shape[1:]))
    np.maximum.at(truth, review, coded)
    truth = truth.reshape(count, -1)
    holds = {"cross-fitted": [], "one model": []}
    for draw in range(draws):
        drawn = np.random.default_rng(draw).permutation(count)[:read]
        is_read = np.isin(review, drawn)
        for how, kept in holds.items():
            found = np.zeros((count, *coded.shape[1:]))
            for at in range(len(THEMES)):
                for part in range(5 if how == "cross-fitted" else 1):
                    own = fold[review] == part if how == "cross-fitted" else np.full(len(review), True)
                    train = np.flatnonzero(is_read & ~own if how == "cross-fitted" else is_read)
                    sure = taught(given[at], through, coded[:, at], train)[own] >= 0.5
                    np.maximum.at(found[:, at], review[own], sure)
            flat = found.reshape(count, -1)
            ends = corrected_share(
                truth[drawn], flat[drawn], np.zeros(read, int), flat.mean(axis=0)[None], np.array([float(count)])
            )
            kept.append((ends[1] <= truth.mean(axis=0)) & (truth.mean(axis=0) <= ends[2]))
    some = truth.mean(axis=0) > 0.05
    for how, kept in holds.items():
        held = np.mean(kept, axis=0)[some]
        print(
            f"{read} of {count} read, {how}: intervals hold in {held.min():.3f} at least, {held.mean():.3f} in the mean"
        )


if __name__ == "__main__":
    labels = pd.read_csv(Path(__file__).with_name("own_themes.csv"))
    sentences = texts(sys.argv[1], set(labels["sentence"]))
    row = dict(zip(sentences["digest"], range(len(sentences)), strict=True))
    labels = labels[labels["sentence"].isin(row) & ~labels["second"]]
    coded = np.zeros((len(sentences), len(THEMES), 2), bool)
    for one in labels.dropna(subset="theme").itertuples():
        coded[row[one.sentence], list(THEMES).index(one.theme), int(one.polarity == "criticism")] = True
    is_pool = ~sentences["digest"].isin(labels.loc[labels["set"].eq("random"), "sentence"]).to_numpy()
    print(
        f"{is_pool.sum()} sentences of the pool, {(~is_pool).sum()} at random;",
        dict(zip(THEMES, coded[is_pool].any(axis=2).sum(axis=0).tolist(), strict=True)),
    )
    seen = states.numbers(sentences.drop(columns=["digest", "film"]), st.codebook(list(THEMES), terms=THEMES))
    through = regression.lens(seen)
    given = [regression.rows(seen, at) for at in range(len(THEMES))]
    films, review = sentences["film"].to_numpy(), pd.factorize(sentences["review_id"])[0]
    keywords(sentences, coded, is_pool, seen.mentions)
    learning(given, through, coded, films, is_pool)
    reading(given, through, coded, films, is_pool, review, seen)
    shares(given, through, coded, review)
