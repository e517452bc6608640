"""The widget of `close_reading`: what it shows and what it does.

The page (reader.js) only draws, and asks for changes. Each change is made here and is on disk before the page says that
it is saved.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import traitlets

from ...base.arguments import check_flag, check_number, check_text
from ...base.safe_text import in_xml
from ...coding.corrected import Record
from ...coding.corrections import Correction, Opinion
from ...errors import StarlightError, TableError, did_you_mean
from ..front_end import joined
from ..stored import CLOSE_READING, Output, in_place_of, with_stored
from .changes import Changes, check_judgement, in_words
from .concordance import Concordance
from .followed import Followed
from .marked_text import Word, snap, step, strip
from .shown import Shown, stored

LISTED = 200  # reviews that the list holds at once; the others are found by searching


class Reader(Followed):
    """The widget that `close_reading` returns.

    `opinions` is the table as corrected so far, `review` the id of the review shown, and `current` the number of the
    opinion shown, from 0 in the order of the text, or -1.
    """

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
    kept = True  # whether what is saved outlives the widget

    def __init__(
        self, reviews: pd.DataFrame, opinions: pd.DataFrame, craft: pd.DataFrame, path: Path, who: str
    ) -> None:
        self._record = Record(opinions, path, reviews, craft)
        self._changes = Changes(self._record, who)
        self._coder = opinions["coder"].iloc[0] if len(opinions) else who
        self._reviews = reviews
        self._texts = dict(zip(reviews["review_id"].tolist(), reviews["text"].tolist(), strict=True))
        self._names = dict(zip(reviews["review_id"].tolist(), map(in_xml, reviews["name"].tolist()), strict=True))
        self._concordance = Concordance(self._texts, self._names)
        self._selected: Word | None = None
        self._sought: Word | None = None  # words that were searched for, in an opinion
        self._part = 0
        super().__init__(themes=[[theme, in_xml(label)] for theme, label in craft[["theme", "label"]].to_numpy()])
        self.menu = {"reviews": list(self._names.items())[:LISTED], "of": len(self._names)}
        self._list()
        self.review = reviews["review_id"].iloc[0]
        self.on_msg(lambda _, asked, __: self._do(asked))

    def _repr_mimebundle_(self, **kwargs: Any) -> Output:
        content = stored(self._reviews, self._record.table, dict(self.themes))
        return with_stored(super()._repr_mimebundle_(**kwargs), CLOSE_READING, content)

    def __repr__(self) -> str:
        """Return what a viewer without widgets shows, the same in every run: notebooks store it."""
        return in_place_of(f"{len(self._texts):,} reviews, their opinions marked")

    def change(self, number: int, *, theme: str | None = None, polarity: str | None = None) -> None:
        """Change the theme or polarity of an opinion in the review shown."""
        before = self._opinion(number)
        theme, polarity = before.theme if theme is None else theme, before.polarity if polarity is None else polarity
        check_judgement(theme, polarity, dict(self.themes))
        after = before._replace(theme=theme, polarity=polarity, confidence=None)
        if after.key != before.key:
            self._make(before, after)

    def remove(self, number: int) -> None:
        """Remove an opinion from the review shown."""
        self._make(self._opinion(number), None)

    def note(self, number: int, text: str) -> None:
        """Note a line of text on an opinion in the review shown, in place of any other; an empty one takes it away."""
        before = self._opinion(number)
        check_text(text, "text", "what is noted")
        after = before._replace(note=in_xml(" ".join(text.split())))
        if after != before:
            self._make(before, after)

    def mark(self, start: int, end: int, *, theme: str, polarity: str) -> None:
        """Mark an opinion in the review shown, from `start` to `end`, widened to whole words of one sentence."""
        check_judgement(theme, polarity, dict(self.themes))
        for name, at in (("start", start), ("end", end)):
            check_number(at, name, "a place in the review, in characters, from 0", most=10**9, whole=True)
        place = snap(self._shown.words, start, end)
        if place is None:
            raise TableError(f"There are no words to mark from {start} to {end}. Mark words that are not boilerplate.")
        start, end, sentence = place
        quote = self._texts[self.review][start:end]
        marked = Opinion(self.review, sentence, start, end, quote, theme, polarity, self._coder)
        self._make(None, marked)

    def undo(self) -> None:
        """Undo what was done here last, a change or a mark of a review as read, by appending its opposite."""
        if not self._changes.last_read:
            return self._save(self._changes.undo)
        self.review = self._changes.last_read
        return self.mark_read(False)

    def redo(self) -> None:
        """Redo what was undone last."""
        self._save(self._changes.redo)

    def _make(self, before: Opinion | None, after: Opinion | None) -> None:
        self._save(lambda: self._changes.make(before, after))

    def _save(self, change: Callable[[], Correction | None]) -> None:
        try:
            made = change()
        except TableError:  # it conflicts with what others did meanwhile, which is shown
            self._show()
            self._follow()
            raise
        if made:
            self._tell(made)

    def mark_read(self, is_read: bool = True) -> None:
        """Mark the review shown as read whole, and turn to the next that is not; or as not read after all."""
        check_flag(is_read, "is_read")
        name = self._names[self.review]
        self._changes.mark_read(self.review, is_read=is_read)
        if is_read and (left := self._changes.left(self._texts, self.review)):
            self.review = left
        self._draw(self._part)
        self._say(f"Saved in {self._record.path.name}: “{name}” is {'' if is_read else 'not '}read whole.")

    def look(self) -> None:
        """Show what others have appended to the file; the page asks for this whenever it gets the focus."""
        at = self._shown.opinions[self.current] if self.current >= 0 else None
        if self._record.look():
            self._show(at)
            self._say(f"{self._record.path.name} was changed elsewhere. The changes are shown here now.")
            self._follow()

    def _tell(self, made: Correction) -> None:
        """Show what was saved before calling the observers of the table, which may be slow or fail."""
        self._selected = self._sought = None
        with self.hold_sync():
            self.review = made.opinion.review_id
            self._show(made.after)
            saved = f"Saved in {self._record.path.name}" if self.kept else "Shown here only, saved in no file"
            self._say(f"{saved}: {in_words(made, dict(self.themes))}.")
        self._follow()

    def _do(self, asked: dict[str, Any]) -> None:
        """Do what the page asks for, tell it what goes wrong, and answer it."""
        try:
            match asked:
                case {"do": "open", "review": str(review)}:
                    self.look()
                    self.review = review
                case {"do": "read", "review": str(review), "start": int(start), "end": int(end)}:
                    self.look()
                    self.review = review
                    self._go_to(start, end)
                case {"do": "go", "number": int(number)}:
                    self.current = number
                case {"do": "change", "opinion": place, "theme": theme, "polarity": polarity}:
                    self.change(self._shown.number(place), theme=theme, polarity=polarity)
                case {"do": "remove", "opinion": place}:
                    self.remove(self._shown.number(place))
                case {"do": "note", "opinion": place, "text": text}:
                    self.note(self._shown.number(place), text)
                case {"do": "mark", "theme": theme, "polarity": polarity} if self._selected:
                    self.mark(*self._selected[:2], theme=theme, polarity=polarity)
                case {"do": "undo" | "redo" | "look" as name}:
                    getattr(self, name)()
                case {"do": "whole", "is_read": bool(is_read)}:
                    self.mark_read(is_read)
                case {"do": "select", "start": int(start), "end": int(end)}:
                    self._select(snap(self._shown.words, start, end))
                case {"do": "step", "by": int(by), "extend": bool(extend)}:
                    self._select(step(self._shown.words, self._selected, by, extend, self._near()))
                case {"do": "turn", "by": int(by)}:
                    self._turn_to(min(max(self._part + by, 0), len(self._shown.begins) - 1))
                case {"do": "find", "words": str(words), "here": bool(here)}:
                    self._concordance.find(words, self.review if here else None)
                    self._list()
                case {"do": "cancel"}:
                    self._select(None, "")
        except StarlightError as error:
            self._say(f"{'' if asked.get('do') == 'look' else 'Not saved. '}{error}", wrong=True)
        self.send({"answered": asked.get("number")})

    def _list(self) -> None:
        """List what was found, with the opinions as they are now."""
        self.found = self._concordance.view(self._record.of, dict(self.themes))

    def _go_to(self, start: int, end: int) -> None:
        """Show words of the review: step to the first opinion that they are in, or choose them to be marked."""
        inside = (at for at, one in enumerate(self._shown.opinions) if one.start < end and one.end > start)
        number = next(inside, None)
        self._selected = snap(self._shown.words, start, end) if number is None else None
        self._sought = (start, end, 0)
        with self.hold_sync():
            self._draw(self._shown.part_of(start), number)
            self.current = self.current if number is None else number

    def _near(self) -> int:
        """Return where a step to a word begins: at the current opinion, if it is in the part that is shown."""
        start = self._shown.opinions[self.current].start if self.current >= 0 else 0
        return start if self._shown.part_of(start) == self._part else self._shown.begins[self._part]

    def _select(self, place: Word | None, otherwise: str = "No words to mark there.") -> None:
        self._selected, self._sought = place, None
        self._say("" if place else otherwise)
        self._draw(self._shown.part_of(place[0]) if place else self._part)

    def _opinion(self, number: int) -> Opinion:
        what = f"the number of one of the {len(self._shown.opinions)} opinions in review {self.review!r}, from 0"
        check_number(number, "number", what, most=len(self._shown.opinions) - 1, whole=True)
        return self._shown.opinions[number]

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
        self._shown = Shown(self._texts[self.review], self._record.of(self.review), dict(self.themes))
        with self.hold_sync():
            self._turn_to(0)
            self.current = min(0, len(self._shown.opinions) - 1)
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
            "whole": self._changes.read_of(self._texts, self.review),
            "undo": bool(self._changes.made or self._changes.last_read),
            "redo": bool(self._changes.undone),
        }

    def _say(self, text: str, wrong: bool = False) -> None:
        self.status = {"text": in_xml(text), "wrong": wrong, "count": self.status.get("count", 0) + 1}
