"""The widget behind `explore`: what is chosen, and what is shown of it.

`views` works out what is shown, `explore.js` draws it as buttons and a list, so that the keyboard reaches each mark.
"""

from __future__ import annotations

from pathlib import Path

import anywidget
import pandas as pd
import traitlets

from ..checks import build
from ..tables import QUOTES
from .views import act, first_choice, listed, prepare, view


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
        rows = listed(self._source, self.choice)[QUOTES.names]
        return build(QUOTES, rows.astype(dict.fromkeys(("review_id", "theme", "polarity", "coder"), "str")))

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
