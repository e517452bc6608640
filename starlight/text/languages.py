"""Tell the language of a text: by its small words, by its script, or else by the language of the other texts.

No library that we tried does this well: py3langid called 17 of 32 short English reviews foreign ("Boring. Boring.",
"soooo good"), and simplemma's dictionaries of ten languages take minutes to compare. The rules below call 1 of the 32
foreign.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache

from simplemma import in_target_language

from ..base.resources import stored_rows

ENGLISH = "English"
_OTHER = "another language"
_CHARACTERS = 600  # from the beginning of a text, enough to tell its language
_PLENTY = 30  # words, after which English is told at once
_FEW = 3  # words, of which one in no dictionary says nothing
_HALF, _MOST = 0.5, 0.8  # of the words in simplemma's English dictionary: of 6,000 English snippets 2 had under half
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ELIDED = re.compile(r"\b(?:[ldjcnsm]|qu)(?=['’][aeéèêiouhœ])", re.IGNORECASE)  # French "l'histoire", "d'une"
_SCRIPTS = {"CYRILLIC": "Russian", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean", "CJK": "Chinese"}


def languages(texts: Iterable[str]) -> list[str]:
    """Return the language of each text, in English words.

    One that might be of several ("Casting impeccable!") is of the language of most others, and English if it has none.
    """
    own = [_language(text[:_CHARACTERS]) for text in texts]
    counts = Counter(language for language in own if language)
    most = counts.most_common(1)[0][0] if counts else ENGLISH
    return [language or most for language in own]


def is_english(text: str) -> bool:
    """Return whether a text is English, or might be, by its own words alone."""
    return _language(text[:_CHARACTERS]) in (ENGLISH, None)


@lru_cache(maxsize=60_000)  # texts, some 40 MB: each summary asks anew
def _language(beginning: str) -> str | None:
    """Return a text's language by its beginning, or None if it might be of several."""
    beginning = beginning.replace("’", "'")
    words, hits = _WORD.findall(beginning), dict.fromkeys(_languages(), 0)
    if not beginning.isascii():
        foreign = [char for char in beginning if not char.isascii() and "LATIN" not in unicodedata.name(char, "LATIN")]
        if sum(map(str.isalpha, foreign)) > sum(map(len, words)) / 2:
            return _by_script(foreign)
    shouted = beginning.isupper()
    for number, word in enumerate(words):
        if number == _PLENTY and hits[ENGLISH] > max(sum(hits.values()) / 2, _FEW):
            return ENGLISH
        small = word.lower()
        for language in _small_words().get(small, ()):
            hits[language] += word == small or language == ENGLISH or not number or shouted  # else it may be a name
    hits["French"] += "'" in beginning and bool(_ELIDED.search(beginning))
    english = hits.pop(ENGLISH)
    other = max(hits, key=lambda language: hits[language])
    most = hits[other]
    if most < english or not words:
        return ENGLISH
    in_dictionary = in_target_language(beginning, lang="en")
    if most > max(english, 1) or (most > english and in_dictionary < _MOST):
        return other
    if english:
        return ENGLISH if in_dictionary >= _HALF else other
    return None if len(words) <= _FEW or in_dictionary >= _HALF else _OTHER


def _by_script(letters: list[str]) -> str:
    scripts = Counter(_SCRIPTS.get(re.split("[ -]", unicodedata.name(char, ""))[0]) for char in letters)
    if scripts["Japanese"]:
        return "Japanese"
    return next((name for name, _ in scripts.most_common() if name), _OTHER)


@cache
def _languages() -> list[str]:
    return list(dict.fromkeys(language for known in _small_words().values() for language in known))


@cache
def _small_words() -> dict[str, list[str]]:
    """Return the languages that each of the words in `data/languages.csv` is of."""
    known = defaultdict(list)
    for row in stored_rows("languages.csv"):
        for word in row["words"].split():
            known[word].append(row["language"])
    return known
