"""Name reviews for people: each name is short, unlike any other, and made of what the review itself has."""

import re
from collections import Counter

import pandas as pd

_LONGEST = 28  # characters: what an axis has room for
_ENOUGH = 1_000  # characters of a text, of which a name is made
_FILM = 14  # characters that a film keeps beside a long rest
_BETWEEN = ": "
_LOOSE = " ,;:.–—-\"'“”‘’"  # signs that end or begin nothing


def name_reviews(reviews: pd.DataFrame, *, in_parts: bool) -> list[str]:
    """Return a name for each review: its critic, else its outlet, its headline or its first words.

    Its film comes first if there are several, else it is left out; names that are alike are numbered. A part of a
    source cannot tell, so there each name begins with the film and ends with the row's number.
    """
    rows = reviews[["critic", "outlet", "title", "text"]].itertuples(index=False, name=None)
    labels = [next((words for cell in row if (words := _one_line(cell))), "Review") for row in rows]
    named = reviews["film"].dropna().map(str).unique()
    has_film = in_parts or len(named) > 1
    if len(named) == 1 and not in_parts:
        labels = [_without(_one_line(named[0]), label) for label in labels]
    films = [_one_line(film) if has_film else "" for film in reviews["film"]]
    if in_parts:
        return [_fitted(film, label, f" {n}") for film, label, n in zip(films, labels, reviews.index, strict=True)]
    names: dict[str, None] = {}
    seen: Counter[str] = Counter()
    for film, label in zip(films, labels, strict=True):
        name = plain = _fitted(film, label)
        while name in names:
            seen[plain] += 1
            name = _fitted(film, label, f" {seen[plain] + 1}")
        names[name] = None
    return list(names)


def is_name(cell: object) -> bool:
    """Return whether a cell holds what may be a name: one line of printable characters, trimmed and not too long."""
    name = str(cell)
    return name.isprintable() and name == name.strip() and 0 < len(name) <= _LONGEST


def _one_line(cell: object) -> str:
    """Return a cell as one line of visible characters, without the stars of Markdown; "" if it is missing."""
    if not isinstance(cell, str):
        return ""
    begins = cell.replace("*", "").strip()[:_ENOUGH]
    return " ".join("".join(sign for sign in begins if sign.isprintable() or sign.isspace()).split())


def _without(film: str, label: str) -> str:
    """Return what a label says before its film's name, or, if that is short, behind it; else the label as it is."""
    name = re.escape(film[:1]) + f"(?i:{re.escape(film[1:])})"
    found = re.search(rf"(?<!\w){name}(?!\w)", label)
    if not film or not found:
        return label
    before, behind = label[: found.start()].rstrip(_LOOSE), label[found.end() :].lstrip(_LOOSE)
    if 2 * len(before) >= _LONGEST:
        return before + "…"
    return "…" + behind if re.search(r"[^\W\d_]{2}", behind) else label


def _fitted(film: str, label: str, number: str = "") -> str:
    """Return a name of film, label and number, the first two cut to fit."""
    room = _LONGEST - len(number)
    if film:
        film = _cut(film, max(_FILM, room - len(_BETWEEN) - len(label))) + _BETWEEN
    return film + _cut(label, room - len(film)) + number


def _cut(text: str, room: int) -> str:
    """Return a text cut after the last word that fits, or within a word if that left less than half of the room."""
    if len(text) <= room:
        return text
    begun = text[: room - 1]
    whole = begun.rpartition(" ")[0] if text[room - 1] != " " else begun
    return (whole if 2 * len(whole) >= room else begun).rstrip(" ,;:.–—-") + "…"
