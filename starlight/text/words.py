"""Split a text into words with their lemmas."""

import re
from functools import lru_cache
from typing import NamedTuple

from simplemma import lemmatize

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 50  # letters; no dictionary has a longer word


class Word(NamedTuple):
    """A word: its place, spelling without case, lemma, and whether only its first letter is a capital."""

    start: int
    end: int
    folded: str
    lemma: str
    capital: bool


def find_words(text: str) -> list[Word]:
    """Return the words of a text: its runs of letters and digits."""
    words = []
    for match in _WORD.finditer(text):
        word = match.group()
        folded = word.casefold()
        capital = word[0].isupper() and not (word.isupper() and len(word) > 1)
        words.append(Word(match.start(), match.end(), folded, lemma(folded), capital))
    return words


def lemma(folded: str) -> str:
    """Return the English dictionary form of a word without case, or the word if there is none."""
    return _looked_up(folded) if len(folded) <= _LONGEST else folded


@lru_cache(maxsize=200_000)  # words, some 40 MB: more than the English that reviews are written in
def _looked_up(folded: str) -> str:
    return lemmatize(folded, lang="en")
