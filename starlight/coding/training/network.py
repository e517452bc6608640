"""A tagger as a network, and how it is trained: by readers' codes or by another tagger's probabilities."""

from __future__ import annotations

import time

import numpy as np
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

HEAD_RATE = 1e-3


class Tagger(nn.Module):
    """An encoder with 24 sigmoids for each token and 24 for the sentence."""

    def __init__(self, encoder, labels: int):
        super().__init__()
        self.pad = encoder.config.pad_token_id
        self.encoder = encoder
        self.token = nn.Linear(encoder.config.hidden_size, labels)
        self.whole = nn.Linear(encoder.config.hidden_size, labels)

    def forward(self, ids, mask):
        """Logits of each token (batch x tokens x labels) and of the sentence (batch x labels)."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        inner = torch.nn.functional.pad(mask[:, 2:], (1, 1))  # without the tokens that begin and end a sentence
        return with_sentence(self.token(hidden), hidden, self.whole, inner)


def with_sentence(token, state, whole, mask):
    """Give the tokens' logits, and the sentence's: that of the likeliest token, corrected by the mean of all states."""
    weight = mask[:, :, None].to(state.dtype)
    mean = (state * weight).sum(1) / weight.sum(1)
    return token, token.masked_fill(weight == 0, -1e4).amax(1) + whole(mean)


def batches(ids: list, most: int, generator=None) -> list[np.ndarray]:
    """Positions of sentences of like length, at most `most` tokens together; in a random order with a `generator`."""
    length = np.array([len(one) for one in ids], float)
    order = np.argsort(length + (generator.uniform(0, 3, len(ids)) if generator else 0), kind="stable")
    made, start = [], 0
    while start < len(order):
        size = 1
        while start + size < len(order) and (size + 1) * length[order[start + size]] <= most:
            size += 1
        made.append(order[start : start + size])
        start += size
    return [made[place] for place in generator.permutation(len(made))] if generator else made


def tensors(ids: list, rows, pad: int):
    """Token numbers and mask of some sentences, padded to the longest of them."""
    longest = max(len(ids[row]) for row in rows)
    numbers = torch.full((len(rows), longest), pad)
    mask = torch.zeros((len(rows), longest), dtype=torch.long)
    for place, row in enumerate(rows):
        numbers[place, : len(ids[row])] = torch.tensor(ids[row])
        mask[place, : len(ids[row])] = 1
    return numbers, mask


def loss(token, whole, mask, wanted_tokens, wanted_whole):
    """Cross-entropy summed over labels: the mean over tokens plus the mean over sentences."""
    by_token = cross_entropy(token, wanted_tokens, reduction="none").sum(-1)
    return (by_token * mask).sum() / mask.sum() + cross_entropy(whole, wanted_whole, reduction="none").sum(-1).mean()


def begin_at_rates(model, units) -> None:
    """Set the tokens' biases to how common each label is, since learning that first led a large encoder astray.

    What corrects the sentence's logit begins as nothing.
    """
    share = np.clip(np.concatenate(units.tokens).mean(0), 1e-5, 0.5)
    with torch.no_grad():
        model.token.bias.copy_(torch.from_numpy(np.log(share / (1 - share))))
        model.whole.weight.zero_()
        model.whole.bias.zero_()


def train(model, units, *, epochs: int, rate: float, tokens: int, seed: int) -> None:
    """Train in place, `tokens` at a time, with AdamW, a short warm-up and linear decay, and products in bfloat16."""
    generator = np.random.default_rng(seed)
    torch.manual_seed(seed)
    plan = [batch for _ in range(epochs) for batch in batches(units.ids, tokens, generator)]
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
    started, running = time.time(), 0.0
    for step, rows in enumerate(plan):
        ids, mask = tensors(units.ids, rows, model.pad)
        wanted = torch.zeros((*ids.shape, units.whole.shape[1]))
        for place, row in enumerate(rows):
            wanted[place, : len(units.ids[row])] = torch.from_numpy(np.asarray(units.tokens[row], np.float32))
        with torch.autocast("cpu", torch.bfloat16):
            token, whole = model(ids, mask)
        value = loss(token.float(), whole.float(), mask, wanted, torch.from_numpy(units.whole[rows]))
        optimizer.zero_grad()
        value.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        running += value.item()
        if (step + 1) % 50 == 0:
            print(
                f"  step {step + 1}/{len(plan)} loss {running / 50:.3f} after {time.time() - started:.0f} s", flush=True
            )
            running = 0.0


@torch.inference_mode()
def predict(model, ids: list, *, exact: bool = True):
    """Probabilities of each sentence's tokens (list of tokens x labels) and of each sentence (sentences x labels)."""
    model.eval()
    tokens, whole = [None] * len(ids), np.zeros((len(ids), model.whole.out_features), np.float32)
    for rows in batches(ids, 2_048):
        numbers, mask = tensors(ids, rows, model.pad)
        with torch.autocast("cpu", torch.bfloat16, enabled=not exact):
            token, sentence = model(numbers, mask)
        token = torch.sigmoid(token.float()).numpy()
        whole[rows] = torch.sigmoid(sentence.float()).numpy()
        for place, row in enumerate(rows):
            tokens[row] = token[place, : len(ids[row])]
    return tokens, whole
