"""Statistics as pure functions of numbers and arrays, each with its source."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def wilson(hits: Floats, of: Floats) -> tuple[Floats, Floats]:
    """Return the ends of Wilson's 95 % score interval of the share of `hits` in `of`; 0 and 1 where `of` is 0.

    E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", Journal of the American
    Statistical Association 22, 1927: the interval never leaves 0 to 1, and is wide where there is little to count.
    """
    z2 = needed_z(1) ** 2
    middle = (hits + z2 / 2) / (of + z2)
    half = np.sqrt(z2) * np.sqrt(np.maximum(0, hits * (of - hits) / np.maximum(of, 1)) + z2 / 4) / (of + z2)
    return np.clip(middle - half, 0, 1), np.clip(middle + half, 0, 1)


def two_proportion_z(hits: Floats, of: Floats, other_hits: Floats, of_other: Floats) -> Floats:
    """Return the z of the pooled two-proportion test: how many standard errors lie between two shares.

    It is 0 where fewer than five hits or misses are to be expected on a side, the rule of thumb of W. G. Cochran,
    "Some Methods for Strengthening the Common χ² Tests", Biometrics 10, 1954: there the normal curve is no guide.
    """
    both = (hits + other_hits) / np.maximum(of + of_other, 1)
    expected = np.minimum(both, 1 - both) * np.minimum(of, of_other)
    error = np.sqrt(both * (1 - both) * (1 / np.maximum(of, 1) + 1 / np.maximum(of_other, 1)))
    gap = hits / np.maximum(of, 1) - other_hits / np.maximum(of_other, 1)
    return np.divide(gap, error, out=np.zeros(len(gap)), where=expected >= 5)


def needed_z(comparisons: int) -> float:
    """Return the z that chance exceeds in 5 % of cases when so many comparisons are made at once.

    Bonferroni's inequality: 5 % is divided among the comparisons, and each part between the two tails.
    """
    return NormalDist().inv_cdf(1 - 0.05 / (2 * max(1, comparisons)))


def f1(both: Floats, ones: Floats) -> Floats:
    """Return F1, the harmonic mean of precision and recall; missing where neither coding has a yes.

    `both` counts the decisions that are yes in both codings, `ones` the yeses of the one and of the other together.
    F1 is the same whichever coding is taken for the truth (C. J. van Rijsbergen, Information Retrieval, 1979, chapter
    7; as the coefficient of L. R. Dice, Ecology 26, 1945).
    """
    return _ratio(2 * both, ones)


def krippendorff_alpha(differing: Floats, ones: Floats, decisions: Floats) -> Floats:
    """Return Krippendorff's alpha of two coders' yes-or-no decisions, none missing; missing where all are alike.

    K. Krippendorff, Content Analysis, 2004, chapter 11, for nominal data: alpha is 1 - (n - 1) o / (n0 n1). Two coders
    make n = 2 `decisions` values, n1 of them yes (`ones`) and n0 no, and o counts the differing pairs (`differing`).
    """
    values = 2 * decisions
    return 1 - _ratio((values - 1) * differing, ones * (values - ones))


def bootstrap_weights(units: int, draws: int, seed: int) -> NDArray[np.int64]:
    """Return how often each unit is drawn in each of so many bootstrap samples: an array of draws x units."""
    return np.random.default_rng(seed).multinomial(units, np.full(units, 1 / units), draws)


def percentile_interval(draws: Floats) -> tuple[float, float]:
    """Return the 2.5th and 97.5th percentiles of bootstrap draws, those that are missing left out.

    B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13.
    """
    low, high = pd.Series(draws).quantile([0.025, 0.975])
    return low, high


def log_odds(counted: Floats, other: Floats, prior: float) -> tuple[Floats, Floats]:
    """Return each word's log-odds ratio of one group of texts to another, and its z: the ratio in standard errors.

    B. L. Monroe, M. P. Colaresi and K. M. Quinn, "Fightin' Words", Political Analysis 16(4), 2008: equations 15 and 22,
    with (23) as the prior, both groups together weighing `prior` times their words. The only word there is has 0.
    """
    given = prior * (counted + other)
    sides = []
    for counts in (counted, other):
        word, others = counts + given, (counts.sum() - counts) + (given.sum() - given)
        sides.append((np.log(word) - np.log(np.where(others > 0, others, word)), 1 / word))
    (one, variance), (two, other_variance) = sides
    return one - two, (one - two) / np.sqrt(variance + other_variance)


def _ratio(above: Floats, below: Floats) -> Floats:
    """Divide, where there is something to divide by; the rest is missing."""
    above, below = np.broadcast_arrays(np.asarray(above, dtype="float64"), np.asarray(below, dtype="float64"))
    return np.divide(above, below, out=np.full(above.shape, np.nan), where=below != 0)
