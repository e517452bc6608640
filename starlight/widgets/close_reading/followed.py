"""A widget with an opinions table that can be followed: who observes it is given each new one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import anywidget
import pandas as pd
import traitlets
from traitlets import Bunch

from ...coding.corrected import Record


class _Table(traitlets.Any):
    """The table as corrected so far, made when it is asked for, since a large one takes a while."""

    def get(self, obj: traitlets.HasTraits, cls: type[Any] | None = None) -> pd.DataFrame:
        """Return the table."""
        return cast("Followed", obj)._record.table


class Followed(anywidget.AnyWidget):
    """A widget whose `opinions` are those of a record."""

    opinions = _Table(read_only=True)
    _record: Record
    _is_followed = False

    def observe(self, handler: Callable[..., Any], names: Any = traitlets.All, type: Any = "change") -> None:
        """Call a function on each change of a trait, as ipywidgets does."""
        self._is_followed = self._is_followed or names is traitlets.All or "opinions" in names
        super().observe(handler, names, type)

    def _follow(self) -> None:
        """Call those who follow the table; where there are none, it is not made."""
        if self._is_followed:
            change = {"name": "opinions", "old": None, "new": self.opinions, "owner": self, "type": "change"}
            self.notify_change(Bunch(change))
