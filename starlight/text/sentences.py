"""Split reviews into sentences that know their place, so that every count leads back to its words.

nupunkt finds the ends of sentences. Of five splitters tried on the five reviews, only nupunkt split them as a person
would, but for a pause ("Except… NO!"), which is mended here. sentencex ran "(backgrounds). Many" together, syntok split
at a semicolon and blingfire after "Mr.", and pysbd swallowed whole paragraphs after "Apollo 10½.".

nupunkt's own list of abbreviations is one of law and government, and has "story", "mess" and "dull" in it. A short one
of film reviews takes its place: the words that a full stop may follow inside a sentence, in `data/page_words.csv`.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pandas as pd
from nupunkt import PunktSentenceTokenizer, load_default_model

from ..base.progress import CHARACTERS_A_SECOND, progress
from ..tables.base import REVIEWS, SENTENCES
from ..tables.schema import build, check
from .forms import words_of
from .lines import Line, paragraphs

# Where the blank between two sentences is missing: "film.The", "mess!But", not "U.S.A", "3.5", "Mr.Lee" or "imdb.com".
_JOINED = re.compile(r"[.!?](?<=[a-z]{2}.)(?:(?=[A-Z](?:[a-z]+\b(?!\.\w)|[ ’']))|[”\"’)](?=[A-Z][a-z]))")
_LONGEST_ABBREVIATION = 12  # characters
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
    shown = _NO_PROSE.sub(_hidden, text[paragraph.start : paragraph.end])
    ends = {end for _, end in _splitter().span_tokenize(shown) if not _goes_on(shown, end)} | {len(shown)}
    ends |= {
        joint.end() for joint in _JOINED.finditer(shown) if _last(shown, joint.start()) not in words_of("abbreviation")
    }
    for start, end in pairwise([paragraph.start, *(paragraph.start + end for end in sorted(ends))]):
        start = begun if begun is not None else end - len(text[start:end].lstrip())
        end = start + len(text[start:end].rstrip())
        is_pause = text[start:end].endswith(("…", "...")) and len(text[start:end].split()) <= _PAUSE_WORDS
        begun = start if is_pause and end < paragraph.end else None
        if begun is None and start < end:
            yield start, end


def _last(text: str, end: int) -> str:
    """Return the last word before a place, in small letters."""
    return (text[max(0, end - _LONGEST_ABBREVIATION) : end].split() or [""])[-1].lower()


def _goes_on(text: str, end: int) -> bool:
    """Return whether a sentence goes on where nupunkt ends it: "a D.A. in town", "etc. as such", "No. 5"."""
    if text[end : end + 1] in tuple('"”’)]'):
        return True
    word, follows = _last(text, end), text[end : end + 3].lstrip()[:1]
    is_short = word == "etc." or re.fullmatch(r"\W*(?:[a-z]\.){2,}", word)
    return bool(follows.islower() and is_short) or (word == "no." and follows.isdigit())


@cache
def _splitter() -> PunktSentenceTokenizer:
    """Return nupunkt's splitter, with our abbreviations in place of its own."""
    learned = replace(
        load_default_model().parameters, abbrev_types=set(words_of("abbreviation")), abbrev_break_rates={}
    )
    return PunktSentenceTokenizer(learned, include_common_abbrevs=False)


def _hidden(match: re.Match[str]) -> str:
    """Return as many characters, all but those at both ends replaced by letters."""
    run = match.group()
    return run[:_AT_ENDS] + "x" * (len(run) - 2 * _AT_ENDS) + run[-_AT_ENDS:]
