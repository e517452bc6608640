"""One stored notebook as what a page shows of it: its question, its answer, and its pieces in their order.

Nothing in a notebook is trusted to be anything but text. Markdown is rendered with its raw HTML escaped, pictures are
images, and of the outputs' HTML only what shows something and does nothing is taken, as pandas writes it.
"""

from __future__ import annotations

import base64
import html
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import mistune
import nbformat
from mistune.plugins.table import table

from ..charts.notebook import MIME
from ..errors import ReadError

_WIDGET = "application/vnd.jupyter.widget-view+json"
_PICTURES = ("image/svg+xml", "image/png", "image/jpeg")
# Elements and attributes that show something and do nothing: what pandas writes, and marked text.
_ELEMENTS = (
    "div|p|span|br|table|caption|colgroup|col|thead|tbody|tfoot|tr|th|td|pre|code|blockquote|ul|ol|li|dl|dt|dd|h[2-6]|"
    "b|i|u|s|em|strong|small|mark|ins|del|sub|sup|ruby|rt|section|article|header|footer|details|summary"
)
_ATTRIBUTES = (
    r"(?:class|id|title|lang|dir|style|border|align|valign|halign|rowspan|colspan|scope|role|aria-[a-z]+|data-[a-z-]+)"
)
_HARMLESS = re.compile(rf'</?(?:{_ELEMENTS})(?:\s+{_ATTRIBUTES}="(?:(?!url\()[^"<>])*")*\s*/?>', re.IGNORECASE)
_CELL = re.compile(r"<td>([^<]*)</td>")  # as pandas writes it: without attributes, its text escaped
_NUMBER = re.compile(r"[-+−]?\d[\d.,]*%?|NaN|")
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def page(path: Path, names: dict[str, str]) -> dict:
    """Give what the templates need of one notebook.

    Parameters
    ----------
    path : pathlib.Path
        The notebook, as it was last run.
    names : dict
        The pages of all notebooks, by the notebooks' names: links to these lead somewhere.

    Returns
    -------
    dict
        Its page's name, its source's, its title (the question), its answer (the paragraph after it, as HTML), whether
        it has that title in its text, and its blocks, each with its `kind`.

    Raises
    ------
    ReadError
        If it cannot be read as a notebook, or was not run to its end.
    """
    prose = mistune.Markdown(_Prose(names), plugins=[table])
    blocks = list(_blocks(_read(path), prose))
    first = next((block["html"] for block in blocks if block["kind"] == "prose"), "")
    heading = re.match(r"<h1[^>]*>(.*?)</h1>\s*(<p>.*?</p>)?", first, re.DOTALL)
    return {
        "name": names[path.name],
        "source": path.name,
        "title": _plain(heading[1]) if heading else path.stem,
        "answer": (heading[2] or "") if heading else "",
        "has_heading": bool(heading),
        "blocks": blocks,
    }


def _read(path: Path) -> nbformat.NotebookNode:
    """Read a notebook that was run to its end."""
    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception as error:  # nbformat raises errors of many kinds
        raise ReadError(f"{path.name} cannot be read as a notebook: {error}. Save it again in Jupyter.") from error
    code = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    for number, cell in enumerate(code, start=1):
        if cell.get("execution_count") is None:
            raise ReadError(
                f"{path.name} was not run to its end: code cell {number} of {len(code)} has no number. "
                "Run all of its cells in Jupyter, and save it."
            )
    return notebook


def _blocks(notebook: nbformat.NotebookNode, prose: mistune.Markdown) -> Iterator[dict]:
    """Give what a reader sees of a notebook, piece by piece."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield {"kind": "prose", "html": prose(cell.source)}
        elif cell.cell_type == "code":
            if cell.source.strip():
                yield {"kind": "code", "text": cell.source}
            yield from filter(None, (_output(output, prose) for output in cell.outputs))


def _output(output: nbformat.NotebookNode, prose: mistune.Markdown) -> dict | None:
    """Give the best of an output's forms that a page can show; None for a progress bar, which is over."""
    if "data" not in output:
        text = output.get("text", "\n".join(output.get("traceback", [])))
        return {"kind": "text", "text": _ANSI.sub("", text)}
    data, words = output.data, _ANSI.sub("", output.data.get("text/plain", ""))
    if _WIDGET in data:
        return None if "%|" in words else {"kind": "widget"}
    picture = next((_as_address(mime, data[mime]) for mime in _PICTURES if mime in data), None)
    if MIME in data:
        return {"kind": "chart", "spec": data[MIME], "picture": picture, "words": words}
    if (table := _table(data.get("text/html", ""))) is not None:
        return {"kind": "table", "html": table}
    if picture:
        return {"kind": "picture", "picture": picture, "words": words}
    if "text/markdown" in data:
        return {"kind": "prose", "html": prose(data["text/markdown"])}
    return {"kind": "text", "text": words}


def _as_address(mime: str, content: str) -> str:
    """Give a picture as an address that holds it: as an image nothing in it can run, load or collide."""
    encoded = content if mime != "image/svg+xml" else base64.b64encode(content.encode()).decode()
    return f"data:{mime};base64,{''.join(encoded.split())}"


def _table(written: str) -> str | None:
    """Give HTML that only shows things, as pandas writes it, its numbers and long texts marked; None for any other."""
    written = re.sub(r"<style\b.*?</style>", "", written, flags=re.DOTALL).strip()
    if not written or "<" in _HARMLESS.sub("", written):
        return None
    rows = [_CELL.findall(row) for row in written.split("</tr>")]
    columns = zip(*filter(None, rows), strict=False)
    numbers = [all(_NUMBER.fullmatch(cell) for cell in column) for column in columns]
    return "</tr>".join(_mark(row, numbers) for row in written.split("</tr>"))


def _mark(row: str, numbers: list[bool]) -> str:
    """Give the cells of a row their class: of a column of numbers, or with a long text."""
    column = iter(numbers)

    def marked(cell: re.Match) -> str:
        kind = "number" if next(column, False) else "long" if len(cell[1]) > 30 else ""
        return f'<td class="{kind}">{cell[1]}</td>' if kind else cell[0]

    return _CELL.sub(marked, row)


def _plain(rendered: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", rendered))


class _Prose(mistune.HTMLRenderer):
    """Markdown as HTML: raw HTML in it is shown as text, links lead to the pages, and headings can be led to."""

    def __init__(self, names: dict[str, str]) -> None:
        super().__init__(escape=True)
        self._names = names
        self._anchors = Counter()

    def heading(self, text: str, level: int, **_: object) -> str:
        """Give a heading the anchor that JupyterLab gives it, and a number after it if it comes again."""
        anchor = _plain(text).replace(" ", "-")
        self._anchors[anchor] += 1
        again = f"-{self._anchors[anchor]}" if self._anchors[anchor] > 1 else ""
        return f'<h{level} id="{html.escape(anchor)}{again}">{text}</h{level}>\n'

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """Lead to a page, within one, or to the web; what leads to a file that is not exported is text."""
        path, hash_sign, anchor = url.partition("#")
        if url.startswith(("https://", "http://")):
            return f'<a href="{html.escape(url)}" rel="noreferrer">{text}</a>'
        if unquote(path) in self._names or (hash_sign and not path):
            page = quote(self._names.get(unquote(path), ""))
            return f'<a href="{page}{hash_sign}{html.escape(anchor)}">{text}</a>'
        return text

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """Give an image's words: it is a file elsewhere."""
        return text
