"""Write the stored notebooks, and the reviews that they show, as web pages that need no network and no kernel.

A page shows what its notebook showed when it was last run: nothing is run here. Charts are pictures; where scripts are
allowed, Vega draws over them, from one script beside the pages. Each page forbids the browser to load anything from
elsewhere. A file is replaced only if Starlight wrote it and nobody changed it since.
"""

import hashlib
import json
import os
import warnings
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd

from ..base.arguments import check_path
from ..base.files import digest, replacing, write_durably
from ..base.progress import progress
from ..base.resources import resource
from ..errors import ReadError
from ..loading.load import load_reviews
from ..widgets.stored import CLOSE_READING
from ..widgets.try_a_review import EXAMPLE
from .assembled import in_one, render, script, style
from .hidden import HiddenNames, HiddenTexts
from .page import contents, page, read
from .reviews import Shelf, Stored

_INVENTED = ("invented_reviews.csv", "game_reviews.csv")
_LIST = ".starlight-export.json"  # in the folder: the digests of the files that we wrote, which alone are replaced
_MADE = "written by starlight.export"


def export_site(
    folder: str | os.PathLike[str],
    *,
    notebooks: str | os.PathLike[str] | None = None,
    texts: bool = True,
    names: bool = True,
    single: bool = False,
    author: str | None = None,
) -> list[Path]:
    """Write a page for each stored notebook, pages of the reviews, an index, and the script and style that they share.

    Critics with several of the reviews that a widget stored have a page, if names are shown, and so have outlets. The
    same notebooks give the same bytes on the same day. A file is replaced only if Starlight wrote it and nobody changed
    it since; other files in the folder are left alone. No link is followed.

    Parameters
    ----------
    folder : path
        Where the pages go. It is created if it does not exist.
    notebooks : path, optional
        The folder of the notebooks. By default the project's own.
    texts : bool
        Whether the pages have the whole texts of reviews. If not, only the quotes stay, and names that were made of a
        text's first words; code and outputs have "…" in place of texts. What the author writes between them stays.
    names : bool
        Whether reviewers are named. If not, "Reviewer 1" and so on stand wherever a notebook has the name of a critic
        whose review is in one of its widgets, in any case, with the last name first, and in addresses. Names of
        other people, a reviewer's surname alone, and initials stay.
    single : bool
        Whether all is written into one file, ``index.html``.
    author : str, optional
        Who is named as the author. By default those in the notebooks' metadata, ``authors``.

    Returns
    -------
    list of pathlib.Path
        The files written, the index first. The last is a hidden list of the others, which the next call reads.

    Warns
    -----
    UserWarning
        If the pages make other reviews public than those that come with Starlight.

    Raises
    ------
    ReadError
        If there are no notebooks, one of them cannot be read or was not run to its end, reviewers cannot be left
        unnamed since no widget stored their names, the folder is a link or cannot be written to, or a file to be
        replaced was not written by Starlight, or was changed since. Nothing is written then.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     written = export_site(folder)  # doctest: +SKIP
    >>> [path.name for path in written][:2]  # doctest: +SKIP
    ['index.html', '1_reviews.html']
    """
    folder = check_path(folder, "folder", "'site'")
    source = resource("notebooks") if notebooks is None else check_path(notebooks, "notebooks", "'notebooks'")
    read_in = {path.name: read(path) for path in _find(source)}
    _warn_of_what_is_public(contents(read_in.values()), texts=texts, names=names)
    if not texts:
        cut = HiddenTexts(contents(read_in.values()))
        read_in = {name: cut.without(notebook) for name, notebook in read_in.items()}
    hidden = None if names else _hidden(contents(read_in.values()))
    if hidden:
        read_in = {name: hidden.without(notebook) for name, notebook in read_in.items()}
    with progress((), "export", "file", 1, seconds=2, passing=True):
        pages = {name: f"{Path(name).stem}.html" for name in read_in}
        shelf = Shelf(contents(read_in.values()), pages, texts=texts, named=names)
        files = _files(read_in, shelf, single=single, author=author)
    return _write_all({name: _encoded(file, hidden) for name, file in files.items()}, folder)


def _warn_of_what_is_public(stored: list[Stored], *, texts: bool, names: bool) -> None:
    """Warn if widgets in the notebooks show reviews that do not come with Starlight."""
    invented = pd.concat(pd.read_csv(resource("data", name), dtype="str") for name in _INVENTED).fillna("")
    known = "\n".join([*load_reviews()["text"], *invented.to_numpy().ravel(), EXAMPLE])
    others = [(mime, content) for mime, content in stored if not all(words in known for words in _words(content))]
    if not others:
        return
    whole = texts and any(mime == CLOSE_READING or content["texts"] for mime, content in others)
    what = ("whole texts of reviews" if whole else "quotes from reviews") + " and their reviewers' names" * names
    remedies = ["texts=False (--no-texts) leaves the texts out and keeps quotes"] * whole
    remedies += ["names=False (--no-names) replaces the names"] * names
    advice = f" {', and '.join(remedies)}." if remedies else ""
    warnings.warn(f"These pages will make public {what}.{advice}", stacklevel=3)


