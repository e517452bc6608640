"""A tagger as a network, and how it is trained: by readings or by another tagger's probabilities."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy
from torch.nn.utils.rnn import pad_sequence
from torch.optim.lr_scheduler import LambdaLR
from tqdm import tqdm

HEAD_RATE = 1e-3
STORE_EVERY = 300  # seconds
Ids = Sequence[Sequence[int]]  # token numbers of each sentence


class Tagger(nn.Module):
    """An encoder with 24 sigmoids for each token and 24 for the sentence."""

    def __init__(self, encoder: nn.Module, outputs: int) -> None:
        super().__init__()
        self.pad = encoder.config.pad_token_id
        self.encoder = encoder
        self.token = nn.Linear(encoder.config.hidden_size, outputs)
        self.whole = nn.Linear(encoder.config.hidden_size, outputs)

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return logits of each token (batch x tokens x outputs) and of the sentence (batch x outputs)."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        inner = torch.nn.functional.pad(mask[:, 2:], (1, 1))  # without the tokens that begin and end a sentence
        return with_sentence(self.token(hidden), hidden, self.whole, inner)


def with_sentence(token: Tensor, state: Tensor, whole: nn.Module, mask: Tensor) -> tuple[Tensor, Tensor]:
    """Return the tokens' logits, and the sentence's: the likeliest token's, corrected by the mean of all states."""
    weight = mask[:, :, None].to(state.dtype)
    mean = (state * weight).sum(1) / weight.sum(1)
    return token, token.masked_fill(weight == 0, -1e4).amax(1) + whole(mean)


def batches(ids: Ids, most: int, generator: np.random.Generator | None = None) -> list[np.ndarray]:
    """Return positions of sentences of like length, at most `most` tokens together; shuffled by a `generator`."""
    length = np.array([len(one) for one in ids], float)
    order = np.argsort(length + (generator.uniform(0, 3, len(ids)) if generator else 0), kind="stable")
    packed, start = [], 0
    while start < len(order):
        size = 1
        while start + size < len(order) and (size + 1) * length[order[start + size]] <= most:
            size += 1
        packed.append(order[start : start + size])
        start += size
    return [packed[place] for place in generator.permutation(len(packed))] if generator else packed


def tensors(ids: Ids, rows: np.ndarray, pad: int) -> tuple[Tensor, Tensor]:
    """Return token numbers and mask of some sentences, padded to the longest of them."""
    numbers = [torch.tensor(ids[row]) for row in rows]
    mask = pad_sequence([torch.ones_like(one) for one in numbers], batch_first=True)
    return pad_sequence(numbers, batch_first=True, padding_value=pad), mask


def loss(token: Tensor, whole: Tensor, mask: Tensor, wanted_tokens: Tensor, wanted_whole: Tensor) -> Tensor:
    """Return cross-entropy summed over outputs: the mean over tokens plus the mean over sentences."""
    by_token = cross_entropy(token, wanted_tokens, reduction="none").sum(-1)
    return (by_token * mask).sum() / mask.sum() + cross_entropy(whole, wanted_whole, reduction="none").sum(-1).mean()


def begin_at_rates(model: nn.Module, units: pd.DataFrame) -> None:
    """Set the tokens' biases to how common each output is, and what corrects the sentence's logit to 0.

    A large encoder that had to learn the rates first went astray.
    """
    share = np.clip(np.concatenate(units["tokens"].tolist()).mean(0), 1e-5, 0.5)
    with torch.no_grad():
        model.token.bias.copy_(torch.from_numpy(np.log(share / (1 - share))))
        model.whole.weight.zero_()
        model.whole.bias.zero_()


def train(
    model: nn.Module, units: pd.DataFrame, kept: Path, *, epochs: int, rate: float, tokens: int, seed: int
) -> None:
    """Train in place, `tokens` at a time, with AdamW, a short warm-up and linear decay, and products in bfloat16.

    Every few minutes all that a stopped training needs to go on is stored in `kept`; at the end, the model alone.
    """
    generator = np.random.default_rng(seed)
    numbers, of_tokens, of_whole = (units[name].tolist() for name in ("ids", "tokens", "whole"))
    plan = [batch for _ in range(epochs) for batch in batches(numbers, tokens, generator)]
    optimizer, schedule = _optimizer(model, rate, len(plan))
    done = 0
    if kept.exists():
        stored = torch.load(kept)
        done = stored["done"]
        model.load_state_dict(stored["model"])
        if done < len(plan):
            optimizer.load_state_dict(stored["optimizer"])
            schedule.load_state_dict(stored["schedule"])
    torch.manual_seed(seed + done)
    model.train()
    last = time.monotonic()
    for rows in (bar := tqdm(plan[done:], "train", len(plan), initial=done, mininterval=30)):
        ids, mask = tensors(numbers, rows, model.pad)
        targets = [torch.from_numpy(of_tokens[row].astype(np.float32)) for row in rows]
        wanted = pad_sequence(targets, batch_first=True)
        with torch.autocast("cpu", torch.bfloat16):
            token, whole = model(ids, mask)
        wanted_whole = torch.from_numpy(np.stack([of_whole[row] for row in rows]))
        value = loss(token.float(), whole.float(), mask, wanted, wanted_whole)
        optimizer.zero_grad()
        value.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        done += 1
        bar.set_postfix(loss=value.item(), refresh=False)
        if time.monotonic() - last > STORE_EVERY:
            state = {"optimizer": optimizer.state_dict(), "schedule": schedule.state_dict()}
            _store({"model": model.state_dict(), "done": done, **state}, kept)
            last = time.monotonic()
    _store({"model": model.state_dict(), "done": done}, kept)


def _optimizer(model: nn.Module, rate: float, steps: int) -> tuple[torch.optim.AdamW, LambdaLR]:
    heads = [*model.token.parameters(), *model.whole.parameters()]
    mine = set(map(id, heads))
    body = [part for part in model.parameters() if part.requires_grad and id(part) not in mine]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": rate}, {"params": heads, "lr": HEAD_RATE}], weight_decay=0.01, fused=True
    )
    warm = steps // 16
    return optimizer, LambdaLR(optimizer, lambda step: min((step + 1) / (warm + 1), (steps - step) / (steps - warm)))


def _store(state: dict[str, Any], kept: Path) -> None:
    """Store a state so that whoever is stopped meanwhile still has the one before."""
    part = kept.with_suffix(".part")
    torch.save(state, part)
    part.replace(kept)


@torch.inference_mode()
def predict(model: nn.Module, ids: Ids, *, exact: bool = True) -> tuple[list[np.ndarray], np.ndarray]:
    """Return probabilities of each sentence's tokens (tokens x outputs), and of each sentence (sentences x outputs)."""
    model.eval()
    tokens = [np.zeros(0, np.float32)] * len(ids)
    whole = np.zeros((len(ids), model.whole.out_features), np.float32)
    for rows in batches(ids, 2_048):
        numbers, mask = tensors(ids, rows, model.pad)
        with torch.autocast("cpu", torch.bfloat16, enabled=not exact):
            token, sentence = model(numbers, mask)
        token = torch.sigmoid(token.float()).numpy()
        whole[rows] = torch.sigmoid(sentence.float()).numpy()
        for place, row in enumerate(rows):
            tokens[row] = token[place, : len(ids[row])]
    return tokens, whole
