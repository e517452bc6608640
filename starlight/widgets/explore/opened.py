"""A quote in its place: the review that it is from, with all opinions of its coder marked."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ...coding import opinions_of
from ..close_reading.shown import Shown
from .source import CATEGORIES, Source


def opened(source: Source, rows: pd.DataFrame, number: int) -> dict[str, Any]:
    """Return what the page draws of the review of one of these rows: the part with the quote, which is `current`."""
    quote = rows.iloc[number]
    review = source.reviews.loc[quote["review_id"]]
    theirs = source.of_coder(quote["coder"]).query("review_id == @quote['review_id']")
    shown = Shown(review["text"], opinions_of(theirs.astype(dict.fromkeys(CATEGORIES, "str"))), source.labels["theme"])
    keys = [(one.start, one.end, one.theme, one.polarity) for one in shown.opinions]
    current = keys.index(tuple(quote[["start", "end", "theme", "polarity"]]))
    return {
        **shown.view(shown.part_of(quote["start"]), current, None),
        "current": current,
        "name": source.labels["review_id"][review["review_id"]],
        "number": number,
        "quotes": len(rows),
    }
