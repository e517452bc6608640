"""Refuse tables that do not belong together: rows of a review, sentence or theme that is not there, or two coders."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..errors import StarlightError, TableError, did_you_mean
from ..tables.base import OPINIONS, REVIEWS
from ..tables.schema import Table, check, refuse_first
from ..text.sentences import split_sentences
from .themes import checked_themes


def known_reviews(frame: pd.DataFrame, reviews: pd.DataFrame, argument: str) -> None:
    """Refuse a table with a review that `reviews` lacks; `argument` is what the caller calls the table."""

    def unknown(row: int) -> str:
        review_id = frame["review_id"].iloc[row]
        return f"review_id {review_id!r} is not in reviews. Pass the reviews that the table was made from."

    refuse_first(~frame["review_id"].isin(reviews["review_id"]), argument, unknown)


def check_quotes(opinions: pd.DataFrame, reviews: pd.DataFrame, argument: str = "opinions") -> None:
    """Refuse an opinion whose quote is not in its place, or not in its sentence."""
    known_reviews(opinions, reviews, argument)
    texts = reviews.set_index("review_id")["text"].to_dict()
    rows = zip(opinions["review_id"], opinions["start"], opinions["end"], opinions["quote"], strict=True)
    for row, (review_id, start, end, quote) in enumerate(rows):
        text = texts[review_id]
        if not 0 <= start < end <= len(text):
            raise TableError(f"{argument}, row {row}: {outside(start, end, review_id, text)}")
        if text[start:end] != quote:
            raise TableError(
                f"{argument}, row {row}: text[{start}:{end}] of review {review_id!r} is {text[start:end]!r}, "
                f"not the quote {quote!r}. Correct start and end, or the quote."
            )
    _check_sentences(opinions, reviews, argument)


def outside(start: int, end: int, review_id: str, text: str) -> str:
    """Return the reason to refuse a span that is not a place in its review."""
    size = f"which has {len(text)} characters. Correct start and end."
    return f"{start} to {end} is not a place in review {review_id!r}, {size}"


def _check_sentences(opinions: pd.DataFrame, reviews: pd.DataFrame, argument: str) -> None:
    coded = reviews[reviews["review_id"].isin(opinions["review_id"])]
    places = split_sentences(coded).set_index(["review_id", "sentence"])[["start", "end"]].add_suffix("_of_sentence")
    placed = opinions.join(places, on=["review_id", "sentence"])
    beyond = ~placed["start"].ge(placed["start_of_sentence"]) | ~placed["end"].le(placed["end_of_sentence"])

    def elsewhere(row: int) -> str:
        review_id, sentence, quote = opinions[["review_id", "sentence", "quote"]].iloc[row]
        return f"the quote {quote!r} is not in sentence {sentence} of review {review_id!r}. Correct the sentence."

    refuse_first(beyond, argument, elsewhere)


def check_themes(frame: pd.DataFrame, themes: pd.DataFrame, argument: str) -> None:
    """Refuse a table with a theme that the list of themes does not have; `argument` is what the caller calls it."""

    def unlisted(row: int) -> str:
        theme = frame["theme"].iloc[row]
        known = did_you_mean(theme, themes["theme"])
        return f"no theme {theme!r}. {known} Themes are in data/themes.csv, or pass your own as themes=."

    refuse_first(~frame["theme"].isin(themes["theme"]), argument, unlisted)


def known_themes(frame: pd.DataFrame, table: Table, reviews: pd.DataFrame, themes: pd.DataFrame | None) -> pd.DataFrame:
    """Return the list of themes, after checking that a table, its reviews and its themes belong together."""
    check(frame, table)
    check(reviews, REVIEWS, "reviews")
    themes = checked_themes(themes)
    check_themes(frame, themes, table.name)
    known_reviews(frame, reviews, table.name)
    return themes


def craft_themes(opinions: pd.DataFrame, themes: pd.DataFrame, argument: str = "opinions") -> pd.DataFrame:
    """Return the craft themes; refuse an opinion of any other theme, since no row would count it."""
    check_themes(opinions, themes, argument)
    craft = themes[themes["kind"] == "craft"]

    def motif(row: int) -> str:
        theme = opinions["theme"].iloc[row]
        known = did_you_mean(theme, craft["theme"])
        return f"theme {theme!r} is a motif, and an opinion carries a craft theme. {known}"

    refuse_first(~opinions["theme"].isin(craft["theme"]), argument, motif)
    return craft


def sentence_numbers(opinions: pd.DataFrame, sentences: pd.DataFrame, argument: str = "opinions") -> np.ndarray:
    """Return the place of each opinion's sentence among those that are not boilerplate; refuse an unknown one."""
    key = ["review_id", "sentence"]
    prose = pd.MultiIndex.from_frame(sentences.loc[sentences["part"] != "boilerplate", key])
    numbers = prose.get_indexer(pd.MultiIndex.from_frame(opinions[key]))

    def unknown(row: int) -> str:
        where = f"sentence {opinions['sentence'].iloc[row]} of review {opinions['review_id'].iloc[row]!r}"
        return (
            f"{where} is not among the sentences, or is boilerplate. Pass the sentences of the reviews that were coded."
        )

    refuse_first(numbers < 0, argument, unknown)
    return numbers


def one_coder(opinions: pd.DataFrame, reviews: pd.DataFrame | None = None, argument: str = "opinions") -> str:
    """Return the coder's name; refuse opinions of several coders, which would be counted twice."""
    check(opinions, OPINIONS, argument)
    if reviews is not None:
        known_reviews(opinions, reviews, argument)
    coders = sorted(opinions["coder"].unique())
    if len(coders) > 1:
        raise StarlightError(
            f"{argument} holds several coders ({', '.join(coders)}), so each opinion would count more than once. "
            f"Take one: {argument}[{argument}['coder'] == {coders[-1]!r}]."
        )
    return coders[0] if coders else "none"
