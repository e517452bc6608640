"""A widget with an opinions table that can be followed: who observes it is given each new one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anywidget
import pandas as pd
import traitlets

from ...coding.corrected import Record


class Followed(anywidget.AnyWidget):
    """A widget whose `opinions` are those of a record."""

    _record: Record
    _is_followed = False

    @property
    def opinions(self) -> pd.DataFrame:
        """The table as corrected so far, made when it is asked for, since a large one takes a while."""
        return self._record.table

    def observe(self, handler: Callable[..., Any], names: Any = traitlets.All, type: Any = "change") -> None:
        """Call a function on each change of a trait, or of `opinions`, as ipywidgets does."""
        self._is_followed = self._is_followed or names is traitlets.All or "opinions" in names
        super().observe(handler, names, type)

    def _follow(self) -> None:
        """Call those who follow the table; where there are none, it is not made."""
        if self._is_followed:
            change = {"name": "opinions", "old": None, "new": self.opinions, "owner": self, "type": "change"}
            self.notify_change(traitlets.Bunch(change))
