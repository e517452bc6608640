"""Close reading: one review at a time as it was written, its opinions marked in place, to be read and corrected."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from ...coding.belonging import check_quotes, craft_themes, known_reviews, one_coder
from ...coding.themes import given_themes
from ...errors import TableError
from ...tables.base import REVIEWS
from ...tables.schema import check

if TYPE_CHECKING:
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
    reviews, opinions : DataFrame
        The tables; `opinions` of one coder, as it was coded: corrections are kept beside it, not in it.
    path : path, optional
        The csv that corrections are appended to, and read from when the reader is opened again. If not given, the
        environment variable STARLIGHT_CORRECTIONS, else ``corrections.csv`` in the current folder, which is the
        notebook's. It holds those of other codings and reviews too, and each reader takes its own.
    themes : DataFrame, optional
        The themes table; `read_themes()` if not given.
    who : str, optional
        Who corrects; the name of the user of this computer if not given.

    Returns
    -------
    Reader
        A widget. Its ``opinions`` is the coding as corrected so far, and can be followed:
        ``reader.observe(lambda change: draw(change.new), "opinions")`` calls ``draw`` with each new table.
        ``reader.review`` is the review shown, and ``reader.current`` the number of the opinion stepped to.
        What others append to the file is taken in when the reader is turned to, or by ``reader.look()``.

    Warns
    -----
    UserWarning
        If a line of the file is torn, or corrects an opinion that is not there.

    Raises
    ------
    ReadError
        If the file is not one of corrections.
    TableError
        If a table breaks its declaration, or a quote is not where it says.
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
    from .reader import Reader  # loaded here: `import starlight` stays fast

    check(reviews, REVIEWS, "reviews")
    if reviews.empty:
        raise TableError("reviews has no rows: there is nothing to read.")
    themes = given_themes(themes)
    one_coder(opinions)
    craft_themes(opinions, themes)
    known_reviews(opinions, reviews, "opinions")
    check_quotes(opinions, reviews)
    path = path or os.environ.get("STARLIGHT_CORRECTIONS") or CORRECTIONS
    return Reader(reviews, opinions, themes, Path(path), who)
