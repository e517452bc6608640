"""Tell what each line of a review is: prose, a title, or boilerplate of the page that it was copied from.

A page has a headline, a byline, a grade, captions, share buttons. None of that is removed. Each line is recognised by
its form (`forms`) and, on a page, by its place (`page`), so that `metadata` and `films` can read from it and
`sentences` can mark it. The rules prefer prose: a sentence counts as boilerplate only where its form leaves no doubt.
"""

import itertools
import re
import unicodedata
from typing import NamedTuple

from .forms import ENDS_A_SENTENCE, form_of, talks
from .page import mark_page
from .printed_scores import score_in
from .scores import plain

_TITLES = {"headline", "standfirst", "heading"}
_HEADING_WORDS = 15  # the longest heading of the five reviews has 12
_MASTHEAD_LINES = 3  # within which a headline that is printed again ends the head of the page
_WRAPPED = range(40, 101)  # characters of a line that a mail or news program has broken
_MARKED = re.compile("[\u0300-\U0010ffff]{100,}")  # more combining marks may follow each other here than people write

# What only sets text off: bullets, and Markdown's emphasis and headings. Letters, digits and quotes are kept.
_MARKS = " \t\u00a0*_#>•·|"
_LIST_ITEM = re.compile(r"[-*•·–] |\d{1,2}[.)] ")


def normalise(text: str) -> str:
    r"""Return a text as all offsets count it: newlines as ``\n``, Unicode as NFC, no byte order mark, all else kept."""
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _MARKED.sub(_in_order, lines))


def _in_order(run: re.Match[str]) -> str:
    """Put combining marks in Unicode's order: Python's normalize takes the square of a run's length to do so."""
    apart = "".join(unicodedata.normalize("NFD", sign) for sign in run.group())
    runs = itertools.groupby(apart, key=lambda sign: unicodedata.combining(sign) > 0)
    return "".join("".join(sorted(signs, key=unicodedata.combining) if marks else signs) for marks, signs in runs)


class Line(NamedTuple):
    """A line of a review that is not blank: its place, its words without marks, and what kind of line it is."""

    start: int
    end: int
    words: str
    kind: str

    @property
    def part(self) -> str:
        """Where the line belongs: title, body or boilerplate."""
        return "title" if self.kind in _TITLES else "body" if self.kind == "body" else "boilerplate"


def read_lines(text: str) -> list[Line]:
    """Return the lines of a review that are not blank, in order; `text[line.start:line.end]` is one without blank ends.

    Its `kind` is ``body``; ``headline``, ``standfirst`` or ``heading`` (titles); or ``score``, ``date``, ``byline``,
    ``credit``, ``repeat`` or ``site`` (boilerplate: also captions, buttons, links and votes).
    """
    found = re.finditer(r"\S(?:[^\n]*\S)?", text)
    lines = [Line(*match.span(), _words(match.group()), "body") for match in found]
    is_alone = len(lines) == 1 and talks(lines[0].words)  # a cell of one sentence or more: no page
    kinds = ["body"] if is_alone else [form_of(line.words) for line in lines]
    leads_on = False  # whether there is prose below
    for i in reversed(range(len(lines))):
        if kinds[i] == "body" and leads_on and _is_heading(text, lines, kinds, i):
            kinds[i] = "heading"
        leads_on = leads_on or kinds[i] == "body"
    _mark_masthead(lines, kinds)
    joins = [i > 0 and not _blank_between(text, lines[i - 1], line) for i, line in enumerate(lines)]
    mark_page([line.words for line in lines], kinds, joins)
    return [line._replace(kind=kind) for line, kind in zip(lines, kinds, strict=True)]


def paragraphs(text: str) -> list[Line]:
    """Return the lines of a review, those of one hard-wrapped paragraph joined; their `words` are the last line's."""
    joined: list[Line] = []
    for line in read_lines(text):
        if joined and _continues(text, joined[-1], line):
            joined[-1] = joined[-1]._replace(end=line.end, words=line.words)
        else:
            joined.append(line)
    return joined


def _words(line: str) -> str:
    """Return a line without the marks around it; those of "** 1/2 / 5" and "#film" are its own."""
    is_own = re.match(r"\*+ ?(?:1/2|½|/|out)|#\w", line)
    return line if is_own else re.sub(r":\*\*|\*\*:", ":", line.strip(_MARKS))


def _is_heading(text: str, lines: list[Line], kinds: list[str], i: int) -> bool:
    """Return whether a line above prose is a heading: it is short, ends no sentence and stands apart."""
    line = lines[i]
    if len(line.words.split()) > _HEADING_WORDS or line.words[:1].islower() or ENDS_A_SENTENCE.search(line.words):
        return False
    found = score_in(line.words)
    is_score = found and not (found.start and "★" in map(plain, found.raw))  # "Harbour ★★★½" has a title too
    if is_score or not any(map(str.isalnum, line.words)):
        return False
    after, before = lines[i + 1], lines[i - 1] if i else None
    stands_apart_after = (
        _blank_between(text, line, after) or kinds[i + 1] not in ("body", "heading") or len(after.words) > _WRAPPED.stop
    )
    stands_apart_before = (
        not before
        or _blank_between(text, before, line)
        or kinds[i - 1] != "body"
        or bool(ENDS_A_SENTENCE.search(before.words))
    )
    return stands_apart_before and stands_apart_after


def _mark_masthead(lines: list[Line], kinds: list[str]) -> None:
    """Mark the headline, its second printing, and what stands between the two as the standfirst."""
    first = next((i for i, kind in enumerate(kinds) if kind in ("heading", "body")), None)
    if first is None or kinds[first] != "heading":
        return
    kinds[first] = "headline"
    headline = lines[first].words.casefold()
    for i in range(first + 1, len(lines)):
        if lines[i].words.casefold() != headline:
            continue
        kinds[i] = "repeat"
        if i - first <= _MASTHEAD_LINES:
            kinds[first + 1 : i] = ["standfirst" if kind == "body" else kind for kind in kinds[first + 1 : i]]


def _continues(text: str, before: Line, line: Line) -> bool:
    length = before.end - (text.rfind("\n", 0, before.end) + 1)
    if _LIST_ITEM.match(text, line.start) or _blank_between(text, before, line):
        return False
    return before.kind == line.kind == "body" and length in _WRAPPED


def _blank_between(text: str, before: Line, after: Line) -> bool:
    return text.count("\n", before.end, after.start) > 1
