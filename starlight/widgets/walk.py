"""The function `walk` and its widget: a chart in words, to be walked through with the arrow keys."""

from __future__ import annotations

from typing import Any

import altair as alt
import anywidget
import traitlets
from altair.typing import ChartType

from ..charts.in_words import as_list, in_parts
from ..errors import TableError, shown
from .front_end import joined
from .stored import Output


def walk(chart: ChartType) -> Walk:
    """Walk through a chart with the arrow keys: its title, its axes, then its values group by group, read aloud.

    Down and up lead to the next part and the one before, right to what is inside it, left back out. The same words
    stand below as a list, which needs no script.

    Parameters
    ----------
    chart : altair chart
        A chart of Starlight's, or any other that holds its data.

    Returns
    -------
    Walk
        A widget. Its ``words`` are the chart in words: a dict of what it ``says`` and of its ``parts``, dicts as well.

    Raises
    ------
    TableError
        If `chart` is no chart, or cannot be drawn.

    Examples
    --------
    >>> from starlight import chart_scores, load_reviews, score_distribution
    >>> walk(chart_scores(score_distribution(load_reviews()))).words["says"].partition(".")[0]
    '2 reviews state a score'
    """
    if not isinstance(chart, alt.TopLevelMixin):
        raise TableError(f"chart is {shown(chart)}; it must be a chart, such as a function chart_... returns.")
    try:
        return Walk(words=in_parts(chart.to_dict()))
    except Exception as error:  # Altair and Vega-Lite raise errors of many kinds
        lines = str(error).strip().splitlines() or [type(error).__name__]
        why = " ".join(lines[: 1 + lines[0].endswith(":")]).removesuffix(".")
        raise TableError(f"chart cannot be drawn: {why}. Show it by itself first.") from error


class Walk(anywidget.AnyWidget):
    """The widget that `walk` returns."""

    _esm = joined("helpers.js", "walk.js")
    _css = joined("walk.css")
    words: traitlets.Dict[str, Any] = traitlets.Dict().tag(sync=True)

    def _repr_mimebundle_(self, **kwargs: Any) -> Output:
        """Return the widget, and its words for viewers without widgets."""
        forms = super()._repr_mimebundle_(**kwargs)
        return forms and (forms[0] | {"text/html": as_list(self.words)}, forms[1])

    def __repr__(self) -> str:
        """Return the same words in every run: notebooks store them."""
        return f"walk: {self.words['says']}"
