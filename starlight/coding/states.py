"""Read sentences as the network sees them inside: the states of its tokens, whole and where a theme is mentioned."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from .mentions import find_mentions
from .tagger import Batch, batches, cores, network

SIZE = 384  # numbers of a state
_OUTPUTS = 24  # pairs of theme and polarity that the network has
WHOLE = 5 * SIZE + 2 * _OUTPUTS + 4
NEAR = 2 * SIZE + 2 * _OUTPUTS
_LAYERS = ("states.0", "states.1", "states.2")
_AT_ONCE = 512  # sentences whose tokens are held at once


class Seen(NamedTuple):
    """A sentence as the network sees it: where its tokens stand, their states (layers side by side), and logits."""

    places: list[tuple[int, int]]
    states: np.ndarray
    logits: np.ndarray

    def whole(self) -> np.ndarray:
        """Return the sentence as one row, in the order of `parts`: states, logits, and how surely it judges."""
        if not self.places:
            return np.zeros(WHOLE, np.float32)
        most, mean = self.logits[:, :_OUTPUTS].max(axis=0), self.logits[:, _OUTPUTS:].mean(axis=0)
        praise, criticism = ((most + mean)[at::2].max() for at in (0, 1))
        judged = [praise, criticism, praise - criticism, max(praise, criticism)]
        first, last = self.states[:, : 2 * SIZE], self.states[:, 2 * SIZE :]
        return np.concatenate([first.mean(axis=0), first.max(axis=0), last.mean(axis=0), most, mean, judged])

    def tokens(self, places: list[tuple[int, int]]) -> list[int]:
        """Return the tokens of some words."""
        if not places:
            return []
        said = np.zeros(max(end for _, end in places), bool)
        for start, end in places:
            said[start:end] = True
        return [token for token, (start, end) in enumerate(self.places) if said[start:end].any()]

    def near(self, places: list[tuple[int, int]]) -> np.ndarray:
        """Return the states of the last two layers and the logits at some words as one row; zeros if there are none."""
        tokens = self.tokens(places)
        if not tokens:
            return np.zeros(NEAR, np.float32)
        return np.concatenate([self.states[tokens, SIZE:].mean(axis=0), self.logits[tokens].mean(axis=0)])


def seen(texts: Sequence[str]) -> Iterator[Seen]:
    """Yield each sentence as the network sees it."""

    def run(batch: Batch) -> list[tuple[int, list[tuple[int, int]], np.ndarray, np.ndarray]]:
        ids = np.array([window.ids for _, window in batch])
        logits, *layers = network().run(["logits", *_LAYERS], {"ids": ids})
        states = np.concatenate([layer.reshape(*ids.shape, SIZE) for layer in layers], axis=2)
        return [(number, window.offsets, *both) for (number, window), *both in zip(batch, states, logits, strict=True)]

    with ThreadPoolExecutor(cores()) as pool:
        for first in range(0, len(texts), _AT_ONCE):
            chunk = list(texts[first : first + _AT_ONCE])
            windows = defaultdict(list)
            for number, *window in (one for some in pool.map(run, batches(chunk)) for one in some):
                windows[number].append(window)
            for number in range(len(chunk)):
                yield _joined(sorted(windows[number], key=lambda window: window[0][0]))


def _joined(windows: list[list[Any]]) -> Seen:
    """Return the windows of a sentence as one, each token once."""
    states, logits = ([np.zeros((0, size), np.float32)] for size in (3 * SIZE, 2 * _OUTPUTS))
    places, reached = list[tuple[int, int]](), -1
    for offsets, state, logit in windows:
        new = [token for token, (start, _) in enumerate(offsets) if start >= reached]
        places += [offsets[token] for token in new]
        states.append(state[new])
        logits.append(logit[new])
        reached = max(reached, offsets[-1][1])
    return Seen(places, np.concatenate(states), np.concatenate(logits))


def with_mentions(sentences: pd.DataFrame, book: pd.DataFrame) -> Iterator[tuple[Seen, list[list[tuple[int, int]]]]]:
    """Yield each sentence as the network sees it, and where in it each theme of the codebook is mentioned."""
    found = find_mentions(sentences, themes=book)
    theme = {name: number for number, name in enumerate(book["theme"])}
    places: defaultdict[tuple[str, int], list[list[tuple[int, int]]]] = defaultdict(lambda: [[] for _ in theme])
    for review_id, sentence, start, end, name in found[["review_id", "sentence", "start", "end", "theme"]].to_numpy():
        places[review_id, sentence][theme[name]].append((start, end))
    keys = zip(sentences["review_id"], sentences["sentence"], sentences["start"], strict=True)
    for (review_id, sentence, at), one in zip(keys, seen(sentences["text"].tolist()), strict=True):
        there = places.get((review_id, sentence), [[] for _ in theme])
        yield one, [[(start - at, end - at) for start, end in of_theme] for of_theme in there]


class Numbers(NamedTuple):
    """Sentences in numbers: each as a whole, near the words of each theme, and whether it has any of these words."""

    whole: np.ndarray  # sentences x WHOLE
    near: np.ndarray  # sentences x themes x NEAR
    mentions: np.ndarray  # sentences x themes


Shown = tuple[Seen, list[list[tuple[int, int]]]]  # a sentence, and where in it each theme is mentioned


def numbers(sentences: pd.DataFrame, book: pd.DataFrame) -> Numbers:
    """Return sentences in numbers."""
    return numbers_of(with_mentions(sentences, book), len(book))


def numbers_of(shown: Iterable[Shown], themes: int) -> Numbers:
    """Return sentences in numbers that the network has seen."""
    whole, near, mentions = [], dict[tuple[int, int], np.ndarray](), []
    for row, (one, of_themes) in enumerate(shown):
        whole.append(one.whole())
        near |= {(row, at): one.near(places) for at, places in enumerate(of_themes) if places}
        mentions.append([bool(places) for places in of_themes])
    made = Numbers(
        np.array(whole, np.float32).reshape(-1, WHOLE),
        np.zeros((len(whole), themes, NEAR), np.float32),  # which takes memory only where something is put
        np.array(mentions, np.float32).reshape(-1, themes),
    )
    for place, numbers_there in near.items():
        made.near[place] = numbers_there
    return made
