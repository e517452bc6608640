"""The function `try_a_review` and its widget: a box to paste a review into, and the review with its opinions marked."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import anywidget
import ipywidgets
import pandas as pd
import traitlets

from ..base.arguments import check_text
from ..base.safe_text import in_xml
from ..charts.wording import READERS_F1, each
from ..coding.opinions import check_threshold, find_opinions
from ..coding.tagger import settings
from ..errors import TableError, few
from ..loading.load import load_reviews
from ..summaries import headlines
from ..summaries.opinions import praise_and_criticism
from ..tables.base import OPINIONS
from ..text.languages import is_english
from ..text.sentences import split_sentences
from .close_reading import Reader, close_reading
from .front_end import joined
from .stored import CLOSE_READING, Output, in_place_of

LISTED = 100  # opinions that have a line of their own
FAINTEST = 0.10  # the lowest confidence of an opinion that is told of, though it is not marked
NO_TEXT = "There is no text. Paste a review, then press “Code it”."
EXAMPLE = (
    "A gorgeous film with a forgettable plot\n\n"
    "Every frame is beautifully drawn, and the songs stay with you. "
    "But the story is predictable, and the ending comes much too easily."
)


def try_a_review(text: str = EXAMPLE) -> "Trial":
    """Paste any English review and see its opinions marked, what each was read as, and the sum by theme.

    Parameters
    ----------
    text : str
        The review shown at first; by default an invented example.

    Returns
    -------
    Trial
        A widget. Its ``opinions`` are those that the tagger finds in the text; ``code(text)`` codes another text.
        Corrections made in it are not kept: they belong to no file.

    Raises
    ------
    TableError
        If `text` is not a str.

    Examples
    --------
    >>> trial = try_a_review("The music is wonderful.")
    >>> trial.opinions[["theme", "polarity"]].to_numpy().tolist()
    [['music', 'praise']]
    """
    return Trial(text)


class Form(anywidget.AnyWidget):
    """A box for a review, a button, the lowest confidence that is marked, and lines of plain text below."""

    _esm = joined("helpers.js", "try_a_review.js")
    _css = joined("palette.css", "try_a_review.css")
    text = traitlets.Unicode().tag(sync=True)
    threshold = traitlets.Float().tag(sync=True)
    lines: traitlets.List[str] = traitlets.List().tag(sync=True)


class Trial(ipywidgets.VBox):
    """The widget that `try_a_review` returns: `opinions` is the table of what the tagger found in the text."""

    def __init__(self, text: str) -> None:
        self._folder = TemporaryDirectory()
        self._form = Form()
        super().__init__([self._form])
        self._form.on_msg(lambda _, asked, __: self._hear(asked))
        self.code(text)

    def _repr_mimebundle_(self, **kwargs: Any) -> Output:
        forms = super()._repr_mimebundle_(**kwargs)
        for reader in (one for one in self.children if isinstance(one, Reader)):
            forms |= {CLOSE_READING: reader._repr_mimebundle_()[0][CLOSE_READING]}
        return forms

    def __repr__(self) -> str:
        """Return what a viewer without widgets shows, the same in every run: notebooks store it."""
        return in_place_of(f"a review, and the {len(self.opinions)} opinions found in it")

    def _hear(self, asked: dict[str, Any]) -> None:
        """Do what the page asks for, and answer it."""
        match asked:
            case {"do": "code", "text": str(text), "threshold": int(threshold) | float(threshold)}:
                self.code(text, threshold=threshold)
        self._form.send({"answered": asked.get("number")})

    def code(self, text: str, *, threshold: float | None = None) -> None:
        """Find the opinions in a text and mark those with this confidence or more, by default the tagger's own."""
        check_text(text, "text", "the text of a review")
        check_threshold(threshold)
        threshold = settings().threshold if threshold is None else threshold
        text = in_xml(text)
        lines, below = self._coded(text, threshold)
        with self._form.hold_sync():
            self._form.text, self._form.threshold, self._form.lines = text, threshold, lines
        self.children = [self._form, *below]

    def _coded(self, text: str, threshold: float) -> tuple[list[str], list[Reader]]:
        """Return what is said of a text, and the text with its marks, if there are any."""
        self.opinions = pd.DataFrame(columns=OPINIONS.names)
        if not text.strip():
            return [NO_TEXT], []
        if not is_english(text):
            return ["This text is not in English. The tagger reads only English, so nothing was coded."], []
        try:
            reviews = load_reviews(pd.DataFrame({"text": [text]}))
        except TableError:  # such as N/A, which says that there is nothing
            return [NO_TEXT], []
        found = find_opinions(reviews, threshold=min(threshold, FAINTEST))
        self.opinions = found[found["confidence"] >= threshold].reset_index(drop=True)
        path = Path(self._folder.name) / f"{len(list(Path(self._folder.name).iterdir()))}.csv"
        reader = close_reading(reviews, self.opinions, path=path)
        reader.kept = False
        counted = praise_and_criticism(self.opinions, reviews).query("opinions > 0")
        sums = "; ".join(each(counted, "{label}: {opinions} {polarity}")) or "No opinion was found"
        reasons = each(
            _named(self.opinions.head(LISTED)), "“{quote}” reads as {polarity} of {theme}; confidence {confidence:.2f}."
        )
        if (more := len(self.opinions) - LISTED) > 0:
            reasons.append(f"{more:,} more are not listed here; they are marked in the review below.")
        return [_trust(), f"{sums}.", *reasons, *_unmarked(reviews, found, threshold)], [reader]


def _trust() -> str:
    """Return how well the tagger reads."""
    measured = settings().measured["whole reviews"]
    return (
        f"Coded by {settings().name}, a model. Compared with a large language model's reading of other whole reviews, "
        f"its F1 (1 is full agreement) is {measured:.2f}; two such readings of the five reviews reach "
        f"{READERS_F1:.2f}. It misses some opinions and gets some wrong."
    )


def _named(opinions: pd.DataFrame) -> pd.DataFrame:
    """Name the themes as a sentence does: the visuals, the film as a whole."""
    return opinions.assign(theme=[headlines.the(theme, theme.capitalize()) for theme in opinions["theme"]])


def _unmarked(reviews: pd.DataFrame, found: pd.DataFrame, threshold: float) -> list[str]:
    """Return why words have no mark: all opinions that the tagger is less sure of, and the sentences without any."""
    unsure = found[found["confidence"] < threshold].sort_values("confidence", ascending=False, kind="stable")
    sentences = split_sentences(reviews)
    again = sentences["part"].eq("title") & sentences.duplicated(["part", "text"])
    left = sentences[~sentences["sentence"].isin(found["sentence"])]
    because = pd.Series("", left.index, dtype="str")
    because[~left["text"].map(is_english).astype("bool")] = "it is not in English, which is all that the tagger reads"
    because[again[left.index]] = "the headline is printed again"
    because[left["part"].eq("boilerplate")] = "it does not look like the review's own prose"
    said = {
        f"the tagger is less sure of it than {threshold:.2f}": each(
            _named(unsure), "“{quote}” ({polarity} of {theme}, {confidence:.2f})"
        )
    }
    said |= {why: each(rows, "“{text}”") for why, rows in left.groupby(because) if why}
    lines = [f"Not marked, because {why}: {few(what)}." for why, what in said.items() if what]
    others = int(because.eq("").sum())
    return lines + [f"No opinion was found in {others:,} other sentence{'s' * (others > 1)}."] * (others > 0)
