"""What the widget of `close_reading` shows, and where in it a person is: all that the page (reader.js) draws."""

from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import anywidget
import pandas as pd
import traitlets

from ...base.safe_text import in_xml
from ...coding.corrected import Record
from ...coding.corrections import Opinion
from ...errors import TableError, did_you_mean
from ..front_end import joined
from ..stored import CLOSE_READING, Output, in_place_of, with_stored
from .changes import Changes
from .concordance import Concordance
from .marked_text import Word, snap, strip
from .queue import Queue, stops
from .shown import Shown, stored

LISTED = 200  # reviews that the list holds at once; the others are found by searching


class Page(anywidget.AnyWidget):
    """A widget that shows a review, its opinions, what a search found, and what is to be read."""

    _esm = joined(
        "helpers.js", *(f"close_reading/{name}.js" for name in ("marked_text", "strip", "concordance", "reader"))
    )
    _css = joined("palette.css", "close_reading/reader.css")
    menu = traitlets.Dict().tag(sync=True)  # the id and name of each review listed, and of how many
    found = traitlets.Dict().tag(sync=True)  # what a search found, as `Concordance.view` returns it
    strip: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)  # all opinions of the review shown
    themes: traitlets.List[list[str]] = traitlets.List().tag(sync=True)  # each theme and its label
    review = traitlets.Unicode().tag(sync=True)
    current = traitlets.Int(-1).tag(sync=True)
    view = traitlets.Dict().tag(sync=True)
    status = traitlets.Dict().tag(sync=True)
    _is_followed = False

    def __init__(
        self,
        reviews: pd.DataFrame,
        opinions: pd.DataFrame,
        craft: pd.DataFrame,
        path: Path,
        who: str,
        queue: pd.DataFrame | None,
    ) -> None:
        found = stops(queue, reviews, craft)
        self._record = Record(opinions, path, reviews, craft)
        self._changes = Changes(self._record, who)
        self._queue = Queue(found, self._record, is_all=queue is None, is_coded=len(opinions) > 0)
        self._reviews = reviews
        self._coder = opinions["coder"].iloc[0] if len(opinions) else who
        self._texts = dict(zip(reviews["review_id"].tolist(), reviews["text"].tolist(), strict=True))
        self._names = dict(zip(reviews["review_id"].tolist(), map(in_xml, reviews["name"].tolist()), strict=True))
        self._concordance = Concordance(self._texts, self._names)
        self._selected: Word | None = None
        self._sought: Word | None = None  # words that were searched for, in an opinion
        self._part = 0
        super().__init__(themes=[[theme, in_xml(label)] for theme, label in craft[["theme", "label"]].to_numpy()])
        ids = dict.fromkeys([*self._queue.review_ids, *self._names])
        self.menu = {"reviews": [(one, self._names[one]) for one in islice(ids, LISTED)], "of": len(ids)}
        self._list()
        self._read_on()
        self.on_msg(lambda _, asked, __: self._do(asked))

    def _do(self, asked: dict[str, Any]) -> None:
        """Do what the page asks for, as a `Reader` does."""

    def _repr_mimebundle_(self, **kwargs: Any) -> Output:
        walked = self._reviews[self._reviews["review_id"].isin(self._queue.review_ids)]
        content = stored(walked, self._record.table, dict(self.themes))
        return with_stored(super()._repr_mimebundle_(**kwargs), CLOSE_READING, content)

    def __repr__(self) -> str:
        """Return what a viewer without widgets shows, the same in every run: notebooks store it."""
        return in_place_of(self._queue.said)

    @property
    def opinions(self) -> pd.DataFrame:
        """The table as corrected so far, made when it is asked for, since a large one takes a while."""
        return self._record.table

    def observe(self, handler: Callable[..., Any], names: Any = traitlets.All, type: Any = "change") -> None:
        """Call a function on each change of a trait, or of `opinions`, as ipywidgets does."""
        self._is_followed = self._is_followed or names is traitlets.All or "opinions" in names
        super().observe(handler, names, type)

    def _follow(self) -> None:
        """Call those who follow the table; where there are none, it is not made."""
        if self._is_followed:
            change = {"name": "opinions", "old": None, "new": self.opinions, "owner": self, "type": "change"}
            self.notify_change(traitlets.Bunch(change))

    def _read_on(self) -> None:
        """Show the place that is being read."""
        if self.review != self._queue.place.review_id:
            self.review = self._queue.place.review_id
        else:
            self._show_place()

    def _show_place(self) -> None:
        """Show the sentence that is being read, and step to the first opinion in it."""
        _, _, start, end = place = self._queue.place
        if place.is_whole or place.review_id != self.review:
            return self._draw(self._part)
        first = self._first_in(start, end)
        self._draw(self._shown.part_of(start), first)
        self.current = first
        return None

    def _list(self) -> None:
        """List what was found, with the opinions as they are now."""
        self.found = self._concordance.view(self._record.of, dict(self.themes))

    def _go_to(self, start: int, end: int) -> None:
        """Show words of the review: step to the first opinion that they are in, or choose them to be marked."""
        number = self._first_in(start, end)
        self._selected = snap(self._shown.words, start, end) if number < 0 else None
        self._sought = (start, end, 0)
        with self.hold_sync():
            self._draw(self._shown.part_of(start), number if number >= 0 else None)
            self.current = number if number >= 0 else self.current

    def _first_in(self, start: int, end: int) -> int:
        """Return the number of the first opinion that words are in, or -1."""
        inside = (at for at, one in enumerate(self._shown.opinions) if one.start < end and one.end > start)
        return next(inside, -1)

    def _near(self) -> int:
        """Return where a step to a word begins: at the current opinion or sentence, if the part shown has it."""
        place = self._queue.place
        asked = place.start if place.review_id == self.review else 0
        start = self._shown.opinions[self.current].start if self.current >= 0 else asked
        return start if self._shown.part_of(start) == self._part else self._shown.begins[self._part]

    def _select(self, place: Word | None, otherwise: str = "No words to mark there.") -> None:
        self._selected, self._sought = place, None
        self._say("" if place else otherwise)
        self._draw(self._shown.part_of(place[0]) if place else self._part)

    @traitlets.validate("review")
    def _known(self, proposal: dict[str, Any]) -> str:
        if proposal["value"] not in self._texts:
            raise TableError(f"No review {proposal['value']!r}. {did_you_mean(proposal['value'], self._texts)}")
        return proposal["value"]

    @traitlets.validate("current")
    def _within(self, proposal: dict[str, Any]) -> int:
        return max(-1, min(proposal["value"], len(self._shown.opinions) - 1)) if self.review else -1

    @traitlets.observe("review")
    def _turn(self, _: dict[str, Any]) -> None:
        self._selected = self._sought = None
        self._queue.turn_to(self.review)
        self._shown = Shown(self._texts[self.review], self._record.of(self.review), dict(self.themes))
        with self.hold_sync():
            self._turn_to(0)
            self.current = min(0, len(self._shown.opinions) - 1)
            self._show_place()
        if wrong := self._shown.misplaced():
            self._say(wrong, wrong=True)

    @traitlets.observe("current")
    def _step(self, _: dict[str, Any]) -> None:
        """Show the part that the current opinion is in, if it is another."""
        if self.current >= 0 and not self._is_there(self.current):
            self._draw(self._shown.part_of(self._shown.opinions[self.current].start))

    def _is_there(self, number: int) -> bool:
        return 0 <= number - self.view["first"] < len(self.view["opinions"])

    def _show(self, at: Opinion | None = None) -> None:
        """Send the review to the page as it is now, and step to an opinion."""
        self._shown.take(self._record.of(self.review))
        known = self._shown.opinions
        with self.hold_sync():
            self._list()
            current = known.index(at) if at in known else self.current
            part = self._shown.part_of(at.start) if at in known else self._part
            self._draw(part, current)
            self.current = current

    def _turn_to(self, part: int) -> None:
        """Show a part, and step to the first opinion in it, if there is any."""
        self._draw(part)
        first = self._shown.first_in(part)
        if first >= 0 and self._is_there(first):
            self.current = first

    def _draw(self, part: int, current: int | None = None) -> None:
        """Send a part of the review to the page."""
        self._part = min(part, len(self._shown.begins) - 1)
        chosen = self._selected or self._sought
        self.strip = strip(len(self._shown.text), self._shown.opinions)
        view = self._shown.view(self._part, self.current if current is None else current, chosen)
        self.view = view | {
            "name": self._names[self.review],
            "selected": view["selected"] if self._selected else "",
            "begun": self._selected[0] if self._selected else -1,  # where words to mark begin, also in another part
            "queue": self._queue.view(self.review, dict(self.themes)),
            "undo": bool(self._changes.made),
            "redo": bool(self._changes.undone),
        }

    def _say(self, text: str, wrong: bool = False) -> None:
        self.status = {"text": in_xml(text), "wrong": wrong, "count": self.status.get("count", 0) + 1}
