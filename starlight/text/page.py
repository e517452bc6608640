"""Tell which lines of a page are not the review: what stands above its headline, around it, and below its end.

A text is a page only where a line has a form of pages (a byline, a date, a button), a line is printed twice, or three
short lines stand above the prose. In any other text, no line is boilerplate but for its own form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .forms import ENDS_A_SENTENCE, GENERIC, TAIL, critic_in, is_a_name, is_of_the_site, talks

_LONG = 100  # characters of a line that is prose without a sign that ends it
_TEASER = 300  # characters that the sentences above the review's own have at most, such as a standfirst
_MOST_HEADLINE = 20  # words
_NEAR = 3  # lines from the review
_PLAIN_ABOVE = 3  # short lines above the prose of a page
_REVIEW = re.compile(
    r"\b(?:reviews?|kritik|filmkritik|critique|cr[ií]tica|recensione|recensie|episode)\b", re.IGNORECASE
)
_FORMS_OF_PAGES = {"date", "byline", "caption", "credit", "button"}


def is_prose(words: str) -> bool:
    """Tell a line of prose: it ends as a sentence and has words of sentences, or it is long."""
    many = len(words.split()) > 2  # noqa: PLR2004 - "Great film!" may be a heading
    return len(words) > _LONG or talks(words) or (many and bool(ENDS_A_SENTENCE.search(words)))


def mark_page(lines: Sequence[str], kinds: list[str]) -> None:
    """Change the kinds of a page's lines: ``headline``, ``standfirst`` and ``site`` for what is not the review.

    `lines` are the words of each.
    """
    prose = [kind == "body" and is_prose(line) for line, kind in zip(lines, kinds, strict=True)]
    if not any(prose) or not _is_page(lines, kinds, prose.index(True)):
        return
    _mark_tail(lines, kinds, prose)
    start = _start(lines, kinds, prose)
    end = max((i for i, is_one in enumerate(prose) if is_one and kinds[i] == "body"), default=start)
    headline = _headline(lines, kinds, start)
    critics = {
        re.escape(name.split(" ")[0])
        for line, kind in zip(lines, kinds, strict=True)
        if kind == "byline" and (name := critic_in(line))
    }
    for i in range(len(lines)):
        if kinds[i] not in ("body", "heading", "headline"):
            continue
        if i == headline:
            kinds[i] = "headline"
        elif i < start:
            kinds[i] = "standfirst" if headline is not None and i > headline and prose[i] else "site"
        elif (
            not prose[i]
            and not _is_item(lines[i])
            and (i > end or is_of_the_site(lines[i], 1) or _in_a_run(kinds, prose, i))
        ):
            kinds[i] = "site"
        elif kinds[i] == "headline":
            kinds[i] = "heading"


def _is_page(lines: Sequence[str], kinds: list[str], first: int) -> bool:
    above = [
        line.casefold()
        for line, kind in zip(lines[:first], kinds, strict=False)
        if kind in ("body", "heading", "headline")
    ]
    again = len(set(above)) < len(above)
    return bool(_FORMS_OF_PAGES & set(kinds)) or again or len(above) >= _PLAIN_ABOVE


def _mark_tail(lines: Sequence[str], kinds: list[str], prose: list[bool]) -> None:
    """Mark what stands below a line that begins comments, other articles or the cast."""
    first = prose.index(True)
    for i in range(first + 1, len(lines)):
        after = sum(len(line) for line, is_one in zip(lines[i:], prose[i:], strict=True) if is_one)
        before = sum(len(line) for line, is_one in zip(lines[:i], prose[:i], strict=True) if is_one)
        is_last = after <= before or lines[i].lower().startswith(("comment", "discussion", "leave"))
        if TAIL.fullmatch(lines[i]) and is_last and before > _LONG:
            for j in range(i, len(lines)):
                is_own = re.match(r"(?:published|posted|written|by)\b", lines[j], re.IGNORECASE)
                kinds[j] = kinds[j] if is_own else "site"
                prose[j] = False
            return


def _start(lines: Sequence[str], kinds: list[str], prose: list[bool]) -> int:
    """Return the number of the line with which the review begins.

    A sentence or two above a byline, a date or the headline's second printing are a slogan or a standfirst.
    """
    start, teaser = prose.index(True), 0
    total = sum(len(line) for line, is_one in zip(lines, prose, strict=True) if is_one)
    for i in range(start, len(lines)):
        teaser += len(lines[i]) if prose[i] else 0
        if teaser > min(_TEASER, total / 2):
            break
        follows = next((j for j in range(i + 1, len(lines)) if prose[j]), None)
        if follows is not None and kinds[i] in ("byline", "date", "repeat"):
            start = follows
    return start


def _headline(lines: Sequence[str], kinds: list[str], start: int) -> int | None:
    """Return the number of the line above the review that is most like a headline, or None."""
    text = "\n".join(line for line, kind in zip(lines[start:], kinds[start:], strict=True) if kind == "body")
    scored = [
        (_likeness(lines, kinds, i, start, text), -i)
        for i in range(start)
        if kinds[i] in ("body", "heading", "headline")
    ]
    best = max(scored, default=(0.0, 0))
    return -best[1] if best[0] > 0 else None


def _likeness(lines: Sequence[str], kinds: list[str], i: int, start: int, text: str) -> float:
    """Return how like a headline a line is."""
    words = re.findall(r"\w(?:[\w'’-]*\w)?", lines[i])
    own = [word for word in words if word.lower() not in GENERIC]
    if not own or len(words) > _MOST_HEADLINE:
        return -1.0
    names = [word for word in own if not word.islower() and len(word) > 2]  # noqa: PLR2004
    named = [name for name in names if re.search(rf"\b(?:{re.escape(name)}|{re.escape(name.capitalize())})\b", text)]
    following = kinds[i + 1 : i + 3]
    above = kinds[i - 1] if i else None
    return (
        2.0 * bool(_REVIEW.search(lines[i]))
        + 2.0 * len(named) / max(len(names), 1)
        + 1.5 * any(kind in ("byline", "date", "score", "standfirst", "repeat") for kind in following)
        + 1.0 * (len(words) > 2)  # noqa: PLR2004
        + 1.0 * bool(re.search('[‘“"«„].+[’”"»“]|[?!]|\\(\\d{4}\\)', lines[i]))
        + 0.5 * (i + 1 == start)
        + 0.5 * (above == "score")
        + 1.0 * (start - i <= _NEAR)
        - (1.0 if lines[i].isupper() else 2.5) * (is_a_name(lines[i]) and not named)
        - 2.0 * lines[i][0].isdigit()
        - 1.5 * lines[i].endswith(".")
        - 0.5 * (len(own) == 1 and not named)
        - 0.5 * (is_prose(lines[i]))
    )


def _is_item(line: str) -> bool:
    return bool(re.match(r"[-+•*–] |\d{1,2}[.)] ", line)) or line.rstrip().endswith(":")


def _in_a_run(kinds: list[str], prose: list[bool], i: int) -> bool:
    """Tell whether a short line among prose stands beside another that is none, as in a box."""
    beside = [j for j in (i - 1, i + 1) if 0 <= j < len(kinds)]
    return kinds[i] == "body" and any(not prose[j] and kinds[j] in ("body", "site", "button") for j in beside)
