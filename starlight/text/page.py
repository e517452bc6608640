"""Tell which lines of a page are not the review: what stands above its headline, around it, and below its end.

A text counts as a page only if one of its lines has a form of pages (a byline, a date, a button), or three short lines
stand above the prose. In any other text, a line is boilerplate only by its own form.
"""

import re
from collections import Counter
from collections.abc import Sequence
from string import capwords

from .forms import (
    ENDS_A_SENTENCE,
    REVIEW,
    YEAR,
    critic_in,
    ends_the_review,
    is_a_name,
    talks,
    words_of,
)

_LONG = 100  # characters; a longer line is prose even if no sign ends it
_UNSPACED = 12  # characters of a sentence in a script without blanks
_TEASER = 300  # characters that a slogan or a standfirst above the review has at most
_MOST_HEADLINE = 20  # words
_INITIALS = 3  # letters
_NEAR = 4  # lines from the review
_HEAD, _ENOUGH = 100, 20_000  # lines above a review, and characters of it, in which the headline is looked for
_PLAIN_ABOVE = 3  # short lines above the prose of a page
_REVIEW = re.compile(rf"\b(?:{REVIEW}|episode)\b", re.IGNORECASE)
_QUOTES = re.compile("(?<!\\w)[‘“\"«„'].+[’”\"»“'](?!\\w)|[『「《].+[』」》]|[?!]|\\(\\d{4}\\)")
_ENDED = re.compile(r"[.!…。！]\W*$")
_ROLE = re.compile(
    r"(?:[\w&]+ ){0,4}(?:critic|editor|writer|reporter|correspondent|columnist|contributor)(?: @\w+)?|special to .+",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"comment|discussion|leave|\d+ (?:comment|repl|thought)", re.IGNORECASE
)  # other readers' words follow
_SIGNED = re.compile(r"(?:published|posted|written|by)\b", re.IGNORECASE)
_OPEN = {"body", "heading", "headline"}  # kinds of lines that have no form of pages
_FORMS_OF_PAGES = {"date", "byline", "credit", "site"}


def is_prose(words: str) -> bool:
    """Return whether a line is prose: it is long, has words that only sentences have, or ends as a sentence does."""
    many = len(words.split()) > 1 or len(words) > _UNSPACED
    return len(words) > _LONG or talks(words) or (many and bool(ENDS_A_SENTENCE.search(words)))


def mark_page(lines: Sequence[str], kinds: list[str], joins: Sequence[bool]) -> None:
    """Change the kinds of a page's lines: ``headline``, ``standfirst`` and ``site`` for what is not the review.

    `lines` are the words of each; `joins` says which follow the one before without a blank line.
    """
    prose = [kind == "body" and is_prose(line) for line, kind in zip(lines, kinds, strict=True)]
    above = sum(kind in _OPEN for kind in kinds[: [*prose, True].index(True)])
    if not any(prose) or not (_FORMS_OF_PAGES & set(kinds) or above >= _PLAIN_ABOVE):
        return
    for i, line in enumerate(lines[:-1]):
        if kinds[i] in _OPEN and is_a_name(line) and _ROLE.fullmatch(lines[i + 1]):
            kinds[i : i + 2] = ["byline", "site"]
    _mark_tail(lines, kinds, prose)
    start = _start(lines, kinds, prose, joins)
    _mark_bios(lines, kinds, prose, start)
    end = max((i for i, is_one in enumerate(_solid(lines, prose, joins)) if is_one), default=start)
    headline = _headline(lines, kinds, start, joins)
    for i in range(len(lines)):
        if kinds[i] not in _OPEN:
            continue
        if i == headline:
            kinds[i] = "headline"
        elif i < start:
            kinds[i] = "standfirst" if headline is not None and i > headline and prose[i] else "site"
        elif i > end or not any(map(str.isalpha, lines[i])):
            kinds[i] = "site"


def _solid(lines: Sequence[str], prose: list[bool], joins: Sequence[bool]) -> list[bool]:
    """Return which lines of prose are long, or stand apart or beside prose, and not in a list of short lines.

    Where a page has no paragraphs that stand apart, all lines of prose count.
    """
    block = [0] * len(lines)
    for i in range(1, len(lines)):
        block[i] = block[i - 1] + (not joins[i])
    sizes, written = Counter(block), Counter(of for of, is_one in zip(block, prose, strict=True) if is_one)
    if not any(written[of] == sizes[of] for of in written):
        return prose
    return [
        is_one and (len(line) > _LONG or 3 * written[of] > sizes[of])
        for line, is_one, of in zip(lines, prose, block, strict=True)
    ]


def _mark_tail(lines: Sequence[str], kinds: list[str], prose: list[bool]) -> None:
    """Mark the line that begins comments, other articles or the cast, and all lines below it."""
    lengths = [len(line) if is_one else 0 for line, is_one in zip(lines, prose, strict=True)]
    before, total = 0, sum(lengths)
    for i, line in enumerate(lines):
        if before > _LONG and ends_the_review(line) and (2 * before >= total or _OTHERS.match(line)):
            for j in range(i, len(lines)):
                prose[j] = False
                kinds[j] = kinds[j] if kinds[j] == "site" or _SIGNED.match(lines[j]) else "site"
            return
        before += lengths[i]


