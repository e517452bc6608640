"""Save and read codings in the formats of other programs, each with its reviews and themes where it can hold them."""

import os
import warnings
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from ...base.arguments import check_choice, check_path
from ...base.files import write_durably
from ...errors import ReadError, TableError, few
from ...tables.base import OPINIONS, REVIEWS
from ...tables.schema import check
from ..belonging import check_quotes, craft_themes
from ..themes import checked_themes
from .found import Found, parsed, read_bytes
from .label_studio import read_tasks, tasks
from .meanings import Meaning, Names, book_of, called, meanings, with_themes
from .opinions import opinions_of, reviews_of
from .refi_read import read_codebook, read_project
from .refi_write import codebook, project
from .web_annotations import page, read_annotations

_WRITERS: dict[str, Callable[[pd.DataFrame, pd.DataFrame, pd.DataFrame], bytes]] = {
    ".qdpx": project,
    ".json": tasks,
    ".jsonld": page,
}
_SUCH_AS = "'codes.qdpx', or one that ends in .qdc, .json or .jsonld"


class Codes(NamedTuple):
    """What was read of a file of codings: three tables that the other functions take."""

    opinions: pd.DataFrame
    reviews: pd.DataFrame
    themes: pd.DataFrame


def save_codes(
    path: str | os.PathLike[str],
    opinions: pd.DataFrame | None = None,
    reviews: pd.DataFrame | None = None,
    *,
    themes: pd.DataFrame | None = None,
) -> None:
    """Save a coding, or a list of themes, so that other programs for coding open it.

    Parameters
    ----------
    path : path
        The ending chooses the format. ``.qdpx`` is a project of REFI-QDA (QualCoder, MAXQDA, ATLAS.ti, NVivo) with
        reviews, themes and opinions; ``.qdc`` its codebook, with themes only; ``.json`` the tasks of Label Studio;
        ``.jsonld`` the Web Annotations of the W3C, which hold no texts.
    opinions : DataFrame, optional
        The opinions table, of one coder or several, with the column ``note`` if there is one. None for a ``.qdc``.
    reviews : DataFrame, optional
        The reviews that were coded. None for a ``.qdc``.
    themes : DataFrame, optional
        The themes that they were coded with; `read_themes()` if not given.

    Returns
    -------
    None
        Each polarity of a theme is a code, such as ``music: praise``; in REFI-QDA it stands below the theme. Positions
        count Unicode code points. The same tables give the same bytes: ids are made from what they stand for, and
        times, which QualCoder needs, are all the first of January 2000. Label Studio needs a project with
        ``<Labels name="label" toName="text">`` and ``<Text name="text" value="$text"/>``; coders with confidences are
        its predictions, the others its annotations.

    Raises
    ------
    ReadError
        If the file has another ending, or cannot be written.
    TableError
        If the tables do not belong together, or have a character that the format cannot hold.

    Examples
    --------
    >>> import starlight as st
    >>> from tempfile import TemporaryDirectory
    >>> opinions, reviews = st.read_opinions(), st.load_reviews()
    >>> with TemporaryDirectory() as folder:
    ...     st.save_codes(f"{folder}/codes.qdpx", opinions, reviews)
    ...     codes = st.read_codes(f"{folder}/codes.qdpx")
    >>> len(codes.opinions) == len(opinions), codes.reviews.equals(reviews), codes.themes.equals(st.read_themes())
    (True, True, True)
    """
    path = check_path(path, "path", _SUCH_AS)
    suffix, themes = path.suffix.lower(), checked_themes(themes)
    check_choice(suffix, "the ending of path", [*_WRITERS, ".qdc"])
    if suffix == ".qdc":
        if opinions is not None or reviews is not None:
            raise TableError("A .qdc is a codebook, without codings. Pass themes= only, or save as .qdpx.")
        content = codebook(themes)
    elif opinions is None or reviews is None:
        raise TableError(f"Pass opinions and reviews, since a {suffix} holds codings; a .qdc holds themes only.")
    else:
        check(opinions, OPINIONS, "opinions")
        check(reviews, REVIEWS, "reviews")
        craft_themes(opinions, themes)
        if len(opinions):
            check_quotes(opinions, reviews)
        if more := [name for name in opinions if name not in [*OPINIONS.names, "note"]]:
            warnings.warn(f"The columns {few(map(repr, more))} of opinions are not saved.", stacklevel=2)
        content = _WRITERS[suffix](opinions, reviews, themes)
    try:
        write_durably(path, content)
    except OSError as error:
        raise ReadError(f"{os.fspath(path)!r} cannot be written: {error}. Give another path.") from error


