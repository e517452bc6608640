"""The small tagger that Starlight runs: three thin layers, which began as layers of all-MiniLM-L6-v2.

It differs from that model for speed on a plain processor: every second layer, 640 of 1,536 inner units, a rectifier
between them, which costs nothing in 8-bit products, and no tokens but the sentence's own. `hold_ranges` fixes the
ranges of activations, and training goes on with rounded numbers, so that what is exported is what was trained.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import linear

from .network import with_sentence
from .onnx_graph import WEIGHT_MOST, stored

LAYERS = 3
INNER = 640
HEADS = 12
_OUTLIERS = 0.0005  # of activations, on either side, that a range leaves out


def _rounded(value: Tensor, exact: Tensor) -> Tensor:
    """Return `exact`, with the gradient of `value` (a straight-through estimator)."""
    return value + (exact - value).detach()


class Rounding(nn.Module):
    """Activations as they will be in 8 bits, once their range is held; before, as they are."""

    scale: Tensor
    zero: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("scale", torch.tensor(0.0))
        self.register_buffer("zero", torch.tensor(0.0))
        self.seen: list[Tensor] | None = None

    def forward(self, value: Tensor) -> Tensor:
        """Return the value, rounded once the range is held."""
        if self.seen is not None:
            self.seen.append(value.detach().float().flatten()[::7])
        if not self.scale:
            return value
        numbers = torch.clamp(torch.round(value / self.scale) + self.zero, 0, 255)
        return _rounded(
            torch.clamp(value, -self.zero * self.scale, (255 - self.zero) * self.scale),
            (numbers - self.zero) * self.scale,
        )

    def hold(self) -> None:
        """Fix the range by the values that were seen."""
        seen = torch.cat(self.seen or []).numpy()
        low, high = np.quantile(seen, [_OUTLIERS, 1 - _OUTLIERS])
        low, high = min(low, 0.0), max(high, 1e-3)
        self.scale.fill_(float(high - low) / 255)
        self.zero.fill_(float(np.rint(-low / self.scale.item())))
        self.seen = None


class Layer(nn.Module):
    """Attention and a two-step product, each added to its input and normalised."""

    def __init__(self, size: int, inner: int) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(size, size) for _ in range(4))
        self.up, self.down = nn.Linear(size, inner), nn.Linear(inner, size)
        self.after_attention, self.after_product = (nn.LayerNorm(size, eps=1e-12) for _ in range(2))
        self.given, self.mixed, self.middle, self.wide = (Rounding() for _ in range(4))

    def product(self, part: nn.Linear, value: Tensor) -> Tensor:
        """Multiply with a part's weights, rounded once the ranges are held."""
        weight = part.weight
        if self.given.scale:
            scale = weight.detach().abs().amax(1, keepdim=True).clamp(min=1e-8) / WEIGHT_MOST
            weight = _rounded(weight, torch.round(weight / scale) * scale)
        return linear(value, weight, part.bias)

    def forward(self, state: Tensor, mask: Tensor) -> Tensor:
        """Return the state after this layer (sentences x tokens x size)."""
        given = self.given(state)
        sentences, tokens, size = state.shape
        query, key, value = (
            self.product(part, given).view(sentences, tokens, HEADS, -1).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        # For short sentences, plain products train faster than PyTorch's own attention.
        scores = (query @ key.transpose(-1, -2) * query.shape[-1] ** -0.5).masked_fill(~mask, -1e4)
        mixed = (scores.softmax(-1).to(value.dtype) @ value).transpose(1, 2).reshape(sentences, tokens, size)
        state = self.after_attention(state + self.product(self.out, self.mixed(mixed)))
        inner = self.wide(torch.relu(self.product(self.up, self.middle(state))))
        return self.after_product(state + self.product(self.down, inner))


class Student(nn.Module):
    """The tagger: logits of each token (batch x tokens x 24) and of the sentence (batch x 24)."""

    pad = 0

    def __init__(self, words: int, places: int, size: int, outputs: int = 24) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(words, size), nn.Embedding(places, size)
        self.first = nn.LayerNorm(size, eps=1e-12)
        self.layers = nn.ModuleList(Layer(size, INNER) for _ in range(LAYERS))
        self.token, self.whole = nn.Linear(size, outputs), nn.Linear(size, outputs)

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return the logits of each token and of each sentence."""
        state = self.first(self.words(ids) + self.places.weight[: ids.shape[1]])
        seen = mask[:, None, None, :].bool()
        for layer in self.layers:
            state = layer(state, seen)
        state = state.float()
        return with_sentence(self.token(state), state, self.whole, mask)

    def hold_ranges(self, run: Callable[[], object]) -> None:
        """Fix the ranges of all activations by what `run()` shows them, after which numbers are rounded."""
        roundings = [part for part in self.modules() if isinstance(part, Rounding)]
        for part in roundings:
            part.seen = []
        run()
        for part in roundings:
            part.hold()


def restored(path: Path) -> Student:
    """Return the student that a tagger was exported from, its numbers as they are stored, and no ranges held."""
    weights = {name: torch.from_numpy(value) for name, value in stored(path, HEADS).items()}
    words, size = weights["words.weight"].shape
    made = Student(words, len(weights["places.weight"]), size, len(weights["token.bias"]))
    made.load_state_dict(weights)
    for part in made.modules():
        if isinstance(part, Rounding):
            part.scale.zero_()
    return made
