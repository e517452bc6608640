"""Read the names of codes: the theme and the polarity that each stands for, and the themes of a codebook."""

import re
from collections.abc import Iterable, Mapping

import pandas as pd

from ...base.arguments import check_choice
from ...errors import TableError, shown
from ...tables.base import THEMES
from ...tables.columns import POLARITIES
from ...tables.schema import build
from .found import Code, Found

Names = tuple[str, ...]  # of a code: those above it, then its own
Meaning = tuple[str, str]  # a theme and a polarity
_MEANS = re.compile(rf"(?:(.*?)[\W_]+)?({'|'.join(POLARITIES)})", re.IGNORECASE | re.DOTALL)


def code_of(theme: str, polarity: str) -> str:
    """Return the name of the code that stands for a theme's praise or criticism."""
    return f"{theme}: {polarity}"


def called(path: Names) -> str:
    """Return what messages and `codes=` call a code."""
    return " > ".join(path)


def meanings(found: Found, themes: pd.DataFrame, codes: Mapping[str, Meaning]) -> dict[Names, Meaning | None]:
    """Return what each code means: what `codes` says, else what its name does; None if that is no polarity."""
    book = found.book or []
    groups = {code.path for code in book if code.is_group}
    paths = dict.fromkeys([code.path for code in book] + [coding.path for coding in found.codings])
    for name, meaning in codes.items():
        check_choice(name, "codes", [*map(called, paths), *(path[-1] for path in paths)])
        if not isinstance(meaning, tuple | list) or len(meaning) != 2 or not isinstance(meaning[0], str):
            raise TableError(f"codes[{name!r}] is {shown(meaning)}. Give a theme and a polarity: ('music', 'praise').")
        check_choice(meaning[1], f"codes[{name!r}]", POLARITIES)
    known, means = _known(themes), dict[Names, Meaning | None]()
    for path in paths:
        said = codes.get(called(path)) or codes.get(path[-1]) or (None if path in groups else _meaning(path))
        means[path] = said and (_named(said[0], known), said[1])
    return means


def _known(themes: pd.DataFrame) -> dict[str, str]:
    """Return themes by their names, and by their names and labels in small letters."""
    names, labels = themes["theme"].tolist(), themes["label"].tolist()
    loose = {name.casefold(): theme for written in (labels, names) for name, theme in zip(written, names, strict=True)}
    return loose | dict(zip(names, names, strict=True))


def _named(theme: str, known: Mapping[str, str]) -> str:
    """Return the theme of a list that has this name or label, or else the name."""
    return known.get(theme) or known.get(theme.casefold(), theme)


def _meaning(path: Names) -> Meaning | None:
    """Return what a code means by its name: "music: praise", "Music/Praise", or "praise" below "music"."""
    for polarity in POLARITIES:
        if path[-1].endswith(end := code_of("", polarity)):
            return path[-1].removesuffix(end), polarity
    read = _MEANS.fullmatch(path[-1])
    theme = read and (read[1] or "".join(path[-2:-1]))
    return (theme, read[2].lower()) if read and theme else None


def book_of(codes: list[Code]) -> pd.DataFrame:
    """Return the themes of a codebook: those that Starlight wrote, those with a polarity, and codes that have none."""
    judged = [meaning[0] for code in codes if not code.is_group and (meaning := _meaning(code.path))]
    rows: dict[str, dict[str, object]] = {}
    for code in codes:
        name = code.path[-1]
        told: dict[str, object] = {"covers": code.covers or None, "color": code.color}
        if code.data:
            rows[str(code.data["theme"])] = {one: code.data[one] for one in THEMES.names if one in code.data} | told
        elif name in judged or (code.is_codable and (code.is_group or not _meaning(code.path))):
            rows[called(code.path) if name in rows else name] = told
    rows |= {theme: {} for theme in judged if theme not in rows}
    themes = pd.DataFrame([{"theme": theme, "label": theme, "kind": "craft"} | row for theme, row in rows.items()])
    return build(THEMES, themes.dropna(axis="columns", how="all") if rows else [])


def with_themes(themes: pd.DataFrame, also: Iterable[str]) -> pd.DataFrame:
    """Return a list of themes with those that it lacks."""
    known, names = _known(themes), set(themes["theme"])
    new = [theme for theme in dict.fromkeys(also) if _named(theme, known) not in names]
    rows = [{"theme": theme, "label": theme, "kind": "craft"} for theme in new]
    return pd.concat([themes, build(THEMES, rows)], ignore_index=True) if new else themes
