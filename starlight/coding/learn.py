"""Learn a codebook from the sentences that a person read, so that all reviews can be coded by it."""

import os
import warnings
from pathlib import Path

import numpy as np
import pandas as pd

from ..base.arguments import check_path
from ..base.statistics import design_effect, wilson
from ..errors import ReadError, TableError, did_you_mean, few
from ..tables.base import OPINIONS, REVIEWS
from ..tables.columns import POLARITIES
from ..tables.schema import build, check
from ..text.sentences import split_sentences
from .belonging import in_english
from .corrected import Record, warn_of_several
from .corrections_file import CorrectionsFile
from .learned import FOLDS, LEARNED, Learned, digest, fold_of
from .regression import WEIGHTS, Floats, Lens, fit, fitted, lens, logit, rows, scores, share, views
from .states import Numbers, numbers
from .themes import checked_themes, index_terms

SENTENCE = ["review_id", "sentence", "start", "end"]  # the columns that tell sentences apart
FEWEST = 5  # examples of a theme
_LOOKED_AT = 4_000  # sentences that tell what the reviews are like
_STEPS = np.arange(20, 66, 2) / 100  # what the threshold may be


def learn(
    book: pd.DataFrame,
    corrections: str | os.PathLike[str],
    reviews: pd.DataFrame,
    *,
    opinions: pd.DataFrame | None = None,
) -> Learned:
    """Learn a codebook from the sentences that a person read, so that `find_opinions` can code all reviews by it.

    Parameters
    ----------
    book : DataFrame
        The themes table, such as `codebook` makes.
    corrections : path
        The file in which `close_reading` kept which sentences or reviews were read, and the opinions marked in them. A
        sentence that was read judges what is marked in it, and nothing else.
    reviews : DataFrame
        The reviews table: all reviews that are to be coded, among them those that were read.
    opinions : DataFrame, optional
        The opinions that `close_reading` showed, if it showed any.

    Returns
    -------
    Learned
        Prints how well it codes each theme, has that as a table in ``measured``, and ``save(path)`` writes it. It is a
        logistic regression for each theme and one for its polarity, on the states of the tagger's network, and begins
        with the theme's words and the network's own judgement. Confidences are calibrated, and F1 is measured, on the
        sentences that were read, each review coded by what others taught.
        Sentences that repeat one another do not teach each other's coding. On the other sentences F1 can be far lower,
        since those that `read_next` chose judge the themes more often. If the reviews that correct shares also taught,
        the intervals of `corrected_shares` are a little too narrow: in a simulation they held the true share in 93 of
        100 draws, and for one theme in 90 (`tests/bench_codebook.py`).

    Warns
    -----
    UserWarning
        If a theme has fewer than five examples, so that no opinions on it are found; if all its examples praise or
        all criticise; or if rows of the file do not fit.

    Raises
    ------
    TableError
        If the file has a theme that is not in the book, nothing of these reviews, or no theme with five examples; or if
        other opinions were shown.
    ReadError
        If the file cannot be read.

    Examples
    --------
    >>> from starlight import codebook, load_reviews
    >>> learn(codebook(["humour"]), "corrections.csv", load_reviews())
    Traceback (most recent call last):
    ...
    starlight.errors.ReadError: There is no file 'corrections.csv'. Read sentences with close_reading(..., path=...).
    """
    check(reviews, REVIEWS, "reviews")
    book = checked_book(book)
    sentences, known, praise, criticism = read_by_a_person(book, corrections, reviews, opinions)
    judged = (praise | criticism).sum(axis=0)
    is_ready = judged >= FEWEST
    _warn(book["theme"], praise, criticism)
    if not is_ready.any():
        raise TableError(
            f"No theme of the book has {FEWEST} examples in {Path(corrections).name}. Mark more opinions: "
            f"read_next(reviews, book, corrections={Path(corrections).name!r}) chooses sentences for close_reading."
        )
    seen = numbers(sentences, book)
    text = reviews.set_index("review_id")["text"]
    fold = sentences["review_id"].map(text).map(digest).map(fold_of).to_numpy()
    some = some_sentences(reviews)
    through = lens(numbers(some, book) if len(some) else seen)
    theme, polarity, oof = _each_fold(seen, through, fold, sentences["text"], known, praise, criticism)
    wanted = np.stack([praise, criticism], axis=2)
    like, sure = _calibrated(oof, wanted, known, fold)
    threshold = np.array([_best(sure, wanted, known & is_ready, fold != part) for part in range(FOLDS)])
    found = (sure >= threshold[fold][:, None, None]) & known[:, :, None]
    measured = _measured(book["theme"], found, wanted, known, sentences["review_id"])
    from_what = [*book.to_numpy().ravel(), *sentences["text"], *some["text"], praise.tobytes(), criticism.tobytes()]
    read = {digest(review_id): digest(text[review_id]) for review_id in sentences["review_id"].unique()}
    return Learned(book, measured, theme, polarity, like, threshold, digest(repr(from_what)), read)


