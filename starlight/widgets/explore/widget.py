"""The function `explore` and its widget: charts of opinions and, behind each mark, the rows that it counts."""

from collections.abc import Collection, Mapping
from typing import Any

import anywidget
import pandas as pd
import traitlets

from ...base.arguments import check_choices
from ...summaries.opinions import quotes
from ..front_end import joined
from ..stored import EXPLORE, Output, in_place_of, with_stored
from .source import CATEGORIES, Source, prepare
from .stored import stored
from .views import Choice, act, first_choice, listed, view

PARTS = ("bars", "matrix", "scores")


def explore(
    reviews: pd.DataFrame,
    opinions: pd.DataFrame,
    *,
    show: str | Collection[str] = PARTS,
    themes: pd.DataFrame | None = None,
) -> "Explorer":
    """Explore opinions by clicking, in JupyterLab: a click on a mark lists the quotes that it counts.

    A click on a quote opens its review there. Two groups of reviews can be compared, such as a film and all others.

    Parameters
    ----------
    reviews : DataFrame
        The reviews table, or a part of it: then only its opinions are shown.
    opinions : DataFrame
        The opinions table. If it holds several coders, one is chosen in the widget. If a coder states its confidence,
        the least confidence is chosen there too.
    show : str or list of str
        Which charts: any of ``bars`` (praise and criticism of each theme), ``matrix`` (each theme in each review) and
        ``scores`` (each review's printed score, by a convention chosen in the widget).
    themes : DataFrame, optional
        The themes that the opinions were coded with; `read_themes()` by default.

    Returns
    -------
    Explorer
        A widget. Its ``quotes`` are the rows behind what is chosen; its ``code`` is a line of Python that returns them.

    Raises
    ------
    StarlightError
        If a table breaks its declaration, the opinions are of other reviews, or have an unknown theme or a motif
        for a theme, or `show` names an unknown chart.

    Examples
    --------
    >>> from starlight import load_reviews, read_opinions
    >>> widget = explore(load_reviews(), read_opinions())
    >>> widget.act(do="click", at={"theme": "music", "polarity": "praise"})
    >>> widget.quotes["quote"].tolist()
    ['really nice musical sequences and songs']
    >>> widget.code
    'st.quotes(opinions, reviews, theme="music", polarity="praise")'
    """
    show = check_choices(show, "show", PARTS)
    return Explorer(prepare(reviews, opinions, themes), [part for part in PARTS if part in show])


class Explorer(anywidget.AnyWidget):
    """The widget that `explore` returns: `choice` is what is chosen, `code` and `quotes` are what it leads to."""

    _esm = joined("helpers.js", "close_reading/marked_text.js", "explore/explore.js")
    _css = joined("palette.css", "close_reading/reader.css", "explore/explore.css")
    options = traitlets.Dict().tag(sync=True)
    parts: traitlets.List[str] = traitlets.List().tag(sync=True)
    choice = traitlets.Dict(read_only=True).tag(sync=True)
    view = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, source: Source, parts: list[str]) -> None:
        self._source = source
        few = {name: known for name, known in source.options.items() if name != "review_id"}  # those are in the view
        super().__init__(options=few, parts=parts)
        self._show(first_choice(source))
        self.on_msg(self._hear)

    @property
    def code(self) -> str:
        """The line of code that returns the rows behind what is chosen."""
        return self.view["code"]

    @property
    def quotes(self) -> pd.DataFrame:
        """All rows behind what is chosen: a quotes table."""
        rows = listed(self._source, self.choice)
        return quotes(rows.astype(dict.fromkeys(CATEGORIES, "str")), self._source.reviews)

    def act(self, **action: object) -> None:
        """Do what a click does: ``do="toggle"``, ``"set"``, ``"click"`` or ``"reset"``, as `views.act` describes."""
        self._show(act(self._source, self.choice, action))

    def _show(self, choice: Choice) -> None:
        with self.hold_sync():
            self.set_trait("choice", choice)
            self.set_trait("view", view(self._source, choice))

    def _hear(self, _widget: object, content: Mapping[str, Any], _buffers: object) -> None:
        """Do what the page asks for, and answer: without an answer the page says that nobody is there."""
        if content.get("do") != "hello":
            self.act(**content)
        self.send({"answered": content.get("number")})

    def _repr_mimebundle_(self, **kwargs: Any) -> Output:
        content = stored(self._source) | {"parts": self.parts}
        return with_stored(super()._repr_mimebundle_(**kwargs), EXPLORE, content)

    def __repr__(self) -> str:
        """Return what a viewer without widgets shows."""
        return in_place_of(self.view["heading"])
