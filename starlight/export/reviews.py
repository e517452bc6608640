"""Reviews as marked text on a page: what `close_reading` stored of them, cut as the widget cuts it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import count, groupby
from typing import Any

import pandas as pd

from ..coding.belonging import reviews_read
from ..coding.corrections import Opinion
from ..summaries import UNREAD, some
from ..tables import POLARITIES
from ..text.sentences import spans
from ..widgets import marked_text
from ..widgets.stored import CLOSE_READING

Piece = dict[str, Any]
Place = tuple[str, int, str]  # a review's id, where a quote begins, and its words
Stored = tuple[str, dict[str, Any]]  # what a widget stored, after its form
_MOST = 100  # critics or outlets on a page: those with the most reviews
Article = dict[str, Any]


class Shelf:
    """The pages of the reviews that widgets stored, and the address of each quote on them.

    `names` has the page of each notebook, `places` all addresses, and `quotes` those of words that are quoted in one
    place only; `scores` has what is known of them, by the review's text.
    """

    def __init__(self, stored: Iterable[Stored], names: dict[str, str], *, texts: bool, named: bool) -> None:
        self.names, self.texts = names, texts
        self.pages: list[dict[str, Any]] = []
        self.places: dict[Place, str] = {}
        self._kinds = ("critic", "outlet") if named else ("outlet",)
        self._taken = {*names.values()}
        readings = [as_reading(*one) for one in stored]
        reviews = (one for reading in readings for one in reading["reviews"])
        self.scores = {one["text"]: one["score"] for one in reviews if "score" in one}
        for reading in readings:
            if len(reading["reviews"]) > 1 and any(reading["key"][0]) and self.page_of(reading) is None:
                self._add(reading)
        times = Counter(words for _, _, words in self.places)
        self.quotes = {words: place for (_, _, words), place in self.places.items() if times[words] == 1}

    def page_of(self, reading: dict[str, Any]) -> dict[str, Any] | None:
        """Return the page of reviews and opinions; None for a single review, which has no page."""
        return next((page for page in self.pages if page["key"] == reading["key"]), None)

    def _add(self, reading: dict[str, Any]) -> None:
        name = self._free("reviews")
        shown = articles(reading, "", texts=self.texts)
        coders = {one["coder"] for one in reading["opinions"]}
        several = [(kind, _people(shown, kind)) for kind in self._kinds]
        known: list[dict[str, Any]] = [
            {"kind": kind, "name": self._free(f"{kind}s"), "groups": some} for kind, some in several if some
        ]
        each = ((some, one) for some in known for one in some["groups"])
        self.pages.append(
            {
                "name": name,
                "key": reading["key"],
                "articles": shown,
                "groups": by_theme(shown),
                "of": reading["of"][1],
                "coder": coders.pop() if len(coders) == 1 else None,
                "people": known,
                "links": {(some["kind"], one["name"]): f"{some['name']}#{one['id']}" for some, one in each},
            }
        )
        for article in shown:
            for mark in article["marks"]:
                place = article["review"]["review_id"], mark["start"], mark["quote"]
                self.places.setdefault(place, f"{name}#{mark['id']}")

    def _free(self, stem: str) -> str:
        """Return what a page is called that no other is."""
        names = (f"{stem}{'' if number == 1 else f'_{number}'}.html" for number in count(1))
        name = next(name for name in names if name not in self._taken)
        self._taken.add(name)
        return name


def as_reading(mime: str, content: dict[str, Any]) -> dict[str, Any]:
    """Return what a widget stored as reviews with texts, their opinions, and a key that tells them from others."""
    reading = content if mime == CLOSE_READING else _explored(content)
    words = [one["text"] for one in reading["reviews"]]
    opinions = [
        [one[name] for name in ("review_id", "start", "end", "theme", "polarity")] for one in reading["opinions"]
    ]
    return reading | {"key": [words, sorted(opinions, key=str)]}


def _explored(content: dict[str, Any]) -> dict[str, Any]:
    """Return the reviews that `explore` stored, with the opinions of the coder that it begins with."""
    options, coder = content["options"], content["choice"]["coder"]
    scores = content["scores"].get(content["choice"]["convention"]) or [None] * len(content["reviews"])
    named = ("score_raw", "score_status", "title", "film", "outlet", "published", "critic")
    reviews = [
        dict(zip(named, row, strict=True))
        | {"review_id": one["value"], "name": one["label"], "text": text, "score": score}
        for row, one, text, score in zip(
            content["reviews"], options["review_id"], content["texts"] or [""] * len(scores), scores, strict=True
        )
    ]
    for review, day in zip(reviews, content.get("published", []), strict=False):  # older notebooks have only the year
        review["published"] = day
    values = {name: [one["value"] for one in options[name]] for name in ("review_id", "theme", "polarity", "coder")}
    opinions = [
        {name: known[at] for (name, known), at in zip(values.items(), row, strict=False)}
        | {"confidence": row[4], "start": row[5], "end": row[6], "quote": row[7], "sentence": 0}
        for row in content["opinions"]
        if content["texts"] and values["coder"][row[3]] == coder
    ]
    themes = {one["value"]: one["label"] for one in options["theme"]}
    return {"reviews": reviews, "opinions": opinions, "themes": themes, "of": content["of"]}


def articles(content: dict[str, Any], prefix: str, *, texts: bool) -> list[dict[str, Any]]:
    """Return each review as the templates need it; anchors begin with `prefix`, and `r2-5` is an opinion's."""
    by_review: dict[str, list[Opinion]] = {}
    for one in content["opinions"]:
        by_review.setdefault(one["review_id"], []).append(Opinion(**one))
    return [
        _article(review, by_review.get(review["review_id"], []), content["themes"], f"{prefix}r{number}", texts)
        for number, review in enumerate(content["reviews"], start=1)
    ]