def _mark_bios(lines: Sequence[str], kinds: list[str], prose: list[bool], start: int) -> None:
    """Mark the lines below the review that introduce whoever is named above it: "Ann Lee is a writer in Leeds."."""
    critics = {name for line, kind in zip(lines, kinds, strict=True) if kind == "byline" and (name := critic_in(line))}
    first = {name.split(" ")[0] for name in critics} - {word.capitalize() for word in words_of("section")}
    alone = {capwords(line) for line in lines[:start] if is_a_name(line)}
    names = "|".join(map(re.escape, sorted(first | alone))) or "(?!)"
    is_whom = r"(?:(?:is|was) (?:an?|the|our|based)|has (?:been|written)|writes|teaches|lives)\b"
    bio = re.compile(rf"(?:{names})\b[\w .'’-]{{0,30}} {is_whom}.*")
    for i in range(start + 1, len(lines)):
        if kinds[i] == "body" and bio.fullmatch(lines[i]):
            kinds[i], prose[i] = "site", False


def _start(lines: Sequence[str], kinds: list[str], prose: list[bool], joins: Sequence[bool]) -> int:
    """Return the number of the line with which the review begins.

    A sentence or two above a byline, a date or the headline's second printing are a slogan or a standfirst.
    """
    goes_on = [joined and is_one for joined, is_one in zip(joins[1:], prose[1:], strict=True)] + [False]
    whole = (i for i, line in enumerate(lines) if prose[i] and (len(line) > _LONG or goes_on[i] or _ENDED.search(line)))
    start, teaser, is_above = next(whole, prose.index(True)), 0, False
    total = sum(len(line) for line, is_one in zip(lines, prose, strict=True) if is_one)
    for i in range(start, len(lines)):
        if teaser > min(_TEASER, total / 2):
            break
        teaser += len(lines[i]) if prose[i] else 0
        is_above = is_above or kinds[i] in ("byline", "date")
        if prose[i] and is_above:
            start, is_above = i, False
    return start


def _headline(lines: Sequence[str], kinds: list[str], start: int, joins: Sequence[bool]) -> int | None:
    """Return the number of the line above the review that is most like a headline, or None."""
    body = " ".join(line for line, kind in zip(lines[start:], kinds[start:], strict=True) if kind == "body")
    said = set(re.findall(r"\w+", body[:_ENOUGH]))
    above = [i for i in range(max(0, start - _HEAD), start) if kinds[i] in _OPEN]
    headings = [line[:1] for line, kind in zip(lines[start:], kinds[start:], strict=True) if kind == "heading"]
    if above and not lines[above[-1]][:1].isalnum() and headings.count(lines[above[-1]][:1]) > 1:
        above.pop()  # the first of several quoted films
    likely = {i: likeness for i in above if (likeness := _likeness(lines, kinds, i, start, said)) >= 1}
    best = max(likely, key=likely.__getitem__, default=None)
    if best and joins[best] and best - 1 in likely:
        before, is_long = lines[best - 1], len(lines[best].split()) > 2 * len(lines[best - 1].split()) > 2
        if _is_phrase(before) or (is_long and _is_phrase(lines[best])):
            return best - 1  # the best is its standfirst
    return best


def _is_phrase(line: str) -> bool:
    """Return whether a line is more than a name or the name of a section: most of its words are in small letters."""
    words = line.split()
    return len(words) > 3 and not line[:1].islower() and 2 * sum(word[:1].islower() for word in words) > len(words)


def _likeness(lines: Sequence[str], kinds: list[str], i: int, start: int, said: set[str]) -> float:
    """Return how like a headline a line is; `said` are the words of the review."""
    words = re.findall(r"\w(?:[\w'’-]*\w)?", lines[i])
    own = [word for word in words if re.sub("['’]s$", "", word.lower()) not in words_of("section")]
    if not own or len(words) > _MOST_HEADLINE or len(lines[i]) <= _INITIALS:
        return -1.0
    names = [word for word in own if not word.islower() and len(word) > 2]
    named = any(set(re.findall(r"\w+", name)) <= said or name.capitalize() in said for name in names)
    following = bool(
        {"byline", "date", "score", "credit", "standfirst", "repeat"} & set(kinds[i + 1 : min(i + 4, start)])
    )
    return (
        (2.0 if named or _QUOTES.search(lines[i]) else 0.3) * bool(_REVIEW.search(lines[i]))
        + 2.0 * named
        + 1.5 * following
        + 1.0 * (len(words) > 2)
        + 1.0 * (_is_phrase(lines[i]) and not lines[i].endswith("."))
        + 1.0 * bool(_QUOTES.search(lines[i]))
        + 1.0 * (start - i <= _NEAR)
        + 0.5 * (not i or kinds[i - 1] == "score")
        + 3.0 * (i + 1 < start and bool(YEAR.fullmatch(lines[i + 1])))
        - (1.0 if lines[i].isupper() else 2.5) * (is_a_name(lines[i]) and not named)
        - 2.0 * lines[i].endswith(".")
        - 0.5 * (len(own) == 1 and not named)
    )
