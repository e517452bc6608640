"""Hide in a notebook the names of reviewers, or the texts of reviews, wherever it shows them."""

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import nbformat
import vl_convert

from ..charts.notebook import MIME, VEGA_LITE
from .page import PICTURES, forms
from .reviews import Stored, as_reading

Change = Callable[[str], str]
_BLANK = r"\s|\\[nrt]|&nbsp;|&\#160;|%20"  # pandas writes \n for the end of a line
_BETWEEN = rf"(?:{_BLANK}|[-‐–_.+*])+"  # the words of a name, in an address too, or with some of them stressed
_SIGNS = {"&": "&(?:amp;)?", '"': r'(?:"|&quot;|&\#34;)', "<": "(?:<|&lt;)", ">": "(?:>|&gt;)"}
_SIGNS |= {"-": rf"(?:[-‐–]|(?:{_BLANK})+)"} | dict.fromkeys("'’", r"(?:['’]|&\#(?:x27|39);|&(?:apos|rsquo);)")
_LATIN = [chr(number) for number in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))]  # letters, most with accents
_NO_NAME = {*_SIGNS, ",", " "}  # what is made of these alone names nobody, and would stand everywhere
_LONG = 6  # letters of a name that is known where its words are run together, too
# Where a name may have small letters, no blanks, and digits beside it.
_ADDRESS = re.compile(
    r"""(?:https?:|www\.)[^\s"'<>]+|(?<![\w.-])(?:[\w-]+\.)+[a-z]{2,}/[^\s"'<>]+"""
    r"""|(?<![\w.%+-])[\w.%+-]+(?:@|&\#64;)[\w.-]+|(?<!\w)[@#]\w+"""
)
_SHORT = 2  # letters of a name whose capitals are more often another word: i, it, us
_FIRST = 0xF0000  # private characters, one a name: they stand for a name in a text whose places are counted
_RUN = 8  # so many words of a review in a row are its text; fewer may be anyone's
_FEWEST = 3  # words of a short text, which is hidden where all of it stands
_TAG = re.compile(r"(<[^<>]*>)")
_WORD = re.compile(rf"{_BLANK}|&\#?\w+;|(\w+)")


