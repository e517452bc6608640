"""Measure how well a tagger's coding matches a reading."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ...base.statistics import design_effect, wilson


def f1(found: np.ndarray, wanted: np.ndarray) -> float:
    """Return F1 over pairs of sentence and output; 1 where neither coding has any."""
    ones = found.sum() + wanted.sum()
    return float(2 * np.logical_and(found, wanted).sum() / ones) if ones else 1.0


def best_threshold(codings: list[tuple[np.ndarray, np.ndarray]]) -> float:
    """Return the one threshold for all outputs with the best mean F1 over pairs of probability and reading."""
    steps = np.arange(10, 71) / 100
    means = [np.mean([f1(probability >= step, wanted > 0) for probability, wanted in codings]) for step in steps]
    return float(steps[np.argmax(means)])


def interval(found: np.ndarray, wanted: np.ndarray, films: np.ndarray) -> tuple[float, float]:
    """Return the 95 % interval of F1 as `agreement` does: Wilson's of what both have, widened where films differ."""
    film = pd.factorize(films)[0]
    both, either = (np.bincount(film, some.sum(1)).astype(float) for some in (found & wanted, found | wanted))
    wider = design_effect(both, either)
    low, high = (2 * share / (1 + share) for share in wilson(both.sum() / wider, either.sum() / wider))
    return float(low), float(high)


def reliability(confidence: np.ndarray, wanted: np.ndarray) -> pd.DataFrame:
    """Return, for each tenth of confidence, the share of the tagger's opinions that the reading has too."""
    coded = confidence > 0
    low = np.minimum((confidence[coded] * 10).astype(int), 9) / 10
    rows = pd.DataFrame({"low": low, "confidence": confidence[coded], "found": wanted[coded], "opinions": 1})
    return rows.groupby("low", as_index=False).agg({"confidence": "mean", "found": "mean", "opinions": "sum"})


def calibration_error(confidence: np.ndarray, wanted: np.ndarray) -> float:
    """Return the expected calibration error of all opinions, in ten bins of confidence (Guo et al. 2017)."""
    bins = reliability(confidence, wanted)
    return float(np.average((bins["confidence"] - bins["found"]).abs(), weights=bins["opinions"]))


def levels(themes: np.ndarray) -> list[tuple[str, str | None, list[np.ndarray]]]:
    """Return each level of agreement, its theme if it has one, and which outputs count there as one.

    `themes` are the outputs' themes; polarities alternate.
    """
    names, outputs = list(dict.fromkeys(themes)), list(np.eye(len(themes), dtype=bool))
    return [
        ("opinion", None, [np.full(len(themes), True)]),
        ("polarity", None, [np.arange(len(themes)) % 2 == place for place in (0, 1)]),
        ("praise", None, outputs[::2]),
        ("criticism", None, outputs[1::2]),
        ("theme", None, [themes == name for name in names]),
        ("all", None, outputs),
        *(("all", name, [output for output in outputs if themes[output] == name]) for name in names),
    ]


def merged(coded: np.ndarray, groups: list[np.ndarray]) -> np.ndarray:
    """Return which groups of outputs each sentence has one of (sentences x groups)."""
    return np.stack([coded[:, group].any(1) for group in groups], 1)
