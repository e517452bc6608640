"""Why a search lists nothing, and what can be done."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from ...base.safe_text import in_xml
from ...summaries import some
from .source import Source


def why_none(source: Source, choice: Mapping[str, Any]) -> str:
    """Say in one line why nothing is listed for the words that are searched; nothing if none are."""
    if not (words := choice["words"]):
        return ""
    has = source.reviews_of({"words": words})
    if not has.any():
        return in_xml(f"No review has “{words}” in its names or text. {_near(source, words)}")
    they = f"{some(int(has.sum()), 'review')} with “{words}”"
    coded = source.of_coder(choice["coder"])["review_id"]
    if coded.isin(source.reviews.index[has]).any():
        return in_xml(f"There are opinions in {they}, but the other filters leave none: press Reset, or free a filter.")
    foreign = int(source.unread(has).sum())
    why = f" ({foreign:,} not in English, and the tagger reads only English)" * (foreign > 0)
    return in_xml(f"No opinion is known in {they}{why}. To read and mark them: st.close_reading(reviews, opinions).")


def _near(source: Source, words: str) -> str:
    known = {
        name.casefold(): name for by in ("film", "critic", "outlet") for name in source.reviews[by].dropna().unique()
    }
    near = get_close_matches(words.casefold(), known, n=1)
    return f"Did you mean “{known[near[0]]}”?" if near else "Try fewer letters of the word, or another spelling."
