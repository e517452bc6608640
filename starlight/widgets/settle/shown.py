"""What the page shows of a difference: its sentence as each coder marked it, between its neighbours, and the sums."""

from collections.abc import Iterable, Mapping, Sequence
from math import isnan
from typing import Any

from ...base.safe_text import in_xml
from ...coding.corrections import Opinion
from ..close_reading.marked_text import cut, lanes
from .settling import Settling

Place = tuple[str, int, int, str]  # the review of a sentence, its start and end there, and its part
AROUND = 300  # characters that are shown of the sentence before, and of the one after


def view(
    settling: Settling, unit: int, places: Sequence[Place], texts: Mapping[str, str], labels: Mapping[str, str]
) -> dict[str, Any]:
    """Return what the page draws of a difference; `places` and `texts` are those of all sentences and reviews."""
    place, decision = places[unit], settling.decided.get(unit)
    taken = [*map(_judgement, decision.opinions)] if decision else None
    versions = [
        _version(one, opinions, place, texts[place[0]], labels) | {"taken": [*map(_judgement, opinions)] == taken}
        for one, opinions in settling.rows[unit].items()
    ]
    is_other = taken is not None and not any(one["taken"] for one in versions)
    return {
        "versions": versions,
        "choices": _choices(settling, unit),
        "taken": [_told(one, labels) for one in decision.opinions] if decision and is_other else [],
        "neither": is_other and not taken,
        "who": in_xml(decision.who) if decision else "",
        "beside": _beside(places, unit, texts),
        "of": len(settling.differences),
        "left": len(settling.left()),
        "agreement": _agreement(settling),
    }


def _judgement(one: Opinion) -> tuple[int, int, str, str]:
    return one.start, one.end, one.theme, one.polarity


def _told(one: Opinion, labels: Mapping[str, str]) -> dict[str, Any]:
    told = {"quote": in_xml(one.quote), "note": in_xml(one.note), "label": labels[one.theme]}
    return told | {"polarity": one.polarity, "key": [one.start]}


def _version(coder: str, opinions: list[Opinion], place: Place, text: str, labels: Mapping[str, str]) -> dict[str, Any]:
    """Return a sentence as a coder marked it."""
    _, start, end, part = place
    here = [one._replace(sentence=0) for one in opinions]  # of the only sentence that is given
    under = lanes(here)
    return {
        "coder": in_xml(coder),
        "pieces": cut((start, end), text, [(start, end, part)], here, under, None),
        "opinions": [_told(one, labels) | {"lane": lane} for one, lane in zip(opinions, under, strict=True)],
    }


def _choices(settling: Settling, unit: int) -> list[dict[str, Any]]:
    """Return the opinions to edit: those of all coders, and those that were decided on, which are kept at first."""
    decision = settling.decided.get(unit)
    kept: Iterable[Opinion] = decision.opinions if decision else settling.rows[unit][settling.coders[0]]
    first = [*map(_judgement, kept)]
    every = {_judgement(one): one for one in (*kept, *settling.of_all(unit))}
    return [{"key": list(key), "quote": in_xml(one.quote), "kept": key in first} for key, one in sorted(every.items())]


def _beside(places: Sequence[Place], unit: int, texts: Mapping[str, str]) -> tuple[str, str]:
    """Return the sentences before and after one in its review, as far as there is room."""
    review, start, end, _ = places[unit]
    near = [place for place in places[max(unit - 1, 0) : unit + 2] if place[0] == review]
    before, after = texts[review][near[0][1] : start].strip(), texts[review][end : near[-1][2]].strip()
    return before[-AROUND:], after[:AROUND]


def _agreement(settling: Settling) -> list[str]:
    """Return in words how far the codings agree, with each other and with what is settled."""
    pairs = zip(settling.coders, settling.alphas(), strict=True)
    with_it = ", ".join(f"{in_xml(coder)} {_number(alpha)}" for coder, alpha in pairs)
    return [
        f"Krippendorff's alpha of the codings, on theme and polarity in each sentence: {_number(settling.alpha)}.",
        f"Of each with the settled coding, in the sentences that are settled: {with_it}.",
    ]


def _number(alpha: float) -> str:
    return "not defined" if isnan(alpha) else f"{alpha:.2f}"
