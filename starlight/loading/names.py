"""Name reviews for people: a name is short, unlike any other, and made of what the review itself has."""

from __future__ import annotations

import pandas as pd

LONGEST = 28  # characters: what an axis has room for
_FILM = 14  # characters that a film keeps beside a long rest
_BETWEEN = ": "


def name_reviews(reviews: pd.DataFrame, *, several_films: bool, numbers: list[str] | None = None) -> list[str]:
    """Name each review by its critic, else its outlet, its headline or its first words.

    Parameters
    ----------
    reviews : DataFrame
        Rows with film, critic, outlet, title and text.
    several_films : bool
        Whether a name begins with the film.
    numbers : list of str, optional
        A number for each review, which ends its name. If not given, names that are alike are numbered from the second
        on.

    Returns
    -------
    list of str
        One name for each row, of at most 28 characters.

    Examples
    --------
    >>> rows = pd.DataFrame({"critic": ["Ann Lee", None, "Ann Lee"], "outlet": None, "title": None, "film": None})
    >>> name_reviews(rows.assign(text="It glows."), several_films=False)
    ['Ann Lee', 'It glows.', 'Ann Lee 2']
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
    """Return a cell as one line of signs that can be seen, without Markdown's stars; "" where it is missing."""
    if not isinstance(cell, str):
        return ""
    return " ".join("".join(sign for sign in cell.replace("*", "") if sign.isprintable() or sign.isspace()).split())


def _fitted(film: str, label: str, number: str = "") -> str:
    """Join the parts of a name, each cut so that the whole fits."""
    room = LONGEST - len(number)
    if film:
        film = _cut(film, max(_FILM, room - len(_BETWEEN) - len(label))) + _BETWEEN
    return film + _cut(label, room - len(film)) + number


def _cut(text: str, room: int) -> str:
    """Cut a text after its last whole word that fits, or within a word where that would leave less than half."""
    if len(text) <= room:
        return text
    begun = text[: room - 1]
    whole = begun.rpartition(" ")[0] if text[room - 1] != " " else begun
    return (whole if 2 * len(whole) >= room else begun).rstrip(" ,;:.–—-") + "…"