def _article(
    review: dict[str, Any], opinions: list[Opinion], labels: dict[str, str], anchor: str, texts: bool
) -> dict[str, Any]:
    text, opinions = review["text"], sorted(opinions, key=lambda one: (one.start, one.end))
    lanes = marked_text.lanes(opinions)
    strip = marked_text.strip(len(text), opinions)
    marks = [
        place
        | {
            "id": f"{anchor}-{number}",
            "label": labels[one.theme],
            "quote": text[one.start : one.end],
            "start": one.start,
            "under": 1 + 5 * min(lane, marked_text.DEEPEST - 1),
        }
        for number, (one, lane, place) in enumerate(zip(opinions, lanes, strip, strict=True), start=1)
    ]
    pieces = marked_text.cut((0, len(text)), text, list(spans(text)), opinions, lanes, None)
    told = (("by", "critic"), ("in", "outlet"), ("on", "published"), ("score:", "score_raw"))
    return {
        "id": anchor,
        "name": review["name"],
        "review": review,
        "facts": [(name, f"{word} {review[name]}") for word, name in told if review[name]],
        "marks": marks,
        "praise": sum(one.polarity == "praise" for one in opinions),
        "criticism": sum(one.polarity == "criticism" for one in opinions),
        "paragraphs": list(_paragraphs(pieces, marks, texts=texts)),
    }


def _paragraphs(pieces: list[Piece], marks: list[dict[str, Any]], *, texts: bool) -> Iterator[dict[str, Any]]:
    """Yield the paragraphs that say something, each with its pieces and the opinions that begin in it."""
    for is_end, run in groupby(pieces, lambda one: not one["marks"] and one["text"].isspace() and "\n" in one["text"]):
        paragraph = list(run)
        shown = paragraph if texts else list(_quotes_only(paragraph))
        if is_end or not any(texts or piece["marks"] for piece in shown):
            continue
        notes = [mark for mark in marks if shown[0]["start"] <= mark["start"] <= shown[-1]["start"]]
        begun = [piece | {"begun": [mark for mark in notes if mark["start"] == piece["start"]]} for piece in shown]
        yield {"pieces": begun, "notes": notes, "part": shown[0]["part"]}


def _quotes_only(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the marked pieces, with a sign where others are left out."""
    for marked, run in groupby(pieces, key=lambda piece: bool(piece["marks"])):
        first, *others = run
        yield from [first, *others] if marked else [first | {"text": " … ", "control": "", "part": ""}]


def by_theme(articles: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Return the marks of each theme and polarity, the largest groups first, each with the name of its review."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for article in articles:
        for mark in article["marks"]:
            groups.setdefault((mark["theme"], mark["polarity"]), []).append(mark | {"name": article["name"]})
    return sorted(groups.values(), key=len, reverse=True)


def _people(articles: list[Article], kind: str) -> list[dict[str, Any]]:
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
