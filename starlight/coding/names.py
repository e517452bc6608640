"""Read the words of reviews, and tell which of them may be mentions and which belong to names."""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from ..base.progress import CHARACTERS_A_SECOND, progress
from ..text.languages import ENGLISH, languages
from ..text.words import Word, find_words

# Between the words of a phrase: "love story", "love-story" and "*love* story", not "love, story".
_WITHIN_A_PHRASE = re.compile(r"[\s*_'’\-\u2010\u2011]*")
_JOINS_A_NAME = frozenset({"in", "of", "the", "and", "a", "an", "to", "for", "on", "at", "by", "with", "from"})
_LONG_WORD = 4  # letters from which a headline capitalises words
_LONGEST_NAME = 20  # words; a longer run of capitals is a list or a shout


class Sentence(NamedTuple):
    """A sentence of an English review: its row, its words, and for each whether it is outside names."""

    review_id: str
    number: int
    start: int
    text: str
    part: str
    words: list[Word]
    free: list[bool]


def read_words(sentences: pd.DataFrame, task: str) -> Iterator[list[Sentence]]:
    """Yield the sentences of each English review with their words, boilerplate left out."""
    prose = sentences[sentences["part"] != "boilerplate"]
    reviews: defaultdict[str, list[tuple[str, int, int, str, str]]] = defaultdict(list)  # faster than `groupby`
    for row in zip(*(prose[name] for name in ("review_id", "sentence", "start", "text", "part")), strict=True):
        reviews[row[0]].append(row)
    spoken = languages(" ".join(text for *_, text, _ in review) for review in reviews.values())
    english = [review for review, language in zip(reviews.values(), spoken, strict=True) if language == ENGLISH]
    seconds = prose["text"].str.len().sum() / CHARACTERS_A_SECOND
    for review in progress(english, task, "review", len(english), seconds=seconds):
        words = [find_words(text) for *_, text, _ in review]
        titles = [_is_title_case(part, found) for (*_, part), found in zip(review, words, strict=True)]
        names = {name for found, title in zip(words, titles, strict=True) if not title for name in _names(found)}
        free = [_outside_names(found, title, names) for found, title in zip(words, titles, strict=True)]
        yield [Sentence(*row, *more) for row, *more in zip(review, words, free, strict=True)]


def is_phrase(text: str, words: list[Word]) -> bool:
    """Return whether words that follow each other are a phrase of the text: nothing but blanks and marks between."""
    gaps = itertools.pairwise(words)
    return all(_WITHIN_A_PHRASE.fullmatch(text, before.end, after.start) for before, after in gaps)


def _is_title_case(part: str, words: list[Word]) -> bool:
    """Return whether a headline capitalises its words, so that a capital letter there says nothing."""
    long = [word for word in words if word.end - word.start >= _LONG_WORD]
    return part == "title" and 2 * sum(word.capital for word in long) > len(long)


def _shape(words: list[Word]) -> str:
    """Return a letter for each word: C for a capitalised one, j for one that joins those of a name, x for others."""
    return "".join("C" if word.capital else "j" if word.folded in _JOINS_A_NAME else "x" for word in words)


def _names(words: list[Word]) -> Iterator[tuple[str, ...]]:
    """Yield the names of several words inside a sentence: "Blood of Zeus", "Lost in Starlight"."""
    for name in re.compile("C[Cj]*C").finditer(_shape(words), 1):
        if name.end() - name.start() <= _LONGEST_NAME:
            yield tuple(word.folded for word in words[name.start() : name.end()])


def _outside_names(words: list[Word], title: bool, names: set[tuple[str, ...]]) -> list[bool]:
    """Return for each word whether it may be a mention: not capitalised inside a sentence, nor in a known name."""
    free = [title or i == 0 or not word.capital for i, word in enumerate(words)]
    starts, lengths = {name[0] for name in names}, {len(name) for name in names}
    shape, folded = _shape(words), tuple(word.folded for word in words)
    for i, word in enumerate(words):
        if word.capital and word.folded in starts:
            for length in lengths:
                run = folded[i : i + length]
                if run in names and "x" not in shape[i : i + length]:
                    free[i : i + len(run)] = [False] * len(run)
    return free
