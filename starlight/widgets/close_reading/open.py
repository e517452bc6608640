"""The function `close_reading`: it checks that the tables belong together, and opens the reader."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd

from ...coding.belonging import check_quotes, craft_themes, known_reviews, one_coder
from ...coding.themes import checked_themes
from ...errors import TableError
from ...tables.base import REVIEWS
from ...tables.schema import check
from .reader import Reader

CORRECTIONS = "corrections.csv"  # git ignores it


def close_reading(
    reviews: pd.DataFrame,
    opinions: pd.DataFrame,
    *,
    path: str | os.PathLike[str] | None = None,
    themes: pd.DataFrame | None = None,
    who: str | None = None,
) -> Reader:
    """Read one review at a time, with its opinions marked in its text, and correct them in place.

    Parameters
    ----------
    reviews : DataFrame
        The reviews table.
    opinions : DataFrame
        The opinions table of one coder. Corrections are kept beside it, not in it.
    path : path, optional
        The csv file that corrections are appended to and read from. By default the environment variable
        STARLIGHT_CORRECTIONS, or else ``corrections.csv`` in the current folder, which is the notebook's. One file can
        hold the corrections of several codings; each reader takes those that belong to it.
    themes : DataFrame, optional
        The themes table; `read_themes()` by default.
    who : str, optional
        Who corrects; by default the user of this computer.

    Returns
    -------
    Reader
        A widget. Its ``opinions`` is the table as corrected so far, and can be followed:
        ``reader.observe(lambda change: draw(change.new), "opinions")`` calls ``draw`` with each new table.
        ``reader.review`` is the id of the review shown, and ``reader.current`` the number of the opinion shown.
        Corrections that others append to the file are read when the reader gets the focus, or by ``reader.look()``.

    Warns
    -----
    UserWarning
        If a line of the file is incomplete, or corrects an opinion that does not exist.

    Raises
    ------
    ReadError
        If the file is not a file of corrections.
    TableError
        If a table breaks its declaration, there are no reviews, or a quote does not stand where its row says.
    StarlightError
        If `opinions` holds several coders.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from starlight import load_reviews, read_opinions
    >>> with TemporaryDirectory() as folder:
    ...     reader = close_reading(load_reviews(), read_opinions(), path=f"{folder}/mine.csv")
    ...     reader.remove(0)
    ...     len(read_opinions()) - len(reader.opinions)
    1
    """
    check(reviews, REVIEWS, "reviews")
    if reviews.empty:
        raise TableError("reviews has no rows: there is nothing to read.")
    themes = checked_themes(themes)
    one_coder(opinions)
    craft_themes(opinions, themes)
    known_reviews(opinions, reviews, "opinions")
    check_quotes(opinions, reviews)
    path = path or os.environ.get("STARLIGHT_CORRECTIONS") or CORRECTIONS
    return Reader(reviews, opinions, themes, Path(path), who)
