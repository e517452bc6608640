"""The words of a text, each with its place and its lemma."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+")


class Word(NamedTuple):
    start: int
    end: int
    folded: str
    lemma: str
    capital: bool


def find_words(text: str) -> list[Word]:
    words = []
    for match in _WORD.finditer(text):
        word = match.group()
        folded = word.casefold()
        capital = word[0].isupper() and not (word.isupper() and len(word) > 1)
        words.append(Word(match.start(), match.end(), folded, lemma(folded), capital))
    return words


@cache
def lemma(folded: str) -> str:
    from simplemma import lemmatize  # loaded here: `import starlight` stays fast

    return lemmatize(folded, lang="en")
