"""Statistics as pure functions of numbers and arrays, each with its source."""

from math import lgamma
from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_Z = NormalDist().inv_cdf(0.975)  # the 95 % in the middle of the normal curve lie below and above it


def wilson(hits: Floats, of: Floats) -> tuple[Floats, Floats]:
    """Return the ends of the 95 % score interval of the share of `hits` in `of`; 0 and 1 where `of` is 0.

    E. B. Wilson, Journal of the American Statistical Association 22, 1927.
    """
    z2 = _Z**2
    middle = (hits + z2 / 2) / (of + z2)
    half = _Z * np.sqrt(np.maximum(0, hits * (of - hits) / np.maximum(of, 1)) + z2 / 4) / (of + z2)
    return np.clip(middle - half, 0, 1), np.clip(middle + half, 0, 1)


def design_effect(hits: Floats, of: Floats) -> float:
    """Return how many times wider than by chance the share of `hits` in `of` varies between reviews; 1 at least.

    L. Kish, Survey Sampling, 1965, chapter 8: sentences of one review are alike, so they tell less.
    """
    some, share = np.count_nonzero(of), hits.sum() / max(1, of.sum())
    if some < 2 or not 0 < share < 1:
        return 1.0
    varies = some / (some - 1) * np.square(hits - share * of).sum()
    return max(1.0, float(varies / (share * (1 - share) * of.sum())))


def mantel_haenszel(hits: Floats, of: Floats, all_hits: Floats, of_all: Floats) -> Floats:
    """Return the p of each test whether a group's share of hits is that of all, each stratum compared with itself.

    Rows are tests, columns strata, such as films. It is two-sided, with the continuity correction (N. Mantel and W.
    Haenszel, Journal of the National Cancer Institute 22, 1959). Where the number of hits could not be five less and
    five more than expected (N. Mantel and J. L. Fleiss, American Journal of Epidemiology 112, 1980), it is that of
    Fisher's exact test, and missing if that is above 0.05 whatever comes out.
    """
    hits, of, all_hits, of_all = np.broadcast_arrays(hits, of, all_hits, of_all)
    expected = (of * all_hits / np.maximum(of_all, 1)).sum(axis=1)
    least = np.maximum(0, of + all_hits - of_all).sum(axis=1)
    most = np.minimum(of, all_hits).sum(axis=1)
    spread = of * (of_all - of) * all_hits * (of_all - all_hits) / np.maximum(of_all**2 * (of_all - 1), 1)
    beyond = np.maximum(0, np.abs(hits.sum(axis=1) - expected) - 0.5)
    z = beyond / np.sqrt(np.maximum(spread.sum(axis=1), 1e-12))
    p = two_sided(z)
    for row in np.flatnonzero(np.minimum(expected - least, most - expected) < 5):
        exact, smallest = fisher_exact(hits[row], of[row], all_hits[row], of_all[row])
        p[row] = exact if smallest <= 0.05 else np.nan
    return p


def two_sided(z: Floats) -> Floats:
    """Return how often chance gives a z as far from 0, on either side."""
    return np.array([2 * NormalDist().cdf(-abs(one)) for one in z], dtype="float64")


def holm(p: Floats) -> Floats:
    """Return p-values adjusted for their number: below 0.05, chance gives any such one in 5 % of cases at most.

    S. Holm, Scandinavian Journal of Statistics 6, 1979. A missing p, where there was too little to be tested whatever
    came out, does not count (R. E. Tarone, Biometrics 46, 1990).
    """
    order = np.argsort(p, kind="stable")[: np.isfinite(p).sum()]  # what is missing is sorted last
    adjusted = np.full(len(p), np.nan)
    adjusted[order] = np.minimum(np.maximum.accumulate(p[order] * (len(order) - np.arange(len(order)))), 1)
    return adjusted


def newcombe(
    hits: Floats, of: Floats, other_hits: Floats, of_other: Floats, phi: Floats | float = 0
) -> tuple[Floats, Floats]:
    """Return the ends of the 95 % interval of the difference of two shares, which correlate by `phi`.

    R. G. Newcombe, Statistics in Medicine 17, 1998, pp. 873-890, method 10, from Wilson's intervals of both.
    """
    one, other = hits / np.maximum(of, 1), other_hits / np.maximum(of_other, 1)
    return difference((one, *wilson(hits, of)), (other, *wilson(other_hits, of_other)), phi)


