"""Make tables of what was found in a file: the reviews, and each coding as an opinion in its sentence."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from operator import itemgetter

import pandas as pd

from ...errors import ReadError, StarlightError
from ...loading.load import load_reviews
from ...tables.base import OPINIONS, REVIEWS, SENTENCES
from ...tables.schema import TEXT, build
from ...text.lines import normalise
from ...text.sentences import split_sentences
from ..corrections import Opinion
from .found import Coding, Found, last_part
from .meanings import Meaning, Names
from .placing import find, placed

Span = tuple[int, int, int]  # a sentence's number, and where it, or what is coded in it, begins and ends


def reviews_of(found: Found, name: str) -> pd.DataFrame:
    """Return a file's texts as reviews."""
    if not found.texts:
        return build(REVIEWS, [])
    asked = None
    rows = pd.DataFrame([{"review_id": one.id, **one.cells, "text": one.text} for one in found.texts])
    if {column.name for column in REVIEWS.columns if not column.missing} <= {*rows}:
        rows = rows.reindex(columns=[*REVIEWS.names, *rows.columns.difference(REVIEWS.names, sort=False)])
    else:
        asked = {"review_id": "review_id", "text": "text"}
        rows = rows.rename(columns={one: f"given_{one}" for one in ("words", "score_status")})
    try:
        return load_reviews(rows, columns=asked)
    except StarlightError as error:
        remedy = "Load the reviews yourself, and pass them as reviews=."
        raise ReadError(f"The texts of {name} are no reviews: {error} {remedy}") from error


def opinions_of(found: Found, reviews: pd.DataFrame, means: Mapping[Names, Meaning | None]) -> tuple[pd.DataFrame, int]:
    """Return the codings with a meaning as opinions, and how many texts leave it uncertain how places are counted."""
    texts = dict(zip(reviews["review_id"], reviews["text"], strict=True))
    sentences = _sentences(reviews) if found.codings else {}
    rows, unsure = dict[tuple[object, ...], Opinion](), 0
    for review_id, codings, certain in _by_review(found, reviews):
        unsure += not certain
        text = texts[review_id]
        for coding in codings:
            if not (meaning := means[coding.path]):
                continue
            at = find(text, coding) if coding.said else None
            spans = [] if at is None else _in_prose(text, at, at + len(coding.said), sentences.get(review_id, []))
            if not spans:
                why = "whose words are not in its text" if at is None else "on what is no prose"
                found.left_out[f"coding {why}"] += 1
            for sentence, start, end in spans:
                place = (review_id, sentence, start, end, text[start:end])
                row = Opinion(*place, *meaning, coding.coder, coding.confidence, coding.note)
                found.left_out["coding that another repeats"] += row.key in rows
                rows.setdefault(row.key, row)
    order = {review_id: number for number, review_id in enumerate(texts)}
    ranked = sorted(rows.values(), key=lambda one: (order[one.review_id], *one.key[1:]))
    opinions = build(OPINIONS, [one._asdict() | {"note": one.note or None} for one in ranked])
    return opinions.astype({"note": TEXT}) if any(one.note for one in ranked) else opinions[OPINIONS.names], unsure


def _by_review(found: Found, reviews: pd.DataFrame) -> Iterator[tuple[str, list[Coding], bool]]:
    """Yield the codings in each review, with their words there, and whether these are certain."""
    by_text = defaultdict[str, list[Coding]](list)
    for coding in found.codings:
        by_text[coding.text].append(coding)
    ids, known = reviews["review_id"].tolist(), {one.id: one for one in found.texts}
    texts = dict(zip(ids, reviews["text"].tolist(), strict=True))
    by_name = dict(zip(reviews["name"], ids, strict=True)) | dict(zip(ids, ids, strict=True))
    by_words = dict(zip(texts.values(), ids, strict=True))
    for name, codings in by_text.items():
        text = known.get(name)
        told = [str(text.cells.get(one, name)) for one in ("review_id", "name")] if text else [last_part(name), name]
        names = [*told, *(one.removesuffix(".txt") for one in told)]
        mine = next((by_name[one] for one in names if one in by_name), None)
        if text and (mine is None or texts[mine] != normalise(text.text)):
            mine = by_words.get(normalise(text.text), mine)
        if mine is None:
            found.left_out["coding of a text that is none of the reviews"] += len(codings)
        else:
            raw = text.text if text else texts[mine]
            yield mine, *placed(raw, codings, joined=found.joined, quoted=found.quoted)


def _sentences(reviews: pd.DataFrame) -> dict[str, list[Span]]:
    """Return the number, start and end of each sentence of prose, by review."""
    table = split_sentences(reviews)
    prose = table[table["part"] != "boilerplate"]
    by_review = defaultdict[str, list[Span]](list)
    for review_id, *span in zip(*(prose[name].tolist() for name in SENTENCES.names[:4]), strict=True):
        by_review[review_id].append(tuple(span))
    return by_review


def _in_prose(text: str, start: int, end: int, sentences: list[Span]) -> list[Span]:
    """Return the parts of a place that lie in sentences, with their numbers; what is cut off one has no blank ends."""
    spans = []
    for number, begin, stop in sentences[bisect_right(sentences, start, key=itemgetter(2)) :]:
        if begin >= end:
            break
        first, last = max(start, begin), min(end, stop)
        if (first, last) != (start, end):
            words = text[first:last]
            first, last = last - len(words.lstrip()), first + len(words.rstrip())
        if first < last:
            spans.append((number, first, last))
    return spans
