"""The readers' coding of the five reviews, each row checked against the words it claims."""

from __future__ import annotations

import os

import pandas as pd

from .checks import build
from .errors import ReadError, TableError, did_you_mean
from .resources import resource
from .reviews import load_reviews
from .sentences import split_sentences
from .tables import OPINIONS_TABLE
from .themes import check_themes, given_themes


def read_opinions(
    path: str | os.PathLike[str] | None = None,
    *,
    coder: str | None = "settled",
    reviews: pd.DataFrame | None = None,
    themes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Read opinions that were coded by reading: one row per opinion.

    Parameters
    ----------
    path : path, optional
        A csv with the columns of the opinions table; the project's `data/opinions.csv` if not given.
    coder : str, optional
        Whose coding; ``settled``, the one that the two readings were settled into, if not given, and None for all.
    reviews : DataFrame, optional
        The reviews that were coded; the five in `seeds/` if not given.
    themes : DataFrame, optional
        The themes that they were coded with; `read_themes()` if not given.

    Returns
    -------
    DataFrame
        The opinions table; ``quote`` is ``text[start:end]`` of its review in every row.

    Raises
    ------
    ReadError
        If the file cannot be read as csv.
    TableError
        If it breaks its declaration, holds an unknown theme, review or coder, or a quote that is not where it says.

    Examples
    --------
    >>> read_opinions()["coder"].unique().tolist()
    ['settled']
    """
    path = resource("data", "opinions.csv") if path is None else path
    try:
        frame = pd.read_csv(path, dtype="str")
    except (OSError, ValueError) as error:
        remedy = f"Give a csv in UTF-8 with the columns {', '.join(OPINIONS_TABLE.names)}."
        raise ReadError(f"The opinions in {os.fspath(path)!r} cannot be read: {error}. {remedy}") from error
    opinions = build(OPINIONS_TABLE, frame)
    check_themes(opinions, given_themes(themes), "opinions")
    reviews = load_reviews() if reviews is None else reviews
    _check_quotes(opinions, reviews)
    _check_sentences(opinions, reviews)
    if coder is None:
        return opinions
    if coder not in (known := sorted(opinions["coder"].unique())):
        raise TableError(f"No coder {coder!r} in {os.fspath(path)!r}. {did_you_mean(coder, known)}")
    return opinions[opinions["coder"] == coder].reset_index(drop=True)


def _check_quotes(opinions: pd.DataFrame, reviews: pd.DataFrame) -> None:
    texts = reviews.set_index("review_id")["text"].to_dict()
    rows = zip(opinions["review_id"], opinions["start"], opinions["end"], opinions["quote"], strict=True)
    for row, (review_id, start, end, quote) in enumerate(rows):
        if review_id not in texts:
            raise TableError(
                f"opinions, row {row}: review_id {review_id!r} is not in reviews. {did_you_mean(review_id, texts)}"
            )
        text = texts[review_id]
        if not 0 <= start < end <= len(text):
            raise TableError(
                f"opinions, row {row}: {start} to {end} is no place in review {review_id!r}, "
                f"which has {len(text)} characters. Correct start and end."
            )
        if text[start:end] != quote:
            raise TableError(
                f"opinions, row {row}: text[{start}:{end}] of review {review_id!r} is {text[start:end]!r}, "
                f"not the quote {quote!r}. Correct start and end, or the quote."
            )


def _check_sentences(opinions: pd.DataFrame, reviews: pd.DataFrame) -> None:
    coded = reviews[reviews["review_id"].isin(opinions["review_id"])]
    places = split_sentences(coded).set_index(["review_id", "sentence"])[["start", "end"]].add_suffix("_of_sentence")
    placed = opinions.join(places, on=["review_id", "sentence"])
    outside = ~placed["start"].ge(placed["start_of_sentence"]) | ~placed["end"].le(placed["end_of_sentence"])
    if outside.any():
        row = int(outside.to_numpy().argmax())
        raise TableError(
            f"opinions, row {row}: the quote {opinions['quote'].iloc[row]!r} does not lie in sentence "
            f"{opinions['sentence'].iloc[row]} of review {opinions['review_id'].iloc[row]!r}. Correct the sentence."
        )
