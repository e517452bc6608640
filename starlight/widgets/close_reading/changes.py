"""What a person changes: each change is on disk before it is told, and can be undone and redone."""

from collections.abc import Iterable, Mapping

from ...base.arguments import check_choice
from ...coding.corrected import Record, standing
from ...coding.corrections import Correction, Mark, Opinion, Place, correction
from ...errors import ReadError
from ...tables.columns import POLARITIES

_SHOWN = 60  # characters of a quote


class Changes:
    """The changes that one person makes to a coding; opinions changed in an earlier session can be restored too."""

    def __init__(self, record: Record, who: str) -> None:
        self._record, self._who = record, who
        self.made: list[Correction | Mark] = [*standing([made for made in record.applied if made.who == who])]
        self.undone: list[Correction | Mark] = []

    def make(self, before: Opinion | None, after: Opinion | None) -> Correction:
        """Change an opinion, add one or remove one, and return the change as it was saved."""
        made = self._record.save(correction(before, after, self._who))
        self.made.append(made)
        self.undone.clear()
        return made

    def mark(self, place: Place, *, is_read: bool) -> Mark:
        """Mark a review or a sentence as read, or as not read after all."""
        was_read = place in self._record.places_read
        made = self._record.mark(place, self._who, is_read=is_read)
        if was_read != is_read:  # else there is nothing to undo: the opposite would not be what was there before
            self.made.append(made)
            self.undone.clear()
        return made

    def undo(self) -> Correction | Mark | None:
        """Undo the last change by appending its opposite; return that, or None if there is nothing to undo."""
        return self._reverse(self.made, self.undone)

    def redo(self) -> Correction | Mark | None:
        """Redo what was undone last; return the change, or None if there is none."""
        return self._reverse(self.undone, self.made)

    def _reverse(
        self, changes: list[Correction | Mark], reversed_: list[Correction | Mark]
    ) -> Correction | Mark | None:
        if not changes:
            return None
        change = changes.pop()  # for good, if someone changed the opinion since: then it can never be undone
        try:
            if isinstance(change, Mark):
                reversed_.append(self._record.mark(change.place, self._who, is_read=not change.is_read))
            else:
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
    before, after, quote = made.before, made.after, _cut(made.opinion.quote)
    if not after:
        return f"“{quote}” is no longer an opinion"
    if before and before.key == after.key:
        return f"“{quote}” has the note “{after.note}”" if after.note else f"“{quote}” has no note"
    return f"“{quote}” is {after.polarity} of {labels[after.theme]}"


def mark_in_words(made: Mark, names: Mapping[str, str], texts: Mapping[str, str]) -> str:
    """Return which review, by its name, or which sentence was read, or was not after all."""
    review_id, _, start, end = place = made.place
    what = names[review_id] if place.is_whole else texts[review_id][start:end]
    return f"“{_cut(what)}” is {'' if made.is_read else 'not '}read{' whole' * place.is_whole}"


def _cut(quote: str) -> str:
    return quote if len(quote) <= _SHOWN else f"{quote[:_SHOWN]}…"
