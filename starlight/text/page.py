"""Tell which lines of a page are not the review: what stands above its headline, around it, and below its end.

A text counts as a page only if one of its lines has a form of pages (a byline, a date, a button), or three short lines
stand above the prose. In any other text, a line is boilerplate only by its own form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .forms import ENDS_A_SENTENCE, GENERIC, TAIL, YEAR, critic_in, is_a_name, is_of_the_site, talks

_LONG = 100  # characters; a longer line is prose even if no sign ends it
_TEASER = 300  # characters that a slogan or a standfirst above the review has at most
_MOST_HEADLINE = 20  # words
_NEAR = 4  # lines from the review
_HEAD, _ENOUGH = 100, 20_000  # lines above a review, and characters of it, in which the headline is looked for
_PLAIN_ABOVE = 3  # short lines above the prose of a page
_REVIEW = re.compile(
    r"\b(?:reviews?|kritik|filmkritik|critique|cr[ií]tica|recensione|recensie|episode)\b", re.IGNORECASE
)
_QUOTES = re.compile("(?<!\\w)[‘“\"«„'].+[’”\"»“'](?!\\w)|[?!]|\\(\\d{4}\\)")
_OTHERS = re.compile(
    r"comment|discussion|leave|\d+ (?:comment|repl|thought)", re.IGNORECASE
)  # other readers' words follow
_SIGNED = re.compile(r"(?:published|posted|written|by)\b", re.IGNORECASE)
_OPEN = {"body", "heading", "headline"}  # kinds of lines that have no form of pages
_FORMS_OF_PAGES = {"date", "byline", "caption", "credit", "button"}


def is_prose(words: str) -> bool:
    """Return whether a line is prose: it is long, has words that only sentences have, or ends as a sentence does."""
    many = len(words.split()) > 1
    return len(words) > _LONG or talks(words) or (many and bool(ENDS_A_SENTENCE.search(words)))


def mark_page(lines: Sequence[str], kinds: list[str]) -> None:
    """Change the kinds of a page's lines: ``headline``, ``standfirst`` and ``site`` for what is not the review.

    `lines` are the words of each.
    """
    prose = [kind == "body" and is_prose(line) for line, kind in zip(lines, kinds, strict=True)]
    if not any(prose) or not _is_page(kinds, prose.index(True)):
        return
    _mark_tail(lines, kinds, prose)
    start = _start(lines, kinds, prose)
    _mark_bios(lines, kinds, prose, start)
    end = max((i for i, is_one in enumerate(prose) if is_one), default=start)
    headline = _headline(lines, kinds, start)
    for i in range(len(lines)):
        if kinds[i] not in _OPEN:
            continue
        if i == headline:
            kinds[i] = "headline"
        elif i < start:
            kinds[i] = "standfirst" if headline is not None and i > headline and prose[i] else "site"
        elif not prose[i] and not _is_item(lines[i]) and (i > end or is_of_the_site(lines[i], 1)):
            kinds[i] = "site"


def _is_page(kinds: list[str], first: int) -> bool:
    above = sum(kind in _OPEN for kind in kinds[:first])
    return bool(_FORMS_OF_PAGES & set(kinds)) or above >= _PLAIN_ABOVE


def _mark_tail(lines: Sequence[str], kinds: list[str], prose: list[bool]) -> None:
    """Mark the line that begins comments, other articles or the cast, and all lines below it."""
    lengths = [len(line) if is_one else 0 for line, is_one in zip(lines, prose, strict=True)]
    before, total = 0, sum(lengths)
    for i, line in enumerate(lines):
        if before > _LONG and TAIL.fullmatch(line) and (2 * before >= total or _OTHERS.match(line)):
            for j in range(i, len(lines)):
                prose[j] = False
                kinds[j] = kinds[j] if kinds[j] == "button" or _SIGNED.match(lines[j]) else "site"
            return
        before += lengths[i]


def _mark_bios(lines: Sequence[str], kinds: list[str], prose: list[bool], start: int) -> None:
    """Mark the lines below the review that introduce a critic whom a byline names: "Ann Lee is a writer in Leeds."."""
    critics = [critic_in(line) for line, kind in zip(lines, kinds, strict=True) if kind == "byline"]
    first = {name.split(" ")[0] for name in critics if name} - {word.capitalize() for word in GENERIC}
    names = "|".join(map(re.escape, sorted(first))) or "(?!)"
    is_whom = r"(?:(?:is|was) (?:an?|the|our|based)|has (?:been|written)|writes|teaches|lives)\b"
    bio = re.compile(rf"(?:{names})\b[\w .]{{0,30}} {is_whom}.*|(?:contact|follow) (?:{names})\b.*")
    for i in range(start + 1, len(lines)):
        if kinds[i] == "body" and bio.fullmatch(lines[i]):
            kinds[i], prose[i] = "site", False


def _start(lines: Sequence[str], kinds: list[str], prose: list[bool]) -> int:
    """Return the number of the line with which the review begins.

    A sentence or two above a byline, a date or the headline's second printing are a slogan or a standfirst.
    """
    start, teaser, is_above = prose.index(True), 0, False
    total = sum(len(line) for line, is_one in zip(lines, prose, strict=True) if is_one)
    for i in range(start, len(lines)):
        if teaser > min(_TEASER, total / 2):
            break
        teaser += len(lines[i]) if prose[i] else 0
        is_above = is_above or kinds[i] in ("byline", "date", "repeat")
        if prose[i] and is_above:
            start, is_above = i, False
    return start


def _headline(lines: Sequence[str], kinds: list[str], start: int) -> int | None:
    """Return the number of the line above the review that is most like a headline, or None."""
    text = "\n".join(line for line, kind in zip(lines[start:], kinds[start:], strict=True) if kind == "body")[:_ENOUGH]
    above = [i for i in range(max(0, start - _HEAD), start) if kinds[i] in _OPEN]
    likely = {i: likeness for i in above if (likeness := _likeness(lines, kinds, i, start, text)) >= 1}
    return max(likely, key=likely.__getitem__, default=None)


def _likeness(lines: Sequence[str], kinds: list[str], i: int, start: int, text: str) -> float:
    """Return how like a headline a line is."""
    words = re.findall(r"\w(?:[\w'’-]*\w)?", lines[i])
    own = [word for word in words if re.sub("['’]s$", "", word.lower()) not in GENERIC]
    if not own or len(words) > _MOST_HEADLINE:
        return -1.0
    names = [word for word in own if not word.islower() and len(word) > 2]
    named = [name for name in names if re.search(rf"\b(?:{re.escape(name)}|{re.escape(name.capitalize())})\b", text)]
    following = kinds[i + 1 : i + 4]
    return (
        (2.0 if named or _QUOTES.search(lines[i]) else 1.0) * bool(_REVIEW.search(lines[i]))
        + 2.0 * len(named) / max(len(names), 1)
        + 1.5 * any(kind in ("byline", "date", "score", "credit", "standfirst", "repeat") for kind in following)
        + 1.0 * (len(words) > 2)
        + 1.0 * bool(_QUOTES.search(lines[i]))
        + 0.5 * (i + 1 == start and len(own) > 1)
        + 0.5 * (not i or kinds[i - 1] == "score")
        + 1.0 * (start - i <= _NEAR)
        + 3.0 * (i + 1 < start and bool(YEAR.fullmatch(lines[i + 1])))
        - (1.0 if lines[i].isupper() else 2.5) * (is_a_name(lines[i]) and not named)
        - 1.5 * lines[i].endswith(".")
        - 0.5 * (len(own) == 1 and not named)
    )


def _is_item(line: str) -> bool:
    return bool(re.match(r"[-+•*–] |\d{1,2}[.)] ", line)) or line.rstrip().endswith(":")
