"""Replace the reviewers' names in a notebook by `Reviewer 1`, `Reviewer 2` and so on."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

import nbformat
import vl_convert

from ..charts.notebook import MIME, VEGA_LITE
from .page import PICTURES

_BLANKS = r"(?:\s|\\n)+"  # between the words of a name; pandas writes \n for the end of a line
_SHORT = 2  # letters of a name whose capitals are more often another word: i, it, us
_FIRST = 0xF0000  # private characters, one a name: they stand for a name in a text whose places are counted


class HiddenNames:
    """The names of the reviewers that widgets stored, and what stands in their place."""

    def __init__(self, contents: Iterable[dict[str, Any]]) -> None:
        critics: dict[str, str] = {}
        labels: dict[str, str] = {}
        for critic, name in (pair for content in contents for pair in _named(content)):
            label = critics.setdefault(critic, f"Reviewer {len(critics) + 1}")
            again = sum(one.partition(",")[0] == label for one in labels.values())
            labels.setdefault(name, label if name == critic else f"{label}, review {again + 1}")
        labels = critics | labels
        self._labels = {one: label for name, label in labels.items() for one in _spelt(name)} | labels
        self._covers = {label: chr(_FIRST + number) for number, label in enumerate(dict.fromkeys(labels.values()))}
        names = sorted(filter(None, self._labels), key=len, reverse=True)
        known = "|".join(_BLANKS.join(map(re.escape, name.split())) for name in names)
        self._known = re.compile(rf"(?<!\w)(?:{known or '(?!)'})(?!\w)")

    def without(self, notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
        """Return a notebook with other names: its charts drawn anew, other pictures, which may show names, left out."""
        notebook = self.replaced(notebook)
        for data in (output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", [])):
            for picture in PICTURES:
                data.pop(picture, None)
            if MIME in data:
                drawn = vl_convert.vegalite_to_svg(data[MIME], vl_version=VEGA_LITE, allowed_base_urls=[])
                data["image/svg+xml"] = drawn
        return notebook

    def replaced(self, value: Any) -> Any:
        """Return a text, or all texts of a list or dict, with other names; the text of a review is only covered."""
        match value:
            case str():
                return self._known.sub(self._label, value)
            case list():
                return [self.replaced(one) for one in value]
            case {"review_id": _, "text": str(text), **rest}:
                return self.replaced(rest) | {"review_id": value["review_id"], "text": self._covered(text)}
            case {"texts": list(texts), **rest}:
                return self.replaced(rest) | {"texts": [self._covered(text) for text in texts]}
            case dict():
                return type(value)({name: self.replaced(one) for name, one in value.items()})
        return value

    def _covered(self, text: str) -> str:
        """Return a text of the same length, with private characters for the names: its places stay."""
        return self._known.sub(lambda found: self._covers[self._label(found)] * len(found[0]), text)

    def _label(self, found: re.Match[str]) -> str:
        """Return what stands in the place of a name, which may have any blanks between its words."""
        return self._labels[" ".join(re.split(_BLANKS, found[0]))]

    def uncovered(self, text: str) -> str:
        """Return a text with the other names where private characters cover a name."""
        labels = {cover: label for label, cover in self._covers.items()}
        return re.sub(rf"([{chr(_FIRST)}-\U000FFFFD])\1*", lambda found: labels.get(found[1], found[0]), text)


def _spelt(name: str) -> set[str]:
    """Return a name as texts and HTML may have it: in capitals too, as in a byline, and accents as signs or apart."""
    capitals = name.upper() if len(name) > _SHORT else name
    forms = {unicodedata.normalize(form, one) for form in ("NFC", "NFD") for one in (name, capitals)}
    return forms | {html.escape(one, quote=False) for one in forms}


def _named(content: dict[str, Any]) -> list[tuple[str, str]]:
    """Return critic and name of each review of a widget that names its critic."""
    if "options" in content:
        labels = (one["label"] for one in content["options"]["review_id"])
        pairs = [(critic, label) for (*_, critic), label in zip(content["reviews"], labels, strict=True)]
    else:
        pairs = [(one["critic"], one["name"]) for one in content["reviews"]]
    return [(" ".join(critic.split()), " ".join(name.split())) for critic, name in pairs if critic]
