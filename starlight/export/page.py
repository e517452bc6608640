"""Read a stored notebook as what its page shows: the question, the answer, and its blocks in order.

Nothing in a notebook is trusted. Raw HTML in Markdown is escaped, pictures become images, and HTML output is taken only
if it can do nothing but show something, as what pandas writes.
"""

from __future__ import annotations

import base64
import html
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import mistune
import nbformat

from ..base.safe_text import in_xml
from ..charts.notebook import MIME
from ..errors import ReadError

_WIDGET = "application/vnd.jupyter.widget-view+json"
_PICTURES = ("image/svg+xml", "image/png", "image/jpeg")
# Elements and attributes that only show something: those that pandas writes, and those of marked text.
_ELEMENTS = (
    "div|p|span|br|table|caption|colgroup|col|thead|tbody|tfoot|tr|th|td|pre|code|blockquote|ul|ol|li|dl|dt|dd|h[2-6]|"
    "b|i|u|s|em|strong|small|mark|ins|del|sub|sup|ruby|rt|section|article|header|footer|details|summary"
)
_ATTRIBUTES = "class|id|title|lang|dir|border|align|valign|halign|rowspan|colspan|scope|role|aria-[a-z]+|data-[a-z-]+"
# Styles that change how words look, with plain values: without functions, escapes, comments and entities, nothing can
# be loaded or moved over the rest of the page.
_STYLES = (
    "color|background(?:-color)?|text-(?:align|decoration)|font(?:-[a-z]+)?|vertical-align|white-space|"
    "(?:border|padding)(?:-[a-z]+)*|(?:m[a-z]+-)?(?:width|height)"
)
_STYLE = rf'(?:\s*(?:{_STYLES})\s*:[-\w#%.,! ]*(?:;|(?=")))*\s*'
_HARMLESS = re.compile(
    rf'<(/?)({_ELEMENTS})(?:\s+(?:(?:{_ATTRIBUTES})="[^"<>]*"|style="{_STYLE}"))*\s*/?>', re.IGNORECASE
)
_ALONE = ("br", "col")  # elements without an end
_CELL = re.compile(r"<td>([^<]*)</td>")  # pandas writes cells without attributes and escapes their text
_NUMBER = re.compile(r"[-+−]?\d[\d.,]*%?|NaN|")
_WARNING = re.compile(r"^\S.*?:\d+: (\w*Warning: .*(?:\n|$))(?:  .*(?:\n|$))?", re.MULTILINE)  # path, line; then code
_ANSI = re.compile(r"\ufffd\[[0-9;]*[A-Za-z]")  # after its ESC, which XML forbids, was replaced


# A piece of a page: its kind (prose, code, text, table, chart, picture or widget) says which part of the template draws
# it, and its `html`, if it has any, is safe to insert unchanged.
Block = dict[str, Any]


def page(path: Path, names: dict[str, str]) -> dict[str, Any]:
    """Return what the templates need of a notebook; `names` maps each notebook to its page, for the links.

    The title is the question, and the answer the paragraph after it, as HTML.
    """
    markdown = mistune.create_markdown(renderer=_Prose(names), plugins=["table"])
    blocks = list(_blocks(_read(path), lambda source: str(markdown(source))))
    first = next((block["html"] for block in blocks if block["kind"] == "prose"), "")
    heading = re.match(r"<h1[^>]*>(.*?)</h1>\s*(<p>.*?</p>)?", first, re.DOTALL)
    return {
        "name": names[path.name],
        "source": path.name,
        "title": _plain(heading[1]) if heading else path.stem,
        "answer": (heading[2] or "") if heading else "",
        "has_heading": bool(heading),  # whether the title is part of the prose
        "blocks": blocks,
    }


def _read(path: Path) -> nbformat.NotebookNode:
    """Read a notebook, with U+FFFD for what XML forbids; refuse one that is damaged or was not run to its end."""
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)  # which reading does too, but only to log what is wrong
    except Exception as error:  # nbformat raises errors of many kinds
        why = str(error).strip().partition("\n")[0]
        raise ReadError(f"{path.name} cannot be read as a notebook: {why}. Save it again in Jupyter.") from error
    notebook = nbformat.from_dict(in_xml(notebook))
    code = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    for number, cell in enumerate(code, start=1):
        if cell.get("execution_count") is None:
            raise ReadError(
                f"{path.name} was not run to its end: code cell {number} of {len(code)} has no execution "
                "number. Run all of its cells in Jupyter, then save it."
            )
    return notebook


