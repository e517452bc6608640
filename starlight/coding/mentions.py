"""Find the themes that reviews talk about: their terms as words, in any inflection, but not inside a name."""

from collections.abc import Iterator

import pandas as pd

from ..base.arguments import check_number
from ..tables.base import MENTIONS, SENTENCES
from ..tables.columns import declare
from ..tables.schema import TEXT, Column, build, check
from .belonging import of_reviews
from .names import Sentence, is_phrase, read_words
from .themes import Term, index_terms, names_own_film, read_themes

CONTEXTS = declare(
    "contexts",
    "one row per span",
    "review_id name start end theme",
    Column("before", TEXT, "The words before the span, on the same line."),
    Column("words", TEXT, "The words of the span: `text[start:end]` of the review."),
    Column("after", TEXT, "The words after the span, on the same line."),
)


def find_mentions(sentences: pd.DataFrame, *, themes: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return where sentences talk about a theme: one row per term found.

    Parameters
    ----------
    sentences : DataFrame
        The sentences table. Boilerplate is passed over.
    themes : DataFrame, optional
        The themes to look for: a table with the columns theme and terms. If not given, they are the craft themes of
        `read_themes()`, and in reviews that name *Lost in Starlight* its motifs too, since they were chosen for that
        film. `find_motifs` finds those of other reviews; with ``themes=read_themes()`` all are looked for in all.

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
    own = read_themes() if themes is None else themes
    terms = index_terms(own)
    in_others = index_terms(own[own["kind"] == "craft"]) if themes is None else terms
    rows = []
    for review in read_words(sentences, "find_mentions"):
        sought = terms if names_own_film(sentence.text for sentence in review) else in_others
        for sentence in review:
            for start, end, term in _matches(sentence, sought):
                place = (sentence.start + start, sentence.start + end)
                rows.append((sentence.review_id, sentence.number, *place, term.theme, term.term))
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


def _matches(sentence: Sentence, terms: dict[str, list[Term]]) -> Iterator[tuple[int, int, Term]]:
    """Yield start, end and term from left to right, the longest term at each word; no two overlap."""
    words = sentence.words
    i = 0
    while i < len(words):
        spellings = dict.fromkeys([words[i].folded, words[i].lemma])
        here = [term for spelling in spellings for term in terms.get(spelling, ()) if _fits(sentence, i, term)]
        if not here:
            i += 1
            continue
        term = max(here, key=lambda term: (len(term.words), term.exact))
        yield words[i].start, words[i + len(term.words) - 1].end, term
        i += len(term.words)


def _fits(sentence: Sentence, i: int, term: Term) -> bool:
    run = sentence.words[i : i + len(term.words)]
    spelt = tuple(word.folded if term.exact else word.lemma for word in run)
    if spelt != term.words or not (term.is_name or all(sentence.free[i : i + len(run)])):
        return False
    return is_phrase(sentence.text, run)
