"""Measure by simulation whether the intervals of corrected shares hold: python tests/bench_shares.py

`read_and_coded.csv` has a row for each of 559 whole reviews of the corpora that the tagger was measured on: whether a
reading, and whether starlight-tagger-3.1, fitted on other films, found praise or criticism of each theme in it (1 or 0,
praise before criticism, in the order of data/themes.csv). They are the population, of which samples are drawn.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from starlight.base.statistics import corrected_share, wilson

DRAWS = 2_000
LEAST = 0.05  # a smaller true share is left out


def population():
    """Return what a reading and what the tagger found: two arrays, reviews x 24."""
    table = pd.read_csv(Path(__file__).with_name("read_and_coded.csv"), dtype="str")
    return [np.array([list(row) for row in table[name]], float) for name in ("read", "coded")]


def spoilt(coded, how, seed=5):
    """Return a coding that errs more: a tenth of its polarities the other way round, or a theme never found."""
    worse = coded.copy()
    if how == "polarity":
        pairs = worse.reshape(len(coded), -1, 2)
        other = np.random.default_rng(seed).random(pairs.shape[:2]) < 0.1
        pairs[other] = pairs[other][:, ::-1]
    else:
        worse[:, 8:10] = 0
    return worse


def simulate(read, coded, n, draws=DRAWS, seed=0):
    """Return by theme and polarity how often the interval holds the true share, and its width by that of reading."""
    rng, truth = np.random.default_rng(seed), read.mean(axis=0)
    every = np.array([float(len(read))])
    holds, width, alone = (np.zeros(read.shape[1]) for _ in range(3))
    for _ in range(draws):
        drawn = rng.permutation(len(read))[:n]
        cell = np.zeros(n, int)
        _, low, high = corrected_share(read[drawn], coded[drawn], cell, coded.mean(axis=0)[None], every)
        as_many = n / (1 - n / len(read))
        ends = wilson(read[drawn].mean(axis=0) * as_many, np.full(read.shape[1], as_many))
        holds += (low <= truth) & (truth <= high)
        width, alone = width + high - low, alone + ends[1] - ends[0]
    some = truth > LEAST
    return (holds / draws)[some], (width / alone)[some]


if __name__ == "__main__":
    read, coded = population()
    print("tagger       read  coverage: least, mean, most   width by reading's: mean, most   tagger alone holds")
    for name, coding in (
        ("as it is", coded),
        ("polarity", spoilt(coded, "polarity")),
        ("no theme", spoilt(coded, "theme")),
    ):
        low, high = wilson(coding.sum(axis=0), np.full(24, float(len(coding))))
        naive = ((low <= read.mean(axis=0)) & (read.mean(axis=0) <= high))[read.mean(axis=0) > LEAST].mean()
        for n in (50, 100, 200):
            holds, width = simulate(read, coding, n)
            print(
                f"{name:12} {n:4}  {holds.min():.3f} {holds.mean():.3f} {holds.max():.3f}            "
                f"{width.mean():.3f} {width.max():.3f}                     {naive:.2f}"
            )
