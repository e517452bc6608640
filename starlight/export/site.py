"""Write the stored notebooks as web pages that need no network and no kernel.

A page shows what its notebook showed when it was last run: nothing is run here. Charts are pictures; where scripts are
allowed, Vega draws over them, from one script beside the pages. Each page forbids the browser to load anything from
elsewhere.
"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path

import jinja2
import vl_convert

from ..base.files import write_durably
from ..base.progress import progress
from ..base.resources import resource
from ..charts.notebook import EMBED, VEGA_LITE
from ..errors import ReadError
from .page import page

_TEMPLATES = Path(__file__).parent / "templates"
_MARK = b"starlight.export"  # near the top of each file that we write; only files with it are replaced
_BANNER = """\
/* Made by starlight.export. First come Vega, Vega-Lite and Vega-Embed with the libraries that they use, as bundled by
   vl-convert; copyright University of Washington Interactive Data Lab and others, BSD 3-Clause License. The code that
   draws the charts of these pages is at the end. */
"""


def export_site(folder: str | os.PathLike[str], *, notebooks: str | os.PathLike[str] | None = None) -> list[Path]:
    """Write a page for each stored notebook, an index of their questions, and the script and style that they share.

    The same notebooks give the same bytes. Other files in the folder are left alone.

    Parameters
    ----------
    folder : path
        Where the pages go. It is created if it does not exist.
    notebooks : path, optional
        The folder of the notebooks. By default the project's own.

    Returns
    -------
    list of pathlib.Path
        The files written, the index first.

    Raises
    ------
    ReadError
        If there are no notebooks, one of them cannot be read or was not run to its end, the folder cannot be written
        to, or a file to be replaced was not written by Starlight. In all but a failing disk nothing is written then.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     written = export_site(folder)
    >>> [path.name for path in written][:2]
    ['index.html', '1_reviews.html']
    """
    source = resource("notebooks") if notebooks is None else Path(notebooks)
    files = _site(_find(source))
    return _write(files, Path(folder))


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
        script = _script()  # takes most of the time
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
    """Write the files, unless one of them would replace a file that Starlight did not write."""
    if folder.exists() and not folder.is_dir():
        raise ReadError(f"{os.fspath(folder)!r} is a file, not a folder. Name a folder for the pages.")
    try:
        for path in (folder / name for name in files):
            if path.exists() and (path.is_dir() or _MARK not in path.read_bytes()[:2000]):
                raise ReadError(
                    f"{os.fspath(path)!r} exists and was not written by Starlight. Move it, or name another folder."
                )
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            write_durably(folder / name, content)
    except OSError as error:
        raise ReadError(
            f"{os.fspath(folder)!r} cannot be written to: {error.strerror}. Name another folder."
        ) from error
    return [folder / name for name in files]
