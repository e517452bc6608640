"""The widget of `close_reading`: what it shows and what it does.

The page (reader.js) only draws, and asks for changes. Each change is made here and is on disk before the page says that
it is saved.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import anywidget
import pandas as pd
import traitlets
from traitlets import Bunch

from ...base.arguments import check_choice, check_number
from ...base.safe_text import in_xml
from ...coding.corrected import Record, standing
from ...coding.corrections import Correction, Opinion, correction
from ...errors import ReadError, StarlightError, TableError, did_you_mean
from ...tables.columns import POLARITIES
from ..front_end import joined
from ..stored import CLOSE_READING, Output, with_stored
from .marked_text import Word, snap, step
from .shown import Shown, stored

LISTED = 200  # reviews that the list holds at once; the others are found by typing


class _Table(traitlets.Any):
    """The table as corrected so far, made when it is asked for, since a large one takes a while."""

    def get(self, obj: traitlets.HasTraits, cls: type[Any] | None = None) -> pd.DataFrame:
        """Return the table."""
        return cast("Reader", obj)._record.table


class Reader(anywidget.AnyWidget):
    """The widget that `close_reading` returns.

    `opinions` is the table as corrected so far, `review` the id of the review shown, and `current` the number of the
    opinion shown, from 0 in the order of the text, or -1.
    """

    _esm = joined("helpers.js", "close_reading/marked_text.js", "close_reading/reader.js")
    _css = joined("palette.css", "close_reading/reader.css")
    menu = traitlets.Dict().tag(sync=True)  # the id and name of each review listed, and of how many
    themes: traitlets.List[list[str]] = traitlets.List().tag(sync=True)  # each theme and its label
    review = traitlets.Unicode().tag(sync=True)
    current = traitlets.Int(-1).tag(sync=True)
    view = traitlets.Dict().tag(sync=True)
    status = traitlets.Dict().tag(sync=True)
    opinions = _Table(read_only=True)
    kept = True  # whether what is saved outlives the widget
    _is_followed = False

    def __init__(
        self, reviews: pd.DataFrame, opinions: pd.DataFrame, craft: pd.DataFrame, path: Path, who: str
    ) -> None:
        self._record = Record(opinions, path, reviews, craft)
        self._who = who
        self._coder = opinions["coder"].iloc[0] if len(opinions) else who
        self._reviews = reviews
        self._texts = dict(zip(reviews["review_id"].tolist(), reviews["text"].tolist(), strict=True))
        self._names = dict(zip(reviews["review_id"].tolist(), map(in_xml, reviews["name"].tolist()), strict=True))
        self._made = standing([made for made in self._record.applied if made.who == who])
        self._undone: list[Correction] = []
        self._selected: Word | None = None
        self._part = 0
        super().__init__(themes=[[theme, in_xml(label)] for theme, label in craft[["theme", "label"]].to_numpy()])
        self._find("")
        self.review = reviews["review_id"].iloc[0]
        self.on_msg(lambda _, asked, __: self._do(asked))

    def observe(self, handler: Callable[..., Any], names: Any = traitlets.All, type: Any = "change") -> None:
        """Call a function on each change of a trait, as ipywidgets does."""
        self._is_followed = self._is_followed or names is traitlets.All or "opinions" in names
        super().observe(handler, names, type)

    def _repr_mimebundle_(self, **kwargs: Any) -> Output:
        content = stored(self._reviews, self._record.table, dict(self.themes))
        return with_stored(super()._repr_mimebundle_(**kwargs), CLOSE_READING, content)

    def __repr__(self) -> str:
        """Return the same words in every run: notebooks store them."""
        return f"close_reading of {len(self._texts)} reviews"

    def change(self, number: int, *, theme: str | None = None, polarity: str | None = None) -> None:
        """Change the theme or polarity of an opinion in the review shown."""
        before = self._opinion(number)
        theme, polarity = before.theme if theme is None else theme, before.polarity if polarity is None else polarity
        self._check_judgement(theme, polarity)
        after = before._replace(theme=theme, polarity=polarity, confidence=None)
        if after.key != before.key:
            self._make(correction(before, after, self._who))

    def remove(self, number: int) -> None:
        """Remove an opinion from the review shown."""
        self._make(correction(self._opinion(number), None, self._who))

    def mark(self, start: int, end: int, *, theme: str, polarity: str) -> None:
        """Mark an opinion in the review shown, from `start` to `end`, widened to whole words of one sentence."""
        self._check_judgement(theme, polarity)
        for name, at in (("start", start), ("end", end)):
            check_number(at, name, "a place in the review, in characters, from 0", most=10**9, whole=True)
        place = snap(self._shown.words, start, end)
        if place is None:
            raise TableError(f"There are no words to mark from {start} to {end}. Mark words that are not boilerplate.")
        start, end, sentence = place
        quote = self._texts[self.review][start:end]
        marked = Opinion(self.review, sentence, start, end, quote, theme, polarity, self._coder)
        self._make(correction(None, marked, self._who))

    def _check_judgement(self, theme: object, polarity: object) -> None:
        check_choice(theme, "theme", dict(self.themes))
        check_choice(polarity, "polarity", POLARITIES)

    def undo(self) -> None:
        """Undo the last change made here by appending its opposite."""
        self._reverse(self._made, self._undone)

    def redo(self) -> None:
        """Redo what was undone last."""
        self._reverse(self._undone, self._made)

    def _reverse(self, changes: list[Correction], reversed_: list[Correction]) -> None:
        if not changes:
            return
        change = changes.pop()  # for good, if someone changed the opinion since: then it can never be undone
        try:
            made = self._save(change.opposite())
        except ReadError:
            changes.append(change)
            raise
        reversed_.append(made)
        self._tell(made)

    def _make(self, made: Correction) -> None:
        self._made.append(self._save(made))
        self._undone.clear()
        self._tell(made)

    def _save(self, made: Correction) -> Correction:
        try:
            return self._record.save(made)
        except TableError:  # it conflicts with what others did meanwhile, which is shown
            self._show()
            self._follow()
            raise

    def look(self) -> None:
        """Show what others have appended to the file; the page asks for this whenever it gets the focus."""
        at = self._shown.opinions[self.current] if self.current >= 0 else None
        if self._record.look():
            self._show(at)
            self._say(f"{self._record.path.name} was changed elsewhere. The changes are shown here now.")
            self._follow()

    def _follow(self) -> None:
        """Call those who follow the table."""
        if self._is_followed:
            change = {"name": "opinions", "old": None, "new": self.opinions, "owner": self, "type": "change"}
            self.notify_change(Bunch(change))

    def _tell(self, made: Correction) -> None:
        """Show what was saved before calling the observers of the table, which may be slow or fail."""
        self._selected, quote, after = None, made.opinion.quote, made.after
        shown = quote if len(quote) <= 60 else f"{quote[:60]}…"
        what = f"{after.polarity} of {dict(self.themes)[after.theme]}" if after else "no longer an opinion"
        with self.hold_sync():
            self.review = made.opinion.review_id
            self._show(after)
            saved = f"Saved in {self._record.path.name}" if self.kept else "Shown here only, saved in no file"
            self._say(f"{saved}: “{shown}” is {what}.")
        self._follow()

    def _do(self, asked: dict[str, Any]) -> None:
        """Do what the page asks for, tell it what goes wrong, and answer it."""
        try:
            match asked:
                case {"do": "open", "review": str(review)}:
                    self.look()
                    self.review = review
                case {"do": "go", "number": int(number)}:
                    self.current = number
                case {"do": "change", "opinion": place, "theme": theme, "polarity": polarity}:
                    self.change(self._number(place), theme=theme, polarity=polarity)
                case {"do": "remove", "opinion": place}:
                    self.remove(self._number(place))
                case {"do": "mark", "theme": theme, "polarity": polarity} if self._selected:
                    self.mark(*self._selected[:2], theme=theme, polarity=polarity)
                case {"do": "undo" | "redo" | "look" as name}:
                    getattr(self, name)()
                case {"do": "select", "start": int(start), "end": int(end)}:
                    self._select(snap(self._shown.words, start, end))
                case {"do": "step", "by": int(by), "extend": bool(extend)}:
                    self._select(step(self._shown.words, self._selected, by, extend, self._near()))
                case {"do": "turn", "by": int(by)}:
                    self._turn_to(min(max(self._part + by, 0), len(self._shown.begins) - 1))
                case {"do": "find", "words": str(words)}:
                    self._find(words)
                case {"do": "cancel"}:
                    self._select(None, "")
        except StarlightError as error:
            self._say(f"{'' if asked.get('do') == 'look' else 'Not saved. '}{error}", wrong=True)
        self.send({"answered": asked.get("number")})

    def _find(self, words: str) -> None:
        """List the reviews that have these words in their name or id."""
        sought = words.casefold()
        found = [(one, name) for one, name in self._names.items() if sought in f"{name} {one}".casefold()]
        self.menu = {"reviews": found[:LISTED], "found": len(found), "of": len(self._texts), "words": words}

    def _near(self) -> int:
        """Return where a step to a word begins: at the current opinion, if it is in the part that is shown."""
        begin = self._shown.begins[self._part]
        start = self._shown.opinions[self.current].start if self.current >= 0 else 0
        return start if self._shown.part_of(start) == self._part else begin

    def _select(self, place: Word | None, otherwise: str = "No words to mark there.") -> None:
        self._selected = place
        self._say("" if place else otherwise)
        self._draw(self._shown.part_of(place[0]) if place else self._part)

    def _opinion(self, number: int) -> Opinion:
        known = self._shown.opinions
        what = f"the number of one of the {len(known)} opinions in review {self.review!r}, from 0"
        check_number(number, "number", what, most=len(known) - 1, whole=True)
        return known[number]

    def _number(self, place: list[object]) -> int:
        """Find an opinion by what the page knew of it: its number may have changed since."""
        known = [[one.start, one.end, one.theme, one.polarity] for one in self._shown.opinions]
        if place not in known:
            raise TableError("That opinion no longer exists. Click the text and choose again.")
        return known.index(place)

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
        self._selected = None
        self._shown = Shown(self._texts[self.review], self._record.of(self.review), dict(self.themes))
        with self.hold_sync():
            self._turn_to(0)
            self.current = min(0, len(self._shown.opinions) - 1)
        self._check()

    def _check(self) -> None:
        """Say if an opinion of the review is not in its sentence."""
        if one := self._shown.misplaced():
            where = f"is not in sentence {one.sentence} of review {self.review!r}"
            self._say(f"opinions: the quote {one.quote!r} {where}. Correct the number.", wrong=True)

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
        view = self._shown.view(self._part, self.current if current is None else current, self._selected)
        name = self._names[self.review]
        self.view = view | {"name": name, "undo": bool(self._made), "redo": bool(self._undone)}

    def _say(self, text: str, wrong: bool = False) -> None:
        self.status = {"text": in_xml(text), "wrong": wrong, "count": self.status.get("count", 0) + 1}
