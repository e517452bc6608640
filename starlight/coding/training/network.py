"""A tagger as a network, and how it is trained: by readings or by another tagger's probabilities."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy
from torch.nn.utils.rnn import pad_sequence
from tqdm import tqdm

HEAD_RATE = 1e-3
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


def train(model: nn.Module, units: pd.DataFrame, *, epochs: int, rate: float, tokens: int, seed: int) -> None:
    """Train in place, `tokens` at a time, with AdamW, a short warm-up and linear decay, and products in bfloat16."""
    generator = np.random.default_rng(seed)
    torch.manual_seed(seed)
    numbers, of_tokens, of_whole = (units[name].tolist() for name in ("ids", "tokens", "whole"))
    plan = [batch for _ in range(epochs) for batch in batches(numbers, tokens, generator)]
    heads = [*model.token.parameters(), *model.whole.parameters()]
    mine = set(map(id, heads))
    body = [part for part in model.parameters() if part.requires_grad and id(part) not in mine]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": rate}, {"params": heads, "lr": HEAD_RATE}], weight_decay=0.01, fused=True
    )
    warm = len(plan) // 16
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (warm + 1), (len(plan) - step) / (len(plan) - warm))
    )
    model.train()
    for rows in (bar := tqdm(plan, "train", mininterval=10)):
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
        bar.set_postfix(loss=value.item(), refresh=False)


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