def difference(
    one: tuple[Floats, Floats, Floats], other: tuple[Floats, Floats, Floats], phi: Floats | float = 0
) -> tuple[Floats, Floats]:
    """Return the ends of the 95 % interval of the difference of two estimates, each given with the ends of its own.

    The square-and-add of Newcombe's method 10, for any estimates: G. Y. Zou and A. Donner, Statistics in Medicine 27,
    2008.
    """
    (at, low, high), (other_at, other_low, other_high) = one, other
    below, above = ((at - low), (other_high - other_at)), ((high - at), (other_at - other_low))
    down, up = (np.sqrt(np.maximum(0, a**2 - 2 * phi * a * b + b**2)) for a, b in (below, above))
    return at - other_at - down, at - other_at + up


def corrected_share(
    read: Floats, coded: Floats, cell: NDArray[np.int64], coded_of_all: Floats, of_all: Floats
) -> tuple[Floats, Floats, Floats]:
    """Return the share of all that has each thing, with the ends of its 95 % interval, by a sample that was read.

    Of the sample, `read` and `coded` say for each case and thing (cases x things, 0 or 1) what a person and what a
    program found, and `cell` where the case was drawn; `coded_of_all` (cells x things) is the share by the program
    among all `of_all` cases there. Each cell is a simple random sample without replacement.

    The share is the person's, corrected by how far the sample's share by the program is from that of all, in the
    proportion that makes it the surest: the regression estimator of W. G. Cochran, Sampling Techniques, 1977, chapter
    7; as prediction-powered inference with power tuning, A. N. Angelopoulos, J. C. Duchi and T. Zrnic, "PPI++", 2023;
    see also N. Egami and others, "Using Imperfect Surrogates for Downstream Inference", NeurIPS 2023. A program without
    any use costs nothing. The interval is Wilson's, of as many cases as would be as sure if they were read alone; a
    quarter of a case on which both err is added, without which samples of 50 without an error would claim too much.
    """
    count, weight = np.bincount(cell, minlength=len(of_all)), of_all / of_all.sum()
    means = [np.array([values[cell == one].mean(axis=0) for one in range(len(of_all))]) for values in (read, coded)]
    apart, apart_coded = read - means[0][cell], coded - means[1][cell]
    varies, varies_coded = (apart**2).sum(axis=0), (apart_coded**2).sum(axis=0)
    both = (apart * apart_coded).sum(axis=0)
    added = np.where(varies_coded > 0, 0.25, 0)  # which brings the least coverage in tests/bench_shares.py to .93
    varies, varies_coded = varies + added, varies_coded + added
    tuned = np.clip(np.divide(both, varies_coded, out=np.zeros_like(both), where=varies_coded > 0), 0, 1)
    share = np.clip(weight @ (means[0] + tuned * (coded_of_all - means[1])), 0, 1)
    spread = (varies - 2 * tuned * both + tuned**2 * varies_coded) / max(1, len(read) - len(of_all))
    by_chance = (weight**2 * (1 - count / of_all) / count).sum()  # of the variance of a case, what the mean has left
    if by_chance == 0:  # all were read
        return share, share, share
    least = 0.5 / len(read)
    inside = np.clip(share, least, 1 - least)
    as_many = inside * (1 - inside) / np.maximum(spread * by_chance, 1e-12)
    as_many = np.where(spread > 0, np.maximum(as_many, 1 / by_chance), 1 / by_chance)
    return share, *wilson(share * as_many, as_many)


def newcombe_paired(hits: Floats, other_hits: Floats, both: Floats, of: Floats) -> tuple[Floats, Floats]:
    """Return the ends of the 95 % interval of the difference of two shares of the same things, `both` of them in both.

    R. G. Newcombe, Statistics in Medicine 17, 1998, pp. 2635-2650, method 10, with its correction for continuity.
    """
    apart = both * (of - hits - other_hits + both) - (hits - both) * (other_hits - both)
    apart = np.where(apart > 0, np.maximum(apart - of / 2, 0), apart)
    spread = np.sqrt(hits * (of - hits) * other_hits * (of - other_hits))
    return newcombe(hits, of, other_hits, of, np.divide(apart, spread, out=np.zeros_like(spread), where=spread > 0))


def welch(one: Floats, other: Floats) -> tuple[float, float, float]:
    """Return the difference of two means, and the ends of its 95 % interval, from many values.

    B. L. Welch, Biometrika 34, 1947, for samples that differ in their spread; their means are taken for normal. Where
    neither has any, both have that of all together, since no interval is without width.
    """
    gap = one.mean() - other.mean()
    spreads = [one, other] if np.ptp(one) or np.ptp(other) else [np.concatenate([one, other])] * 2
    error = np.sqrt(spreads[0].var(ddof=1) / len(one) + spreads[1].var(ddof=1) / len(other))
    return gap, gap - _Z * error, gap + _Z * error


