"""Reviews as marked text on a page: what `close_reading` stored of them, cut as the widget cuts it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from ..coding.corrections import Opinion
from ..text.sentences import spans
from ..widgets import marked_text
from ..widgets.stored import CLOSE_READING
from .people import people

Piece = dict[str, Any]
Place = tuple[str, int, str]  # a review's id, where a quote begins, and its words
LEFT_OUT = " … "  # between quotes, where the rest of a text is left out


class Shelf:
    """The pages of the reviews that widgets stored, and the address of each quote on them.

    `places` has all addresses, and `quotes` those of words that are quoted in one place only.
    """

    def __init__(
        self, stored: Iterable[tuple[str, dict[str, Any]]], taken: set[str], *, texts: bool, kinds: tuple[str, ...]
    ) -> None:
        self.texts = texts
        self._kinds = kinds
        self.pages: list[dict[str, Any]] = []
        self.places: dict[Place, str] = {}
        self._found: list[tuple[dict[str, Any], dict[str, Any]]] = []
        readings = [as_reading(mime, content) for mime, content in stored]
        self._scores = {
            one["text"]: one["score"] for reading in readings for one in reading["reviews"] if "score" in one
        }
        for reading in readings:
            if len(reading["reviews"]) > 1 and self.page_of(reading) is None:
                self._add(reading, taken)
        times = Counter(words for _, _, words in self.places)
        self.quotes = {words: place for (_, _, words), place in self.places.items() if times[words] == 1}

    def page_of(self, reading: dict[str, Any]) -> dict[str, Any] | None:
        """Return the page of reviews and opinions; None for a single review, which has no page."""
        return next((page for known, page in self._found if known["key"] == reading["key"]), None)

    def _add(self, content: dict[str, Any], taken: set[str]) -> None:
        name = _free("reviews", taken)
        shown = articles(content, "", texts=self.texts)
        coders = {one["coder"] for one in content["opinions"]}
        page = {"name": name, "articles": shown, "groups": by_theme(shown), "of": content["of"][1]}
        page["coder"] = coders.pop() if len(coders) == 1 else None
        for article in shown:
            article["score"] = self._scores.get(article["review"]["text"])
        page["people"] = [
            {"kind": kind, "name": _free(f"{kind}s", taken), "groups": groups}
            for kind in self._kinds
            if (groups := people(shown, kind))
        ]
        for some in page["people"]:
            for group in some["groups"]:
                for article in group["articles"]:
                    article["links"][some["kind"]] = f"{some['name']}#{group['id']}"
        self.pages.append(page)
        self._found.append((content, page))
        for review, article in zip(content["reviews"], shown, strict=True):
            for mark in article["marks"]:
                self.places.setdefault((review["review_id"], mark["start"], mark["quote"]), f"{name}#{mark['id']}")


def as_reading(mime: str, content: dict[str, Any]) -> dict[str, Any]:
    """Return what a widget stored as reviews with their texts, their opinions, and a key that tells them from others.

    What `explore` stored without texts has no reviews.
    """
    reading = content if mime == CLOSE_READING else _explored(content)
    words = [one["text"] for one in reading["reviews"]]
    opinions = [
        [one[name] for name in ("review_id", "start", "end", "theme", "polarity")] for one in reading["opinions"]
    ]
    return reading | {"key": [words, sorted(opinions, key=str)]}


def _explored(content: dict[str, Any]) -> dict[str, Any]:
    """Return the reviews that `explore` stored, with the opinions of the coder that it begins with."""
    options, coder = content["options"], content["choice"]["coder"]
    scores = content["scores"].get(content["choice"]["convention"], [])
    named = ("score_raw", "score_status", "title", "film", "outlet", "published", "critic")
    reviews = [
        dict(zip(named, row, strict=True))
        | {"review_id": one["value"], "name": one["label"], "text": text, "score": score}
        for row, one, text, score in zip(
            content["reviews"], options["review_id"], content["texts"], scores, strict=False
        )
    ]
    values = {name: [one["value"] for one in options[name]] for name in ("review_id", "theme", "polarity", "coder")}
    opinions = [
        {name: known[at] for (name, known), at in zip(values.items(), row, strict=False)}
        | {"confidence": row[4], "start": row[5], "end": row[6], "quote": row[7], "sentence": 0}
        for row in content["opinions"]
        if reviews and values["coder"][row[3]] == coder
    ]
    themes = {one["value"]: one["label"] for one in options["theme"]}
    return {"reviews": reviews, "opinions": opinions, "themes": themes, "of": content["of"]}


def _free(stem: str, taken: set[str]) -> str:
    """Return what a page is called that no other is; from now on it is taken."""
    names = (f"{stem}{'' if number == 1 else f'_{number}'}.html" for number in count(1))
    name = next(name for name in names if name not in taken)
    taken.add(name)
    return name


def articles(content: dict[str, Any], prefix: str, *, texts: bool) -> list[dict[str, Any]]:
    """Return each review as the templates need it; the anchors begin with `prefix`, and `r2-5` is an opinion's.

    With `texts=False` only the quotes are left of a text.
    """
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
        "links": {},  # of its critic and its outlet, if they have several reviews
        "facts": [(name, f"{word} {review[name]}") for word, name in told if review[name]],
        "marks": marks,
        "praise": sum(one.polarity == "praise" for one in opinions),
        "criticism": sum(one.polarity == "criticism" for one in opinions),
        "paragraphs": list(_paragraphs(pieces if texts else _quotes_only(pieces), marks)),
    }


def _quotes_only(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield the marked pieces, with a sign where others are left out; paragraphs stay apart."""
    for piece in pieces:
        if piece["marks"] or _ends_paragraph(piece):
            yield piece
        else:
            yield piece | {"text": LEFT_OUT, "control": "", "part": ""}


def _paragraphs(pieces: Iterable[Piece], marks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the paragraphs that say something, each with its pieces and the opinions that begin in it."""
    paragraph: list[Piece] = []
    for piece in [*pieces, None]:
        if piece is None or _ends_paragraph(piece):
            if any(one["text"].strip() != LEFT_OUT.strip() for one in paragraph):
                first, last = paragraph[0]["start"], paragraph[-1]["start"]
                notes = [mark for mark in marks if first <= mark["start"] <= last]
                yield {"pieces": paragraph, "notes": notes, "part": paragraph[0]["part"]}
            paragraph = []
        elif piece["text"] != LEFT_OUT or not paragraph or paragraph[-1]["text"] != LEFT_OUT:
            begun = [mark for mark in marks if mark["start"] == piece["start"]]
            paragraph.append(piece | {"begun": begun})


def _ends_paragraph(piece: Piece) -> bool:
    return not piece["marks"] and piece["text"].isspace() and "\n" in piece["text"]


def by_theme(articles: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the quotes of each theme and polarity, the largest groups first, each with its review and its anchor."""
    groups: dict[tuple[str, str], dict[str, Any]] = {}
    for article in articles:
        for mark in article["marks"]:
            group = {"theme": mark["theme"], "label": mark["label"], "polarity": mark["polarity"], "quotes": []}
            found = groups.setdefault((mark["theme"], mark["polarity"]), group)
            found["quotes"].append({"quote": mark["quote"], "name": article["name"], "id": mark["id"]})
    return sorted(groups.values(), key=lambda group: -len(group["quotes"]))
