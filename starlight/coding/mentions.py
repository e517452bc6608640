"""Find the themes that reviews talk about: their terms as words, in any inflection, but not inside a name."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator

import pandas as pd

from ..base.arguments import check_number
from ..base.progress import CHARACTERS_A_SECOND, progress
from ..tables.base import MENTIONS, SENTENCES
from ..tables.columns import declare
from ..tables.schema import TEXT, Column, build, check
from ..text.languages import ENGLISH, languages
from ..text.words import Word, find_words
from .belonging import of_reviews
from .themes import Term, index_terms, read_themes

CONTEXTS = declare(
    "contexts",
    "one row per span",
    "review_id name start end theme",
    Column("before", TEXT, "The words before the span, on the same line."),
    Column("words", TEXT, "The words of the span: `text[start:end]` of the review."),
    Column("after", TEXT, "The words after the span, on the same line."),
)

# Between the words of a phrase: "love story", "love-story" and "*love* story", not "love, story".
_WITHIN_A_PHRASE = re.compile(r"[\s*_'’\-\u2010\u2011]*")
_JOINS_A_NAME = frozenset({"in", "of", "the", "and", "a", "an", "to", "for", "on", "at", "by", "with", "from"})
_LONG_WORD = 4  # letters from which a headline capitalises words
_LONGEST_NAME = 20  # words; a longer run of capitals is a list or a shout


def find_mentions(sentences: pd.DataFrame, *, themes: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return where sentences talk about a theme: one row per term found.

    Parameters
    ----------
    sentences : DataFrame
        The sentences table. Boilerplate is passed over.
    themes : DataFrame, optional
        The themes to look for: a table with the columns theme and terms; `read_themes()` if not given.

    Returns
    -------
    DataFrame
        The mentions table. The longest term wins, and no two mentions overlap. A word inside a name ("The Summer",
        "Blood of Zeus") does not count unless the term itself has a capital letter. The terms are English, and are
        looked for in English reviews only.

    Raises
    ------
    TableError
        If `sentences` or `themes` breaks its declaration, or two themes share a term.

    Examples
    --------
    >>> from starlight import load_reviews, split_sentences
    >>> mentions = find_mentions(split_sentences(load_reviews()))
    >>> bool(mentions["theme"].eq("overall").any())
    False
    """
    check(sentences, SENTENCES, "sentences")
    terms = index_terms(read_themes() if themes is None else themes)
    prose = sentences[sentences["part"] != "boilerplate"]
    reviews: defaultdict[str, list[tuple[str, int, int, str, str]]] = defaultdict(list)  # faster than `groupby`
    for row in zip(*(prose[name] for name in ("review_id", "sentence", "start", "text", "part")), strict=True):
        reviews[row[0]].append(row)
    spoken = languages(" ".join(text for *_, text, _ in review) for review in reviews.values())
    english = [review for review, language in zip(reviews.values(), spoken, strict=True) if language == ENGLISH]
    rows = []
    seconds = prose["text"].str.len().sum() / CHARACTERS_A_SECOND
    for review in progress(english, "find_mentions", "review", len(english), seconds=seconds):
        words = [find_words(text) for *_, text, _ in review]
        titles = [_is_title_case(part, found) for (*_, part), found in zip(review, words, strict=True)]
        names = {name for found, title in zip(words, titles, strict=True) if not title for name in _names(found)}
        for (review_id, number, offset, text, _), found, title in zip(review, words, titles, strict=True):
            free = _outside_names(found, title, names)
            for start, end, term in _matches(text, found, free, terms):
                rows.append((review_id, number, offset + start, offset + end, term.theme, term.term))
    return build(MENTIONS, pd.DataFrame(rows, columns=MENTIONS.names))


def in_context(spans: pd.DataFrame, reviews: pd.DataFrame, *, width: int = 40) -> pd.DataFrame:
    """Return spans with the words around them, as a concordance does: one row per span.

    Parameters
    ----------
    spans : DataFrame
        A table with the columns review_id, start, end and theme, such as mentions or opinions.
    reviews : DataFrame
        The reviews that the spans are in; spans of other reviews are left out.
    width : int
        Number of characters to show on each side.

    Returns
    -------
    DataFrame
        The contexts table, in the order of `spans`: the columns before, words and after hold the text.

    Raises
    ------
    TableError
        If a column is missing, no span is of these reviews, or one lies outside its review.

    Examples
    --------
    >>> from starlight import load_reviews, read_opinions
    >>> reviews = load_reviews()
    >>> in_context(read_opinions().head(1), reviews)["words"].item()
    'visually captivating depiction of the year 2050'
    """
    check_number(width, "width", "how many characters to show on each side, a whole number from 0", whole=True)
    needed = ["review_id", "start", "end", "theme"]
    check(spans, MENTIONS.only(*needed), "spans")
    spans = of_reviews(spans, reviews, "spans")
    texts = reviews.set_index("review_id")["text"].to_dict()
    names = reviews.set_index("review_id")["name"].to_dict()
    rows = []
    for review_id, start, end, theme in zip(*(spans[name] for name in needed), strict=True):
        text = texts[review_id]
        before = text[max(0, start - width) : start].rpartition("\n")[2]
        after = text[end : end + width].partition("\n")[0]
        rows.append((review_id, names[review_id], start, end, theme, before, text[start:end], after))
    return build(CONTEXTS, pd.DataFrame(rows, columns=CONTEXTS.names))


def _matches(
    text: str, words: list[Word], free: list[bool], terms: dict[str, list[Term]]
) -> Iterator[tuple[int, int, Term]]:
    """Yield start, end and term from left to right, the longest term at each word; no two overlap."""
    i = 0
    while i < len(words):
        spellings = dict.fromkeys([words[i].folded, words[i].lemma])
        here = [term for spelling in spellings for term in terms.get(spelling, ()) if _fits(text, words, free, i, term)]
        if not here:
            i += 1
            continue
        term = max(here, key=lambda term: (len(term.words), term.exact))
        yield words[i].start, words[i + len(term.words) - 1].end, term
        i += len(term.words)


def _fits(text: str, words: list[Word], free: list[bool], i: int, term: Term) -> bool:
    run = words[i : i + len(term.words)]
    spelt = tuple(word.folded if term.exact else word.lemma for word in run)
    if spelt != term.words or not (term.is_name or all(free[i : i + len(run)])):
        return False
    gaps = itertools.pairwise(run)
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
