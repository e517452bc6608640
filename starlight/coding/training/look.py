"""Fit the second look on sentences that the network was not trained on, as the tagger meets them: review by review."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import torch
from tokenizers import Tokenizer
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

from ...loading.load import load_reviews
from ...text.sentences import split_sentences
from .. import second_look
from . import corpora

SNIPPETS = ("snippets", "snippets2")
PARTS = 5  # of the films, each left out once to find the threshold
HOLD = 100.0  # how strongly weights are held to 0: of 3 to 400 the best F1 on films left out
# What a sentence of a whole review that judges nothing counts. The reviews were chosen to judge much (59 % of their
# sentences); with this weight about 47 % do, between them and long reviews elsewhere (40 %).
NOT_JUDGING = 1.6
THINNED = 0.4  # the share of a long review's sentences that judge something


def sentences(units: pd.DataFrame, opinions: pd.DataFrame, made: Tokenizer) -> pd.DataFrame:
    """Return coded units as `corpora.as_units` does, snippets in sentences, with the `review` that each is of.

    `part_of` is the unit that a sentence is of.
    """
    snippets = units["source"].isin(SNIPPETS)
    texts = load_reviews(pd.DataFrame({"review_id": units["unit"], "text": units["text"]})[snippets])
    parts = split_sentences(texts).rename(columns={"review_id": "unit"})[["unit", "start", "text"]]
    whole = units.loc[~snippets, ["unit", "text"]].assign(start=0)
    order = units[["unit", "source", "film", "fold"]].assign(order=range(len(units)))
    frame = pd.concat([parts, whole]).astype({"unit": "str", "text": "str"}).merge(order, on="unit")
    frame = frame.sort_values(["order", "start"], ignore_index=True).rename(columns={"unit": "part_of"})
    frame["unit"] = frame.index.astype("str")
    of_review = frame["part_of"].str.rsplit("-", n=1).str[0]
    frame["review"] = frame["part_of"].where(frame["source"].isin(SNIPPETS), of_review)
    read = opinions[opinions["unit"].isin(frame["part_of"])].sort_values("start")
    begins = frame[["part_of", "start", "unit"]].rename(columns={"part_of": "of", "start": "begin", "unit": "row"})
    read = pd.merge_asof(
        read, begins.sort_values("begin"), left_on="start", right_on="begin", left_by="unit", right_by="of"
    )
    read = read.assign(unit=read["row"], start=read["start"] - read["begin"], end=read["end"] - read["begin"])
    return corpora.as_units(frame, read, made)


def weights(evidence: np.ndarray, first: np.ndarray, units: pd.DataFrame) -> np.ndarray:
    """Return weights for `second_look.corrections`, by a logistic regression that begins at the first look."""
    mean, spread = evidence.mean(0), evidence.std(0) + 1e-6
    read = np.stack(units["whole"].tolist())
    long_and_still = ~units["source"].isin(SNIPPETS).to_numpy() & ~read.any(1)
    given, begin, wanted = (torch.from_numpy(part.astype(float)) for part in ((evidence - mean) / spread, first, read))
    counts = torch.from_numpy(np.where(long_and_still, NOT_JUDGING, 1.0))[:, None]
    slopes = torch.zeros(given.shape[1], wanted.shape[1], dtype=torch.float64, requires_grad=True)
    bias = torch.zeros(wanted.shape[1], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([slopes, bias], max_iter=120, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        apart = cross_entropy(begin + given @ slopes + bias, wanted, reduction="none")
        value = (counts * apart).sum() + HOLD * (slopes**2).sum() + 0.5 * (bias**2).sum()
        value.backward()
        return value

    optimizer.step(closure)
    by = slopes.detach().numpy() / spread[:, None]
    return np.vstack([by, bias.detach().numpy() - mean @ by]).round(4)


def left_out(evidence: np.ndarray, first: np.ndarray, units: pd.DataFrame) -> np.ndarray:
    """Return each sentence's confidences after a second look that was fitted without its film."""
    films = units["film"].drop_duplicates()
    part = units["film"].map(dict(zip(films, np.random.default_rng(0).permutation(len(films)) % PARTS, strict=True)))
    logit = first.copy()
    for number in range(PARTS):
        mine = part.eq(number).to_numpy()
        logit[mine] += second_look.corrections(evidence[mine], weights(evidence[~mine], first[~mine], units[~mine]))
    return 1 / (1 + np.exp(-logit))


def thinned(units: pd.DataFrame) -> np.ndarray:
    """Return which sentences of whole reviews to take so that two in five judge something, as in long reviews."""
    long, judges = ~units["source"].isin(SNIPPETS).to_numpy(), np.stack(units["whole"].tolist()).any(1)
    taken = long & ~judges
    most = int(taken.sum() * THINNED / (1 - THINNED))
    taken[np.random.default_rng(1).permutation(np.flatnonzero(long & judges))[:most]] = True
    return taken


def write(by: np.ndarray, path: Path) -> None:
    """Store weights, a row for each thing that is seen."""
    pairs = corpora.outputs()
    frame = pd.DataFrame(by, second_look.names(pairs), [" ".join(pair) for pair in pairs])
    frame.to_csv(path, index_label="seen", lineterminator="\n")
