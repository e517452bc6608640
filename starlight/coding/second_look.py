"""Look at each sentence a second time, among the others of its review.

The network reads a sentence by itself. Here its outputs speak to each other and to those of the rest of the review: a
sentence before that judges, or the tone of the whole. What comes out depends on the review alone.
"""

import csv
from functools import cache

import numpy as np

from ..base.resources import verified

_PLACE = ("place", "is first", "is last", "log sentences", "log tokens")
_PARTS = ("token", "sentence", "others", "before", "after")


@cache
def weights() -> np.ndarray:
    """Return the stored weights: a row for each column of `evidence` and one for the constant, a column per output."""
    with verified("data", "tagger", "second_look.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return np.array([row[1:] for row in rows], float)


def names(outputs: list[tuple[str, str]]) -> list[str]:
    """Return the names of the rows of the weights."""
    of_part = {part: [f"{part}: {' '.join(pair)}" for pair in outputs] for part in _PARTS}
    return [*_PLACE, *(name for part in _PARTS for name in of_part[part]), "constant"]


def evidence(token: np.ndarray, first: np.ndarray, tokens: np.ndarray, review: np.ndarray) -> np.ndarray:
    """Return what a second look sees of each sentence (sentences x 125).

    `token` is the logit of a sentence's likeliest token and `first` the logit of the network's confidence, for each
    output; `tokens` is the number of its tokens, and `review` that of its review, whose sentences stand in a row.
    """
    sure = 1 / (1 + np.exp(-first))
    begins = np.append(True, review[1:] != review[:-1])
    ends = np.append(begins[1:], True)
    starts = np.flatnonzero(begins)
    size = np.diff(np.append(starts, len(review)))
    many, at = np.repeat(size, size), np.arange(len(review)) - np.repeat(starts, size)
    total = np.repeat(np.add.reduceat(sure, starts), size, axis=0)
    others = (total - sure) / np.maximum(many - 1, 1)[:, None]
    before = np.where(begins[:, None], 0, np.roll(sure, 1, axis=0))
    after = np.where(ends[:, None], 0, np.roll(sure, -1, axis=0))
    place = np.column_stack([(at + 1) / many, begins, ends, np.log(many), np.log(tokens)])
    return np.hstack([place, token, sure, others, before, after])


def corrections(seen: np.ndarray, by: np.ndarray) -> np.ndarray:
    """Return what the second look adds to the logits (sentences x outputs).

    The sum is made term by term: a matrix product may round one sentence otherwise alone than among others.
    """
    added = np.tile(by[-1], (len(seen), 1))
    for column, weight in zip(seen.T, by[:-1], strict=True):
        added += column[:, None] * weight
    return added
