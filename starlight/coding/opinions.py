"""Read opinions that were coded before, and find opinions in any reviews with the tagger."""

import os
import warnings

import pandas as pd

from ..base.arguments import check_choice, check_number
from ..base.progress import progress
from ..base.resources import verified
from ..errors import TableError, few, shown
from ..loading.load import load_reviews
from ..tables.base import OPINIONS, REVIEWS
from ..tables.save import read_table
from ..tables.schema import build, check
from ..text.sentences import split_sentences
from .belonging import check_quotes, check_themes, in_english
from .corrected import corrected
from .learned import Learned
from .tagger import settings, tag
from .themes import checked_themes

_SENTENCES_A_SECOND = 2_000  # that are coded in about a second
_OF_FILMS = (
    r"(?i)\b(?:film(?:s|ed|ing)?|filmmak\w+|movies?|cinema\w*|actors?|actress\w*|acting|acted|"
    r"direct(?:ors?|ed|ing|ion|orial)|cast|casting|scenes?|screen|screenplays?|sequels?|remakes?|documentar\w+|animat\w+|"
    r"anime|viewers?|hollywood|oscars?|watch\w*|starring)\b"
)
# Of 1,000 words 27 to 34 are such in film reviews of eight kinds (critics', viewers', snippets), in 24 texts on meals,
# books, games and the like none. Of 20,000 draws of 3 to 30 reviews of a kind, the warning met at most 112 (of ten
# snippets), and at most 27 of three whole reviews.
_OF_FILMS_LEAST, _FEWEST_TEXTS, _FEWEST_WORDS = 0.005, 3, 150


def read_opinions(
    path: str | os.PathLike[str] | None = None,
    *,
    coder: str | None = "settled",
    reviews: pd.DataFrame | None = None,
    themes: pd.DataFrame | None = None,
    corrections: str | os.PathLike[str] | None = None,
) -> pd.DataFrame:
    """Return opinions that were coded before: one row per opinion.

    Parameters
    ----------
    path : path, optional
        A csv with the columns of the opinions table; the project's `data/opinions.csv` if not given.
    coder : str, optional
        Whose coding. If not given, ``settled``, which settles the differences of the two readings; None returns all
        codings in the file. The tagger's name returns its stored coding of the five (`data/tagger/opinions.csv`).
    reviews : DataFrame, optional
        The reviews that were coded; the five in `seeds/` if not given.
    themes : DataFrame, optional
        The themes that they were coded with; `read_themes()` if not given.
    corrections : path, optional
        A file of corrections, as `close_reading` keeps one. Those of these coders and reviews are applied. The coder of
        a corrected or added opinion is still that of the coding; the file says who corrected it. Its confidence is
        missing, since a person judged it. What was noted on an opinion is in a column ``note``.

    Returns
    -------
    DataFrame
        The opinions table; in every row ``quote`` is ``text[start:end]`` of its review.

    Warns
    -----
    UserWarning
        If a line of `corrections` is incomplete, or corrects an opinion that does not exist.

    Raises
    ------
    ReadError
        If a file cannot be read as csv.
    TableError
        If the file breaks the declaration of the table, or has an unknown theme, review or coder, or a quote that is
        not in its place.

    Examples
    --------
    >>> read_opinions()["coder"].unique().tolist()
    ['settled']
    """
    stored = {settings().name} if path is None else set[str]()
    if path is None:
        of_tagger = isinstance(coder, str) and coder == settings().name
        path = verified("data", *["tagger"] * of_tagger, "opinions.csv")
    opinions = read_table(path, OPINIONS)
    themes = checked_themes(themes)
    check_themes(opinions, themes, "opinions")
    reviews = load_reviews() if reviews is None else reviews
    check_quotes(opinions, reviews)
    if corrections is not None:
        opinions = corrected(opinions, corrections, reviews, themes)
    if coder is None:
        return opinions
    check_choice(coder, "coder", sorted({*opinions["coder"], *stored}))
    return opinions[opinions["coder"] == coder].reset_index(drop=True)


