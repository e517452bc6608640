"""Explore reviews by pointing: charts of opinions and, behind each mark, the very rows that it counts."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import anywidget
import pandas as pd
import traitlets

from ...errors import StarlightError, did_you_mean
from ...summaries.opinions import QUOTES
from ...summaries.review_names import add_names
from ...tables.schema import build
from .views import act, first_choice, listed, prepare, view

PARTS = ("bars", "matrix", "scores")


def explore(
    reviews: pd.DataFrame,
    opinions: pd.DataFrame,
    *,
    show: Collection[str] = PARTS,
    themes: pd.DataFrame | None = None,
) -> Explorer:
    """Explore opinions by pointing, in JupyterLab: click a mark to see the quotes that it counts, again to free them.

    Parameters
    ----------
    reviews, opinions : DataFrame
        The tables. Of several coders one is chosen in the widget; where a model says how sure it is, so is the least
        confidence.
    show : list of str
        Which charts: any of ``bars`` (praise and criticism of each theme), ``matrix`` (each theme in each review) and
        ``scores`` (each review's printed score, by a convention chosen in the widget).
    themes : DataFrame, optional
        The themes that the opinions were coded with; `read_themes()` if not given.

    Returns
    -------
    widget
        Its ``quotes`` are the rows behind what is chosen, its ``code`` a line that gives them again.

    Raises
    ------
    StarlightError
        If a table breaks its declaration, holds a theme or a review that the others lack, or a motif; or if there is
        nothing of that name to show.

    Examples
    --------
    >>> from starlight import load_reviews, read_opinions
    >>> widget = explore(load_reviews(), read_opinions())
    >>> widget.act(do="click", at={"theme": "music", "polarity": "praise"})
    >>> widget.quotes["quote"].tolist(), widget.code
    (['really nice musical sequences and songs'], 'st.quotes(opinions, theme="music", polarity="praise")')
    """
    show = [show] if isinstance(show, str) else show
    for part in show:
        if part not in PARTS:
            raise StarlightError(f"show: nothing is named {part!r}. {did_you_mean(part, PARTS)}")
    return Explorer(reviews, opinions, themes, [part for part in PARTS if part in show])


class Explorer(anywidget.AnyWidget):
    """The widget that `explore` gives: `choice` is what is chosen, `code` and `quotes` what is behind it."""

    _esm = Path(__file__).with_name("explore.js")
    _css = Path(__file__).with_name("explore.css")
    options = traitlets.Dict(read_only=True).tag(sync=True)
    parts = traitlets.List(read_only=True).tag(sync=True)
    choice = traitlets.Dict(read_only=True).tag(sync=True)
    view = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(
        self,
        reviews: pd.DataFrame,
        opinions: pd.DataFrame,
        themes: pd.DataFrame | None,
        parts: list[str],
    ) -> None:
        self._source = prepare(reviews, opinions, themes)
        super().__init__()
        self.set_trait("options", self._source.options)
        self.set_trait("parts", parts)
        self._show(first_choice(self._source))
        self.on_msg(self._hear)

    @property
    def code(self) -> str:
        """The line of code that gives the rows behind what is chosen."""
        return self.view["code"]

    @property
    def quotes(self) -> pd.DataFrame:
        """The rows behind what is chosen, all of them: a quotes table."""
        rows = add_names(listed(self._source, self.choice), self._source.reviews)[QUOTES.names]
        return build(QUOTES, rows.astype(dict.fromkeys(("review_id", "name", "theme", "polarity", "coder"), "str")))

    def act(self, **action: object) -> None:
        """Do what a click does: ``do="toggle"``, ``"set"``, ``"click"`` or ``"reset"``, as `views.act` has it."""
        self._show(act(self._source, self.choice, action))

    def _show(self, choice: dict) -> None:
        with self.hold_sync():
            self.set_trait("choice", choice)
            self.set_trait("view", view(self._source, choice))

    def _hear(self, _widget: object, content: dict, _buffers: object) -> None:
        """Answer the page: a stored page that nobody answers tells its reader to run the cell."""
        if content.get("do") != "hello":
            self.act(**content)
        self.send({"answered": content.get("number")})

    def __repr__(self) -> str:
        """Say what a viewer without widgets shows instead."""
        return f"A widget to explore by pointing, shown once this cell is run: {self.view['heading']}"
