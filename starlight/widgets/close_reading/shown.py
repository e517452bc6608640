"""What the page shows of a review: a part of its text, with the opinions that are marked in it.

Most reviews are a single part. Of a long one, or one with many opinions, the page draws a part at a time, so that each
step takes as long as in a short one.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from typing import Any

import pandas as pd

from ...base.safe_text import in_xml
from ...coding.corrections import Opinion
from ...errors import TableError
from ...tables.base import OPINIONS
from ...text.languages import ENGLISH, languages
from ...text.sentences import spans
from ..stored import fitting
from .marked_text import Word, cut, find_markable, lanes

# A part ends with the sentence in which it reaches one of these numbers, or, if the sentence is very long, at twice the
# number. At most so many opinions are marked on each side of the current one.
LETTERS, PIECES, MARKED = 20_000, 1_000, 150  # characters; sentences and opinions; opinions

TOLD = ["review_id", "name", "critic", "film", "title", "outlet", "published", "score_raw", "text"]  # on a web page
STORED = 2_000_000  # bytes of text that a notebook keeps for web pages


def stored(reviews: pd.DataFrame, table: pd.DataFrame, labels: dict[str, str]) -> dict[str, Any]:
    """Return what a page without a kernel needs to show reviews marked: of many, as many as there is room for."""
    rows = reviews.set_index("review_id", drop=False)
    kept = fitting(rows["review_id"], rows["text"], STORED)
    opinions = table.loc[table["review_id"].isin(kept), OPINIONS.names]  # without notes, which are not for all to read
    return {
        "reviews": rows.loc[kept, TOLD].to_dict("records"),
        "opinions": opinions.to_dict("records"),
        "themes": labels,
        "of": [len(opinions), len(rows)],
    }


class Shown:
    """A review and its opinions in the order of the text; `begins` says where each part begins."""

    def __init__(self, text: str, opinions: Iterable[Opinion], labels: dict[str, str]) -> None:
        self.text, self._labels = in_xml(text), labels  # as long as before
        self.sentences = list(spans(text))
        self.words = find_markable(text, self.sentences)
        (language,) = languages([text])
        self._none = "no opinions" + f": {language}, and the tagger reads English" * (language != ENGLISH)
        self.take(opinions)

    def take(self, opinions: Iterable[Opinion]) -> None:
        """Show these opinions from now on."""
        self.opinions = sorted(opinions, key=lambda one: (one.start, one.end))
        self._lanes = lanes(self.opinions)
        self._starts = [one.start for one in self.opinions]
        self._ends = sorted(one.end for one in self.opinions)
        self.begins = self._divide()

    def _divide(self) -> list[int]:
        at_sentences = {start for start, _, _ in self.sentences}
        places = at_sentences | {*self._starts} | {*range(0, len(self.text), LETTERS)}
        starting, begins, marked, pieces = Counter(self._starts), [0], 0, 0
        for place in sorted(places):
            full = max((place - begins[-1]) / LETTERS, marked / MARKED, pieces / PIECES)
            if full >= 2 or (full >= 1 and place in at_sentences):
                begins.append(place)
                marked = pieces = 0
            marked, pieces = marked + starting[place], pieces + 1
        return begins

    def part_of(self, place: int) -> int:
        """Return the number of the part that a place of the text is in."""
        return bisect_right(self.begins, place) - 1

    def first_in(self, part: int) -> int:
        """Return the number of the first opinion that begins in a part or after it, or -1."""
        number = bisect_left(self._starts, self.begins[part])
        return number if number < len(self.opinions) else -1

    def misplaced(self) -> str | None:
        """Return what is wrong with the first opinion that is not in its sentence, if there is one."""
        ends = {number: (start, end) for number, (start, end, _) in enumerate(self.sentences)}
        places = ((one, *ends.get(one.sentence, (0, 0))) for one in self.opinions)
        wrong = next((one for one, start, end in places if one.start < start or one.end > end), None)
        where = wrong and f"is not in sentence {wrong.sentence} of review {wrong.review_id!r}. Correct the number."
        return f"opinions: the quote {wrong.quote!r} {where}" if wrong else None

    def number(self, place: list[object]) -> int:
        """Find an opinion by what the page knew of it: its number may have changed since."""
        known = [[one.start, one.end, one.theme, one.polarity] for one in self.opinions]
        if place not in known:
            raise TableError("That opinion no longer exists. Click the text and choose again.")
        return known.index(place)

    def view(self, part: int, current: int, selected: Word | None) -> dict[str, object]:
        """Return what the page draws: a part, its opinions, and how much is left out, as marks beyond `DEEPEST` are."""
        begin, end = [*self.begins, len(self.text)][part : part + 2]
        first, last = bisect_left(self._starts, begin), bisect_left(self._starts, end)
        if last - first > 2 * MARKED:  # they begin at one place, or nearly
            first = min(max(first, current - MARKED), last - 2 * MARKED)
            last = first + 2 * MARKED
        marked = self.opinions[first:last]
        pieces = cut((begin, end), self.text, self.sentences, marked, self._lanes[first:last], selected)
        for piece in pieces:
            there = bisect_right(self._starts, piece["start"]) - bisect_right(self._ends, piece["start"])
            piece["more"] = there - len(piece["marks"])
        return {
            "pieces": pieces,
            "opinions": [self._opinion(*one) for one in zip(marked, self._lanes[first:last], strict=True)],
            "first": first,
            "of": len(self.opinions),
            "none": self._none,
            "parts": [part, len(self.begins)],
            "part": self._said(part, first, last),
            "selected": self.text[selected[0] : selected[1]] if selected else "",
        }

    def _opinion(self, one: Opinion, lane: int) -> dict[str, object]:
        return {
            "key": [one.start, one.end, one.theme, one.polarity],
            "quote": in_xml(one.quote),
            "theme": one.theme,
            "label": self._labels[one.theme],
            "polarity": one.polarity,
            "lane": lane,
            "note": in_xml(one.note),
        }

    def _said(self, part: int, first: int, last: int) -> str:
        """Return which part of the review is shown, or nothing if it is all of it."""
        if len(self.begins) == 1 and last - first == len(self.opinions):
            return ""
        part_of = f"Part {part + 1:,} of {len(self.begins):,} of this review" if len(self.begins) > 1 else "The review"
        if last == first:
            return f"{part_of}, with none of its {len(self.opinions):,} opinions."
        return f"{part_of}, with opinions {first + 1:,} to {last:,} of {len(self.opinions):,}."
