"""Name reviews for people: each name is short, unlike any other, and made of what the review itself has."""

from __future__ import annotations

import pandas as pd

_LONGEST = 28  # characters: what an axis has room for
_FILM = 14  # characters that a film keeps beside a long rest
_BETWEEN = ": "


def name_reviews(reviews: pd.DataFrame, *, several_films: bool, numbers: list[str] | None = None) -> list[str]:
    """Return a name for each review: its critic, else its outlet, its headline or its first words, after its film.

    The film stands there if there are `several_films`. Each name ends with the review's number if `numbers` are given;
    otherwise names that are alike are numbered from the second on.
    """
    rows = reviews[["critic", "outlet", "title", "text"]].itertuples(index=False, name=None)
    labels = [next((words for cell in row if (words := _one_line(cell))), "Review") for row in rows]
    films = [_one_line(film) if several_films else "" for film in reviews["film"]]
    if numbers is not None:
        return [_fitted(film, label, f" {n}") for film, label, n in zip(films, labels, numbers, strict=True)]
    names: list[str] = []
    taken: set[str] = set()
    seen: dict[str, int] = {}
    for film, label in zip(films, labels, strict=True):
        name = plain = _fitted(film, label)
        while name in taken:
            seen[plain] = seen.get(plain, 1) + 1
            name = _fitted(film, label, f" {seen[plain]}")
        taken.add(name)
        names.append(name)
    return names


def _one_line(cell: object) -> str:
    """Return a cell as one line of visible characters, without the stars of Markdown; "" if it is missing."""
    if not isinstance(cell, str):
        return ""
    return " ".join("".join(sign for sign in cell.replace("*", "") if sign.isprintable() or sign.isspace()).split())


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
