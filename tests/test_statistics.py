"""Statistics against the values that their sources print, or that can be worked out on paper."""

from math import log, sqrt

import numpy as np
import pytest

from starlight.base.statistics import (
    bootstrap_weights,
    f1,
    krippendorff_alpha,
    log_odds,
    needed_z,
    percentile_interval,
    two_proportion_z,
    wilson,
)


def floats(*values):
    """An array of floats."""
    return np.array(values, dtype="float64")


def test_wilsons_interval_is_as_published():
    """The four examples of R. G. Newcombe, Statistics in Medicine 17, 1998, table I, method 3."""
    low, high = wilson(floats(81, 15, 0, 1), floats(263, 148, 20, 29))
    assert low.tolist() == pytest.approx([0.2553, 0.0624, 0, 0.0061], abs=5e-5)
    assert high.tolist() == pytest.approx([0.3662, 0.1605, 0.1611, 0.1718], abs=5e-5)


def test_wilsons_interval_of_nothing_is_everything():
    """A share of nothing may be anything, and one of ten in ten is not surely all."""
    low, high = wilson(floats(0, 10), floats(0, 10))
    assert low.tolist() == pytest.approx([0, 0.7225], abs=1e-4)
    assert high.tolist() == pytest.approx([1, 1])


def test_two_proportions_lie_apart_by_their_standard_error():
    """30 of 100 and 10 of 100: 0.2 apart, with an error of the root of 0.2 * 0.8 * 2 / 100."""
    assert two_proportion_z(floats(30), floats(100), floats(10), floats(100)).tolist() == pytest.approx(
        [0.2 / 0.0032**0.5]
    )


def test_two_proportions_of_few_tell_nothing():
    """Where fewer than five hits or misses are to be expected on a side, z is 0: 3 and 1 of 10, 0 of 0, 97 % of 100."""
    z = two_proportion_z(floats(3, 0, 100), floats(10, 0, 100), floats(1, 5, 94), floats(10, 9, 100))
    assert z.tolist() == [0, 0, 0]


def test_more_comparisons_need_more():
    """5 % of one comparison is beyond 1.96, of ten 2.81, as tables of the normal curve have it."""
    assert [needed_z(0), needed_z(1), needed_z(10)] == pytest.approx([1.960, 1.960, 2.807], abs=1e-3)


def test_f1_is_the_harmonic_mean_of_precision_and_recall():
    """Of 4 and 6 yeses 3 are common: precision 3/4, recall 3/6, F1 0.6. Without a yes there is none."""
    measured = f1(floats(3, 0, 0), floats(10, 2, 0))
    assert measured.tolist()[:2] == pytest.approx([2 * (3 / 4) * (3 / 6) / (3 / 4 + 3 / 6), 0])
    assert np.isnan(measured[2])


def test_alpha_is_as_published():
    """K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011, A: 4 of 10 pairs differ, 6 of 20 are yes."""
    assert krippendorff_alpha(floats(4), floats(6), floats(10)).round(3).tolist() == [0.095]


def test_alpha_needs_both_yes_and_no():
    """Where all values are alike there is no chance to take off."""
    assert np.isnan(krippendorff_alpha(floats(0, 0), floats(0, 20), floats(10, 10))).all()


def test_bootstrap_draws_as_many_as_there_are():
    """Each sample has as many units as there are, and the same seed draws the same."""
    weights = bootstrap_weights(7, 50, seed=1)
    assert weights.shape == (50, 7)
    assert set(weights.sum(axis=1)) == {7}
    assert len(np.unique(weights, axis=0)) > 1
    assert (weights == bootstrap_weights(7, 50, seed=1)).all()


def test_the_percentile_interval_leaves_out_what_is_missing():
    """Of 0 to 40 the 2.5th percentile is the second, 1, and the 97.5th 39; of nothing there is none."""
    draws = np.append(np.arange(41.0), np.nan)
    assert percentile_interval(draws) == (1, 39)
    assert np.isnan(percentile_interval(floats(np.nan))).all()


def test_log_odds_are_those_of_the_paper():
    """One word 3 times in 4 here and 1 in 4 there, and the other the rest, with half of all 8 words as the prior."""
    ratio, z = log_odds(floats(3, 1), floats(1, 3), 0.5)
    here, there = (3 + 2) / (1 + 2), (1 + 2) / (3 + 2)
    assert ratio.tolist() == pytest.approx([log(here / there), -log(here / there)])
    assert z[0] == pytest.approx(log(here / there) / sqrt(1 / 5 + 1 / 3))


def test_the_only_word_has_no_odds():
    """A word that is all there is on both sides tells them apart by nothing."""
    ratio, z = log_odds(floats(4), floats(2), 0.1)
    assert (ratio.tolist(), z.tolist()) == ([0], [0])
