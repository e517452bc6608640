"""Tag opinions with a small network: which words of a sentence judge which theme, and with what confidence.

`starlight.coding.training` makes the network; it is stored in `data/tagger/`, whose README.md is its model card. Matrix
products use whole numbers and a batch holds sentences of one length, so the network reads a sentence alike alone and
among others. A second look then sees the review that it stands in, and nothing else.
"""

import json
import os
import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import takewhile
from typing import NamedTuple

import numpy as np
from tokenizers import Encoding, Tokenizer

from ..base.resources import verified
from . import second_look

# Without this, onnxruntime stores a device id in the user's cache folder once it is imported, and sends reports to
# Microsoft. The processes of `annotate` inherit it; a cluster's workers import this module before they run the tagger.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
from onnxruntime import InferenceSession, SessionOptions

_BATCH_TOKENS = 512  # per run of the network: from 256 to 1,024 it makes no difference
_SENTENCES = 2_048  # coded at once, or somewhat more: whole reviews
_LONGEST_REVIEW = 2_000  # sentences; what is longer is looked at in pieces
_OVERLAP = 16  # tokens that two windows of one long sentence share
_NOTHING = -9.0  # logit of each output in a sentence without tokens
_DECIMALS = 3  # of a confidence; further ones may differ between processors
_GAP = 1  # tokens within a quote that may be less likely than the rest
# Words that only join a quote to its surroundings. Without them it shares 1 % more of its characters with a reading's.
_NOT_FIRST = frozenset({"and", "as", "at", "but", "by", "for", "from", "in", "of", "on", "or", "to", "with"})
_NOT_LAST = _NOT_FIRST | {"a", "an", "the"}
_PLAIN = str.maketrans("‘’‚‛“”„‟–—―…\u00a0", "''''\"\"\"\"---. ")  # as the corpora write them, one for one
_WORD = re.compile(r"[^\W_]+(?:[-'’‘`´ʼ′][^\W_]+)*")  # with whatever people type as an apostrophe


class Tag(NamedTuple):
    """An opinion in a sentence: its theme and polarity, where in it the words begin and end, and its confidence."""

    theme: str
    polarity: str
    start: int
    end: int
    confidence: float


class Settings(NamedTuple):
    """The settings that are stored beside the network.

    `outputs` are the pairs of theme and polarity. An opinion has a confidence of at least `threshold`; a token belongs
    to its quote if its logit is at most `reach` below the likeliest token's. A window has `longest` tokens. `measured`
    holds the F1 against readings on sentences that were held out from all training.
    """

    name: str
    outputs: list[tuple[str, str]]
    threshold: float
    reach: float
    longest: int
    measured: dict[str, float]


@cache
def settings() -> Settings:
    """Return the settings of the stored tagger."""
    stored = json.loads(verified("data", "tagger", "tagger.json").read_text("utf-8"))
    return Settings(**stored | {"outputs": [tuple(pair) for pair in stored["outputs"]]})


@cache
def network() -> InferenceSession:
    """Return the stored network."""
    options = SessionOptions()
    options.intra_op_num_threads = 1
    return InferenceSession(verified("data", "tagger", "model.onnx"), options, providers=["CPUExecutionProvider"])


@cache
def _tokenizer() -> Tokenizer:
    tokenizer: Tokenizer = Tokenizer.from_file(str(verified("data", "tagger", "tokenizer.json")))
    tokenizer.no_padding()
    tokenizer.enable_truncation(settings().longest, stride=_OVERLAP)
    return tokenizer


def cores() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def tag(
    sentences: Sequence[str],
    threshold: float | None = None,
    *,
    reviews: Sequence[Hashable] | None = None,
    threads: int = 0,
) -> Iterator[list[Tag]]:
    """Yield the opinions in each sentence, in order; the quotes of one theme do not overlap.

    An opinion has a confidence of at least `threshold` (if not given, the stored one). `reviews` says which review each
    sentence is of, those of one in a row; if not given, each is a review by itself. `threads` run batches at once: 0
    for one per core, 1 where each core has a process of its own.
    """
    if not len(sentences):
        return
    threshold = settings().threshold if threshold is None else threshold
    starts = _starts(range(len(sentences)) if reviews is None else reviews)
    parts = np.arange(0, len(sentences), _SENTENCES)
    cuts = np.unique(starts[np.minimum(np.searchsorted(starts, parts), len(starts) - 1)])
    for first, end in zip(cuts, [*cuts[1:], len(sentences)], strict=True):
        chunk = list(sentences[first:end])
        review = np.searchsorted(starts, np.arange(first, end), side="right")
        tags: defaultdict[int, list[Tag]] = defaultdict(list)
        for number, one in _tags(chunk, review, threshold, threads):
            tags[number].append(one)
        for number in range(len(chunk)):
            yield without_overlap(tags[number])


