"""The function `close_reading`: checks the tables and opens the widget."""

import getpass
import os

import pandas as pd

from ...base.arguments import check_path, check_text
from ...coding.belonging import check_sentences, craft_themes, known_themes, one_coder
from ...errors import TableError
from ...tables.base import OPINIONS
from ...tables.schema import build
from .widget import Reader

_CHECKED = 1_000  # reviews whose opinions are compared with the sentences at the start; of more, each when it is shown


def close_reading(
    reviews: pd.DataFrame,
    opinions: pd.DataFrame | None = None,
    *,
    queue: pd.DataFrame | None = None,
    path: str | os.PathLike[str] | None = None,
    themes: pd.DataFrame | None = None,
    who: str | None = None,
) -> Reader:
    """Read one review at a time, with its opinions marked in its text, and correct them in place.

    Parameters
    ----------
    reviews : DataFrame
        The reviews table, or a part of it: then only its opinions are shown, and in the widget's ``opinions``.
    opinions : DataFrame, optional
        The opinions table of one coder. Corrections are kept beside it, not in it. Without it, or if it is empty, one
        begins with no opinions, and those that are marked are coded by `who`.
    queue : DataFrame, optional
        What to read, in which order: the sentences that `read_next` chose, or the reviews that `sample_to_read` drew,
        with all `reviews` that they were drawn from. The widget turns from one to the next when it is marked as read,
        and begins with the first that was not. Without it, the reviews are read in their order.
    path : path, optional
        The csv file that corrections are appended to and read from. By default the environment variable
        STARLIGHT_CORRECTIONS, or else ``corrections.csv`` in the current folder, which is the notebook's. One file can
        hold the corrections of several codings; each widget takes those that belong to it.
    themes : DataFrame, optional
        The themes table; `read_themes()` by default.
    who : str, optional
        Who corrects; by default the user of this computer.

    Returns
    -------
    Reader
        A widget. Its ``opinions`` is the table as corrected so far, with what was noted on opinions in a column
        ``note``, and can be followed: ``reader.observe(lambda change: draw(change.new), "opinions")`` calls ``draw``
        with each new table.
        ``reader.review`` is the id of the review shown, and ``reader.current`` the number of the opinion shown.
        ``reader.mark_read()`` marks the review, or the queue's sentence, as read, and turns to the next.
        Corrections that others append to the file are read when the widget gets the focus, or by ``reader.look()``.
        Of many reviews the first 200 are listed, and the others found by a search. The search also lists where words
        stand in the texts, the first 100 places. A review with more than 150 opinions or 20,000 characters is shown in
        parts.

    Warns
    -----
    UserWarning
        If a line of the file is incomplete, or corrects an opinion that does not exist.

    Raises
    ------
    ReadError
        If the file is not a file of corrections.
    TableError
        If a table breaks its declaration, there are no reviews, `queue` is empty or of other reviews, or a quote or
        sentence is not where its row says. With more than 1,000 coded reviews, the number of a sentence is compared
        when its review is shown, and the widget says what is wrong.
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
    opinions = build(OPINIONS, []) if opinions is None else opinions
    opinions, listed = known_themes(opinions, OPINIONS, reviews, themes)
    craft = craft_themes(opinions, listed)
    if reviews.empty:
        raise TableError("reviews has no rows: there is nothing to read. Load at least one review.")
    one_coder(opinions)
    if opinions["review_id"].nunique() <= _CHECKED:
        check_sentences(opinions, reviews)
    path = (os.environ.get("STARLIGHT_CORRECTIONS") or "corrections.csv") if path is None else path  # git ignores it
    who = user_name() if who is None else who
    check_text(who, "who", "the name of the person who corrects")
    return Reader(reviews, opinions, craft, check_path(path, "path", "'corrections.csv'"), who, queue)


def user_name() -> str:
    """Return the name of this computer's user."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
