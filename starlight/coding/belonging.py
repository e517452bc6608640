"""Refuse tables that do not belong together: rows of an unknown review, sentence, theme or coder."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..errors import StarlightError, TableError, did_you_mean
from ..tables.base import OPINIONS, REVIEWS
from ..tables.schema import Table, check
from ..text.sentences import split_sentences
from .themes import check_themes, given_themes


def check_quotes(opinions: pd.DataFrame, reviews: pd.DataFrame, argument: str = "opinions") -> None:
    """Refuse an opinion whose quote does not stand where it says, in the sentence that it names.

    Parameters
    ----------
    opinions : DataFrame
        Rows with review_id, sentence, start, end and quote.
    reviews : DataFrame
        The reviews table.
    argument : str
        What the caller calls `opinions`.

    Raises
    ------
    TableError
        Naming the row, the review, and what stands there.
    """
    texts = reviews.set_index("review_id")["text"].to_dict()
    rows = zip(opinions["review_id"], opinions["start"], opinions["end"], opinions["quote"], strict=True)
    for row, (review_id, start, end, quote) in enumerate(rows):
        if review_id not in texts:
            raise TableError(
                f"{argument}, row {row}: review_id {review_id!r} is not in reviews. {did_you_mean(review_id, texts)}"
            )
        text = texts[review_id]
        if not 0 <= start < end <= len(text):
            raise TableError(
                f"{argument}, row {row}: {start} to {end} is no place in review {review_id!r}, "
                f"which has {len(text)} characters. Correct start and end."
            )
        if text[start:end] != quote:
            raise TableError(
                f"{argument}, row {row}: text[{start}:{end}] of review {review_id!r} is {text[start:end]!r}, "
                f"not the quote {quote!r}. Correct start and end, or the quote."
            )
    _check_sentences(opinions, reviews, argument)


def _check_sentences(opinions: pd.DataFrame, reviews: pd.DataFrame, argument: str) -> None:
    coded = reviews[reviews["review_id"].isin(opinions["review_id"])]
    places = split_sentences(coded).set_index(["review_id", "sentence"])[["start", "end"]].add_suffix("_of_sentence")
    placed = opinions.join(places, on=["review_id", "sentence"])
    outside = ~placed["start"].ge(placed["start_of_sentence"]) | ~placed["end"].le(placed["end_of_sentence"])
    if outside.any():
        row = int(outside.to_numpy().argmax())
        raise TableError(
            f"{argument}, row {row}: the quote {opinions['quote'].iloc[row]!r} does not lie in sentence "
            f"{opinions['sentence'].iloc[row]} of review {opinions['review_id'].iloc[row]!r}. Correct the sentence."
        )


def known_themes(frame: pd.DataFrame, table: Table, reviews: pd.DataFrame, themes: pd.DataFrame | None) -> pd.DataFrame:
    """Give the themes after checking that the tables belong together."""
    check(frame, table)
    check(reviews, REVIEWS, "reviews")
    themes = given_themes(themes)
    check_themes(frame, themes, table.name)
    known_reviews(frame, reviews, table.name)
    return themes


def craft_themes(opinions: pd.DataFrame, themes: pd.DataFrame, argument: str = "opinions") -> pd.DataFrame:
    """Give the craft themes after refusing an opinion of any other theme, which no row would count."""
    check_themes(opinions, themes, argument)
    craft = themes[themes["kind"] == "craft"]
    other = ~opinions["theme"].isin(craft["theme"])
    if other.any():
        row = int(other.to_numpy().argmax())
        theme = opinions["theme"].iloc[row]
        raise TableError(
            f"{argument}, row {row}: theme {theme!r} is a motif, and an opinion carries a craft theme. "
            f"{did_you_mean(theme, craft['theme'])}"
        )
    return craft


def sentence_numbers(opinions: pd.DataFrame, sentences: pd.DataFrame, argument: str = "opinions") -> np.ndarray:
    """Return the place of each opinion's sentence among those that are not boilerplate; refuse an unknown one."""
    key = ["review_id", "sentence"]
    prose = pd.MultiIndex.from_frame(sentences.loc[sentences["part"] != "boilerplate", key])
    numbers = prose.get_indexer(pd.MultiIndex.from_frame(opinions[key]))
    if (numbers < 0).any():
        row = int((numbers < 0).argmax())
        where = f"sentence {opinions['sentence'].iloc[row]} of review {opinions['review_id'].iloc[row]!r}"
        raise TableError(
            f"{argument}, row {row}: {where} is not among the sentences, or is boilerplate. "
            "Pass the sentences of the reviews that were coded."
        )
    return numbers


def known_reviews(frame: pd.DataFrame, reviews: pd.DataFrame, argument: str) -> None:
    """Refuse a table with a review that `reviews` lacks."""
    unknown = ~frame["review_id"].isin(reviews["review_id"])
    if unknown.any():
        row = int(unknown.to_numpy().argmax())
        raise TableError(
            f"{argument}, row {row}: review_id {frame['review_id'].iloc[row]!r} is not in reviews. "
            "Pass the reviews that the table was made from."
        )


def one_coder(opinions: pd.DataFrame, reviews: pd.DataFrame | None = None) -> str:
    """Refuse opinions of several coders, which would be counted twice; give the coder's name."""
    check(opinions, OPINIONS, "opinions")
    if reviews is not None:
        known_reviews(opinions, reviews, "opinions")
    coders = sorted(opinions["coder"].unique())
    if len(coders) > 1:
        raise StarlightError(
            f"opinions holds several coders ({', '.join(coders)}), so each opinion would count more than once. "
            f"Take one: opinions[opinions['coder'] == {coders[-1]!r}]."
        )
    return coders[0] if coders else "none"
