"""Write the stored notebooks as web pages that need no network and no kernel.

A page shows what its notebook showed when it was last run: nothing is run here. Charts are pictures; where scripts are
allowed, Vega draws over them, from one script beside the pages. Each page forbids the browser to load anything from
elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import jinja2
import vl_convert

from ..base.arguments import check_path
from ..base.files import digest, replacing, write_durably
from ..base.progress import progress
from ..base.resources import resource
from ..charts.notebook import EMBED, VEGA_LITE
from ..errors import ReadError
from .page import page

_TEMPLATES = Path(__file__).parent / "templates"
_LIST = ".starlight-export.json"  # in the folder: the digests of the files that we wrote, which alone are replaced
_MADE = "written by starlight.export"
_BANNER = """\
/* Made by starlight.export. First come Vega, Vega-Lite and Vega-Embed with the libraries that they use, as bundled by
   vl-convert; copyright University of Washington Interactive Data Lab and others, BSD 3-Clause License. The code that
   draws the charts of these pages is at the end. */
"""


def export_site(folder: str | os.PathLike[str], *, notebooks: str | os.PathLike[str] | None = None) -> list[Path]:
    """Write a page for each stored notebook, an index of their questions, and the script and style that they share.

    The same notebooks give the same bytes. A file is replaced only if Starlight wrote it and nobody changed it since;
    other files in the folder are left alone. No link is followed.

    Parameters
    ----------
    folder : path
        Where the pages go. It is created if it does not exist.
    notebooks : path, optional
        The folder of the notebooks. By default the project's own.

    Returns
    -------
    list of pathlib.Path
        The files written, the index first. The last is a hidden list of the others, which the next call reads.

    Raises
    ------
    ReadError
        If there are no notebooks, one of them cannot be read or was not run to its end, the folder is a link or cannot
        be written to, or a file to be replaced was not written by Starlight, or was changed since. Nothing is written
        then.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     written = export_site(folder)
    >>> [path.name for path in written][:2]
    ['index.html', '1_reviews.html']
    """
    folder = check_path(folder, "folder", "'site'")
    source = resource("notebooks") if notebooks is None else check_path(notebooks, "notebooks", "'notebooks'")
    return _write(_site(_find(source)), folder)


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


def _site(paths: list[Path]) -> dict[str, bytes]:
    """Return the content of every file of the site, by name."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    names = {path.name: f"{path.stem}.html" for path in paths}
    pages = [page(path, names) for path in paths]
    with progress((), "export", "file", 1, seconds=2, passing=True):
        script = _script()  # this takes most of the time
    files = {"index.html": environment.get_template("index.html").render(pages=pages)}
    files |= {one["name"]: environment.get_template("page.html").render(page=one) for one in pages}
    files |= {"starlight.css": (_TEMPLATES / "starlight.css").read_text(encoding="utf-8"), "starlight.js": script}
    return {name: text.encode() for name, text in files.items()}


@cache
def _script() -> str:
    """Return Vega, Vega-Lite, Vega-Embed and the code that draws the charts as one script.

    Formulas in a chart are interpreted, not compiled (`ast`), since the pages forbid code made from text.
    """
    options = json.dumps({**EMBED, "ast": True})
    drawing = (_TEMPLATES / "charts.js").read_text(encoding="utf-8")
    return _BANNER + vl_convert.javascript_bundle(f"const options = {options};\n{drawing}", vl_version=VEGA_LITE)


def _write(files: dict[str, bytes], folder: Path) -> list[Path]:
    """Write the files, all or none of them, and before them the list of what Starlight wrote into the folder."""
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
    """Return the digests that the next call may replace: those of the file that exists, and of the new one.

    A file that Starlight did not write, or that someone changed since, is refused.
    """
    if not os.path.lexists(path):
        return [new]
    if path.is_symlink() or not path.is_file():
        raise ReadError(f"{os.fspath(path)!r} is a link or a folder. Move it, or name another folder.")
    there = digest(path)
    if there not in (new, *known):
        why = "was changed since Starlight wrote it" if known else "is not on Starlight's list (0.1 kept none)"
        raise ReadError(f"{os.fspath(path)!r} {why}. Move it, delete it if nobody needs it, or name another folder.")
    return sorted({there, new})
