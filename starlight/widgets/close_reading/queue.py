"""What is read in which order: sentences that `read_next` chose, reviews that `sample_to_read` drew, or all reviews."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from ...base.safe_text import in_xml
from ...coding.belonging import check_quotes, check_themes, reviews_read
from ...coding.corrected import Record
from ...coding.corrections import Mark, Place
from ...coding.themes import read_themes
from ...errors import TableError
from ...summaries.samples import FEWEST_READ, drawn_from
from ...tables.base import QUEUE
from ...tables.schema import check


class Stop(NamedTuple):
    """A place to read: which themes it is perhaps about, and why it is to be read; any place has neither."""

    place: Place
    themes: tuple[str, ...] = ()
    why: str = ""


def stops(queue: pd.DataFrame | None, reviews: pd.DataFrame, themes: pd.DataFrame) -> list[Stop]:
    """Return where a queue stops, or each review if there is none; refuse a queue of other reviews or themes."""
    if queue is None:
        return [Stop(Place(review_id)) for review_id in reviews["review_id"]]
    if "stratum" in getattr(queue, "columns", ()):
        drawn_from(queue, reviews_read(reviews)[0])
        found = [Stop(Place(review_id), why="drawn at random, to be read whole") for review_id in queue["review_id"]]
    else:
        found = _sentences(queue, reviews, themes)
    if not found:
        raise TableError("queue has no rows: there is nothing to read. Leave queue= out to read all reviews.")
    return found


def _sentences(queue: pd.DataFrame, reviews: pd.DataFrame, themes: pd.DataFrame) -> list[Stop]:
    """Return each sentence once, with all themes that it was chosen for."""
    check(queue, QUEUE, "queue")
    check_quotes(queue, reviews, "queue")
    check_themes(queue, themes, "queue")
    chosen: dict[Place, tuple[list[str], list[str]]] = {}
    for *place, theme, why in queue[[*Place._fields, "theme", "why"]].itertuples(index=False, name=None):
        about, whys = chosen.setdefault(Place(*place), ([], []))
        about.append(theme)
        whys.append(why)
    return [Stop(place, tuple(about), "; ".join(dict.fromkeys(whys))) for place, (about, whys) in chosen.items()]


class Queue:
    """The places to read, in order; `at` is the number of the one that is being read.

    At the start it is the first that was not read before, so that a person goes on where that person stopped. A queue
    has an end after the last place, which says what to do next; all reviews have none.
    """

    def __init__(self, found: Iterable[Stop], record: Record, *, is_all: bool, is_coded: bool) -> None:
        self._stops, self._record, self._is_all, self._is_coded = list(found), record, is_all, is_coded
        self._unit = "reviews" if self._stops[0].place.is_whole else "sentences"
        self._numbers = {stop.place: number for number, stop in enumerate(self._stops)}
        self.review_ids = list(dict.fromkeys(place.review_id for place in self._numbers))
        self._at = self._unread_after(-1)

    @property
    def at(self) -> int:
        """The number of the place that is being read."""
        return self._at

    @at.setter
    def at(self, number: int) -> None:
        self._at = min(max(number, 0), len(self._stops) - self._is_all)

    @property
    def place(self) -> Place:
        """The place that is being read; at the end, the last one."""
        return self._stops[min(self._at, len(self._stops) - 1)].place

    def is_in(self, review_id: str) -> bool:
        """Return whether a place in this review is being read."""
        return self._at < len(self._stops) and self.place.review_id == review_id

    @property
    def said(self) -> str:
        """What there is to read, in words."""
        of = f"{len(self._stops):,} {self._unit}"
        return f"{of}, their opinions marked" if self.place.is_whole and self._is_coded else f"{of} to read"

    def turn_to(self, review_id: str) -> None:
        """Turn to the first place in a review, if possible one that was not read, unless one in it is being read."""
        if self.place.review_id != review_id:
            is_read = self._is_read()
            here = (number for place, number in self._numbers.items() if place.review_id == review_id)
            self._at = min(here, key=is_read.__getitem__, default=self._at)

    def take(self, made: Mark) -> None:
        """Turn to what was marked as not read, or on from what was marked as read."""
        at = self._numbers.get(made.place, self._at)
        self._at = self._unread_after(at) if made.is_read else at

    def _unread_after(self, at: int) -> int:
        """Return the next place that was not read, of those after one and then of those before it; else the end."""
        is_read = self._is_read()
        order = [*range(at + 1, len(is_read)), *range(at + 1)]
        end = max(at, 0) if self._is_all else len(is_read)
        return next((number for number in order if not is_read[number]), end)

    def _is_read(self) -> list[bool]:
        """Return whether each place was read, as all sentences of a review were that was read whole."""
        read = set(self._record.places_read)
        return [place in read or Place(place.review_id) in read for place in self._numbers]

    def view(self, review_id: str, labels: Mapping[str, str]) -> dict[str, Any]:
        """Return what the page says of the place that is being read, and what its button asks for."""
        is_read, is_here = self._is_read(), self.is_in(review_id)
        read, of, is_over = sum(is_read), len(is_read), self._at == len(self._stops)
        place, themes, why = self._stops[min(self._at, of - 1)]
        about = f": perhaps {' or '.join(labels[theme] for theme in themes)}" if themes else ""
        said = "" if self._is_all else f"{self._at + 1:,} of {of:,}{about}"
        if is_over:
            said, why = f"The end: {read:,} of {of:,} {self._unit} are read.", self._next(labels)
            button, ask = "To what is not read ›" * (read < of), {"do": "stop", "at": self._unread_after(-1)}
        elif not is_here:
            button, ask = "To the queue ›", {"do": "stop", "at": self._at}
        elif is_read[self._at]:
            button, ask = "Go on ›", {"do": "stop", "at": self._at + 1}
        else:
            button = "Read whole, next ›" if place.is_whole else "Read, next ›"
            ask = {"do": "mark_read", "at": self._at, "is_read": True}
        return {
            "at": self._at,
            "said": said,
            "why": in_xml(why),
            "theme": themes[0] if len(themes) == 1 else "",
            "span": [place.start, place.end] if is_here else [0, 0],
            "button": button,
            "ask": ask,
            "is_last": read == of if is_over else self._is_all and is_here and is_read[self._at] and self._at == of - 1,
            "count": f"{read:,} of {of:,} read" if read else "",
            "is_read": is_here and place in self._record.places_read,
        }

    def _next(self, themes: Iterable[str]) -> str:
        """Return what to do with what was read."""
        path = str(self._record.path)
        if self.place.is_whole:
            if len(self._stops) < FEWEST_READ:
                needed = f"For corrected shares, at least {FEWEST_READ} are needed"
                return f"{needed}: draw more with the same seed; these come first. Back shows the last again."
            own = ", themes=book" * (not {*themes} <= {*read_themes()["theme"]})
            call = f"st.corrected_shares(opinions, reviews, sample=sample, read={path!r}{own})"
            return f"Next, run {call}. Back shows the last again."
        shown = ", opinions=opinions" * self._is_coded
        return f"Next, run learned = st.learn(book, {path!r}, reviews{shown}). Back shows the last again."