def checked_book(book: pd.DataFrame) -> pd.DataFrame:
    """Return the craft themes of a codebook after checking it."""
    themes = checked_themes(book)
    index_terms(themes)
    return themes[themes["kind"].eq("craft")].reset_index(drop=True)


def read_by_a_person(
    book: pd.DataFrame, path: str | os.PathLike[str], reviews: pd.DataFrame, opinions: pd.DataFrame | None
) -> tuple[pd.DataFrame, np.ndarray, np.ndarray, np.ndarray]:
    """Return the sentences that a person read, and for each and each theme: whether it is known and judged."""
    file = check_path(path, "corrections", "'corrections.csv'")
    if not file.exists():
        raise ReadError(f"There is no file {str(file)!r}. Read sentences with close_reading(..., path=...).")
    _check_rows(file, book, reviews)
    check(shown := build(OPINIONS, []) if opinions is None else opinions, OPINIONS, "opinions")
    record = Record(shown, file, reviews, book)
    ids = set(reviews["review_id"])
    places = [place for place in record.places_read if place.review_id in ids]
    if changed := record.changed(places):
        warnings.warn(
            f"{len(changed)} reviews or sentences that {file.name} marks as read do not count as read: words marked "
            f"there were changed since ({few(dict.fromkeys(one.review_id for one in changed))}).",
            stacklevel=3,
        )
        places = [place for place in places if place not in changed]
    if others := record.not_as_read(places):
        raise TableError(
            f"{file.name} says that other opinions were shown in {len(others)} of {len(places)} reviews or sentences "
            f"read ({few(dict.fromkeys(place.review_id for place in others))}). Pass those as opinions=, or leave "
            "opinions= out if none were shown."
        )
    coded = record.table[record.table["theme"].isin(book["theme"])]
    if opinions is None:
        warn_of_several(coded, file.name)
    whole = {place.review_id for place in places if place.is_whole}
    marked = pd.MultiIndex.from_tuples([place for place in places if not place.is_whole] or [("", -1, -1, -1)])
    touched = {*coded["review_id"], *(place.review_id for place in places)}
    read = reviews[reviews["review_id"].isin(touched)]
    english = in_english(read["text"])
    if not english.all():
        warnings.warn(
            f"{(~english).sum()} of {len(read)} reviews read are not English and teach nothing, since the tagger reads "
            f"only English: {few(read.loc[~english, 'name'])}.",
            stacklevel=3,
        )
    all_sentences = split_sentences(read)
    sentences = all_sentences[
        all_sentences["part"].ne("boilerplate") & all_sentences["review_id"].isin(read.loc[english, "review_id"])
    ].reset_index(drop=True)
    places_there, keys = (pd.MultiIndex.from_frame(one[SENTENCE]) for one in (all_sentences, sentences))
    if left := int((~marked.isin(places_there) & (marked.get_level_values(3) > 0)).sum()):
        warnings.warn(f"{left} sentences that {file.name} marks as read are not in reviews any more.", stacklevel=3)
    is_read = keys.isin(marked) | sentences["review_id"].isin(whole).to_numpy()
    row = pd.Series(range(len(sentences)), keys.droplevel([2, 3]))
    praise, criticism = (np.zeros((len(sentences), len(book)), bool) for _ in POLARITIES)
    there = coded[pd.MultiIndex.from_frame(coded[["review_id", "sentence"]]).isin(row.index)]
    found = row[pd.MultiIndex.from_frame(there[["review_id", "sentence"]])].to_numpy()
    of_theme = pd.Index(book["theme"]).get_indexer(pd.Index(there["theme"]))
    for polarity, coding in zip(POLARITIES, (praise, criticism), strict=True):
        some = there["polarity"].eq(polarity).to_numpy()
        coding[found[some], of_theme[some]] = True
    if opinions is not None:  # what a person has neither read nor added is the program's
        praise, criticism = (coding & is_read[:, None] for coding in (praise, criticism))
    known = is_read[:, None] | praise | criticism
    kept = known.any(axis=1)
    return pd.DataFrame(sentences[kept]).reset_index(drop=True), known[kept], praise[kept], criticism[kept]


