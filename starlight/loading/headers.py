"""Find the header of a table: below titles, and below a row that groups its columns; and headers among the rows."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import count, pairwise, zip_longest

from ..errors import ReadError
from .report import Problem, noted
from .usual_names import is_usual, our_name, plain_name, usual_names

MOST_ABOVE = 10  # rows, within which a header stands
_LONGEST = 100  # characters of a cell that may be a name
_BELOW = 2  # rows, in which surveys write a header in other words
_OF_A_SURVEY = re.compile(r'Open-Ended Response|\{"ImportId":.*')  # SurveyMonkey's second header, Qualtrics' third


def header_in(rows: Sequence[Sequence[object]], first: int) -> int:
    """Return the place of the header among a table's first rows: that of the `first`, or of one that surely is one.

    Most names in that one are usual, and among them are those of texts and of another column. Either it has more names
    than each row above it, and rows below it. Or the row above it is a header too, and has a name that stands for
    several columns, or none, where that one has a name of its own.
    """
    names = [list(map(str.strip, _names(row))) for row in rows]
    below = [place for place in range(first + 1, len(names)) if any(names[place])]
    widths = [len({*row} - {""}) for row in names]
    surely = (
        place
        for place, after in pairwise(below)
        if widths[place] > max(widths[:place]) and widths[after] > 1 and _is_header(names[place])
    )
    place = first if _is_header(names[first]) else next(surely, first)
    after = next((one for one in below if one > place), place)
    columns = zip_longest(names[after], names[place], ["", *names[place]], fillvalue="")
    is_wider = any(name and above in ("", before) for name, above, before in columns)
    return after if is_wider and _is_header(names[place]) and _is_header(names[after]) else place


def names_in(
    header: Sequence[object], above: Iterable[tuple[int, Sequence[object]]]
) -> tuple[list[str], list[Problem]]:
    """Return the names of columns, and a note on each row above the header.

    In the row above, a name stands for the columns up to the next: Film above Title and Year. Both together are the
    name of a column where that tells more.
    """
    names, notes, groups = _names(header), list[Problem](), list[str]()
    for number, cells in above:
        groups = _names(cells)
        what = "names of groups of columns in row {}, above the header: added to names that say less without them"
        if sum(map(bool, groups)) < 2:
            groups, what = [], "a title in row {}, above the header: it was not read"
        if told := ", ".join(filter(None, _names(cells))):
            notes.append(noted(None, told, what.format(number)))
    filled = [""]
    for group in groups:
        filled.append(group or filled[-1])
    columns, times = zip_longest(names, groups, filled[1:], fillvalue=""), Counter(names)
    return [_name(name, own, group, times[name] > 1) for name, own, group in columns], notes


def _name(name: str, own: str, group: str, is_there_twice: bool) -> str:
    both = f"{group} {name}"
    is_of_films = our_name(group) == "film" and our_name(name) != "film"  # a film's date is not a review's
    tells_more = our_name(both) or is_of_films or is_there_twice
    return both if name and group not in ("", name) and tells_more else name or own


def headers_below(header: Sequence[object], source: str) -> Callable[[int, Sequence[object]], bool]:
    """Return the function that tells whether a row repeats the header, and refuses a header with other columns."""
    names, seen = [plain_name(name) for name in header], count()
    known = {*names, *usual_names()} - {""}

    def is_header(row: int, cells: Sequence[object]) -> bool:
        if (place := next(seen)) < _BELOW:
            alike = sum(bool(name) and name == plain_name(cell) for name, cell in zip(names, cells, strict=False))
            if (alike > 1 and not place) or any(map(_OF_A_SURVEY.match, _names(cells))):
                return True
        if not isinstance(cells[0], str) or len(cells[0]) > _LONGEST or plain_name(cells[0]) not in known:
            return False
        again = [plain_name(cell) for cell in cells if cell is not None]
        if again == names:
            return True
        if len(again) > 1 and known.issuperset(again) and any(is_usual(name, "text") for name in again):
            raise ReadError(
                f"{source}, row {row}: a second header, with other columns ({', '.join(map(repr, cells))[:200]}). If "
                "what stands above it is a title, remove that; if two files were joined, split the file there, and "
                "load each part by itself."
            )
        return False

    return is_header


def _names(row: Sequence[object]) -> list[str]:
    return ["" if cell is None else str(cell) for cell in row]


def _is_header(names: Sequence[str]) -> bool:
    """Return whether a row has mostly usual names, of texts and of another column."""
    ours = [our_name(name) for name in names if name]
    known = [one for one in ours if one]
    return len(set(known)) > 1 and 2 * len(known) >= len(ours) and any(is_usual(name, "text") for name in names)
