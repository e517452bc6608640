"""What the pages of critics and outlets with several reviews show: these reviews, and what sets them apart."""

from collections import Counter
from typing import Any

import pandas as pd

from ..coding.belonging import reviews_read
from ..summaries import UNREAD, some
from ..tables.columns import POLARITIES

_MOST = 100  # critics or outlets on a page: those with the most reviews
Article = dict[str, Any]


def people(articles: list[Article], kind: str) -> list[dict[str, Any]]:
    """Return the critics, or the outlets, that wrote several of these reviews, each with its reviews in their order."""
    written: dict[str, list[Article]] = {}
    for article in articles:
        written.setdefault(article["review"][kind] or "", []).append(article)
    several = {name: theirs for name, theirs in written.items() if name and len(theirs) > 1}
    read = _read(articles)
    left_out = len(articles) - len(read)
    found = []
    for number, name in enumerate(sorted(several, key=lambda name: -len(several[name]))[:_MOST], start=1):
        theirs = [one for one in read if one["review"][kind] == name]
        others = [one for one in read if one["review"][kind] != name]
        found.append(
            {
                "id": f"{kind}-{number}",
                "name": name,
                "articles": sorted(several[name], key=lambda one: str(one["review"]["published"] or "")),
                "read": len(theirs),
                "others": len(others),
                "left_out": left_out and f"{some(left_out, 'review')} {UNREAD}",
                "themes": _judged(theirs, others),
            }
        )
    return found


def _read(articles: list[Article]) -> list[Article]:
    """Return the reviews that were read, as the summaries count."""
    known = [(one["id"], one["review"]["text"], len(one["review"]["text"].split())) for one in articles]
    marked = pd.DataFrame({"review_id": [one["id"] for one in articles if one["marks"]]}, dtype="str")
    read = {*reviews_read(pd.DataFrame(known, columns=["review_id", "text", "words"]), marked)[0]["review_id"]}
    return [one for one in articles if one["id"] in read]


def _judged(articles: list[Article], others: list[Article]) -> list[dict[str, Any]]:
    """Return in how many of these and the other reviews a theme is praised and criticised, clear differences first."""
    labels = {mark["theme"]: mark["label"] for one in articles for mark in one["marks"]}
    here, there = (
        Counter(pair for one in some for pair in {(mark["theme"], mark["polarity"]) for mark in one["marks"]})
        for some in (articles, others)
    )
    rows = [
        {"label": label, "counts": [(here[theme, one], there[theme, one]) for one in POLARITIES]}
        for theme, label in labels.items()
    ]

    def apart(row: dict[str, Any]) -> float:
        return max(abs(own / len(articles) - other / max(1, len(others))) for own, other in row["counts"])

    return sorted(rows, key=apart, reverse=True)
