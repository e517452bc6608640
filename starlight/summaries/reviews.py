"""Summaries of the reviews themselves: what they are made of, and how much they praise."""

from __future__ import annotations

import pandas as pd

from ..coding.belonging import one_coder, sentence_numbers
from ..tables import columns
from ..tables.base import REVIEWS, SENTENCES
from ..tables.columns import POLARITIES
from ..tables.schema import COUNT, NUMBER, TEXT, Column, build, check, declare
from .counting import count, cross

_KINDS = ("opinion", "other prose", "other title", "boilerplate")
MAKEUP = declare(
    "makeup",
    "one row per review and kind of sentence",
    ("review_id", "kind"),
    (
        columns.REVIEW_ID,
        Column("kind", TEXT, "What the sentence is.", _KINDS, renamed=columns.RENAMED_PARTS),
        Column("sentences", COUNT, "How many sentences are of that kind."),
        Column("of_sentences", COUNT, "Of how many sentences in the review."),
        Column("share", NUMBER, "sentences / of_sentences.", most=1),
    ),
)
PRAISE_BY_REVIEW = declare(
    "praise_by_review",
    "one row per review",
    ("review_id",),
    (
        columns.REVIEW_ID,
        columns.SCORE_RAW,
        columns.SCORE_STATUS,
        columns.CODER,
        columns.PRAISE,
        columns.CRITICISM,
        columns.OPINIONS,
        Column("share", NUMBER, "praise / opinions; missing where there is no opinion.", missing=True, most=1),
    ),
)


def makeup(sentences: pd.DataFrame, opinions: pd.DataFrame) -> pd.DataFrame:
    """Count what each review is made of: one row per review and kind of sentence.

    Parameters
    ----------
    sentences, opinions : DataFrame
        The tables; `opinions` of one coder.

    Returns
    -------
    DataFrame
        The makeup table. A sentence (or title) that holds an opinion is ``opinion``; the rest of the body is ``other
        prose``, the rest of the titles ``other title``; boilerplate is boilerplate.

    Raises
    ------
    StarlightError
        If a table breaks its declaration, several coders are in `opinions`, or one lies in a sentence that `sentences`
        lacks or that is boilerplate.

    Examples
    --------
    >>> from starlight import load_reviews, read_opinions, split_sentences
    >>> made = makeup(split_sentences(load_reviews()), read_opinions())
    >>> made.groupby("review_id")["share"].sum().round(9).unique().tolist()
    [1.0]
    """
    check(sentences, SENTENCES, "sentences")
    coder = one_coder(opinions)
    sentence_numbers(opinions, sentences)
    judged = pd.MultiIndex.from_frame(opinions[["review_id", "sentence"]])
    holds_one = pd.MultiIndex.from_frame(sentences[["review_id", "sentence"]]).isin(judged)
    kind = sentences["part"].map({"title": "other title", "body": "other prose", "boilerplate": "boilerplate"})
    kinds = list(MAKEUP.columns[1].allowed)
    rows = cross(review_id=sentences["review_id"].unique(), kind=kinds)
    rows["sentences"] = count(rows, sentences.assign(kind=kind.mask(holds_one, "opinion")), ["review_id", "kind"])
    rows["of_sentences"] = rows.groupby("review_id")["sentences"].transform("sum")
    made = build(MAKEUP, rows.assign(share=rows["sentences"] / rows["of_sentences"]))
    made.attrs["coder"] = coder  # for the line that a chart says it in
    return made


def praise_by_review(opinions: pd.DataFrame, reviews: pd.DataFrame) -> pd.DataFrame:
    """Count praise and criticism in each review, beside its grade: one row per review.

    Parameters
    ----------
    opinions, reviews : DataFrame
        The tables; `opinions` of one coder.

    Returns
    -------
    DataFrame
        The praise_by_review table.

    Raises
    ------
    StarlightError
        If a table breaks its declaration, or several coders are in `opinions`.

    Examples
    --------
    >>> from starlight import load_reviews, read_opinions
    >>> praise_by_review(read_opinions(), load_reviews()).loc[2, ["praise", "criticism", "opinions"]].tolist()
    [1, 0, 1]
    """
    check(reviews, REVIEWS, "reviews")
    coder = one_coder(opinions, reviews)
    rows = reviews[["review_id", "score_raw", "score_status"]].assign(coder=coder)
    for polarity in POLARITIES:
        rows[polarity] = count(rows, opinions[opinions["polarity"] == polarity], ["review_id"])
    total = rows["praise"] + rows["criticism"]
    return build(PRAISE_BY_REVIEW, rows.assign(opinions=total, share=rows["praise"] / total.where(total > 0)))
