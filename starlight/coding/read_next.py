"""Choose sentences to read next, from which a codebook is learned."""

import os

import numpy as np
import pandas as pd

from ..base.arguments import check_number, check_path
from ..errors import TableError
from ..tables.base import QUEUE, REVIEWS
from ..tables.schema import build, check
from ..text.sentences import split_sentences
from .corrections_file import CorrectionsFile
from .learn import checked_book, some_sentences
from .learned import Learned
from .regression import Floats, fit, lens, rows, scores, share, views
from .states import Numbers, numbers


def read_next(
    reviews: pd.DataFrame,
    book: pd.DataFrame | Learned,
    n: int = 20,
    *,
    corrections: str | os.PathLike[str] | None = None,
) -> pd.DataFrame:
    """Return sentences to read next, from which `learn` learns a codebook.

    Parameters
    ----------
    reviews : DataFrame
        The reviews table. Of many reviews, about 4,000 sentences are looked at.
    book : DataFrame or Learned
        The codebook: its themes table at the start, and what `learn` returned once sentences were read.
    n : int
        How many sentences.
    corrections : path, optional
        The file in which `close_reading` keeps what was read, which is not chosen again.

    Returns
    -------
    DataFrame
        The queue table, in the order to read: for each theme in turn, a sentence that is likely to judge it and one of
        which it is least sure, each of another review as far as there are any. Sentences that repeat what was read, or
        one before them, come last.
        In a measurement on film reviews, 90 chosen sentences taught as much as 180 drawn at random, and 270 as much as
        360 (`tests/bench_codebook.py`). For `corrected_shares` read what `sample_to_read` draws.

    Raises
    ------
    TableError
        If a table breaks its declaration, or all sentences were read.

    Examples
    --------
    >>> from starlight import codebook, load_reviews
    >>> read_next(load_reviews(), codebook(["music"]), 2)["theme"].tolist()
    ['music', 'music']
    """
    check(reviews, REVIEWS, "reviews")
    check_number(n, "n", "how many sentences, a whole number from 1", least=1, most=100_000, whole=True)
    is_learned = isinstance(book, Learned)
    themes = book.book if isinstance(book, Learned) else checked_book(book)
    read = _read(corrections)
    unread = some_sentences(reviews, read)
    if not len(unread):
        raise TableError("reviews has no English sentence that was not read. Pass others.")
    seen = numbers(unread, themes)
    sure = by_words(seen)
    if isinstance(book, Learned):
        fold = pd.Series(book.folds(reviews), reviews["review_id"])
        by_model = book.confidence(seen, unread["review_id"].map(fold).to_numpy()).max(axis=2)
        sure[:, book.is_ready] = by_model[:, book.is_ready]
    chosen, review = list[tuple[int, int, str]](), pd.factorize(unread["review_id"])[0]
    again = (unread["text"].duplicated() | unread["text"].isin(_words(reviews, *read))).to_numpy()
    for some in (np.flatnonzero(~again), np.flatnonzero(again)):
        picked = choose(sure[some], review[some], n - len(chosen))
        chosen += [(int(some[row]), at, kind) for row, at, kind in picked]
    queue = unread.iloc[[row for row, _, _ in chosen]][["review_id", "sentence", "start", "end", "text"]]
    model = "by what was learned" if is_learned else "by its words and the tagger's judgement"
    why = [
        f"{kind} to judge it, {model}" if kind == "likely" else f"{kind} whether it judges it, {model}"
        for _, _, kind in chosen
    ]
    return build(QUEUE, queue.assign(theme=[themes["theme"].iloc[at] for _, at, _ in chosen], why=why))


def _read(path: str | os.PathLike[str] | None) -> tuple[set[str], set[tuple[str, int]]]:
    """Return the reviews and the sentences that were marked as read."""
    if path is None:
        return set(), set()
    file = CorrectionsFile(check_path(path, "corrections", "'corrections.csv'"))
    file.read()
    whole = {place.review_id for place in file.shown if place.is_whole}
    return whole, {(place.review_id, place.sentence) for place in file.shown if not place.is_whole}


def _words(reviews: pd.DataFrame, whole: set[str], read: set[tuple[str, int]]) -> list[str]:
    """Return the words of the sentences that were read: elsewhere they would teach little more."""
    seen = split_sentences(reviews[reviews["review_id"].isin(whole.union(review_id for review_id, _ in read))])
    places = seen[["review_id", "sentence", "text"]].itertuples(index=False, name=None)
    return [text for review_id, sentence, text in places if review_id in whole or (review_id, sentence) in read]


def by_words(seen: Numbers) -> Floats:
    """Return how likely sentences judge each theme, as learned from those that have its words and judge something."""
    praise, criticism = seen.whole[:, -4], seen.whole[:, -3]
    judges = np.maximum(praise, criticism) >= np.median(np.maximum(praise, criticism))
    through, sure = lens(seen), np.zeros(seen.mentions.shape)
    for at in range(len(sure.T)):
        given, has = rows(seen, at), judges & (seen.mentions[:, at] > 0)
        all_teach = np.ones(len(given), bool)
        made = fit(views(through, given), through, all_teach, has & (praise > criticism), has & (praise <= criticism))
        sure[:, at] = share(scores(given, *made)).sum(axis=1)
    return sure


def choose(sure: Floats, review: np.ndarray, n: int) -> list[tuple[int, int, str]]:
    """Return rows to read, each with the theme and whether it is likely or unsure; reviews take turns."""
    order = {
        (at, kind): iter(
            np.argsort(-sure[:, at] if kind == "likely" else np.abs(sure[:, at] - 0.5), kind="stable").tolist()
        )
        for at in range(len(sure.T))
        for kind in ("likely", "unsure")
    }
    chosen: list[tuple[int, int, str]] = []
    taken, used, later = set[int](), set[int](), list[tuple[int, int, str]]()
    while order and len(chosen) < n:
        for (at, kind), rest in list(order.items()):
            for row in rest:
                if row in taken:
                    continue
                taken.add(row)
                if review[row] in used:
                    later.append((row, at, kind))
                    continue
                used.add(review[row])
                chosen.append((row, at, kind))
                break
            else:
                del order[at, kind]
    return [*chosen, *later][:n]
