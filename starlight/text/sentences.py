"""Split reviews into sentences that know their place, so that every count leads back to its words.

nupunkt finds the ends of sentences. Of five splitters tried on the five reviews, only nupunkt split them as a person
would, but for a pause ("Except… NO!"), which is mended here. sentencex ran "(backgrounds). Many" together, syntok split
at a semicolon and blingfire after "Mr.", and pysbd swallowed whole paragraphs after "Apollo 10½.".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pandas as pd
from nupunkt import sent_spans

from ..base.progress import CHARACTERS_A_SECOND, progress
from ..tables.base import REVIEWS, SENTENCES
from ..tables.schema import build, check
from .lines import Line, paragraphs

_PAUSE_WORDS = 2  # "Except… NO!": an ellipsis after so few words is a pause, not an end
# At each "!" nupunkt looks ahead to the next blank, so a million "!?" take it hours: a run that nobody reads is hidden.
_NO_PROSE = re.compile(r"(?<!\S)\S{1000,}")
_AT_ENDS = 100  # characters of such a run that nupunkt sees


def split_sentences(reviews: pd.DataFrame) -> pd.DataFrame:
    """Split reviews into sentences: one row per sentence of a review.

    Parameters
    ----------
    reviews : DataFrame
        The reviews table.

    Returns
    -------
    DataFrame
        The sentences table. Every character of a review that is not blank lies in exactly one sentence, and the
        sentence is ``text[start:end]`` of the review. A heading, or a line of boilerplate, is one sentence.

    Raises
    ------
    TableError
        If `reviews` is not a reviews table.

    Examples
    --------
    >>> from starlight import load_reviews
    >>> sentences = split_sentences(load_reviews())
    >>> sentences.groupby("review_id")["text"].first().iloc[3]
    'A'
    """
    check(reviews, REVIEWS, "reviews")
    texts = zip(reviews["review_id"], reviews["text"], strict=True)
    seconds = reviews["text"].str.len().sum() / CHARACTERS_A_SECOND
    rows = [
        (review_id, number, start, end, text[start:end], part)
        for review_id, text in progress(texts, "split_sentences", "review", len(reviews), seconds=seconds)
        for number, (start, end, part) in enumerate(spans(text))
    ]
    return build(SENTENCES, pd.DataFrame(rows, columns=SENTENCES.names))


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and part (title, body or boilerplate) of each sentence of one review, in order."""
    for paragraph in paragraphs(text):
        if paragraph.kind in ("body", "standfirst"):
            yield from ((start, end, paragraph.part) for start, end in _split(text, paragraph))
        else:
            yield paragraph.start, paragraph.end, paragraph.part


def _split(text: str, paragraph: Line) -> Iterator[tuple[int, int]]:
    """Yield start and end of each sentence of a paragraph, without the blanks around it."""
    begun = None
    for start, end in sent_spans(_NO_PROSE.sub(_hidden, text[paragraph.start : paragraph.end])):
        start, end = paragraph.start + start, paragraph.start + end
        start = begun if begun is not None else end - len(text[start:end].lstrip())
        end = start + len(text[start:end].rstrip())
        is_pause = text[start:end].endswith(("…", "...")) and len(text[start:end].split()) <= _PAUSE_WORDS
        begun = start if is_pause and end < paragraph.end else None
        if begun is None and start < end:
            yield start, end


def _hidden(match: re.Match[str]) -> str:
    """Return as many characters, all but those at both ends replaced by letters."""
    run = match.group()
    return run[:_AT_ENDS] + "x" * (len(run) - 2 * _AT_ENDS) + run[-_AT_ENDS:]