def _starts(reviews: Sequence[Hashable]) -> np.ndarray:
    """Return the places at which reviews start, or pieces of a review that is very long."""
    starts: list[int] = []
    for place, review in enumerate(reviews):
        if not place or review != reviews[place - 1] or place - starts[-1] == _LONGEST_REVIEW:
            starts.append(place)
    return np.array(starts, int)


Batch = list[tuple[int, Encoding]]  # windows of one length, each with the number of its sentence


def read(
    sentences: list[str], review: np.ndarray, threads: int = 0
) -> tuple[list[tuple[Batch, np.ndarray, np.ndarray]], np.ndarray, np.ndarray]:
    """Return what the network makes of the sentences, and what the second look sees of them; `review` numbers reviews.

    Of each batch of windows: the logits of all tokens, and of the sentences by this window alone. Of each sentence: its
    logits, and the evidence of the second look.
    """
    parts, net, outputs = batches(sentences), network(), len(settings().outputs)

    def run(batch: Batch) -> tuple[Batch, np.ndarray, np.ndarray]:
        logits = net.run(["logits"], {"ids": np.array([window.ids for _, window in batch])})[0].astype(float)
        tokens = logits[:, :, :outputs]
        return batch, tokens, tokens.max(axis=1) + logits[:, :, outputs:].mean(axis=1)

    with ThreadPoolExecutor(threads or cores()) as pool:  # a batch per core: cores that share one wait for each other
        windows = list(pool.map(run, parts))
    token, first = (np.full((len(sentences), outputs), _NOTHING) for _ in range(2))
    length = np.zeros(len(sentences))
    for batch, tokens, sure in windows:
        numbers = [number for number, _ in batch]
        np.maximum.at(token, numbers, tokens.max(axis=1))
        np.maximum.at(first, numbers, sure)
        np.add.at(length, numbers, len(batch[0][1].ids))
    return windows, first, second_look.evidence(token, first, np.maximum(length, 1), review)


def _tags(sentences: list[str], review: np.ndarray, threshold: float, threads: int) -> Iterator[tuple[int, Tag]]:
    """Yield each opinion with the number of its sentence, in no particular order."""
    windows, _, seen = read(sentences, review, threads)
    added = second_look.corrections(seen, second_look.weights())
    for batch, tokens, sure in windows:
        confidence = (1 / (1 + np.exp(-sure - added[[number for number, _ in batch]]))).round(_DECIMALS)
        for row, output in np.argwhere(confidence >= threshold):
            number, window = batch[row]
            theme, polarity = settings().outputs[output]
            start, end = quote(sentences[number], window.offsets, tokens[row, :, output])
            yield number, Tag(theme, polarity, start, end, float(confidence[row, output]))


def batches(sentences: list[str]) -> list[Batch]:
    """Return the windows of the sentences in batches of one length."""
    of_length: defaultdict[int, Batch] = defaultdict(list)
    made = []
    for number, encoded in enumerate(_tokenizer().encode_batch([text.translate(_PLAIN) for text in sentences])):
        for window in (encoded, *encoded.overflowing):
            of_length[len(window.ids)].append((number, window))
    for length, windows in sorted(of_length.items(), reverse=True):  # the shortest last, so that all cores end together
        if length:
            size = max(1, _BATCH_TOKENS // length)
            made += [windows[first : first + size] for first in range(0, len(windows), size)]
    return made


def quote(sentence: str, places: Sequence[tuple[int, int]], logits: np.ndarray) -> tuple[int, int]:
    """Return the place of the likeliest tokens, in whole words, without joining words at the ends."""
    likeliest = logits.argmax()
    near = np.flatnonzero(logits >= logits[likeliest] - settings().reach)
    runs = np.split(near, np.flatnonzero(np.diff(near) > _GAP + 1) + 1)
    run = next(run for run in runs if likeliest in run)
    start, end = places[run[0]][0], places[run[-1]][1]
    near_by = _WORD.finditer(sentence, sentence.rfind(" ", 0, start) + 1)  # a blank is in no word
    words = [word for word in takewhile(lambda word: word.start() < end, near_by) if word.end() > start]
    while len(words) > 1 and words[-1].group().lower() in _NOT_LAST:
        words.pop()
    while len(words) > 1 and words[0].group().lower() in _NOT_FIRST:
        words.pop(0)
    return (words[0].start(), words[-1].end()) if words else (start, end)


def without_overlap(tags: list[Tag]) -> list[Tag]:
    """Return the tags in their order, of overlapping ones of one theme only the surest."""
    kept: list[Tag] = []
    taken: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)  # the places of those kept, in order
    for one in sorted(tags, key=lambda one: -one.confidence):
        places, place = taken[one.theme], (one.start, one.end)
        at = bisect(places, place)
        if (at and places[at - 1][1] > one.start) or (at < len(places) and places[at][0] < one.end):
            continue
        places.insert(at, place)
        kept.append(one)
    return sorted(kept, key=lambda one: (one.start, one.end, one.theme, one.polarity))
