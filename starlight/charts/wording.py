"""The words of all charts: titles, captions and alternative text."""

from __future__ import annotations

from collections.abc import Iterable

import altair as alt
import pandas as pd

from ..coding import tagger

READERS_F1 = 0.90  # of theme and polarity by sentence, in the five reviews: `agreement` of reader_1 with reader_2
_SAID = 50  # values that a description lists; a longer one is not listened to

# How a score is printed beside a mark, as an expression of Vega.
PRINTED = (
    "datum.score_status == 'none' ? 'no score' : "
    "datum.score_raw + (datum.score_status == 'stated' ? '' : ' (' + datum.score_status + ')')"
)


def not_drawn(reviews: pd.DataFrame) -> list[str]:
    """Say how many of these reviews have an ambiguous, an unreadable or no score, in a line of a subtitle or none."""
    status = reviews["score_status"]
    found = status.where(status.isin(["ambiguous", "unreadable"]), "without a score").value_counts().sort_index()
    said = ", ".join(f"{count:,} {what}" for what, count in found.items())
    return [f"not drawn: {said}"] if said else []


def heading(title: str, *subtitle: str) -> alt.TitleParams:
    """Give a chart's title, with its measure and denominator in the lines below."""
    return alt.TitleParams(title, subtitle=list(subtitle), anchor="start", frame="group")


def describe(what: str, values: Iterable[str]) -> str:
    """Put a chart in words for those who do not see it."""
    values = list(values) or ["There is nothing to show"]
    more = f"; and {len(values) - _SAID} more" if len(values) > _SAID else ""
    return f"{what} {'; '.join(values[:_SAID])}{more}."


def coders(frame: pd.DataFrame) -> list[str]:
    """Say whose coding a table counts, and how far it was found to agree with careful reading; nothing if not known."""
    names = frame["coder"].unique()
    known = tagger.settings()
    snippets, reviews = known.measured["snippets"], known.measured["whole reviews"]
    said = {
        "settled": f"settled from two readings by a language model, which agree at F1 {READERS_F1:.2f}",
        known.name: f"{known.name}, a model: F1 {snippets:.2f} on snippets, {reviews:.2f} on reviews "
        f"(readers: {READERS_F1:.2f})",
    }
    return ["coding: " + ", ".join(said.get(name, name) for name in names)] if len(names) else []
