"""What each review is made of: opinions, other prose, titles and boilerplate."""

import pandas as pd

from ..coding.belonging import of_reviews, reviews_read, whose, with_units
from ..tables import COUNT, NUMBER, RENAMED_PARTS, SENTENCES, TEXT, Column, build, check, declare
from .counting import count

KINDS = ("opinion", "other prose", "other title", "boilerplate")
MAKEUP = declare(
    "makeup",
    "one row per review and kind of sentence",
    "review_id name coder corpus",
    Column("kind", TEXT, "What the sentence is.", KINDS, renamed=RENAMED_PARTS),
    Column("sentences", COUNT, "How many sentences are of that kind."),
    Column("of_sentences", COUNT, "Of how many sentences in the review."),
    Column("share", NUMBER, "sentences / of_sentences.", most=1),
    key="review_id kind",
)


def makeup(sentences: pd.DataFrame, opinions: pd.DataFrame, reviews: pd.DataFrame) -> pd.DataFrame:
    """Count what each review is made of: one row per review and kind of sentence.

    Parameters
    ----------
    sentences, opinions, reviews : DataFrame
        The tables; `opinions` of one coder.

    Returns
    -------
    DataFrame
        The makeup table, of the reviews that have sentences. A sentence or title that holds an opinion is ``opinion``;
        the rest of the body is ``other prose``, the rest of the titles ``other title``; boilerplate is boilerplate.

    Raises
    ------
    StarlightError
        If a table breaks its declaration or does not belong to the others, or `opinions` holds several coders.

    Examples
    --------
    >>> from starlight import load_reviews, read_opinions, split_sentences
    >>> reviews = load_reviews()
    >>> counted = makeup(split_sentences(reviews), read_opinions(), reviews)
    >>> counted.groupby("review_id")["share"].sum().round(9).unique().tolist()
    [1.0]
    """
    check(sentences, SENTENCES, "sentences")
    sentences = of_reviews(sentences, reviews, "sentences")
    coded = whose(opinions)
    opinions = with_units(of_reviews(opinions, reviews, "opinions"), sentences)
    reviews, left_out = reviews_read(reviews, opinions)
    judged = pd.MultiIndex.from_frame(opinions[["review_id", "sentence"]])
    holds_one = pd.MultiIndex.from_frame(sentences[["review_id", "sentence"]]).isin(judged)
    kind = sentences["part"].map({"title": "other title", "body": "other prose", "boilerplate": "boilerplate"})
    there = reviews.loc[reviews["review_id"].isin(sentences["review_id"]), ["review_id", "name"]]
    rows = there.merge(pd.DataFrame({"kind": KINDS}), how="cross")
    rows["sentences"] = count(rows, sentences.assign(kind=kind.mask(holds_one, "opinion")), ["review_id", "kind"])
    rows["of_sentences"] = rows.groupby("review_id")["sentences"].transform("sum")
    return build(MAKEUP, rows.assign(**coded, **left_out, share=rows["sentences"] / rows["of_sentences"]))
