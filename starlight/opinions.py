"""Opinions: the readers' coding of the five reviews, each row checked, and the tagger's of any reviews."""

from __future__ import annotations

import os
import warnings

import pandas as pd

from .checks import build, check
from .errors import ReadError, TableError, did_you_mean
from .language import is_english
from .resources import resource
from .reviews import load_reviews
from .sentences import split_sentences
from .tables import OPINIONS_TABLE, REVIEWS
from .tagger import settings, tag
from .themes import check_themes, given_themes

_NAMED = 5  # reviews that a warning names


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
        Whose coding; ``settled``, the one that the two readings were settled into, if not given, and None for all
        in the file. The tagger's name gives its stored coding of the five reviews (`data/tagger/opinions.csv`).
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
    if path is None:
        path = resource("data", *(["tagger"] if coder == settings().name else []), "opinions.csv")
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


def find_opinions(reviews: pd.DataFrame, *, threshold: float | None = None) -> pd.DataFrame:
    """Find the opinions in English film reviews with the stored tagger: one row per opinion.

    Parameters
    ----------
    reviews : DataFrame
        The reviews table. A review that is not English is named in a warning and gets no opinions.
    threshold : float, optional
        The least confidence of an opinion, from 0 to 1: lower finds more, and more that is wrong. If not given, the one
        with the best F1 on sentences held out from training (`data/tagger/README.md`).

    Returns
    -------
    DataFrame
        The opinions table, with the tagger's name as ``coder``. ``confidence`` is calibrated: of the opinions with 0.8
        about 8 in 10 are ones that a careful reader finds too. A sentence is coded alike whatever stands around it;
        furniture, and a headline's second printing, are not coded.

    Warns
    -----
    UserWarning
        If a review is not English.

    Raises
    ------
    TableError
        If `reviews` is not a reviews table, or `threshold` is not between 0 and 1.

    Examples
    --------
    >>> from starlight import load_reviews
    >>> reviews = load_reviews(pd.DataFrame({"text": ["The music is wonderful, the plot a bore."]}))
    >>> find_opinions(reviews)[["quote", "theme", "polarity"]].values.tolist()
    [['music is wonderful', 'music', 'praise'], ['plot a bore', 'story', 'criticism']]
    """
    from tqdm.auto import tqdm  # loaded here: `import starlight` stays fast

    check(reviews, REVIEWS, "reviews")
    if threshold is not None and not 0 <= threshold <= 1:
        raise TableError(f"threshold is {threshold!r}; it is a confidence, from 0 to 1.")
    sentences = split_sentences(reviews[_in_english(reviews)])
    title = sentences["part"].eq("title")
    again = title & sentences[title].duplicated(["review_id", "text"]).reindex(sentences.index, fill_value=False)
    coded = sentences[sentences["part"].ne("furniture") & ~again]
    places = zip(coded["review_id"], coded["sentence"], coded["start"], coded["text"], strict=True)
    found = tqdm(
        tag(coded["text"].tolist(), threshold), "find_opinions", len(coded), unit="sentence", delay=1, leave=False
    )
    rows = [
        (review_id, sentence, offset + one.start, offset + one.end, text[one.start : one.end], one)
        for (review_id, sentence, offset, text), tags in zip(places, found, strict=True)
        for one in tags
    ]
    frame = pd.DataFrame(
        [(*row[:5], row[5].theme, row[5].polarity, settings().name, row[5].confidence) for row in rows],
        columns=OPINIONS_TABLE.names,
    )
    return build(OPINIONS_TABLE, frame)


def _in_english(reviews: pd.DataFrame) -> pd.Series:
    """Which reviews are English, with a warning that names the others."""
    english = reviews["text"].map(is_english).astype(bool)
    if not english.all():
        others = reviews.loc[~english, "review_id"].tolist()
        named = ", ".join(map(repr, others[:_NAMED])) + (
            f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
        )
        warnings.warn(
            f"{len(others)} of {len(reviews)} reviews are not English and get no opinions, since the tagger "
            f"reads English alone: {named}.",
            stacklevel=3,
        )
    return english


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