class HiddenNames:
    """The names of the reviewers that widgets stored, and what stands in their place."""

    def __init__(self, stored: Iterable[Stored]) -> None:
        reviewed = (one for content in stored for one in as_reading(*content)["reviews"])
        named = ([" ".join((one[name] or "").split()) for name in ("critic", "name")] for one in reviewed)
        reviews: Counter[str] = Counter()
        self._labels: dict[str, str] = {}
        patterns: dict[str, str] = {}
        critics: set[str] = set()
        for critic, name in dict.fromkeys((critic, name) for critic, name in named if critic):
            label = self._labels.setdefault(_key(critic), f"Reviewer {len(reviews) + 1}")
            reviews[label] += 1
            self._labels.setdefault(_key(_turned(critic)), label)
            self._labels.setdefault(_key(name), f"{label}, review {reviews[label]}")
            critics |= {critic, _turned(critic)}
            written = {name: _exact, critic: _pattern, _turned(critic): _pattern}
            patterns |= {one: pattern(one) for one, pattern in written.items() if {*one} - _NO_NAME}
        known = "|".join(patterns[name] for name in sorted(patterns, key=len, reverse=True))
        self._known = re.compile(known or "(?!)")
        longest = sorted((one for one in critics if re.search(r"[^\W_]", one)), key=len, reverse=True)
        self._in_addresses = re.compile("|".join(map(_run_together, longest)) or "(?!)", re.IGNORECASE)
        self._covers = {label: chr(_FIRST + at) for at, label in enumerate(dict.fromkeys(self._labels.values()))}

    def without(self, notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
        """Return a notebook with other names, without pictures that are no charts, which may show names."""
        new = _replaced(notebook, lambda text: self._sub(self._label, text), self._covered)
        for data in forms(new):
            if MIME not in data:
                for picture in PICTURES:
                    data.pop(picture, None)
        return _drawn(notebook, new)

    def _covered(self, text: str) -> str:
        """Return a text of the same length, with private characters for the names: its places stay."""
        return self._sub(lambda found: self._covers[self._label(found)] * len(found[0]), text)

    def _sub(self, called: Callable[[re.Match[str]], str], text: str) -> str:
        return _ADDRESS.sub(lambda one: self._in_addresses.sub(called, one[0]), self._known.sub(called, text))

    def _label(self, found: re.Match[str]) -> str:
        return self._labels[_key(found[0])]

    def uncovered(self, text: str) -> str:
        """Return a text with the other names where private characters cover a name."""
        labels = {cover: label for label, cover in self._covers.items()}
        return re.sub(rf"([{chr(_FIRST)}-\U000FFFFD])\1*", lambda found: labels.get(found[1], found[0]), text)


def _key(name: str) -> str:
    """Return what all spellings of a name share: its letters."""
    plain = re.sub(_BLANK, " ", html.unescape(name))
    plain = "".join(one for one in unicodedata.normalize("NFD", plain.casefold()) if not unicodedata.combining(one))
    return "".join(re.findall(r"[^\W_]+", plain)) or name


def _turned(name: str) -> str:
    """Return a name with the last name first, or with it last if it was first; one word stays."""
    if "," in name:
        return " ".join(filter(None, (part.strip() for part in reversed(name.split(",", 1)))))
    *first, last = name.split()
    return f"{last}, {' '.join(first)}" if first else last


def _run_together(name: str) -> str:
    """Return a pattern for a name in an address, where no blanks need be between its words."""
    parts = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", name))
    return rf"(?<![^\W\d_]){f'(?:{_BETWEEN})?'.join(map(_spelt, parts))}(?![^\W\d_])"


def _exact(name: str) -> str:
    """Return a pattern for a name as it is written, any blanks or signs between its words; a long one needs none."""
    *words, last = unicodedata.normalize("NFC", name).split()
    between = f"(?:{_BETWEEN})?" if len(name) > _LONG else _BETWEEN
    apart = [f"{_spelt(word)}(?:{_BLANK})*" if word[-1] in ",." else f"{_spelt(word)}{between}" for word in words]
    pattern = "".join([*apart, _spelt(last)])
    has_no_case = len(name) > 1 and name.upper() == name.lower()  # in such scripts the next word may follow at once
    return pattern if has_no_case else rf"(?:(?<=\\[nrt])|(?<![^\W_])){pattern}(?![^\W_])"


@cache
def _spelt(word: str) -> str:
    """Return a pattern for a word with accents or without, joined to its letters or apart, or as HTML has it."""
    if len(word) > 1:
        return "".join(map(_spelt, word))
    plain = unicodedata.normalize("NFD", word)[0]
    if not re.fullmatch("[A-Za-z]", plain):
        return _SIGNS.get(word, re.escape(word))
    accented = "".join(one for one in _LATIN if unicodedata.normalize("NFD", one)[0] == plain)
    return f"[{plain}{accented}][\u0300-\u036f]*"


def _pattern(name: str) -> str:
    """Return a pattern for a name in any case; a single word, which may mean something else, begins with a capital."""
    if " " in name:
        return f"(?i:{_exact(name)})"
    spellings = {name, name.upper(), name.title()} if len(name) > _SHORT else {name}
    return "|".join(map(_exact, sorted(spellings)))


class HiddenTexts:
    """The texts of reviews that widgets stored: what else shows them is cut, but for the opinions' quotes."""

    def __init__(self, stored: Iterable[Stored]) -> None:
        known: set[tuple[str, ...]] = set()
        kept: set[tuple[str, ...]] = set()
        for mime, content in stored:
            reviews = as_reading(mime, content)["reviews"]
            quotes = [one["quote"] if isinstance(one, dict) else one[7] for one in content["opinions"]]
            known |= _runs(one["text"] for one in reviews)
            kept |= _runs(quotes + [one[name] or "" for one in reviews for name in ("name", "title")])
        self._known = {run for run in known - kept if len(run) >= _FEWEST}
        self._lengths = {len(run) for run in self._known}

    def without(self, notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
        """Return a notebook without the texts in its code and outputs; what its author says of them stays."""
        new = _replaced(notebook, self._cut, str)
        for before, cell in zip(notebook.cells, new.cells, strict=True):
            if cell.cell_type == "markdown":
                cell.source, cell.metadata = before.source, before.metadata
        return _drawn(notebook, new)

    def _cut(self, text: str) -> str:
        return "".join(part if at % 2 else self._cut_words(part) for at, part in enumerate(_TAG.split(text)))

    def _cut_words(self, text: str) -> str:
        """Return a text with a sign in place of all words that are a review's."""
        found = [one for one in _WORD.finditer(text) if one[1]]
        words = [one[1].casefold() for one in found]
        spans = (
            (found[at].start(), found[at + length - 1].end())
            for length in self._lengths
            for at in range(len(words) - length + 1)
            if tuple(words[at : at + length]) in self._known
        )
        left, end = "", 0
        for start, stop in sorted(spans):
            left += f"{text[end:start]}…" if start >= end else ""
            end = max(end, stop)
        return left + text[end:]


def _runs(texts: Iterable[str]) -> set[tuple[str, ...]]:
    """Return all runs of words in texts, of a shorter text all its words."""
    split = ([one[1].casefold() for one in _WORD.finditer(text) if one[1]] for text in texts)
    return {tuple(words[at : at + _RUN]) for words in split for at in range(max(1, len(words) - _RUN + 1))}


def _replaced(value: Any, change: Change, whole: Change) -> Any:
    """Return a text, or all texts of a list or dict, changed; `whole` changes the text of a review."""
    match value:
        case str():
            return change(value)
        case list():
            return [_replaced(one, change, whole) for one in value]
        case {"text": str(text), "review_id": _, **rest}:
            return _replaced(rest | {"review_id": value["review_id"]}, change, whole) | {"text": whole(text)}
        case {"texts": list(texts), **rest}:
            return _replaced(rest, change, whole) | {"texts": [whole(text) for text in texts]}
        case dict():
            named = {change(name) if " " in name else name: one for name, one in value.items()}
            same = {name: one for name, one in value.items() if name == "$schema"}  # an address that charts need
            return type(value)({name: _replaced(one, change, whole) for name, one in named.items()} | same)
    return value


def _drawn(before: nbformat.NotebookNode, new: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return the new notebook, in which charts that are not as before are drawn anew."""
    for old, data in zip(forms(before), forms(new), strict=True):
        if MIME in data and data != old:
            for picture in PICTURES:
                data.pop(picture, None)
            drawn = vl_convert.vegalite_to_svg(data[MIME], vl_version=VEGA_LITE, allowed_base_urls=[])
            data["image/svg+xml"] = drawn
    return new
