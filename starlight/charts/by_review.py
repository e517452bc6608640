"""What charts of up to 29 reviews share: a matrix with a row for each review and a column for each theme."""

from __future__ import annotations

from collections.abc import Callable

import altair as alt
import pandas as pd
from altair.typing import ChartType

from .style import LINE, counts_beside, review_y

_WIDTH = 560  # pixels of the columns of a matrix: beside names it is as wide as a notebook


def matrix(
    rows: pd.DataFrame, order: list[str], cells: Callable[[alt.Chart], list[alt.Chart]], step: int, *count: str
) -> ChartType:
    """Draw reviews below themes in this order, each beside its name and a `count`, as `counts_beside` takes it.

    `cells` draws what is in the cells. A column is `step` pixels wide; themes that find no room come in a further
    matrix below.
    """
    y, room = review_y(rows, counts=True), _WIDTH // step
    axis = alt.Axis(orient="top", labelAngle=-45, labelLimit=110, labelOverlap=False, ticks=False, domain=False)
    lines = []
    for start in range(0, max(1, len(order)), room):
        line = order[start : start + room]
        part = rows[rows["label"].isin(line)]
        x = alt.X("label:N", title=None, scale=alt.Scale(domain=line), axis=axis)
        drawn = alt.layer(*cells(alt.Chart(part).encode(x=x, y=y)), *counts_beside(part, y, *count))
        lines.append(drawn.properties(width=alt.Step(step), height=alt.Step(LINE)))
    return alt.vconcat(*lines, spacing=14)


def used(rows: pd.DataFrame, counts: list[str]) -> tuple[pd.DataFrame, list[str]]:
    """Return the rows of themes that some review has, and a line that names the others; all rows if there are none."""
    there = rows["theme"].isin(rows.loc[rows[counts].sum(axis=1) > 0, "theme"])
    if there.all() or not there.any():
        return rows, []
    return rows[there], [f"in no review: {', '.join(rows.loc[~there, 'label'].unique())}"]
