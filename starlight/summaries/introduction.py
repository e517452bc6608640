"""What a file of reviews is about, and what was read of it and what was not: the head of a notebook about any file."""

from dataclasses import dataclass

import pandas as pd

from ..base.safe_text import in_markdown
from ..loading import load_report
from ..tables import REVIEWS, check
from .wording import joined, some

_FEW = 3  # films that a title names
_READ = {"film": "film", "score": "score", "published": "date", "critic": "critic", "outlet": "outlet"}


@dataclass(frozen=True, repr=False)
class Introduction:
    """A text that a notebook shows as Markdown: a title and what was read."""

    text: str

    def _repr_markdown_(self) -> str:
        return self.text

    __repr__ = _repr_markdown_


def introduce(reviews: pd.DataFrame) -> Introduction:
    """Introduce a file of reviews: its name and its films, and what was read of the reviews and what was not.

    Parameters
    ----------
    reviews : DataFrame
        The table that `load_reviews` returned.

    Returns
    -------
    Introduction
        A text that a notebook shows: a title, how many reviews state what, and what is worth a look in the report.

    Raises
    ------
    TableError
        If `reviews` is no reviews table, or has no load report.

    Examples
    --------
    >>> from starlight import load_reviews
    >>> reviews = load_reviews(pd.DataFrame({"text": ["It glows.", "It bores."], "film": "Lost in Starlight"}))
    >>> print(str(introduce(reviews)).splitlines()[0])
    ## Your reviews: 2 reviews of Lost in Starlight
    """
    check(reviews, REVIEWS, "reviews")
    report = load_report(reviews)
    of = len(reviews)
    stated = [(int(reviews[column].notna().sum()), name) for column, name in _READ.items()]
    counts = joined(f"{number:,} a{'n' * (name == 'outlet')} {name}" for number, name in stated)
    counts = counts.replace(" a film", f" {'states' if stated[0][0] == 1 else 'state'} a film", 1)
    sources = report["source"].unique()
    source = f"{len(sources):,} files" if len(sources) > 1 else next(iter(sources), "Your reviews")
    title = f"## {in_markdown(source)}: {some(of, 'review')}{_of_films(reviews['film'])}"
    return Introduction(f"{title}\n\nOf {some(of, 'review')}, {counts}. {_left_out(report)}")


def _of_films(films: pd.Series) -> str:
    """Name the films, or some of those with the most reviews."""
    names = films.value_counts(sort=True).index.tolist()
    shown = [in_markdown(name) for name in names[:_FEW]]
    if len(names) > _FEW:
        return f" of {len(names):,} films, such as {joined(shown)}"
    return f" of {joined(shown)}" if shown else ""


def _left_out(report: pd.DataFrame) -> str:
    """Say how many rows were refused, how many cells could not be read, and how many reviews are not English."""
    refused, kept = (int(report["action"].eq(action).sum()) for action in ("refused", "kept"))
    foreign = int(report["reason"].str.contains("gets no mentions and no opinions", regex=False).sum())
    said = [f"{some(refused, 'row')} left out"] * bool(refused)
    said += [f"{some(kept, 'value')} missing or odd"] * bool(kept)
    said += [f"{some(foreign, 'review')} not in English, in which nothing is looked for"] * bool(foreign)
    return f"Worth a look in the load report: {joined(said)}." if said else "Every row was read."
