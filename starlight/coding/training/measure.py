"""Measure how well a tagger's coding matches the readers'."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

DRAWS = 1_000


def f1(found: np.ndarray, wanted: np.ndarray) -> float:
    """Return F1 over pairs of sentence and label; 1 where neither coding has any."""
    both = 2 * np.logical_and(found, wanted).sum()
    all_together = found.sum() + wanted.sum()
    return float(both / all_together) if all_together else 1.0


def best_threshold(probability: np.ndarray, wanted: np.ndarray) -> float:
    """Return the one threshold for all labels with the best F1, to two decimals."""
    steps = np.arange(10, 71) / 100
    return float(steps[np.argmax([f1(probability >= step, wanted > 0) for step in steps])])


def interval(found: np.ndarray, wanted: np.ndarray, groups: np.ndarray) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of F1, resampling whole groups (films)."""
    _, group = np.unique(groups, return_inverse=True)
    counts = np.zeros((group.max() + 1, 2))
    np.add.at(counts, group, np.stack([2 * (found & wanted).sum(1), found.sum(1) + wanted.sum(1)], 1))
    weights = np.random.default_rng(0).multinomial(len(counts), np.full(len(counts), 1 / len(counts)), DRAWS)
    both, either = (weights @ counts).T
    low, high = np.percentile(both[either > 0] / either[either > 0], [2.5, 97.5]) if either.any() else (1.0, 1.0)
    return float(low), float(high)


def calibration_error(confidence: np.ndarray, wanted: np.ndarray) -> float:
    """Return the expected calibration error of all opinions, in ten bins of confidence (Guo et al. 2017)."""
    coded = confidence > 0
    sure, right = confidence[coded], wanted[coded] > 0
    tenth = np.minimum((sure * 10).astype(int), 9)
    gaps = [abs(sure[tenth == n].mean() - right[tenth == n].mean()) * (tenth == n).sum() for n in np.unique(tenth)]
    return float(sum(gaps) / len(sure))


def levels(themes: np.ndarray) -> Iterator[tuple[str, str | None, Callable[[np.ndarray], np.ndarray]]]:
    """Yield each level of agreement, its theme if it has one, and how labels (sentences x 24) merge into it.

    `themes` are the labels' themes; polarities alternate.
    """
    names = list(dict.fromkeys(themes))
    yield "opinion", None, partial(_any, groups=[np.full(len(themes), True)])
    yield "polarity", None, partial(_any, groups=[np.arange(len(themes)) % 2 == place for place in (0, 1)])
    yield "theme", None, partial(_any, groups=[themes == name for name in names])
    for name in (None, *names):
        yield "all", name, partial(_columns, chosen=np.full(len(themes), True) if name is None else themes == name)


def _any(coded: np.ndarray, groups: list[np.ndarray]) -> np.ndarray:
    return np.stack([coded[:, group].any(1) for group in groups], 1)


def _columns(coded: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    return coded[:, chosen]