def _check_rows(file: Path, book: pd.DataFrame, reviews: pd.DataFrame) -> None:
    """Refuse a file of another codebook or of other reviews; warn of rows of other reviews."""
    held = CorrectionsFile(file)
    held.read()
    ids, themes = set(reviews["review_id"]), set(book["theme"])
    for made in held.corrections:
        if made.after and made.after.review_id in ids and made.after.theme not in themes:
            raise TableError(
                f"{file.name}, line {made.line}: no theme {made.after.theme!r} in the book. "
                f"{did_you_mean(made.after.theme, book['theme'])} Pass the book that was read with, or another file."
            )
    of = [made.opinion.review_id for made in held.corrections] + [place.review_id for place in held.shown]
    others = [one for one in of if one not in ids]
    if len(others) == len(of):
        torn = f"line {held.torn[0]} is not a complete correction" if held.torn else "it is empty"
        what = f"such as review {others[0]!r}" if others else torn
        raise TableError(f"{file.name} has nothing of these reviews: {what}. Pass the reviews that were read.")
    if others:
        warnings.warn(
            f"{len(others)} of {len(of)} rows in {file.name} are of other reviews; they are left out.", stacklevel=4
        )


def _warn(themes: pd.Series, praise: np.ndarray, criticism: np.ndarray) -> None:
    for name, praised, criticised, judged in zip(
        themes, praise.sum(axis=0), criticism.sum(axis=0), (praise | criticism).sum(axis=0), strict=True
    ):
        if judged < FEWEST:
            warnings.warn(
                f"{name!r} has {judged or 'no'} example{'s' * int(judged != 1)}, and {FEWEST} are needed: no opinions "
                "on it are found. Mark more of them.",
                stacklevel=3,
            )
        elif not praised or not criticised:
            lacks = "criticism" if praised else "praise"
            warnings.warn(
                f"{name!r} has no example of {lacks}: only the tagger's judgement of a sentence tells "
                "praise from criticism. Mark some.",
                stacklevel=3,
            )


def some_sentences(reviews: pd.DataFrame, but: tuple[set[str], set[tuple[str, int]]] = (set(), set())) -> pd.DataFrame:
    """Return sentences of some English reviews, chosen by a digest of their texts, but for reviews or sentences."""
    others = reviews[~reviews["review_id"].isin(but[0])]
    ordered = others.loc[others["text"].map(digest).sort_values(kind="stable").index]
    some = ordered[ordered["words"].cumsum().shift(fill_value=0).le(20 * _LOOKED_AT)]
    sentences = split_sentences(some[in_english(some["text"])])
    known = pd.Series(list(zip(sentences["review_id"], sentences["sentence"], strict=True)), dtype="object").isin(
        but[1]
    )
    return sentences[sentences["part"].ne("boilerplate") & ~known].head(_LOOKED_AT).reset_index(drop=True)