def read_codes(
    path: str | os.PathLike[str],
    *,
    reviews: pd.DataFrame | None = None,
    themes: pd.DataFrame | None = None,
    codes: Mapping[str, tuple[str, str]] | None = None,
) -> Codes:
    """Read the codings that another program, or `save_codes`, has saved.

    Parameters
    ----------
    path : path
        A project (.qdpx) or codebook (.qdc) of REFI-QDA, the JSON of Label Studio, or Web Annotations (JSON-LD).
    reviews : DataFrame, optional
        Your own reviews, in which the codings are then looked for by their words: by the review's id, its name or its
        text. If not given, the file's texts are loaded as reviews; Web Annotations have none.
    themes : DataFrame, optional
        Your list of themes: codes by the name or label of one are this theme. If not given, the file's codebook or,
        if it has none, the themes of its codes; a code by the name or label of a craft theme of `read_themes()` is that
        theme.
    codes : mapping of str to (str, str), optional
        What codes mean that do not end in “praise” or “criticism”: ``{"Great songs": ("music", "praise")}``.

    Returns
    -------
    Codes
        Three tables, ``opinions``, ``reviews`` and ``themes``, which other functions take. Opinions are sorted by
        review and place. A code's theme is what stands before its last word, or else the code above it. A coding that
        goes over several sentences is an opinion in each of them. What was noted on a coding is in a column ``note``.
        The list of themes has those of the codebook, also codes without a polarity, and all that opinions carry.

    Warns
    -----
    UserWarning
        If there is something that is no opinion: what it is, and how often. If it cannot be told how positions were
        counted: with emoji or line ends of two characters, programs differ.

    Raises
    ------
    ReadError
        If the file cannot be read, is damaged or unpacks to more than 100 MB of text.
    TableError
        If `codes` names a code that the file does not have, or `reviews` or `themes` is not such a table.

    Examples
    --------
    >>> import starlight as st
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     st.save_codes(f"{folder}/book.qdc", themes=st.read_themes().head(2))
    ...     st.read_codes(f"{folder}/book.qdc").themes["theme"].tolist()
    ['overall', 'story']
    """
    path = check_path(path, "path", _SUCH_AS)
    if reviews is not None:
        check(reviews, REVIEWS, "reviews")
    found = _found(path)
    if found.texts == [] and found.codings and reviews is None:
        raise ReadError(f"{path.name} does not hold the texts that it is about. Pass them as reviews=.")
    if themes is None and found.book is not None:
        listed = book_of(found.book)
    else:
        listed = with_themes(checked_themes(themes), book_of(found.book or [])["theme"])
    if no_list := themes is None and found.book is None:
        listed = listed[listed["kind"].eq("craft")]
    means = meanings(found, listed, codes or {})
    if no_list:
        used = [meaning[0] for meaning in means.values() if meaning]
        listed = with_themes(listed[listed["theme"].isin(used)].reset_index(drop=True), used)
    reviews = reviews_of(found, path.name) if reviews is None else reviews
    opinions, unsure = opinions_of(found, reviews, means)
    _warn(path.name, found, means, unsure)
    return Codes(opinions, reviews, with_themes(listed, opinions["theme"]))


def _found(path: Path) -> Found:
    """Return what a file holds, by its ending or, of JSON, by its content."""
    suffix = path.suffix.lower()
    try:
        if suffix == ".qdc":
            return read_codebook(path)
        if suffix == ".qdpx":
            return read_project(path)
        if suffix not in (".json", ".jsonld"):
            raise ReadError(f"{os.fspath(path)!r} is no file of codes that Starlight can read. Give {_SUCH_AS}.")
        content = parsed(read_bytes(path), path.name)
    except OSError as error:
        raise ReadError(f"{os.fspath(path)!r} cannot be read: {error.strerror or error}. Correct the path.") from error
    is_web = suffix == ".jsonld" or (isinstance(content, dict) and "data" not in content)
    return read_annotations(content, path.name) if is_web else read_tasks(content, path.name)


def _warn(name: str, found: Found, means: Mapping[Names, Meaning | None], unsure: int) -> None:
    """Warn once of each kind of thing that is in a file and in no table, and of places that may be wrong."""
    unclear = Counter(called(coding.path) for coding in found.codings if not means[coding.path])
    if unclear:
        first, listed = next(iter(unclear)), few(f"{code!r} {count}" for code, count in unclear.most_common())
        warnings.warn(
            f"{name}: {unclear.total()} codings have a code without praise or criticism and are no opinions: {listed}. "
            f"read_codes(..., codes={{{first!r}: ('story', 'praise')}}) says what a code means.",
            stacklevel=3,
        )
    if found.left_out.total():
        listed = few((f"{what} {count}" for what, count in found.left_out.items() if count), 20)
        warnings.warn(f"{name}: left out, since no table has a place for it: {listed}.", stacklevel=3)
    if unsure:
        warnings.warn(
            f"{name}: in {unsure} texts with emoji or line ends of two characters it cannot be told how places are "
            "counted. They are read as Unicode code points: look at some quotes.",
            stacklevel=3,
        )
