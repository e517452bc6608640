"""How well a tagger's coding matches the readers'."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

DRAWS = 1_000


def f1(found: np.ndarray, wanted: np.ndarray) -> float:
    """F1 over pairs of sentence and label; 1 where neither has any."""
    both = 2 * np.logical_and(found, wanted).sum()
    all_together = found.sum() + wanted.sum()
    return float(both / all_together) if all_together else 1.0


def best_threshold(probability: np.ndarray, wanted: np.ndarray) -> float:
    """Find the one threshold for all labels with the best F1, to two decimals."""
    steps = np.arange(10, 71) / 100
    return float(steps[np.argmax([f1(probability >= step, wanted > 0) for step in steps])])


def interval(found: np.ndarray, wanted: np.ndarray, groups: np.ndarray) -> tuple[float, float]:
    """Give the 95 % bootstrap interval of F1, resampling whole groups (films)."""
    _, group = np.unique(groups, return_inverse=True)
    counts = np.zeros((group.max() + 1, 2))
    np.add.at(counts, group, np.stack([2 * (found & wanted).sum(1), found.sum(1) + wanted.sum(1)], 1))
    weights = np.random.default_rng(0).multinomial(len(counts), np.full(len(counts), 1 / len(counts)), DRAWS)
    both, either = (weights @ counts).T
    low, high = np.percentile(both[either > 0] / either[either > 0], [2.5, 97.5]) if either.any() else (1.0, 1.0)
    return float(low), float(high)


def calibration_error(confidence: np.ndarray, wanted: np.ndarray) -> float:
    """Give the expected calibration error over all opinions found, in ten bins of confidence (Guo et al. 2017)."""
    given = confidence > 0
    sure, right = confidence[given], wanted[given] > 0
    tenth = np.minimum((sure * 10).astype(int), 9)
    gaps = [abs(sure[tenth == n].mean() - right[tenth == n].mean()) * (tenth == n).sum() for n in np.unique(tenth)]
    return float(sum(gaps) / len(sure))


def levels(themes: np.ndarray) -> Iterator[tuple[str, str | None, Callable[[np.ndarray], np.ndarray]]]:
    """Each level of agreement, with each theme where it has themes, and how labels (sentences x 24) merge into it.

    `themes` are the labels' themes; polarities alternate.
    """
    names = list(dict.fromkeys(themes))
    yield "opinion", None, lambda coded: coded.any(1, keepdims=True)
    yield "polarity", None, lambda coded: np.stack([coded[:, place::2].any(1) for place in (0, 1)], 1)
    yield "theme", None, lambda coded: np.stack([coded[:, themes == name].any(1) for name in names], 1)
    yield "all", None, lambda coded: coded
    for name in names:
        yield "all", name, lambda coded, name=name: coded[:, themes == name]
