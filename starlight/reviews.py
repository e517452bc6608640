"""Load reviews into the reviews table, each with what it states about itself: headline, critic, date and score.

What a review does not state is missing. Everything is read from the form of the text, by the rules of `parts` and
`scores`; no file name, and no knowledge of a particular review, decides anything.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pandas as pd

from .checks import build
from .errors import ReadError, ScoreError, TableError
from .films import films
from .parts import BYLINE, DATE, Line, read_lines
from .printed import score_in
from .resources import resource
from .scores import parse_score
from .sources import named, read_folder, read_table
from .tables import REVIEWS

_OF_THE_FILM = re.compile(
    r"(?:release(?:d| date)|(?:in|now in) (?:theaters|theatres|cinemas)|opens|opening)\W*", re.IGNORECASE
)
_MONTHS = 12
_EITHER_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.]\d{4}")


def load_reviews(
    source: str | os.PathLike[str] | pd.DataFrame | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    score_scale: float | None = None,
) -> pd.DataFrame:
    """Load reviews: one row per review.

    Parameters
    ----------
    source : path or DataFrame, optional
        A folder of texts (.txt or .md, UTF-8, one review each), a table (.csv, .tsv, or .jsonl, UTF-8), or a DataFrame.
        The five reviews in `seeds/` if not given.
    columns : mapping of str to str, optional
        For a table: our name of a column to its name there, such as ``{"text": "body", "score": "stars"}``. Without it
        a column is found by our name. `score` is the printed score.
    score_scale : number, optional
        The maximum of the scale that bare numbers are on.

    Returns
    -------
    DataFrame
        The reviews table, then a table's other columns. Scores are from 0 to 100, letters by the convention metacritic.
        What a table has no column for is read from the text; an empty cell is missing.

    Raises
    ------
    ReadError
        If a file or folder is missing, empty or not text, or one of the five has been changed.
    TableError
        If a table lacks a column or has an empty text, a repeated review_id, or a date that is none.
    ScoreError
        If `score_scale` is no maximum.

    Examples
    --------
    >>> reviews = load_reviews()
    >>> reviews.loc[4, ["critic", "score_raw"]].tolist()
    ['Sneha Jaiswal', '7.5 on 10']
    """
    if score_scale is not None:
        parse_score(0, scale=score_scale)  # refuses a scale that is none
    if columns is not None and not isinstance(columns, Mapping):
        raise ReadError(f"columns must be a dict of our names to yours, such as {{'text': 'body'}}, not {columns!r}.")
    if source is None:
        frame = read_folder(resource("seeds"))
        _check_seeds(frame["text"].index)
    elif isinstance(source, pd.DataFrame):
        frame = named(source, columns, "the DataFrame")
    else:
        frame = _read(source, columns)
    return _complete(frame, score_scale)


def normalise(text: str) -> str:
    r"""Give a text the form that all offsets count in: newlines as ``\n``, Unicode as NFC, no byte order mark.

    Parameters
    ----------
    text : str
        A review as it came.

    Returns
    -------
    str
        Otherwise unchanged: blanks at the ends, no-break spaces and Markdown's marks stay.

    Examples
    --------
    >>> normalise("\ufeffCafe\u0301\r\n")
    'Café\n'
    """
    return unicodedata.normalize("NFC", text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


def _read(source: str | os.PathLike[str], columns: Mapping[str, str] | None) -> pd.DataFrame:
    """Read what stands at a path, a folder of texts or a table."""
    if not isinstance(source, str | os.PathLike) or not os.fspath(source):
        raise ReadError(
            f"source must be a path or a DataFrame, not {str(source)[:60]!r}. DataFrame({{'text': [...]}}) makes one."
        )
    try:
        is_folder = Path(source).is_dir()
    except (OSError, ValueError) as error:
        raise ReadError(
            f"{str(source)[:60]!r} is no path: {error}. For a text, give DataFrame({{'text': [...]}})."
        ) from error
    if is_folder and columns:
        raise ReadError(f"columns= is for tables, and {os.fspath(source)!r} is a folder of texts. Leave it out.")
    return read_folder(Path(source)) if is_folder else named(read_table(Path(source)), columns, repr(os.fspath(source)))


def _complete(frame: pd.DataFrame, score_scale: float | None) -> pd.DataFrame:
    """Fill in, from each text, what no column gives."""
    texts = [_text(value, where) for value, where in zip(frame["text"], frame.index, strict=True)]
    pages = [read_lines(text) for text in texts]
    stated = pd.DataFrame([_stated(text, lines) for text, lines in zip(texts, pages, strict=True)])
    given = frame.drop(columns="text").reset_index(drop=True)
    whole = stated.assign(text=texts, outlet=None, film=films(texts, pages))
    if "score" in given:
        given = given.rename(columns={"score": "score_raw"})
        whole["score_status"] = "stated"
    whole = whole.assign(**{name: given[name] for name in given})
    scores = [
        _score(raw, status, score_scale) for raw, status in zip(whole["score_raw"], whole["score_status"], strict=True)
    ]
    whole[["score_scale", "score", "score_status"]] = pd.DataFrame(scores, index=whole.index)
    return build(REVIEWS, whole.assign(published=_dates(whole["published"], frame.index)))


def _text(value: object, where: object) -> str:
    text = normalise(value) if isinstance(value, str) else ""
    if not text.strip():
        raise TableError(f"{where}: the review is empty (text is {value!r}). Give its text, or leave it out.")
    return text


def _stated(text: str, lines: list[Line]) -> dict[str, object]:
    """Read what one review says of itself."""
    titles = [line.words for line in lines if line.kind == "headline"]
    bylines = [BYLINE.fullmatch(line.words) for line in lines if line.kind == "byline"]
    found = [
        score for line in lines if (score := score_in(line.words)) and (score.is_label or line.part != "furniture")
    ]
    best = min(found, key=lambda score: (score.status != "stated", not score.is_label), default=None)
    return {
        "title": titles[0].replace("*", "") if titles else None,
        "critic": next((match["by"] or match["poster"] for match in bylines), None),
        "published": next(_stated_dates(lines), None),
        "words": sum(
            1
            for line in lines
            if line.part != "furniture"
            for token in text[line.start : line.end].split()
            if token.strip("*")
        ),
        "score_raw": best.raw if best else None,
        "score_status": best.status if best else "none",
    }


def _stated_dates(lines: list[Line]) -> Iterator[pd.Timestamp]:
    """Yield the dates a page gives itself; one of an update, or one that is in no calendar, is not its own."""
    for before, line in zip([None, *lines], lines, strict=False):
        of_film = before and _OF_THE_FILM.fullmatch(before.words)
        if line.kind == "date" and not of_film and not line.words.casefold().startswith("updated"):
            with suppress(ValueError):
                yield _day(DATE.search(line.words).group())


def _score(raw: object, status: str, scale: float | None) -> tuple[str | None, float, str]:
    """Give score_scale, score and score_status of a printed score; only a stated one counts."""
    if pd.isna(raw):
        return None, float("nan"), "none"
    try:
        read = parse_score(raw, scale=scale)
    except ScoreError:
        return None, float("nan"), "unreadable"
    return read.scale, read.value if status == "stated" else float("nan"), status


def _check_seeds(names: Iterable[str]) -> None:
    """Refuse a changed, missing or added seed."""
    listed = resource("data", "seeds.sha256").read_text(encoding="utf-8").splitlines()
    hashes = {name.removeprefix("seeds/"): digest for digest, name in (line.split() for line in listed)}
    remedy = "Restore seeds/ (git checkout seeds), and load reviews of your own with load_reviews(path)."
    if missing := sorted(hashes.keys() - names):
        raise ReadError(f"seeds/{missing[0]} is missing. {remedy}")
    for name in names:
        if name not in hashes:
            raise ReadError(f"seeds/{name} is not one of the five reviews. {remedy}")
        if hashlib.sha256(resource("seeds", name).read_bytes()).hexdigest() != hashes[name]:
            raise ReadError(f"seeds/{name} has been changed: its SHA-256 is not the one in data/seeds.sha256. {remedy}")


def _dates(published: pd.Series, places: Iterable[object]) -> pd.Series:
    """Read dates, each as midnight of its day."""
    days = []
    for place, value in zip(places, published, strict=True):
        try:
            days.append(pd.NaT if pd.isna(value) else _day(value))
        except (TypeError, ValueError) as error:
            raise TableError(
                f"{place}: published is {value!r}, which names no day for sure. Write 2025-05-30."
            ) from error
    return pd.Series(pd.to_datetime(days), index=published.index).astype("datetime64[us]")


def _day(written: object) -> pd.Timestamp:
    """Read the day that a date names; a ValueError if it names none ("May 2025", a number of seconds)."""
    text = str(written)
    either = _EITHER_DAY.fullmatch(text.strip())
    if either and max(map(int, either.groups())) <= _MONTHS and either[1] != either[2]:
        raise ValueError("it may be two days")
    named = len(re.findall(r"\d+", text)) + bool(re.search(r"[^\W\d_]{3}", text))  # day, month (in letters?), year
    if not re.fullmatch(r"\d{8}", text) and (named < 3 or not re.search(r"\d{4}", text)):
        raise ValueError("it names no day of a year")
    return pd.Timestamp(text).tz_localize(None).normalize()
