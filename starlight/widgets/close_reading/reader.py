"""The widget behind `close_reading`: what it shows, and what it does when it is told to.

The page (reader.js) draws and asks; every change is made here, and on disk before the page is told that it is saved.
"""

from __future__ import annotations

import getpass
from pathlib import Path

import anywidget
import pandas as pd
from traitlets import Any, Dict, Int, List, Unicode, observe, validate

from ...coding.corrected import opinions_of, standing
from ...coding.corrections import Correction, Opinion, correction
from ...coding.record import Record
from ...errors import StarlightError, TableError, did_you_mean
from ...tables.columns import POLARITIES
from ...text.sentences import spans
from .pieces import cut, lanes, name_all
from .selection import find_markable, snap, step

_FOLDER = Path(__file__).parent
_SHOWN = 60  # characters of a quote in the status line


class Reader(anywidget.AnyWidget):
    """One review at a time, its opinions marked and corrected in place; made by `close_reading`.

    Attributes
    ----------
    opinions : DataFrame
        The opinions table as corrected so far; observe it to follow.
    review : str
        The review shown, by its id; set it to show another.
    current : int
        The opinion stepped to, counted from 0 in the order of the text; -1 if there is none.
    """

    _esm = _FOLDER / "reader.js"
    _css = _FOLDER / "reader.css"
    menu = List().tag(sync=True)
    themes = List().tag(sync=True)
    review = Unicode().tag(sync=True)
    current = Int(-1).tag(sync=True)
    view = Dict().tag(sync=True)
    status = Dict().tag(sync=True)
    opinions = Any()

    def __init__(
        self, reviews: pd.DataFrame, opinions: pd.DataFrame, themes: pd.DataFrame, path: Path, who: str | None = None
    ) -> None:
        self._record = Record(opinions, path, reviews, themes)
        self._who = who or _user()
        self._coder = opinions["coder"].iloc[0] if len(opinions) else self._who
        self._texts = dict(zip(reviews["review_id"], reviews["text"], strict=True))
        self._undone: list[Correction] = []
        self._selected: tuple[int, int, int] | None = None
        self._made = standing([made for made in self._record.applied if made.who == self._who])
        craft = themes[themes["kind"] == "craft"]
        super().__init__(menu=name_all(reviews), themes=craft[["theme", "label"]].to_numpy().tolist())
        self.opinions = self._record.table
        self.review = reviews["review_id"].iloc[0]
        self.on_msg(lambda _, asked, __: self._do(asked))

    def __repr__(self) -> str:
        """Give a name that is the same in every run."""
        return f"close_reading of {len(self._texts)} reviews"

    def change(self, number: int, *, theme: str | None = None, polarity: str | None = None) -> None:
        """Give the opinion of that number in the review shown another theme or polarity."""
        before = self._opinion(number)
        after = before._replace(theme=theme or before.theme, polarity=polarity or before.polarity, confidence=None)
        if after.key != before.key:
            self._make(correction(before, after, self._who))

    def remove(self, number: int) -> None:
        """Remove the opinion of that number in the review shown."""
        self._make(correction(self._opinion(number), None, self._who))

    def mark(self, start: int, end: int, *, theme: str, polarity: str) -> None:
        """Mark the words from `start` to `end` of the review shown, widened to whole words of one sentence."""
        place = snap(self._words, start, end)
        if place is None:
            raise TableError(f"No words to mark from {start} to {end}: mark words that are no boilerplate of the page.")
        start, end, sentence = place
        quote = self._texts[self.review][start:end]
        if polarity not in POLARITIES:
            raise TableError(f"No polarity {polarity!r}. {did_you_mean(polarity, POLARITIES)}")
        marked = Opinion(self.review, sentence, start, end, quote, theme, polarity, self._coder)
        self._make(correction(None, marked, self._who))

    def undo(self) -> None:
        """Take back the last change made here, by appending its opposite."""
        self._reverse(self._made, self._undone)

    def redo(self) -> None:
        """Make again what was undone last."""
        self._reverse(self._undone, self._made)

    def _reverse(self, changes: list[Correction], reversed_: list[Correction]) -> None:
        if not changes:
            return
        try:
            made = self._save(changes[-1].opposite())
        except TableError:  # changed elsewhere since: it never can be reversed
            changes.pop()
            self._show()
            raise
        changes.pop()
        reversed_.append(made)
        self._tell(made)

    def _make(self, made: Correction) -> None:
        self._made.append(self._save(made))
        self._undone.clear()
        self._tell(made)

    def _save(self, made: Correction) -> Correction:
        try:
            return self._record.save(made)
        except TableError:  # it does not fit what others did meanwhile, which is shown
            self._show()
            self.opinions = self._record.table
            raise

    def look(self) -> None:
        """Take in what others appended to the file since; the page asks for it whenever a person turns to it."""
        at = self._listed[self.current] if self.current >= 0 else None
        if self._record.look():
            self._show(at)
            self._say(f"{self._record.path.name} was changed elsewhere: this is how it stands now.")
            self.opinions = self._record.table

    def _tell(self, made: Correction) -> None:
        """Show what is saved, and only then call those who follow the table: they may be slow, or fail."""
        self._selected = None
        with self.hold_sync():
            self.review = made.opinion.review_id
            self._show(made.after)
            self._say(f"Saved in {self._record.path.name}: {_in_words(made, dict(self.themes))}.")
        self.opinions = self._record.table

    def _do(self, asked: dict) -> None:
        """Do what the page asks for; what goes wrong is said there."""
        try:
            match asked:
                case {"do": "change", "opinion": place, "theme": theme, "polarity": polarity}:
                    self.change(self._number(place), theme=theme, polarity=polarity)
                case {"do": "remove", "opinion": place}:
                    self.remove(self._number(place))
                case {"do": "mark", "theme": theme, "polarity": polarity} if self._selected:
                    self.mark(*self._selected[:2], theme=theme, polarity=polarity)
                case {"do": "undo"}:
                    self.undo()
                case {"do": "redo"}:
                    self.redo()
                case {"do": "select", "start": start, "end": end}:
                    self._select(snap(self._words, start, end))
                case {"do": "step", "by": by, "extend": extend}:
                    near = self._listed[self.current].start if self.current >= 0 else 0
                    self._select(step(self._words, self._selected and self._selected[:2], by, extend, near))
                case {"do": "look"}:
                    self.look()
                case {"do": "cancel"}:
                    self._select(None, "")
        except StarlightError as error:
            self._show()
            self._say(f"{'' if asked == {'do': 'look'} else 'Not saved. '}{error}", wrong=True)

    def _select(self, place: tuple[int, int, int] | None, otherwise: str = "No words to mark there.") -> None:
        self._selected = place
        self._say("" if place else otherwise)
        self._show()

    def _opinion(self, number: int) -> Opinion:
        if not 0 <= number < len(self._listed):
            raise TableError(f"No opinion {number!r}: review {self.review!r} has {len(self._listed)}, from 0.")
        return self._listed[number]

    def _number(self, place: list) -> int:
        """Find an opinion by what the page knew of it: its number may have moved since."""
        known = [[one.start, one.end, one.theme, one.polarity] for one in self._listed]
        if place not in known:
            raise TableError("That opinion is not there any more.")
        return known.index(place)

    @validate("review")
    def _known(self, proposal: dict) -> str:
        if proposal["value"] not in self._texts:
            raise TableError(f"No review {proposal['value']!r}. {did_you_mean(proposal['value'], self._texts)}")
        return proposal["value"]

    @validate("current")
    def _within(self, proposal: dict) -> int:
        return max(-1, min(proposal["value"], len(self._listed) - 1)) if self.review else -1

    @observe("review")
    def _turn(self, _: dict) -> None:
        text, self._selected = self._texts[self.review], None
        self._sentences = list(spans(text))
        self._words = find_markable(text, self._sentences)
        with self.hold_sync():
            self._show()
            self.current = min(0, len(self._listed) - 1)

    def _show(self, at: Opinion | None = None) -> None:
        """Send the review as it now stands, and step to an opinion."""
        table = self._record.table
        rows = opinions_of(table[table["review_id"] == self.review])
        self._listed = sorted(rows, key=lambda one: (one.start, one.end))
        labels, selected = dict(self.themes), self._selected
        shown = [
            {"key": [one.start, one.end, one.theme, one.polarity], "quote": one.quote}
            | {"theme": one.theme, "label": labels[one.theme], "polarity": one.polarity, "lane": lane}
            for one, lane in zip(self._listed, lanes(self._listed), strict=True)
        ]
        text = self._texts[self.review]
        with self.hold_sync():
            self.view = {
                "pieces": cut(text, self._sentences, self._listed, selected and selected[:2]),
                "opinions": shown,
                "selected": text[selected[0] : selected[1]] if selected else "",
                "undo": bool(self._made),
                "redo": bool(self._undone),
            }
            self.current = self._listed.index(at) if at in self._listed else self.current

    def _say(self, text: str, wrong: bool = False) -> None:
        self.status = {"text": text, "wrong": wrong, "count": self.status.get("count", 0) + 1}


def _in_words(made: Correction, labels: dict[str, str]) -> str:
    quote = made.opinion.quote
    quote = f"“{quote[:_SHOWN]}{'…' if len(quote) > _SHOWN else ''}”"
    return f"{quote} is {made.after.polarity} of {labels[made.after.theme]}" if made.after else f"{quote} is no opinion"


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
