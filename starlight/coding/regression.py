"""Fit regularised logistic regressions on what the network sees, started from what is known before."""

from typing import NamedTuple

import numpy as np

from .states import NEAR, SIZE, WHOLE, Numbers

WEIGHTS = WHOLE + NEAR + 2  # of the columns of a sentence, as `rows` has them, and a constant
_STEPS = 15
_EXACT = 1e-12  # of the square of what is left, when a step is found
_CONSTANT = 3.0  # so large that the constant is hardly held back
# Principal axes of states, of the last layer's, and of those near a theme's words.
_AXES, _LAST_AXES, _FEW_AXES = 256, 128, 96
_LOOSE = {"theme": 3.0, "polarity": 1.0}  # inverse of the penalty
# Columns of a sentence, as `rows` has them.
STATES, _LAST, _OUTPUTS = slice(0, 4 * SIZE), slice(4 * SIZE, 5 * SIZE), slice(5 * SIZE, WHOLE - 4)
_JUDGED, _MENTION = slice(WHOLE - 4, WHOLE), slice(WHOLE + NEAR, None)
_NEAR, _NEAR_LAST, _NEAR_OUTPUTS = (
    slice(WHOLE + start, WHOLE + end) for start, end in ((0, SIZE), (SIZE, 2 * SIZE), (2 * SIZE, NEAR))
)

Floats = np.ndarray


def share(logit: Floats) -> Floats:
    """Return the share that a logit stands for."""
    return 1 / (1 + np.exp(-np.clip(logit, -30, 30)))


def fitted(seen: Floats, wanted: Floats, prior: Floats, loose: float, *, balanced: bool = True) -> Floats:
    """Return the weights of a logistic regression, by Newton's method, the constant last; without rows, `prior`."""
    seen = np.column_stack([seen, np.full(len(seen), _CONSTANT)])
    prior = np.append(prior, 0.0)
    many = np.where(wanted, wanted.sum(), (~wanted).sum())
    by = len(wanted) / 2 / np.maximum(many, 1) if balanced else np.ones(len(wanted))
    moved = np.zeros(len(prior))
    for _ in range(_STEPS):
        sure = share(seen @ (prior + moved))
        step = _step(seen, by * sure * (1 - sure), 1 / loose, seen.T @ (by * (wanted - sure)) - moved / loose)
        moved = moved + step
        if np.abs(step).max() < 1e-4:
            break
    return prior + moved


def _step(seen: Floats, by: Floats, hold: float, slope: Floats) -> Floats:
    """Return a step of Newton's, by conjugate gradients: in a hundredth of the time that solving for it takes."""
    step, left, way = np.zeros(len(slope)), slope, slope
    size = least = left @ left
    for _ in range(len(slope)):
        if size <= _EXACT * least:
            break
        bent = seen.T @ (by * (seen @ way)) + hold * way
        far = size / (way @ bent)
        step, left = step + far * way, left - far * bent
        size, before = left @ left, size
        way = left + size / before * way
    return step


def logit(seen: Floats, weights: Floats) -> Floats:
    """Return the logit of each row."""
    return seen @ weights[:-1] + _CONSTANT * weights[-1]


class Part(NamedTuple):
    """Some columns of a sentence on axes of their own: which, how wide, and whether near words."""

    columns: slice
    mean: Floats
    width: Floats
    directions: Floats
    is_near: bool


Lens = dict[str, list[Part]]  # what the regression for a theme sees, and the one for its polarity


def rows(seen: Numbers, at: int) -> Floats:
    """Return sentences as rows: whole, near the words of a theme, and whether they have any."""
    return np.hstack([seen.whole, seen.near[:, at], seen.mentions[:, [at]]])