def _words(content: dict[str, Any]) -> list[str]:
    if "options" in content:
        return [*(row[7] for row in content["opinions"]), *(text.strip() for text in content["texts"])]
    return [review["text"].strip() for review in content["reviews"]]


def _find(source: Path) -> list[Path]:
    """Return the notebooks of a folder, ordered by name."""
    found = sorted(path for path in source.glob("*.ipynb") if not path.name.startswith("."))
    if not found:
        raise ReadError(
            f"There are no notebooks in {os.fspath(source)!r}. Name the folder that holds them with "
            "notebooks=..., or with --notebooks on the command line."
        )
    if any(path.stem == "index" for path in found):
        raise ReadError("'index.ipynb' would take the place of the index page. Rename it.")
    if odd := [path.name for path in found if not path.name.isprintable()]:
        raise ReadError(f"{odd[0]!r} has characters in its name that a web address cannot have. Rename it.")
    return found


def _hidden(stored: list[Stored]) -> HiddenNames:
    """Return what replaces the reviewers' names; refuse if some of the names are not known."""
    left_out = sum(content["of"][1] - len(content["reviews"]) for _, content in stored)
    if left_out or not stored:
        why = f"the names of {left_out:,} reviews are not stored" if stored else "no widget of explore is in them"
        raise ReadError(
            f"The reviewers in these notebooks cannot be found, since {why}. Show fewer reviews with explore."
        )
    return HiddenNames(stored)


def _files(
    notebooks: dict[str, nbformat.NotebookNode], shelf: Shelf, *, single: bool, author: str | None
) -> dict[str, str | bytes]:
    """Return the content of every file of the site, by name."""
    pages = [page(name, notebook, shelf) for name, notebook in notebooks.items()]
    told: dict[str, Any] = {"date": f"{date.today():%-d %B %Y}", "author": author, "single": single, "shelf": shelf}
    written = {"index.html": render("index.html", pages=pages, **told)}
    around = [None, *pages, None]
    for previous, one, following in zip(around, pages, around[2:], strict=False):
        written[one["name"]] = render("page.html", page=one, previous=previous, following=following, **told)
    written |= {one["name"]: render("reviews.html", page=one, **told) for one in shelf.pages}
    people = ((one, some) for one in shelf.pages for some in one["people"])
    written |= {some["name"]: render("people.html", page=one, people=some, **told) for one, some in people}
    if single:
        return {"index.html": in_one(written)}
    charts = [block for one in pages for block in one["blocks"] if block["kind"] == "chart"]
    offered = {f"{block['file']}.{suffix}": file for block in charts for suffix, file in block["downloads"].items()}
    return written | offered | {"starlight.css": style(), "starlight.js": script()}


def _encoded(file: str | bytes, hidden: HiddenNames | None) -> bytes:
    if isinstance(file, bytes):
        return file
    return (hidden.uncovered(file) if hidden else file).encode()


def _write_all(files: dict[str, bytes], folder: Path) -> list[Path]:
    """Write the files, and before them the list of what Starlight wrote into the folder; return their paths."""
    if folder.is_symlink():
        raise ReadError(f"{os.fspath(folder)!r} is a link. Name the folder that it leads to, or another.")
    if folder.exists() and not folder.is_dir():
        raise ReadError(f"{os.fspath(folder)!r} is a file, not a folder. Name a folder for the pages.")
    try:
        listed = _listed(folder / _LIST)
        for name, content in files.items():
            listed[name] = _ours(folder / name, hashlib.sha256(content).hexdigest(), listed.get(name, []))
        folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as unfinished:  # so that a disk fills up before any file is replaced
            for name, content in files.items():
                file = unfinished.enter_context(replacing(folder / name))
                file.write(content)
                file.flush()
            write_durably(folder / _LIST, json.dumps({_MADE: listed}, indent=1).encode())
    except OSError as error:
        raise ReadError(
            f"{os.fspath(folder)!r} cannot be written to: {error.strerror}. Name another folder."
        ) from error
    return [folder / name for name in [*files, _LIST]]


def _listed(path: Path) -> dict[str, list[str]]:
    """Return the digests of each file that Starlight wrote into a folder, by the list that it left there."""
    if not os.path.lexists(path):
        return {}
    try:
        if path.is_symlink() or not path.is_file():
            raise ValueError
        listed = json.loads(path.read_bytes())[_MADE]
        return {str(name): [str(digest) for digest in digests] for name, digests in listed.items()}
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ReadError(
            f"{os.fspath(path)!r} is not a list that Starlight wrote. Move it, or name another folder."
        ) from error


def _ours(path: Path, new: str, known: list[str]) -> list[str]:
    """Return the digests that the next call may replace; refuse a file that is not ours, or not as we wrote it."""
    if not os.path.lexists(path):
        return [new]
    if path.is_symlink() or not path.is_file():
        raise ReadError(f"{os.fspath(path)!r} is a link or a folder. Move it, or name another folder.")
    there = digest(path)
    if there not in (new, *known):
        why = "was changed since Starlight wrote it" if known else "is not on Starlight's list (0.1 kept none)"
        raise ReadError(f"{os.fspath(path)!r} {why}. Move it, delete it if nobody needs it, or name another folder.")
    return sorted({there, new})
