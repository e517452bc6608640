"""Statistics as pure functions: the interval of a share, and the test of the difference between two."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np

_NORMAL = NormalDist()


def wilson(hits: np.ndarray, of: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the ends of Wilson's 95 % interval of `hits` in `of`; 0 and 1 where there is nothing to count."""
    z2 = needed_z(1) ** 2
    middle = (hits + z2 / 2) / (of + z2)
    half = np.sqrt(z2) * np.sqrt(np.maximum(0, hits * (of - hits) / np.maximum(of, 1)) + z2 / 4) / (of + z2)
    return np.clip(middle - half, 0, 1), np.clip(middle + half, 0, 1)


def apart(hits: np.ndarray, of: np.ndarray, other_hits: np.ndarray, of_other: np.ndarray) -> np.ndarray:
    """Give how far two shares lie apart, in standard errors: the z of the test of two proportions, pooled.

    It is 0 where fewer than five hits or misses are to be expected on a side, the rule of thumb of W. G. Cochran,
    "Some Methods for Strengthening the Common χ² Tests", Biometrics 10, 1954: there the normal curve is no guide.
    """
    both = (hits + other_hits) / np.maximum(of + of_other, 1)
    expected = np.minimum(both, 1 - both) * np.minimum(of, of_other)
    carried = expected >= 5
    error = np.sqrt(both * (1 - both) * (1 / np.maximum(of, 1) + 1 / np.maximum(of_other, 1)))
    gap = hits / np.maximum(of, 1) - other_hits / np.maximum(of_other, 1)
    return np.divide(gap, error, out=np.zeros(len(gap)), where=carried)


def needed_z(comparisons: int) -> float:
    """Give the z that chance exceeds in 5 % of cases, when so many comparisons are made at once (Bonferroni's rule)."""
    return _NORMAL.inv_cdf(1 - 0.05 / (2 * max(1, comparisons)))
