"""What a notebook stores of a widget beside the widget itself, so that a web page can show it without a kernel."""

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from ..base.safe_text import in_xml

EXPLORE, CLOSE_READING = (f"application/vnd.starlight.{name}+json" for name in ("explore", "close_reading"))
_OF_A_ROW = 50  # bytes that a row takes beside its words

Output = Any  # what IPython asks a widget for: its forms, or these and their metadata; None for none


def in_place_of(what: str) -> str:
    """Return what stands where viewers draw no widget, and how to see it; Jupyter cuts it after 110 characters."""
    return f"A widget, which appears when this cell is run in Jupyter: {in_xml(what)}"


def fitting(reviews: pd.Series, words: pd.Series, room: int) -> list[str]:
    """Return the first reviews whose words fit into so many bytes, at least one; `words` has their ids as its index."""
    sizes = words.map(lambda one: len(one.encode("utf-8", "replace")) + _OF_A_ROW).astype("int64")
    total = sizes.groupby(words.index).sum().reindex(reviews, fill_value=0).cumsum()
    return reviews[: max(1, int((total <= room).sum()))].tolist()


def with_stored(output: Output, mime: str, content: Mapping[str, object]) -> Output:
    """Return a widget's output together with what pages need of it, as JSON in one line: notebooks spread out lists."""
    forms, metadata = output if isinstance(output, tuple) else (output, {})
    return forms and (forms | {mime: json.dumps(in_xml(_plain(content)), ensure_ascii=False)}, metadata)


def _plain(value: Any) -> Any:
    """Return what JSON can hold, None for what is missing."""
    match value:
        case Mapping():
            return {str(name): _plain(one) for name, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
        case pd.Timestamp():
            return value.date().isoformat()
        case float() if value == value:
            return round(value, 3)
        case str() | int():
            return value
    return None
