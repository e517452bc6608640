"""The function `try_a_review` and its widget: a box to paste a review into, and the review with its opinions marked."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import anywidget
import ipywidgets
import pandas as pd
import traitlets

from ..base.arguments import check_text
from ..base.safe_text import in_xml
from ..charts.wording import READERS_F1, each
from ..coding.opinions import find_opinions
from ..coding.tagger import settings
from ..loading.load import load_reviews
from ..summaries.opinions import praise_and_criticism
from ..tables.base import OPINIONS
from ..text.languages import is_english
from .close_reading import close_reading

LISTED = 100  # opinions that have a line of their own
EXAMPLE = (
    "A gorgeous film with a forgettable plot\n\n"
    "Every frame is beautifully drawn, and the songs stay with you. "
    "But the story is predictable, and the ending comes much too easily."
)


def try_a_review(text: str = EXAMPLE) -> Trial:
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


class Lines(anywidget.AnyWidget):
    """Lines of plain text, shown exactly as they are."""

    _esm = """
    function render({ model, el }) {
      const line = (text) => Object.assign(document.createElement("p"), { textContent: text });
      const draw = () => el.replaceChildren(...model.get("lines").map(line));
      el.setAttribute("role", "status");
      el.classList.add("starlight-lines");
      model.on("change:lines", draw);
      draw();
    }
    export default { render };
    """
    _css = """
    .starlight-lines { max-width: 960px; }
    .starlight-lines p { margin: 2px 0; white-space: pre-wrap; color: var(--jp-content-font-color1); }
    """
    lines: traitlets.List[str] = traitlets.List().tag(sync=True)


class Trial(ipywidgets.VBox):
    """The widget that `try_a_review` returns: `opinions` is the table of what the tagger found in the text."""

    def __init__(self, text: str) -> None:
        self._folder = TemporaryDirectory()
        self._box = ipywidgets.Textarea(
            description="Review",
            placeholder="Paste a review in English.",
            rows=7,
            continuous_update=False,  # or a click on the button may overtake the last words typed
            layout=ipywidgets.Layout(width="auto", max_width="956px", height="9em"),
        )
        self._button = ipywidgets.Button(description="Code it", tooltip="Find the opinions in this review")
        self._said = Lines()
        super().__init__([self._box, self._button, self._said])
        self._button.on_click(lambda _: self.code(self._box.value))
        self.code(text)

    def __repr__(self) -> str:
        """Return the same words in every run: notebooks store them."""
        return f"try_a_review: {len(self.opinions)} opinions found"

    def code(self, text: str) -> None:
        """Find the opinions in a text and mark them."""
        check_text(text, "text", "the text of a review")
        self._box.value = text = in_xml(text)
        self.opinions = pd.DataFrame(columns=OPINIONS.names)
        if not text.strip():
            self._show(["There is no text. Paste a review, then press “Code it”."])
            return
        if not is_english(text):
            self._show(["This text is not in English. The tagger reads only English, so nothing was coded."])
            return
        reviews = load_reviews(pd.DataFrame({"text": [text]}))
        self.opinions = find_opinions(reviews)
        path = Path(self._folder.name) / f"{len(list(Path(self._folder.name).iterdir()))}.csv"
        reader = close_reading(reviews, self.opinions, path=path)
        reader.kept = False
        measured = settings().measured["whole reviews"]
        trust = (
            f"Coded by {settings().name}, a model. Compared with a large language model's reading of other whole "
            f"reviews, its F1 is {measured:.2f}; two such readings of the five reviews reach {READERS_F1:.2f}. It "
            "misses some opinions and gets some wrong."
        )
        counted = praise_and_criticism(self.opinions, reviews).query("opinions > 0")
        sums = "; ".join(each(counted, "{label}: {opinions} {polarity}")) or "No opinion was found"
        reasons = each(
            self.opinions.head(LISTED), "“{quote}” reads as {polarity} of {theme}; confidence {confidence:.2f}."
        )
        if (more := len(self.opinions) - LISTED) > 0:
            reasons.append(f"{more:,} more are not listed here; they are marked in the review below.")
        self._show([trust, f"{sums}.", *reasons], reader)

    def _show(self, lines: list[str], *below: ipywidgets.Widget) -> None:
        self._said.lines = lines
        self.children = [self._box, self._button, self._said, *below]
