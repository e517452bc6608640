"""What a person changes: each change is on disk before it is told, and can be undone and redone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from ...base.arguments import check_choice
from ...coding.corrected import Record, standing
from ...coding.corrections import Correction, Opinion, Place, correction
from ...errors import ReadError
from ...tables.columns import POLARITIES

_SHOWN = 60  # characters of a quote


class Changes:
    """The changes that one person makes to a coding; those of an earlier session can be undone too."""

    def __init__(self, record: Record, who: str) -> None:
        self._record, self._who = record, who
        self.made = standing([made for made in record.applied if made.who == who])
        self.undone: list[Correction] = []
        self.last_read = ""  # the review that was marked as read, if that was done last

    def make(self, before: Opinion | None, after: Opinion | None) -> Correction:
        """Change an opinion, add one or remove one, and return the change as it was saved."""
        self.made.append(self._record.save(correction(before, after, self._who)))
        self.undone.clear()
        self.last_read = ""
        return self.made[-1]

    def undo(self) -> Correction | None:
        """Undo the last change by appending its opposite; return that, or None if there is nothing to undo."""
        return self._reverse(self.made, self.undone)

    def redo(self) -> Correction | None:
        """Redo what was undone last; return the change, or None if there is none."""
        return self._reverse(self.undone, self.made)

    def mark_read(self, review_id: str, *, is_read: bool) -> None:
        """Mark a review as read whole, or as not read after all."""
        self._record.mark(Place(review_id), self._who, is_read=is_read)
        self.last_read = review_id if is_read else ""

    def read_of(self, review_ids: Collection[str], review_id: str) -> list[int]:
        """Return whether a review was read whole, how many of several were, and how many there are."""
        read = self._record.read_whole
        return [review_id in read, sum(one in review_ids for one in read), len(review_ids)]

    def left(self, review_ids: Iterable[str], after: str) -> str | None:
        """Return the next review that was not read whole, of those after one and then of those before it."""
        order, read = list(review_ids), set(self._record.read_whole)
        at = order.index(after)
        return next((one for one in [*order[at:], *order[:at]] if one not in read), None)

    def _reverse(self, changes: list[Correction], reversed_: list[Correction]) -> Correction | None:
        if not changes:
            return None
        change = changes.pop()  # for good, if someone changed the opinion since: then it can never be undone
        try:
            reversed_.append(self._record.save(change.opposite()))
        except ReadError:
            changes.append(change)
            raise
        return reversed_[-1]


def check_judgement(theme: object, polarity: object, themes: Iterable[str]) -> None:
    """Refuse a theme that is not one of these, and a polarity that is neither praise nor criticism."""
    check_choice(theme, "theme", themes)
    check_choice(polarity, "polarity", POLARITIES)


def in_words(made: Correction, labels: Mapping[str, str]) -> str:
    """Return what a change made of an opinion; `labels` are those of the themes."""
    before, after, quote = made.before, made.after, made.opinion.quote
    shown = quote if len(quote) <= _SHOWN else f"{quote[:_SHOWN]}…"
    if not after:
        return f"“{shown}” is no longer an opinion"
    if before and before.key == after.key:
        return f"“{shown}” has the note “{after.note}”" if after.note else f"“{shown}” has no note"
    return f"“{shown}” is {after.polarity} of {labels[after.theme]}"