def _each_fold(
    seen: Numbers,
    through: Lens,
    fold: np.ndarray,
    texts: pd.Series,
    known: np.ndarray,
    praise: np.ndarray,
    criticism: np.ndarray,
) -> tuple[Floats, Floats, Floats]:
    """Return each fold's weights, and what they make of the sentences that neither taught them nor repeat what did."""
    theme, polarity = (np.zeros((FOLDS, known.shape[1], WEIGHTS), np.float32) for _ in range(2))
    oof = np.zeros((*known.shape, 2))
    own = [fold == part for part in range(FOLDS)]
    others = [~texts.isin(texts[mine]).to_numpy() for mine in own]
    for at in range(known.shape[1]):
        given = rows(seen, at)
        viewed = views(through, given)
        for part in range(FOLDS):
            taught = known[:, at] & others[part]
            theme[part, at], polarity[part, at] = fit(viewed, through, taught, praise[:, at], criticism[:, at])
            oof[own[part], at] = scores(given[own[part]], theme[part, at], polarity[part, at])
    return theme, polarity, oof


def _calibrated(oof: Floats, wanted: np.ndarray, known: np.ndarray, fold: np.ndarray) -> tuple[Floats, Floats]:
    """Return what makes scores confidences (J. Platt, 1999), from the other folds, and the sentences' confidences."""
    like, sure = np.zeros((FOLDS, known.shape[1], 2)), np.zeros(oof.shape)
    for part in range(FOLDS):
        for at in range(known.shape[1]):
            some = (fold != part) & known[:, at]
            found, is_so = oof[some, at].ravel(), wanted[some, at].ravel()
            like[part, at] = fitted(found[:, None], is_so, np.ones(1), 1.0, balanced=False)
            sure[fold == part, at] = share(logit(oof[fold == part, at][..., None], like[part, at]))
    return like, sure.round(3)


def _best(sure: Floats, wanted: np.ndarray, known: np.ndarray, there: np.ndarray) -> float:
    """Return the threshold with the best F1 over some sentences."""
    some = known & there[:, None]
    found, so = sure[some], wanted[some]
    return float(max(_STEPS, key=lambda least: f1(found >= least, so)))


def f1(found: np.ndarray, wanted: np.ndarray) -> float:
    """Return F1, 0 if neither has anything."""
    return float(2 * (found & wanted).sum() / max(1, found.sum() + wanted.sum()))


def _measured(
    themes: pd.Series, found: np.ndarray, wanted: np.ndarray, known: np.ndarray, review_ids: pd.Series
) -> pd.DataFrame:
    """Return how well each theme is coded, and all together."""
    review, made = pd.factorize(review_ids)[0], []
    ready = wanted.any(axis=2).sum(axis=0) >= FEWEST
    for name, some in [*((name, np.array([at])) for at, name in enumerate(themes)), (None, np.flatnonzero(ready))]:
        mine, theirs = found[:, some] & known[:, some, None], wanted[:, some]
        both, either = (
            np.bincount(review, one.sum(axis=(1, 2))).astype("float64") for one in (mine & theirs, mine | theirs)
        )
        wider = design_effect(both, either)
        low, high = (2 * one / (1 + one) for one in wilson(both.sum() / wider, either.sum() / wider))
        examples = int(theirs.any(axis=2).sum()) if name else int(theirs.any(axis=(1, 2)).sum())
        figures = [f1(mine, theirs), float(low), float(high)] if examples >= FEWEST else [np.nan] * 3
        made.append((name, examples, int(known[:, some].any(axis=1).sum()), *figures))
    return build(LEARNED, pd.DataFrame(made, columns=LEARNED.names))