def _blocks(notebook: nbformat.NotebookNode, prose: Callable[[str], str]) -> Iterator[Block]:
    """Yield what is seen of a notebook, piece by piece."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield {"kind": "prose", "html": prose(cell.source)}
        elif cell.cell_type == "code":
            if cell.source.strip():
                yield {"kind": "code", "text": cell.source}
            yield from filter(None, (_output(output, prose) for output in cell.outputs))


def _output(output: nbformat.NotebookNode, prose: Callable[[str], str]) -> Block | None:
    """Return the best form of an output that a page can show; None for a progress bar, which is over."""
    if "data" not in output:
        text = output.get("text", "\n".join(output.get("traceback", [])))
        text = _ANSI.sub("", text)
        return {"kind": "text", "text": _WARNING.sub(r"\1", text) if output.get("name") == "stderr" else text}
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
    """Return a picture as a data address: in an image nothing can run, load or clash with the page."""
    encoded = content if mime != "image/svg+xml" else base64.b64encode(content.encode()).decode()
    return f"data:{mime};base64,{''.join(encoded.split())}"


def _table(written: str) -> str | None:
    """Return HTML that only shows something, its numbers and long texts marked; None if it could do more."""
    written = re.sub(r"<style\b[^<]*</style>", "", written).strip()
    if not written or not _only_shows(written):
        return None
    rows = written.split("</tr>")
    columns = zip(*filter(None, map(_CELL.findall, rows)), strict=False)
    numbers = [all(_NUMBER.fullmatch(cell) for cell in column) for column in columns]
    return "</tr>".join(_mark(row, numbers) for row in rows)


def _only_shows(written: str) -> bool:
    """Return whether HTML has no elements but those that show something, each closed where it was opened."""
    opened: list[str] = []
    for closing, name in _HARMLESS.findall(written.lower()):
        if closing and (not opened or opened.pop() != name):
            return False
        if not closing and name not in _ALONE:
            opened.append(name)
    return not opened and "<" not in _HARMLESS.sub("", written)


def _mark(row: str, numbers: list[bool]) -> str:
    """Mark the cells of a row that stand in a column of numbers or hold a long text."""
    column = iter(numbers)

    def marked(cell: re.Match[str]) -> str:
        kind = "number" if next(column, False) else "long" if len(cell[1]) > 30 else ""
        return f'<td class="{kind}">{cell[1]}</td>' if kind else cell[0]

    return _CELL.sub(marked, row)


def _plain(rendered: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", rendered))


class _Prose(mistune.HTMLRenderer):
    """Markdown as HTML: raw HTML is shown as text, links lead to the exported pages, headings can be linked to."""

    def __init__(self, names: dict[str, str]) -> None:
        super().__init__(escape=True)
        self._names = names
        self._anchors: Counter[str] = Counter()

    def heading(self, text: str, level: int, **_: object) -> str:
        """Write a heading with JupyterLab's anchor, numbered if the heading occurs again."""
        anchor = _plain(text).replace(" ", "-")
        self._anchors[anchor] += 1
        again = f"-{self._anchors[anchor]}" if self._anchors[anchor] > 1 else ""
        return f'<h{level} id="{html.escape(anchor)}{again}">{text}</h{level}>\n'

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """Link to a page, a heading or the web; a link to a file that is not exported becomes text."""
        path, hash_sign, anchor = url.partition("#")
        if url.startswith(("https://", "http://")):
            return f'<a href="{html.escape(url)}" rel="noreferrer">{text}</a>'
        if unquote(path) in self._names or (hash_sign and not path):
            page = quote(self._names.get(unquote(path), ""))
            return f'<a href="{page}{hash_sign}{html.escape(anchor)}">{text}</a>'
        return text

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """Show the alternative text of an image: its file is not exported."""
        return text