def fisher_exact(hits: Floats, of: Floats, all_hits: Floats, of_all: Floats) -> tuple[float, float]:
    """Return the two-sided p of R. A. Fisher's exact test, each stratum by itself, and the smallest that it could be.

    It is how often chance gives as unlikely a number of hits, or less: The Design of Experiments, 1935; with strata, M.
    Gart, Biometrika 57, 1970.
    """
    least, most = np.maximum(0, of + all_hits - of_all), np.minimum(of, all_hits)
    chances = np.ones(1)
    for stratum in np.flatnonzero(most > least):
        size, there, every = (int(one[stratum]) for one in (of, all_hits, of_all))
        numbers = range(int(least[stratum]), int(most[stratum]) + 1)
        logs = [_log_choose(size, n) + _log_choose(every - size, there - n) for n in numbers]
        chances = np.convolve(chances, np.exp(np.array(logs) - _log_choose(every, there)))
    ends = (chances[int((hits - least).sum())], min(chances[0], chances[-1]))
    exact, smallest = (min(1.0, float(chances[chances <= end * (1 + 1e-7)].sum())) for end in ends)
    return exact, smallest


def binomial(hits: int, of: int, share: float) -> float:
    """Return the two-sided p of the exact binomial test: how often chance gives as unlikely a number of hits, or less.

    C. J. Clopper and E. S. Pearson, Biometrika 26, 1934; a share of 0 or 1 leaves nothing to chance.
    """
    if not 0 < share < 1:
        return 1.0
    n = np.arange(of + 1)
    factorials = np.concatenate([[0.0], np.cumsum(np.log(n[1:]))])
    p = np.exp(factorials[of] - factorials - factorials[::-1] + n * np.log(share) + (of - n) * np.log(1 - share))
    return min(1.0, float(p[p <= p[hits] * (1 + 1e-7)].sum()))


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def f1(both: Floats, ones: Floats) -> Floats:
    """Return F1, the harmonic mean of precision and recall; missing where neither coding has a yes.

    `both` counts the decisions that are yes in both codings, `ones` the yeses of the one and of the other together (C.
    J. van Rijsbergen, Information Retrieval, 1979, chapter 7).
    """
    return _ratio(2 * both, ones)


def krippendorff_alpha(differing: Floats, ones: Floats, decisions: Floats) -> Floats:
    """Return Krippendorff's alpha of two coders' yes-or-no decisions, none missing; missing where all are alike.

    K. Krippendorff, Content Analysis, 2004, chapter 11, for nominal data: alpha is 1 - (n - 1) o / (n0 n1). Two coders
    make n = 2 `decisions` values, n1 of them yes (`ones`) and n0 no, and o counts the differing pairs (`differing`).
    """
    values = 2 * decisions
    return 1 - _ratio((values - 1) * differing, ones * (values - ones))


def log_odds(counted: Floats, other: Floats, prior: float) -> tuple[Floats, Floats]:
    """Return each word's log-odds ratio of one group of texts to another, and its z: the ratio in standard errors.

    B. L. Monroe, M. P. Colaresi and K. M. Quinn, Political Analysis 16(4), 2008: equations 15 and 22, with (23) as the
    prior, both groups together weighing `prior` times their words. The only word there is has 0.
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


def spearman(one: Floats, other: Floats, stratum: NDArray[np.int64]) -> tuple[float, float, float]:
    """Return the rank correlation of two measures, each stratum by itself, and the ends of its 95 % interval.

    It is missing below ten cases, or where either measure has one value. C. Spearman, American Journal of Psychology
    15, 1904; the interval is that of D. G. Bonett and T. A. Wright, Psychometrika 65, 2000.
    """
    ranks = pd.DataFrame({"one": one, "other": other}).groupby(stratum).rank()
    x, y = (ranks - ranks.groupby(stratum).transform("mean")).to_numpy("float64").T
    spread, free = np.sqrt((x @ x) * (y @ y)), len(one) - len(np.unique(stratum)) - 2
    if len(one) < 10 or free < 1 or not spread:
        return np.nan, np.nan, np.nan
    r = float(np.clip(x @ y / spread, -1, 1))
    middle, half = np.arctanh(np.clip(r, -0.9999, 0.9999)), _Z * np.sqrt((1 + r**2 / 2) / free)
    return r, float(np.tanh(middle - half)), float(np.tanh(middle + half))
