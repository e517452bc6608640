"""The function `close_reading` and its widget: what it shows and what it does.

The page (reader.js) only draws, and asks for changes. Each change is made here and is on disk before the page says that
it is saved.
"""

from __future__ import annotations

import getpass
import os
from pathlib import Path
from typing import Any

import anywidget
import pandas as pd
import traitlets

from ...base.arguments import check_path, check_text
from ...coding.belonging import check_quotes, craft_themes, known_themes, one_coder
from ...coding.corrected import Record, opinions_of, standing
from ...coding.corrections import Correction, Opinion, correction
from ...errors import ReadError, StarlightError, TableError, did_you_mean
from ...tables.base import OPINIONS
from ...tables.columns import POLARITIES
from ...text.sentences import spans
from ..front_end import joined
from .marked_text import Word, cut, find_markable, lanes, snap, step


def close_reading(
    reviews: pd.DataFrame,
    opinions: pd.DataFrame,
    *,
    path: str | os.PathLike[str] | None = None,
    themes: pd.DataFrame | None = None,
    who: str | None = None,
) -> Reader:
    """Read one review at a time, with its opinions marked in its text, and correct them in place.

    Parameters
    ----------
    reviews : DataFrame
        The reviews table.
    opinions : DataFrame
        The opinions table of one coder. Corrections are kept beside it, not in it.
    path : path, optional
        The csv file that corrections are appended to and read from. By default the environment variable
        STARLIGHT_CORRECTIONS, or else ``corrections.csv`` in the current folder, which is the notebook's. One file can
        hold the corrections of several codings; each widget takes those that belong to it.
    themes : DataFrame, optional
        The themes table; `read_themes()` by default.
    who : str, optional
        Who corrects; by default the user of this computer.

    Returns
    -------
    Reader
        A widget. Its ``opinions`` is the table as corrected so far, and can be followed:
        ``reader.observe(lambda change: draw(change.new), "opinions")`` calls ``draw`` with each new table.
        ``reader.review`` is the id of the review shown, and ``reader.current`` the number of the opinion shown.
        Corrections that others append to the file are read when the widget gets the focus, or by ``reader.look()``.

    Warns
    -----
    UserWarning
        If a line of the file is incomplete, or corrects an opinion that does not exist.

    Raises
    ------
    ReadError
        If the file is not a file of corrections.
    TableError
        If a table breaks its declaration, there are no reviews, or a quote does not stand where its row says.
    StarlightError
        If `opinions` holds several coders.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from starlight import load_reviews, read_opinions
    >>> with TemporaryDirectory() as folder:
    ...     reader = close_reading(load_reviews(), read_opinions(), path=f"{folder}/mine.csv")
    ...     reader.remove(0)
    ...     len(read_opinions()) - len(reader.opinions)
    1
    """
    craft = craft_themes(opinions, known_themes(opinions, OPINIONS, reviews, themes))
    if reviews.empty:
        raise TableError("reviews has no rows: there is nothing to read. Load at least one review.")
    one_coder(opinions)
    check_quotes(opinions, reviews)
    path = (os.environ.get("STARLIGHT_CORRECTIONS") or "corrections.csv") if path is None else path  # git ignores it
    who = _user() if who is None else who
    check_text(who, "who", "the name of who corrects")
    return Reader(reviews, opinions, craft, check_path(path, "path", "'corrections.csv'"), who)


