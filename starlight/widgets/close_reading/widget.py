"""The widget of `close_reading`: what it does.

The page (reader.js) only draws, and asks for changes. Each change is made here and is on disk before the page says that
it is saved.
"""

from collections.abc import Callable
from typing import Any

from ...base.arguments import check_flag, check_number, check_text
from ...base.safe_text import in_xml
from ...coding.corrections import Correction, Mark, Opinion
from ...errors import StarlightError, TableError
from .changes import check_judgement, in_words, mark_in_words
from .marked_text import snap, step
from .page import Page


class Reader(Page):
    """The widget that `close_reading` returns.

    `opinions` is the table as corrected so far, `review` the id of the review shown, and `current` the number of the
    opinion shown, from 0 in the order of the text, or -1.
    """

    kept = True  # whether what is saved outlives the widget

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
        """Undo what was done here last, a change or a mark that something was read, by appending its opposite."""
        self._save(self._changes.undo)

    def redo(self) -> None:
        """Redo what was undone last."""
        self._save(self._changes.redo)

    def _make(self, before: Opinion | None, after: Opinion | None) -> None:
        self._save(lambda: self._changes.make(before, after))

    def _save(self, change: Callable[[], Correction | Mark | None]) -> None:
        try:
            made = change()
        except TableError:  # it conflicts with what others did meanwhile, which is shown
            self._show()
            self._follow()
            raise
        if made:
            self._tell(made)

    def mark_read(self, is_read: bool = True) -> None:
        """Mark what is being read, a review or a sentence, as read, and turn to the next; or as not read after all."""
        check_flag(is_read, "is_read")
        if not self._queue.is_in(self.review):
            why = "the queue is at its end" if self._queue.place.review_id == self.review else "it is not in the queue"
            raise TableError(f"Review {self.review!r} is not being read: {why}. Turn to one in it, and mark that.")
        if self._selected:
            raise TableError("Words are chosen and not marked. Mark them or cancel (Escape) first.")
        self._save(lambda: self._changes.mark(self._queue.place, is_read=is_read))

    def look(self) -> None:
        """Show what others have appended to the file; the page asks for this whenever it gets the focus."""
        at = self._shown.opinions[self.current] if self.current >= 0 else None
        if self._record.look():
            self._show(at)
            self._say(f"{self._record.path.name} was changed elsewhere. The changes are shown here now.")
            self._follow()

    def _tell(self, made: Correction | Mark) -> None:
        """Show what was saved before calling the observers of the table, which may be slow or fail."""
        self._selected = self._sought = None
        with self.hold_sync():
            if isinstance(made, Mark):
                self._queue.take(made)
                self._read_on()
                said = mark_in_words(made, self._names, self._texts)
            else:
                self.review = made.opinion.review_id
                self._show(made.after)
                said = in_words(made, dict(self.themes))
            saved = f"Saved in {self._record.path.name}" if self.kept else "Shown here only, saved in no file"
            self._say(f"{saved}: {said}.")
        if isinstance(made, Correction):
            self._follow()

    def _do(self, asked: dict[str, Any]) -> None:
        """Do what the page asks for, tell it what goes wrong, and answer it."""
        try:
            match asked:
                case {"do": "open", "review": str(review)}:
                    self._say("")
                    self.look()
                    self.review = review
                case {"do": "read", "review": str(review), "start": int(start), "end": int(end)}:
                    self._say("")
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
                case {"do": "mark_read", "at": at, "is_read": bool(is_read)} if at == self._queue.at:
                    self.mark_read(is_read)
                case {"do": "stop", "at": int(at)}:
                    self._say("")
                    self._queue.at = at
                    self._read_on()
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

    def _opinion(self, number: int) -> Opinion:
        what = f"the number of one of the {len(self._shown.opinions)} opinions in review {self.review!r}, from 0"
        check_number(number, "number", what, most=len(self._shown.opinions) - 1, whole=True)
        return self._shown.opinions[number]
