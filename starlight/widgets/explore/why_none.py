"""Why a search lists nothing, and what can be done."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from ...summaries import some
from .source import Source


def why_none(source: Source, choice: Mapping[str, Any]) -> str:
    """Say in one line why nothing is listed for the words that are searched; nothing if none are."""
    words = choice["words"]
    has = source.reviews_of({"words": words})
    if not words:
        return ""
    if not has.any():
        names = (name for by in ("film", "critic", "outlet") for name in source.reviews[by].dropna().unique())
        known = {name.casefold(): name for name in names}
        near = [f"Did you mean “{known[one]}”?" for one in get_close_matches(words.casefold(), known, n=1)]
        remedy = near[0] if near else "Try fewer letters of the word, or another spelling."
        return f"No review has “{words}” in its names or text. {remedy}"
    they = f"{some(int(has.sum()), 'review')} with “{words}”"
    if source.of_coder(choice["coder"])["review_id"].isin(source.reviews.index[has]).any():
        return f"There are opinions in {they}, but the other filters leave none: press Reset, or free a filter."
    foreign = int((has & ~source.is_read).sum())
    why = f" ({foreign:,} not in English, and the tagger reads only English)" * (foreign > 0)
    return f"No opinion is known in {they}{why}. To read and mark them: st.close_reading(reviews, opinions)."