def find_opinions(
    reviews: pd.DataFrame, *, threshold: float | None = None, codebook: Learned | None = None
) -> pd.DataFrame:
    """Return the opinions that the tagger finds in English film reviews: one row per opinion.

    Parameters
    ----------
    reviews : DataFrame
        The reviews table. A review that is not English gets no opinions and is named in a warning.
    threshold : float, optional
        The lowest confidence of an opinion, from 0 to 1: a lower one finds more opinions and makes more mistakes. If
        not given, the threshold with the best F1 on sentences held out from training (`data/tagger/README.md`); with a
        codebook, that with the best F1 on the sentences that were read.
    codebook : Learned, optional
        A codebook that `learn` learned. Then its themes are looked for in place of the tagger's twelve, the reviews
        need not be of films, and its name is the ``coder``. No review is coded by what was marked in it.

    Returns
    -------
    DataFrame
        The opinions table, with the tagger's name as ``coder``. ``confidence`` is calibrated on reviews like those that
        it was trained on: of the opinions with 0.8, a language model's reading has about 8 in 10 too. How a sentence is
        coded depends on its review and on nothing else. Boilerplate, and a headline that is printed again, are not
        coded. With a codebook, a quote is a clause or a whole sentence; if that has more than 400 characters, it is
        only the words that judge.

    Warns
    -----
    UserWarning
        If a review is not English, or three or more texts, of 150 words together, hardly have the words of
        nearly all film reviews.

    Raises
    ------
    TableError
        If `reviews` is not a reviews table, or `threshold` is not between 0 and 1.

    Examples
    --------
    >>> from starlight import load_reviews
    >>> reviews = load_reviews(pd.DataFrame({"text": ["The music is wonderful, the plot a bore."]}))
    >>> find_opinions(reviews)[["quote", "theme", "polarity"]].values.tolist()
    [['The music is wonderful', 'music', 'praise'], ['the plot a bore', 'story', 'criticism']]
    """
    check(reviews, REVIEWS, "reviews")
    check_threshold(threshold)
    if codebook is not None and not isinstance(codebook, Learned):
        raise TableError(f"codebook is {shown(codebook)}. Give what learn(...) or read_codebook(path) returns.")
    english = in_english(reviews["text"])
    if not english.all():
        others = [f"“{name}”" for name in reviews.loc[~english, "name"]]
        warnings.warn(
            f"{len(others)} of {len(reviews)} reviews are not English and get no opinions, since the tagger reads only "
            f"English: {few(others)}.",
            stacklevel=2,
        )
    read = split_sentences(reviews[english])
    if codebook is not None:
        coded = read[_coded(read)].reset_index(drop=True)
        fold = coded["review_id"].map(pd.Series(codebook.folds(reviews), reviews["review_id"]))
        return codebook.code(coded, fold.to_numpy(), threshold)
    _warn_if_not_of_films(reviews.loc[english, "text"])
    return code_sentences(read, threshold)


def _warn_if_not_of_films(texts: pd.Series) -> None:
    words, of_films = (int(texts.str.count(sought).sum()) for sought in (r"\S+", _OF_FILMS))
    if len(texts) >= _FEWEST_TEXTS and words >= _FEWEST_WORDS and of_films < _OF_FILMS_LEAST * words:
        warnings.warn(
            f"Of {words:,} words in these {len(texts)} texts {of_films or 'none'} are like “movie” or “scene”; in film "
            "reviews about 3 in 100 are. The tagger takes every text for a film review: if these are none, make "
            "nothing of its opinions.",
            stacklevel=3,
        )


def check_threshold(threshold: float | None) -> None:
    """Refuse a threshold that is not between 0 and 1."""
    if threshold is not None:
        check_number(threshold, "threshold", "a confidence, from 0 to 1", most=1)


def _coded(sentences: pd.DataFrame) -> pd.Series:
    """Return which sentences are coded: neither boilerplate nor a headline that is printed again."""
    title = sentences["part"].eq("title")
    again = title & sentences[title].duplicated(["review_id", "text"]).reindex(sentences.index, fill_value=False)
    return sentences["part"].ne("boilerplate") & ~again


def code_sentences(
    sentences: pd.DataFrame, threshold: float | None = None, *, threads: int = 0, quiet: bool = False
) -> pd.DataFrame:
    """Return the opinions in sentences as `find_opinions` does in reviews, by so many threads (0: one per core)."""
    coded = sentences[_coded(sentences)]
    places = zip(coded["review_id"], coded["sentence"], coded["start"], coded["text"], strict=True)
    found = tag(coded["text"].tolist(), threshold, reviews=coded["review_id"].tolist(), threads=threads)
    seconds = 0 if quiet else len(coded) / _SENTENCES_A_SECOND
    in_turn = progress(found, "find_opinions", "sentence", len(coded), seconds=seconds)
    coder, rows = settings().name, []
    for (review_id, sentence, offset, text), tags in zip(places, in_turn, strict=True):
        for theme, polarity, start, end, sure in tags:
            place = (review_id, sentence, offset + start, offset + end)
            rows.append((*place, text[start:end], theme, polarity, coder, sure))
    return build(OPINIONS, pd.DataFrame(rows, columns=OPINIONS.names))
