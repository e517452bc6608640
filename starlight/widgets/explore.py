"""Explore reviews by pointing: charts of opinions and, behind each mark, the very rows that it counts."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import pandas as pd

from ..errors import StarlightError, did_you_mean

if TYPE_CHECKING:
    from .explorer import Explorer

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
    from .explorer import Explorer  # loaded here: `import starlight` stays fast

    show = [show] if isinstance(show, str) else show
    for part in show:
        if part not in PARTS:
            raise StarlightError(f"show: nothing is named {part!r}. {did_you_mean(part, PARTS)}")
    return Explorer(reviews, opinions, themes, [part for part in PARTS if part in show])
