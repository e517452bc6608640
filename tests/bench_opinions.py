"""Measure the tagger beside what people use today: python tests/bench_opinions.py [folder of the review corpora].

Speed, F1 and peak memory of `find_opinions` on the five reviews or, with the corpora, also on held-out sentences; VADER
and TextBlob code the same sentences in the same run, by the themes whose words a sentence has.
"""

import gc
import resource
import sys
import time
import warnings

import numpy as np
import pandas as pd
from textblob import TextBlob
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

import starlight as st
from starlight.coding import tagger
from starlight.coding.keywords import keyword_opinions
from starlight.tables import OPINIONS, SENTENCES, build

ROUNDS = 5
LEAST = 3_000  # sentences: fewer are repeated, so that a rate is no accident


def held_out(folder):
    """Return the test fold of the corpora as sentences and readers' opinions, by kind of source."""
    from starlight.coding.training.corpora import fold

    frame = pd.read_csv(f"{folder}/coded_sentences.tsv.gz", sep="\t", keep_default_na=False)
    read = pd.read_csv(f"{folder}/coded_opinions.tsv.gz", sep="\t", keep_default_na=False)
    folds = pd.Series([fold(film, source) for film, source in zip(frame["film"], frame["source"], strict=True)])
    frame = frame[frame["split"].eq("train") & folds.eq("test")].rename(columns={"unit": "review_id"})
    read = read.rename(columns={"unit": "review_id"}).assign(sentence=0, coder="readers")
    for kind, of_kind in frame.groupby(frame["source"].eq("snippets").map({True: "snippets", False: "whole reviews"})):
        rows = of_kind.assign(sentence=0, start=0, end=of_kind["text"].str.len(), part="body")
        opinions = read[read["review_id"].isin(rows["review_id"])]
        yield kind, build(SENTENCES, rows[SENTENCES.names]), build(OPINIONS, opinions)


def tagged(sentences):
    """Return the tagger's opinions in sentences."""
    rows = [
        (row.review_id, row.sentence, row.start + one.start, row.start + one.end, row.text[one.start : one.end], one)
        for row, tags in zip(sentences.itertuples(), tagger.tag(sentences["text"].tolist()), strict=True)
        for one in tags
    ]
    frame = [(*row[:5], row[5].theme, row[5].polarity, "tagger", row[5].confidence) for row in rows]
    return build(OPINIONS, pd.DataFrame(frame, columns=OPINIONS.names))


def rate(work, texts):
    """Return the sentences a second that some work does: the best of some rounds."""
    texts = (texts * (LEAST // len(texts) + 1))[: max(LEAST, len(texts))]
    seconds = []
    for _ in range(ROUNDS):
        gc.collect()
        start = time.perf_counter()
        work(texts)
        seconds.append(time.perf_counter() - start)
    return len(texts) / min(seconds), len(texts) / float(np.median(seconds))


def compare(kind, sentences, opinions):
    """Print each coder's F1 and speed on the same sentences."""
    vader, texts = SentimentIntensityAnalyzer(), sentences["text"].tolist()
    valences = {
        "keywords + VADER": lambda text: vader.polarity_scores(text)["compound"],
        "keywords + TextBlob": lambda text: TextBlob(text).sentiment.polarity,
    }
    mentions = st.find_mentions(sentences)
    coders = {"tagger": (tagged(sentences), lambda texts: list(tagger.tag(texts)))}
    for name, valence in valences.items():
        coded = keyword_opinions(sentences, mentions, valence)
        coders[name] = (coded, lambda texts, valence=valence: [valence(text) for text in texts])
    print(f"{kind}: {len(sentences)} sentences, {len(opinions)} opinions (speed of the two is of the valence alone)")
    for name, (coded, work) in coders.items():
        f1 = st.agreement(coded, opinions, sentences).query("theme.isna()").set_index("level")["f1"]
        best, median = rate(work, texts)
        levels = ", ".join(f"{level} {value:.2f}" for level, value in f1.items())
        print(f"  {name:20} F1 {levels}; sentences/s {best:,.0f} at best, {median:,.0f} as a rule")


if __name__ == "__main__":
    start = time.perf_counter()
    next(tagger.tag(["It loads."]))
    print(f"load, and the first sentence: {time.perf_counter() - start:.2f} s")
    reviews = st.load_reviews()
    sentences = st.split_sentences(reviews).query("part != 'boilerplate'")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        st.find_opinions(reviews)
    for folder in sys.argv[1:]:
        for kind, of_kind, opinions in held_out(folder):
            compare(kind, of_kind, opinions)
    compare("the five", sentences, st.read_opinions(reviews=reviews))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"peak memory: {peak / 1024:,.0f} MB, of which {before / 1024:,.0f} before the tagger was run")