def lens(seen: Numbers) -> Lens:
    """Return what is to be seen of sentences like these: where they differ most, each column made alike wide."""
    near = seen.near[seen.mentions > 0]
    held = {False: seen.whole, True: np.hstack([np.zeros((len(near), WHOLE), np.float32), near])}
    held[True] = held[True] if len(near) > 1 else np.zeros((2, WHOLE + NEAR))

    def part(columns: slice, wide: float, most: int = 0) -> Part:
        is_near = columns.start >= WHOLE
        some = held[is_near][:, columns]
        mean, width = some.mean(axis=0), some.std(axis=0) + 1e-3
        directions = np.eye(len(mean))
        if most:
            directions = _axes((some - mean) / width, most)
        return Part(columns, mean, width, directions * wide / np.sqrt(len(mean)), is_near)

    words = Part(_MENTION, np.zeros(1), np.ones(1), np.full((1, 1), 2.0), False)
    states = [part(slice(start, start + SIZE), 0.5, _AXES) for start in range(0, STATES.stop, SIZE)]
    of_theme = [part(_JUDGED, 1), words, *states, part(_NEAR, 1, _FEW_AXES)]
    of_polarity = [part(_JUDGED, 2), part(_LAST, 1, _LAST_AXES), part(_OUTPUTS, 1)]
    of_polarity += [part(_NEAR_LAST, 1.5, _FEW_AXES), part(_NEAR_OUTPUTS, 1.5)]
    return {"theme": of_theme, "polarity": of_polarity}


def _axes(alike: Floats, most: int) -> Floats:
    """Return the directions in which rows differ most, from whichever square of them is smaller."""
    if len(alike) >= alike.shape[1]:
        return np.linalg.eigh(alike.T @ alike)[1][:, ::-1][:, :most]
    size, ways = np.linalg.eigh(alike @ alike.T)
    some = np.flatnonzero(size > size.max() * 1e-6)[::-1][:most]
    return alike.T @ (ways[:, some] / np.sqrt(size[some]))


def _through(parts: list[Part], given: Floats) -> Floats:
    """Return what a regression sees of rows."""
    seen = []
    for one in parts:
        on_axes = ((given[:, one.columns] - one.mean) / one.width) @ one.directions
        seen.append(on_axes * given[:, _MENTION] if one.is_near else on_axes)
    return np.hstack(seen)


def _on_rows(parts: list[Part], weights: Floats) -> Floats:
    """Return weights of what a regression sees as weights of rows; the constant stays last."""
    made, at = np.zeros(WHOLE + NEAR + 2), 0
    made[-1] = weights[-1] * _CONSTANT
    for one in parts:
        own = one.directions @ weights[at : at + one.directions.shape[1]] / one.width
        made[:-1][one.columns] += own
        made[-2 if one.is_near else -1] -= one.mean @ own
        at += one.directions.shape[1]
    return made.astype(np.float32)


def views(through: Lens, given: Floats) -> dict[str, Floats]:
    """Return what the regression for a theme sees of rows, and what the one for its polarity sees."""
    return {name: _through(parts, given) for name, parts in through.items()}


def fit(
    seen: dict[str, Floats], through: Lens, taught: np.ndarray, praise: np.ndarray, criticism: np.ndarray
) -> tuple[Floats, Floats]:
    """Return the weights for a theme, and for its polarity, from those of some sentences that are to teach them."""
    # what is known before: a sentence that judges and has the theme's words may judge it, and the network knows praise
    known = {"theme": ([3, 4], [0.5, 1.0]), "polarity": ([2], [1.0])}
    clear = taught & (praise != criticism)
    made = []
    for name, some, wanted in (("theme", taught, praise | criticism), ("polarity", clear, praise)):
        prior = np.zeros(seen[name].shape[1])
        prior[known[name][0]] = known[name][1]
        made.append(_on_rows(through[name], fitted(seen[name][some], wanted[some], prior, _LOOSE[name])))
    return made[0], made[1]


def scores(given: Floats, theme: Floats, polarity: Floats) -> Floats:
    """Return the logit that each row praises, and that it criticises, a theme (rows x 2)."""
    of_theme, praises = (given @ weights[:-1] + weights[-1] for weights in (theme, polarity))
    sure = np.stack([share(of_theme) * share(praises), share(of_theme) * share(-praises)], axis=1)
    return np.log(np.clip(sure, 1e-9, 1 - 1e-9) / np.clip(1 - sure, 1e-9, 1))