class Reader(anywidget.AnyWidget):
    """The widget that `close_reading` returns.

    `opinions` is the table as corrected so far, `review` the id of the review shown, and `current` the number of the
    opinion shown, from 0 in the order of the text, or -1.
    """

    _esm = joined("helpers.js", "close_reading/reader.js")
    _css = joined("palette.css", "close_reading/reader.css")
    menu: traitlets.List[list[str]] = traitlets.List().tag(sync=True)  # the id and name of each review
    themes: traitlets.List[list[str]] = traitlets.List().tag(sync=True)  # each theme and its label
    review = traitlets.Unicode().tag(sync=True)
    current = traitlets.Int(-1).tag(sync=True)
    view = traitlets.Dict().tag(sync=True)
    status = traitlets.Dict().tag(sync=True)
    opinions = traitlets.Any()

    def __init__(
        self, reviews: pd.DataFrame, opinions: pd.DataFrame, craft: pd.DataFrame, path: Path, who: str
    ) -> None:
        self._record = Record(opinions, path, reviews, craft)
        self._who = who
        self._coder = opinions["coder"].iloc[0] if len(opinions) else who
        self._texts = dict(zip(reviews["review_id"], reviews["text"], strict=True))
        self._made = standing([made for made in self._record.applied if made.who == who])
        self._undone: list[Correction] = []
        self._selected: Word | None = None
        menu, labels = reviews[["review_id", "name"]], craft[["theme", "label"]]
        super().__init__(menu=menu.to_numpy().tolist(), themes=labels.to_numpy().tolist())
        self.opinions = self._record.table
        self.review = reviews["review_id"].iloc[0]
        self.on_msg(lambda _, asked, __: self._do(asked))

    def __repr__(self) -> str:
        """Return the same words in every run: notebooks store them."""
        return f"close_reading of {len(self._texts)} reviews"

    def change(self, number: int, *, theme: str | None = None, polarity: str | None = None) -> None:
        """Change the theme or polarity of an opinion in the review shown."""
        before = self._opinion(number)
        after = before._replace(theme=theme or before.theme, polarity=polarity or before.polarity, confidence=None)
        if after.key != before.key:
            self._make(correction(before, after, self._who))

    def remove(self, number: int) -> None:
        """Remove an opinion from the review shown."""
        self._make(correction(self._opinion(number), None, self._who))

    def mark(self, start: int, end: int, *, theme: str, polarity: str) -> None:
        """Mark an opinion in the review shown, from `start` to `end`, widened to whole words of one sentence."""
        place = snap(self._words, start, end)
        if place is None:
            raise TableError(f"There are no words to mark from {start} to {end}. Mark words that are not boilerplate.")
        start, end, sentence = place
        quote = self._texts[self.review][start:end]
        if polarity not in POLARITIES:
            raise TableError(f"No polarity {polarity!r}. {did_you_mean(polarity, POLARITIES)}")
        marked = Opinion(self.review, sentence, start, end, quote, theme, polarity, self._coder)
        self._make(correction(None, marked, self._who))

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
            self.opinions = self._record.table
            raise

    def look(self) -> None:
        """Show what others have appended to the file; the page asks for this whenever it gets the focus."""
        at = self._listed[self.current] if self.current >= 0 else None
        if self._record.look():
            self._show(at)
            self._say(f"{self._record.path.name} was changed elsewhere. The changes are shown here now.")
            self.opinions = self._record.table

    def _tell(self, made: Correction) -> None:
        """Show what was saved before calling the observers of the table, which may be slow or fail."""
        self._selected, quote, after = None, made.opinion.quote, made.after
        shown = quote if len(quote) <= 60 else f"{quote[:60]}…"
        what = f"{after.polarity} of {dict(self.themes)[after.theme]}" if after else "no longer an opinion"
        with self.hold_sync():
            self.review = made.opinion.review_id
            self._show(after)
            self._say(f"Saved in {self._record.path.name}: “{shown}” is {what}.")
        self.opinions = self._record.table

    def _do(self, asked: dict[str, Any]) -> None:
        """Do what the page asks for, and tell it what goes wrong."""
        try:
            match asked:
                case {"do": "change", "opinion": place, "theme": theme, "polarity": polarity}:
                    self.change(self._number(place), theme=theme, polarity=polarity)
                case {"do": "remove", "opinion": place}:
                    self.remove(self._number(place))
                case {"do": "mark", "theme": theme, "polarity": polarity} if self._selected:
                    self.mark(*self._selected[:2], theme=theme, polarity=polarity)
                case {"do": "undo" | "redo" | "look" as name}:
                    getattr(self, name)()
                case {"do": "select", "start": start, "end": end}:
                    self._select(snap(self._words, start, end))
                case {"do": "step", "by": by, "extend": extend}:
                    near = self._listed[self.current].start if self.current >= 0 else 0
                    self._select(step(self._words, self._selected, by, extend, near))
                case {"do": "cancel"}:
                    self._select(None, "")
        except StarlightError as error:
            self._say(f"{'' if asked == {'do': 'look'} else 'Not saved. '}{error}", wrong=True)

    def _select(self, place: Word | None, otherwise: str = "No words to mark there.") -> None:
        self._selected = place
        self._say("" if place else otherwise)
        self._show()

    def _opinion(self, number: int) -> Opinion:
        if not 0 <= number < len(self._listed):
            raise TableError(
                f"There is no opinion {number!r}: review {self.review!r} has {len(self._listed)}, numbered from 0."
            )
        return self._listed[number]

    def _number(self, place: list[object]) -> int:
        """Find an opinion by what the page knew of it: its number may have changed since."""
        known = [[one.start, one.end, one.theme, one.polarity] for one in self._listed]
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
        return max(-1, min(proposal["value"], len(self._listed) - 1)) if self.review else -1

    @traitlets.observe("review")
    def _turn(self, _: dict[str, Any]) -> None:
        text, self._selected = self._texts[self.review], None
        self._sentences = list(spans(text))
        self._words = find_markable(text, self._sentences)
        with self.hold_sync():
            self._show()
            self.current = min(0, len(self._listed) - 1)

    def _show(self, at: Opinion | None = None) -> None:
        """Send the review to the page as it is now, and step to an opinion."""
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
                "pieces": cut(text, self._sentences, self._listed, selected),
                "opinions": shown,
                "selected": text[selected[0] : selected[1]] if selected else "",
                "undo": bool(self._made),
                "redo": bool(self._undone),
            }
            self.current = self._listed.index(at) if at in self._listed else self.current

    def _say(self, text: str, wrong: bool = False) -> None:
        self.status = {"text": text, "wrong": wrong, "count": self.status.get("count", 0) + 1}


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
