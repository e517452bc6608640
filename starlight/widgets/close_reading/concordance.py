"""A concordance: every place where words stand in reviews, each with the text before and after it.

Case, accents, kinds of quotation marks and dashes, and the length of blanks make no difference: "cafe" finds Café,
"strasse" Straße, and "don't" don’t. The places are those of the review's own characters.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from ...base.safe_text import in_xml
from ...coding.corrections import Opinion

Hit = tuple[str, int, int]  # the review's id, where the words begin and where they end

LISTED, COUNTED = 100, 10_000  # places that are listed, and that are counted: one word may stand in millions of places
_AROUND = 70  # characters before and after the words

_ALIKE = dict(zip("’‘ʼ“”„«»–—‑−øłđħı", '\'\'\'"""""----oldhi', strict=True)) | {"æ": "ae", "œ": "oe"}
_LEAST_ACCENT = 10  # signs of a lower combining class are no accents: in Japanese and Indic they make other letters
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


class _Folded(dict[str, str]):
    """What each character beyond ASCII is folded to, worked out when it is first met."""

    def __missing__(self, letter: str) -> str:
        plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold())
        kept = [one for one in plain if unicodedata.combining(one) < _LEAST_ACCENT]
        shown = [one for one in kept if unicodedata.category(one) != "Cf" and not "\ufe00" <= one <= "\ufe0f"]
        self[letter] = "".join(
            _ALIKE.get(one, one) for one in shown
        )  # without signs that are not seen, such as a soft hyphen
        return self[letter]


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Return a text in which all that makes no difference to a search is alike."""
    return _BEYOND_ASCII.sub(lambda found: _FOLDED[found[0]], text).lower()


class Concordance:
    """Reviews in which words are looked for. Each is folded when it is first searched, which takes most of the time."""

    def __init__(self, texts: Mapping[str, str], names: Mapping[str, str]) -> None:
        self._texts, self._names = texts, names
        self._folded: dict[str, str] = {}
        self._words = ""
        self._hits: list[Hit] = []
        self._named: list[str] = []

    def find(self, words: str, review_id: str | None = None) -> None:
        """Look for words in the texts of all reviews, and in their names and ids; or in the text of one."""
        ids = list(self._texts) if review_id is None else [review_id]
        self._words = in_xml(" ".join(words.split()))
        sought = fold(self._words).strip()  # which may be nothing: of ¨ a blank is left
        self._hits = list(islice(self._places(sought.split(), ids), COUNTED + 1)) if sought else []
        named = (one for one, name in self._names.items() if sought in fold(f"{name} {one}"))
        self._named = list(named) if sought and review_id is None else []

    def _places(self, sought: list[str], ids: Iterable[str]) -> Iterator[Hit]:
        """Yield each place of the words; a part of a character, such as half of ß or of 한, is none."""
        pattern = re.compile(r"\s+".join(map(re.escape, sought)))
        for review_id in ids:
            text = self._texts[review_id]
            if review_id not in self._folded:
                self._folded[review_id] = fold(text)
            found = [match.span() for match in pattern.finditer(self._folded[review_id])]
            if found and not text.isascii():
                found = list(_unfolded(text, found))
            yield from ((review_id, start, end) for start, end in found)

    def view(self, opinions_of: Callable[[str], list[Opinion]], labels: Mapping[str, str]) -> dict[str, Any]:
        """Return what the page lists: reviews by name, then places, and in words how many there are."""
        return {
            "words": self._words,
            "said": self._said() if self._words else "",
            "named": [{"review": one, "name": self._names[one]} for one in self._named[:LISTED]],
            "places": [self._place(hit, opinions_of(hit[0]), labels) for hit in self._hits[:LISTED]],
        }

    def _said(self) -> str:
        hits, named = len(self._hits), len(self._named)
        reviews = len({review_id for review_id, *_ in self._hits})
        places = f"{hits:,} place{'s' * (hits != 1)} in {reviews:,} review{'s' * (reviews != 1)}"
        places = places if hits <= COUNTED else f"more than {COUNTED:,} places"
        names = f"{named:,} review{'s' * (named != 1)} with this name"
        first = f", of which the first {LISTED} are listed"
        parts = [said + first * (of > LISTED) for said, of in ((names, named), (places, hits)) if of]
        return f"“{self._words}”: {'; '.join(parts) or 'nothing found'}."

    def _place(self, hit: Hit, opinions: Iterable[Opinion], labels: Mapping[str, str]) -> dict[str, Any]:
        review_id, start, end = hit
        text = self._texts[review_id]
        around = text[max(0, start - _AROUND) : start], text[start:end], text[end : end + _AROUND]
        return {
            "review": review_id,
            "name": self._names[review_id],
            "start": start,
            "end": end,
            "around": [in_xml(re.sub(r"\s+", " ", part)) for part in around],
            "coded": [[one.polarity, labels[one.theme]] for one in opinions if one.start < end and one.end > start],
        }


def _unfolded(text: str, found: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the places in a text of places in it as folded, if they begin and end with a character."""
    begins, ends, after = [0], [0], [0]  # where characters that are not folded to one begin and end, and end in `text`
    for match in _BEYOND_ASCII.finditer(text):
        if (size := len(_FOLDED[match[0]])) != 1:
            begins.append(ends[-1] + match.start() - after[-1])
            ends.append(begins[-1] + size)
            after.append(match.end())

    def place(at: int) -> int | None:
        last = bisect_right(ends, at) - 1
        return after[last] + at - ends[last] if not any(begin < at for begin in begins[last + 1 : last + 2]) else None

    for start, end in found:
        begin, stop = place(start), place(end)
        if begin is not None and stop is not None:
            yield begin, stop
