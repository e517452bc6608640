"""Statistics against the values that their sources print, or that can be worked out on paper."""

from math import log, sqrt

import numpy as np
import pytest

from starlight.base.statistics import (
    binomial,
    design_effect,
    f1,
    fisher_exact,
    holm,
    krippendorff_alpha,
    log_odds,
    mantel_haenszel,
    newcombe,
    newcombe_paired,
    two_sided,
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


# Admissions to Berkeley in 1973, by department: men admitted and in all, women admitted and in all.
BERKELEY = [(512, 825, 89, 108), (353, 560, 17, 25), (120, 325, 202, 593), (138, 417, 131, 375), (53, 191, 94, 393)]
BERKELEY += [(22, 373, 24, 341)]


def test_each_stratum_is_compared_with_itself():
    """Men were not admitted more often department by department: p is 0.2323, as R's mantelhaen.test has it."""
    hits, of, women, of_women = np.array(BERKELEY, dtype="float64").T
    p = mantel_haenszel(hits[None], of[None], (hits + women)[None], (of + of_women)[None])
    assert p.tolist() == pytest.approx([0.2323], abs=1e-4)


def test_too_few_to_be_tested_have_no_p():
    """Of 4 hits in 20 a group of 10 has all or none in 1 of 12 cases by chance, which says nothing whatever comes."""
    one = [floats(n)[None] for n in (4, 10, 4, 20)]
    assert np.isnan(mantel_haenszel(*one)).all()


def test_few_are_tested_exactly():
    """All 5 hits of 25 in a group of 5: one of the 53,130 ways to choose 5 of 25, far too few for the normal curve."""
    assert mantel_haenszel(*(floats(n)[None] for n in (5, 5, 5, 25))) == pytest.approx(1 / 53_130)


def test_p_is_adjusted_for_all_that_was_tested():
    """Of four, 0.01, 0.02, 0.03 and 0.005 become 0.03, 0.04, 0.04 and 0.02; what is missing is not counted."""
    p = floats(0.01, 0.02, float("nan"), 0.03, 0.005)
    assert holm(p).tolist() == pytest.approx([0.03, 0.04, float("nan"), 0.04, 0.02], nan_ok=True)


def test_newcombes_interval_is_as_published():
    """56 of 70 less 48 of 80, and 9 of 10 less 3 of 10: R. G. Newcombe 1998, table II, method 10."""
    low, high = newcombe(floats(56, 9), floats(70, 10), floats(48, 3), floats(80, 10))
    assert low.tolist() == pytest.approx([0.0524, 0.1705], abs=5e-5)
    assert high.tolist() == pytest.approx([0.3339, 0.8090], abs=5e-5)


def test_newcombes_paired_interval_is_as_published():
    """36 of 50 in both, 12 and 2 in one alone: R. G. Newcombe 1998 on paired data, method 10."""
    low, high = newcombe_paired(*map(floats, (48, 38, 36, 50)))
    assert (low.item(), high.item()) == (pytest.approx(0.0569, abs=5e-5), pytest.approx(0.3404, abs=5e-5))


def test_fishers_exact_test_is_that_of_the_tea():
    """3 of 4 cups and 1 of 4: (16 + 1 + 16 + 1) of 70 ways are as uneven; 4 of 4 and none of 4: 2 of 70."""
    assert fisher_exact(*map(floats, (3, 4, 4, 8))) == pytest.approx((34 / 70, 2 / 70))
    assert fisher_exact(*map(floats, (4, 4, 4, 8))) == pytest.approx((2 / 70, 2 / 70))
    assert fisher_exact(*map(floats, (0, 0, 0, 9))) == (1, 1)


def test_fishers_exact_test_takes_each_stratum_by_itself():
    """Twice the tea, all told right: one of 70 ways in each, and another is as uneven."""
    assert fisher_exact(*(floats(n, n) for n in (4, 4, 4, 8))) == pytest.approx((2 / 70**2, 2 / 70**2))


def test_z_is_two_sided():
    """1.96 standard errors to either side are exceeded in 5 % of cases."""
    assert two_sided(floats(1.96, -1.96, 0)).tolist() == pytest.approx([0.05, 0.05, 1], abs=1e-4)


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


def test_binomial_is_exact():
    """All of five by a share of a half: 2 of 32 outcomes are as unlikely; by a third, 4 or more of 4 or 0 of 4."""
    assert binomial(5, 5, 0.5) == pytest.approx(2 / 32)
    assert binomial(4, 4, 1 / 3) == pytest.approx(1 / 81)
    assert binomial(2, 4, 0.5) == pytest.approx(1)
    assert binomial(0, 0, 0.5) == binomial(3, 3, 1) == 1


def test_design_effect_is_that_of_clusters():
    """Two reviews of 4, all hits in one: a share of 8 varies as one of 1 would; as mixed as by chance it is 1."""
    assert design_effect(floats(4, 0), floats(4, 4)) == pytest.approx(2 * 2 * 2**2 / (0.25 * 8))
    assert design_effect(floats(2, 2), floats(4, 4)) == 1
    assert design_effect(floats(4, 4), floats(4, 4)) == 1
    assert design_effect(floats(1), floats(2)) == 1
