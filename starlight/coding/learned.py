"""A codebook that was learned, which codes reviews, and its file.

Reviews are dealt into folds by their texts alone, and a review is coded by the model that learned from the other folds,
whether a person read it or not. So no review is coded by what it taught, and those that were read are coded neither
better nor worse than the others. A review whose text was changed after a person read it stays in its fold.
"""

import hashlib
import json
import os
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import numpy as np
import pandas as pd

from ..base.arguments import check_path
from ..base.files import write_durably
from ..base.resources import digests
from ..errors import ReadError
from ..tables.base import OPINIONS, THEMES
from ..tables.columns import POLARITIES, declare
from ..tables.schema import COUNT, NUMBER, TEXT, Column, build, is_missing
from .regression import STATES, WEIGHTS, Floats, logit, rows, scores, share
from .states import SIZE, Numbers, Shown, numbers_of, with_mentions
from .tagger import Tag, quote, without_overlap

FOLDS = 5
_MODEL = "data/tagger/model.onnx"
_AT_ONCE = 512  # sentences
_LARGEST = 1e9  # weight; what is learned has none near it
_DAMAGED = (OSError, ValueError, KeyError, TypeError, BadZipFile, EOFError, zlib.error, RuntimeError, MemoryError)
_THEME, _WORD = 0.5, 1.0  # how much the theme and its words count, beside the judgement, in what is quoted
# What is quoted is a clause, as readers marked it (data/game_*.csv): what stands between boundaries of the first kind
# or, if that has fewer than six words, the sentence. Of more than forty words, it is the part between commas, and of
# more than 400 characters, only the words that judge.
_BOUNDARIES = (
    re.compile(r"[;:](?=\s)|[\n()—]|\s[-–]+\s|,\s+(?:and\s+)?(?:but|yet)\s|,(?=\s+(?:though|although)\b)", re.I),
    re.compile(r",\s+(?:and\s)?"),
)
_EDGES = " \t\n\xa0.,;:!?…–—-"
_FEWEST_WORDS, _MANY_WORDS, _LONGEST = 6, 40, 400
LEARNED = declare(
    "learned",
    "one row per theme of a codebook, and a last one, without a theme, for all",
    Column("theme", TEXT, "The theme, by its name in the codebook; missing for all.", missing=True),
    Column("examples", COUNT, "Sentences that a person read and that judge it."),
    Column("read", COUNT, "Sentences that a person read."),
    Column(
        "f1", NUMBER, "F1 by sentence, theme and polarity; no review is coded by what it taught.", missing=True, most=1
    ),
    Column("low", NUMBER, "The low end of F1's 95 % interval, missing with too few examples.", missing=True, most=1),
    Column("high", NUMBER, "The high end of it.", missing=True, most=1),
    key="theme",
)


@dataclass(frozen=True, eq=False)
class Learned:
    """A codebook that `learn` learned. `find_opinions(reviews, codebook=...)` codes by it.

    `book` is its themes table. `measured` says for each theme from how many examples it was learned, and how well it
    codes: F1 with its 95 % interval, on the sentences that were read, each review coded by what others taught.
    """

    book: pd.DataFrame
    measured: pd.DataFrame
    theme: Floats  # folds x themes x columns of `regression.rows`
    polarity: Floats  # folds x themes x columns of `regression.rows`
    like: Floats  # folds x themes x 2: what makes a score a confidence
    threshold: Floats  # folds
    from_what: str  # a digest of the book and the sentences that it was learned from
    read: Mapping[str, str]  # digests of the ids of the reviews that taught it, and of their texts

    @property
    def name(self) -> str:
        """The name of its coding, with the F1 of all themes, which so stands wherever its opinions are counted."""
        f1 = "F1 {f1:.2f} ({low:.2f} to {high:.2f})".format_map(self.measured.iloc[-1])
        return f"codebook {self.from_what}, {f1}"

    def __repr__(self) -> str:
        """Return how well each theme is coded, a line each."""
        told = []
        for theme, examples, read, f1, low, high in self.measured[LEARNED.names].to_numpy().tolist():
            how = "too few examples to find opinions" if is_missing(f1) else f"F1 {f1:.2f} ({low:.2f} to {high:.2f})"
            name = "all themes" if is_missing(theme) else theme
            told.append(f"{name}: {how}, {examples:,} examples in {read:,} sentences read")
        return "\n".join(told)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write it to a file (.npz), which `read_codebook` reads; one of that name is replaced."""
        path = check_path(path, "path", "'codebook.npz'")
        told = {
            "tagger": _tagger(),
            "from_what": self.from_what,
            "read": self.read,
            **{name: getattr(self, name).to_json(orient="records") for name in ("book", "measured")},
        }
        arrays = {name: getattr(self, name) for name in ("theme", "polarity", "like", "threshold")}
        file = BytesIO()
        np.savez_compressed(file, allow_pickle=False, told=np.array(json.dumps(told)), **arrays)
        try:
            write_durably(path, file.getvalue())
        except OSError as error:
            raise ReadError(f"The codebook cannot be written to {str(path)!r}: {error}. Give another path.") from error

    def folds(self, reviews: pd.DataFrame) -> np.ndarray:
        """Return the fold of each review: by the text that a person read, if its own is another."""
        own, as_read = reviews["text"].map(digest), reviews["review_id"].map(digest).map(self.read)
        changed = as_read.notna() & ~own.isin(self.read.values())
        before = dict(zip(own[changed], as_read[changed], strict=True))  # so others of that text share its fold
        return np.array([fold_of(before.get(one, one)) for one in own], int)

    def confidence(self, seen: Numbers, fold: np.ndarray) -> Floats:
        """Return how sure it is that each sentence praises, and criticises, each theme (sentences x themes x 2)."""
        sure = np.zeros((len(fold), len(self.book), len(POLARITIES)))
        for part in np.unique(fold):
            there = fold == part
            for at in np.flatnonzero(self.is_ready).tolist():
                found = scores(rows(seen, at)[there], self.theme[part, at], self.polarity[part, at])
                sure[there, at] = share(logit(found[..., None], self.like[part, at]))
        return sure.round(3)

    @property
    def is_ready(self) -> np.ndarray:
        """Whether each theme had examples enough to be learned."""
        return self.measured["f1"].notna().to_numpy()[:-1]

    def code(self, sentences: pd.DataFrame, fold: np.ndarray, threshold: float | None) -> pd.DataFrame:
        """Return the opinions in sentences, whose reviews are of these folds."""
        least = self.threshold if threshold is None else np.full(FOLDS, threshold)
        made = []
        for first, seen in _in_parts(sentences, self.book):
            part = fold[first : first + len(seen)]
            sure = self.confidence(numbers_of(seen, len(self.book)), part)
            sure[[not one.places for one, _ in seen]] = 0  # the network sees no word in zero-width blanks
            found: dict[int, list[Tag]] = {}
            for row, at, polarity in np.argwhere((sure >= least[part][:, None, None]) & (sure > 0)):
                text = sentences["text"].iloc[first + row]
                start, end = quote(text, seen[row][0].places, self._by_token(seen[row], part[row], at, polarity))
                tag = Tag(self.book["theme"].iloc[at], POLARITIES[polarity], start, end, float(sure[row, at, polarity]))
                found.setdefault(row, []).append(tag)
            for row, tags in found.items():
                place = sentences.iloc[first + row]
                for theme, polarity, start, end, confidence in without_overlap(tags):
                    start, end = clause(place["text"], start, end)
                    at = place["start"] + start, place["start"] + end
                    words = place["text"][start:end]
                    made.append((*place[["review_id", "sentence"]], *at, words, theme, polarity, self.name, confidence))
        return build(OPINIONS, pd.DataFrame(made, columns=OPINIONS.names))

    def _by_token(self, shown: Shown, fold: int, at: int, polarity: int) -> Floats:
        """Return how much each token speaks of the theme, and judges it so."""
        one, mentions = shown
        of_theme = one.states[:, : 2 * SIZE] @ sum(np.split(self.theme[fold, at][STATES], 2))
        of_theme[one.tokens(mentions[at])] += _WORD / _THEME
        return _THEME * of_theme + one.logits[:, polarity : one.logits.shape[1] // 2 : 2].max(axis=1)


def _in_parts(sentences: pd.DataFrame, book: pd.DataFrame) -> Iterator[tuple[int, list[Shown]]]:
    """Yield some sentences at a time, as the network sees them, after the number of the first."""
    part: list[Shown] = []
    for number, one in enumerate(with_mentions(sentences, book), start=1):
        part.append(one)
        if len(part) == _AT_ONCE or number == len(sentences):
            yield number - len(part), part
            part = []


def clause(sentence: str, start: int, end: int) -> tuple[int, int]:
    """Return the place of the clause that words of a sentence are in."""
    first, last = 0, len(sentence)
    for boundary in _BOUNDARIES:
        found = list(boundary.finditer(sentence))
        begin = max((one.end() for one in found if one.end() <= start), default=0)
        stop = min((one.start() for one in found if one.start() >= end), default=len(sentence))
        if len(sentence[begin:stop].split()) >= _FEWEST_WORDS:
            first, last = begin, stop
        if len(sentence[first:last].split()) <= _MANY_WORDS:
            break
    words = sentence[first:last]
    if len(words) > _LONGEST or not words.strip(_EDGES):
        return start, end
    return last - len(words.lstrip(_EDGES)), first + len(words.rstrip(_EDGES))


def fold_of(text: str) -> int:
    """Return the fold of reviews whose text has this digest."""
    return int(text, 16) % FOLDS


def digest(text: str) -> str:
    """Return a digest of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def read_codebook(path: str | os.PathLike[str]) -> Learned:
    """Return a codebook that was learned and saved.

    Parameters
    ----------
    path : path
        A file that ``learn(...).save(path)`` wrote.

    Returns
    -------
    Learned
        What `learn` returned.

    Raises
    ------
    ReadError
        If the file cannot be read, is another, or was learned with another version of the tagger.

    Examples
    --------
    >>> read_codebook("codebook.npz")
    Traceback (most recent call last):
    ...
    starlight.errors.ReadError: 'codebook.npz' cannot be read: No such file. Save one with learn(...).save(path).
    """
    path = check_path(path, "path", "'codebook.npz'")
    remedy = "Save one with learn(...).save(path)."
    if not path.exists():
        raise ReadError(f"{str(path)!r} cannot be read: No such file. {remedy}")
    try:
        with ZipFile(path), np.load(path, allow_pickle=False) as file:  # what is no zip numpy takes for a pickle
            held = {name: file[name] for name in file.files}
        told = json.loads(str(held.pop("told")))
        tagger = told["tagger"]
    except _DAMAGED as error:
        raise ReadError(f"{str(path)!r} is not a codebook that was learned: {error}. {remedy}") from error
    if tagger != _tagger():
        raise ReadError(
            f"{str(path)!r} was learned with another version of the tagger and does not fit this one. Learn it "
            "again, from the same file of corrections."
        )
    try:
        book, measured = (pd.DataFrame(json.loads(told[name])) for name in ("book", "measured"))
        learned = Learned(
            build(THEMES, book), build(LEARNED, measured), **held, from_what=str(told["from_what"]), read=told["read"]
        )
        _check(learned)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReadError(f"{str(path)!r} is not a whole codebook: {error}. {remedy}") from error
    return learned


def _check(learned: Learned) -> None:
    """Refuse numbers that do not belong to the themes, or to the sentences as they are read here."""
    for of_text in learned.read.values():
        fold_of(of_text)
    themes = learned.book["theme"].tolist()
    if not themes or learned.measured["theme"].tolist()[:-1] != themes:
        raise ValueError("it does not say how well each of its themes is coded")
    of_theme = FOLDS, len(themes)
    shapes = {"theme": (*of_theme, WEIGHTS), "polarity": (*of_theme, WEIGHTS), "like": (*of_theme, 2)}
    for name, shape in (shapes | {"threshold": (FOLDS,)}).items():
        numbers = getattr(learned, name)
        if numbers.shape != shape or numbers.dtype.kind != "f" or not (abs(numbers) < _LARGEST).all():
            raise ValueError(f"{name} is not {' x '.join(map(str, shape))} numbers")


def _tagger() -> str:
    return digests(_MODEL)[_MODEL]
