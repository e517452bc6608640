"""Read a stored notebook as what its page shows: the question, the answer, and its blocks in order.

Nothing in a notebook is trusted. Raw HTML in Markdown is escaped, pictures become images, and HTML output is taken only
if it can do nothing but show something, as what pandas writes.
"""

import base64
import hashlib
import html
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import mistune
import nbformat
import pandas as pd

from ..base.safe_text import in_xml
from ..charts.in_words import as_list, in_parts
from ..charts.notebook import MIME
from ..errors import ReadError, StarlightError
from ..tables import write_csv
from ..widgets.stored import CLOSE_READING, EXPLORE
from .html_tables import table
from .reviews import Shelf, Stored, articles, as_reading

_WIDGET = "application/vnd.jupyter.widget-view+json"
PICTURES = ("image/svg+xml", "image/png", "image/jpeg")
_WARNING = re.compile(r"^\S.*?:\d+: (\w*Warning: .*(?:\n|$))(?:  .*(?:\n|$))?", re.MULTILINE)  # path, line; then code
_ANSI = re.compile(r"\ufffd\[[0-9;]*[A-Za-z]")  # after its ESC, which XML forbids, was replaced
# The folders of a file's path, which may name a person: in quotes, or without blanks and not within an address or HTML.
_FOLDERS = re.compile(
    r"""(?<=['"])(?:/|[A-Za-z]:[\\/]+|\\\\+)(?:[^'"\n\\/]+[\\/]+)*(?=[^'"\n]+['"])"""
    r"""|(?<![\w:/\\<])(?:[A-Za-z]:[\\/]+(?:[^\\/\s'"]+[\\/]+)*|/(?:[^/\s'"]+/)+)"""
)
_ACTS = re.compile(r"<script|<foreignobject|<!|\bon\w+\s*=|\bhref\s*=", re.IGNORECASE)  # what a picture must not hold
_RUN_TIME = re.compile(r" \*\*Run time:\*\*.*")  # nobody runs a page
_LINKED = re.compile(r'<td[^>]*><a href="([^"#]+)#')
_H2 = re.compile(r'<h2 id="([^"]*)">(.*?)</h2>')


# A piece of a page: its kind (prose, code, text, table, chart, picture or widget) says which part of the template draws
# it, and its `html`, if it has any, is safe to insert unchanged.
Block = dict[str, Any]


def page(name: str, notebook: nbformat.NotebookNode, shelf: Shelf) -> dict[str, Any]:
    """Return what the templates need of a notebook: its title, which is its question, the answer, and its blocks."""
    blocks = list(_numbered(_blocks(notebook, shelf), Path(shelf.names[name]).stem))
    first = next((block["html"] for block in blocks if block["kind"] == "prose"), "")
    heading = re.match(r"<h1[^>]*>(.*?)</h1>\s*(<p>.*?</p>)?", first, re.DOTALL)
    told = _H2.findall("".join(block["html"] for block in blocks if "told" in block))  # such as what introduces a file
    linked = Counter(found for block in blocks for found in _LINKED.findall(block.get("html", "")))
    linked.update(block["page"] for block in blocks if block.get("page"))
    return {
        "name": shelf.names[name],
        "source": name,
        "title": _plain(heading[1]) if heading else Path(name).stem,
        "subject": _plain(told[0][1]) if told else "",
        "answer": heading[2] or "" if heading else "",
        "has_heading": bool(heading),  # whether the title is part of the prose
        "blocks": blocks,
        "contents": [found for block in blocks if block["kind"] == "prose" for found in _H2.findall(block["html"])],
        "picture": next((block["picture"] for block in blocks if block.get("picture")), None),
        "quotes": next((page for page, _ in linked.most_common(1)), None),  # the page of most of its quotes
        "authors": [author["name"] for author in notebook.metadata.get("authors", []) if author.get("name")],
    }


def contents(notebooks: Iterable[nbformat.NotebookNode]) -> list[Stored]:
    """Return what the widgets of notebooks stored for pages, each with its form."""
    shown = (data for notebook in notebooks for data in forms(notebook))
    return [(mime, data[mime]) for data in shown for mime in (EXPLORE, CLOSE_READING) if mime in data]


def forms(notebook: nbformat.NotebookNode) -> list[dict[str, Any]]:
    """Return the forms of each output of a notebook."""
    return [output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", [])]


def _opened(written: object, path: Path) -> dict[str, Any]:
    """Return what a widget stored; refuse what no widget of ours wrote."""
    try:
        content = json.loads(str(written))
        content["of"], content["opinions"], content["reviews"][0]
    except (ValueError, LookupError, TypeError) as error:
        raise ReadError(
            f"{path.name} holds a widget that Starlight did not store. Run all of its cells again."
        ) from error
    return content


def read(path: Path) -> nbformat.NotebookNode:
    """Read a notebook, with U+FFFD for what XML forbids; refuse one that is damaged or was not run to its end."""
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)  # which reading does too, but only to log what is wrong
    except Exception as error:  # nbformat raises errors of many kinds
        why = str(error).strip().partition("\n")[0]
        raise ReadError(f"{path.name} cannot be read as a notebook: {why}. Save it again in Jupyter.") from error
    notebook = nbformat.from_dict(in_xml(notebook))
    for data in forms(notebook):
        data.update({mime: _opened(data[mime], path) for mime in (EXPLORE, CLOSE_READING) if mime in data})
    code = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    for number, cell in enumerate(code, start=1):
        if cell.get("execution_count") is None:
            raise ReadError(
                f"{path.name} was not run to its end: code cell {number} of {len(code)} has no execution "
                "number. Run all of its cells in Jupyter, then save it."
            )
    return notebook


def _blocks(notebook: nbformat.NotebookNode, shelf: Shelf) -> Iterator[Block]:
    """Yield what is seen of a notebook, piece by piece; a cell of text may say in its metadata what a page says."""
    markdown = mistune.create_markdown(renderer=_Prose(shelf.names), plugins=["table"])

    def prose(source: str) -> Block:
        return {"kind": "prose", "html": str(markdown(source))}

    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield prose(_RUN_TIME.sub("", cell.metadata.get("starlight", {}).get("page", cell.source)))
        elif cell.cell_type == "code":
            if cell.source.strip():
                yield {"kind": "code", "text": cell.source}
            yield from filter(None, (_output(output, prose, shelf) for output in cell.outputs))


def _numbered(blocks: Iterable[Block], stem: str) -> Iterator[Block]:
    """Yield the blocks, each with its number among those of its kind, and with the name of its files."""
    numbers: Counter[str] = Counter()
    for block in blocks:
        numbers[block["kind"]] += 1
        number = numbers[block["kind"]]
        yield block | {"number": number, "file": f"{stem}-{block['kind']}-{number}"}


def _output(output: nbformat.NotebookNode, prose: Callable[[str], Block], shelf: Shelf) -> Block | None:
    """Return the best form of an output that a page can show; None for a progress bar, which is over."""
    if "data" not in output:
        return {"kind": "text", "text": _told(output)}
    data, words = output.data, _ANSI.sub("", output.data.get("text/plain", ""))
    if CLOSE_READING in data:
        return _reviews(data[CLOSE_READING], shelf)
    if EXPLORE in data:
        return _explore(data[EXPLORE], shelf)
    if _WIDGET in data and "text/html" not in data:  # a chart in words is a list as well
        return None if "%|" in words else {"kind": "widget"}
    picture = next((_as_address(mime, data[mime]) for mime in PICTURES if mime in data), None)
    if MIME in data:
        offered, parts = _downloads(data), _in_parts(data[MIME])
        return {
            "kind": "chart",
            "spec": data[MIME],
            "picture": picture,
            "words": words,
            "downloads": offered,
            "parts": parts,
        }
    if (shown := table(data.get("text/html", ""), shelf.quotes, texts=shelf.texts)) is not None:
        return {"kind": "table", "html": shown}
    if picture:
        return {"kind": "picture", "picture": picture, "words": words}
    if "text/markdown" in data:
        return {**prose(data["text/markdown"]), "told": True}
    return {"kind": "text", "text": words}


def _in_parts(chart: dict[str, Any]) -> str | None:
    """Return a chart in words, as a list; None for one that cannot be drawn."""
    try:
        return as_list(in_parts(chart))
    except ValueError:
        return None


def _downloads(data: dict[str, Any]) -> dict[str, bytes]:
    """Return what can be downloaded of a chart's output, by suffix: its picture, unless it could act, and its table."""
    picture, table = data.get("image/svg+xml", ""), _table_of(data[MIME])
    found = {"svg": picture.encode() if picture and not _ACTS.search(picture) else None, "csv": table}
    return {suffix: content for suffix, content in found.items() if content}


def _table_of(chart: dict[str, Any]) -> bytes | None:
    """Return the table that a chart draws as csv: its longest data, with those of the same columns; None if none."""
    named, own = chart.get("datasets"), chart.get("data")
    data = [*(named.values() if isinstance(named, dict) else ()), own.get("values") if isinstance(own, dict) else None]
    found = [rows for rows in data if isinstance(rows, list) and rows and isinstance(rows[0], dict)]
    if not found:
        return None
    columns = set(max(found, key=len)[0])
    rows = [row for rows in found if set(rows[0]) == columns for row in rows]
    file = io.BytesIO()
    try:
        write_csv(pd.DataFrame(rows).drop_duplicates(), file)
    except (StarlightError, TypeError):  # cells that are lists, say, which no csv holds
        return None
    return file.getvalue()


def _told(output: nbformat.NotebookNode) -> str:
    """Return what a cell printed, or its error without the lines of code that led to it; both without folders."""
    if output.output_type == "error":
        return _FOLDERS.sub("", f"{output.ename}: {_ANSI.sub('', output.evalue)}")
    text = _ANSI.sub("", output.get("text", ""))
    return _FOLDERS.sub("", _WARNING.sub(r"\1", text)) if output.get("name") == "stderr" else text


def _reviews(content: dict[str, Any], shelf: Shelf) -> Block:
    """Return where the reviews of a widget stand; a single one stands where the widget stood."""
    if page := shelf.page_of(as_reading(CLOSE_READING, content)):
        return {"kind": "reviews", "shown": page, "page": page["name"]}
    anchor = hashlib.sha256(content["reviews"][0]["text"].encode()).hexdigest()[:8]
    return {"kind": "review", "article": articles(content, f"{anchor}-", texts=shelf.texts)[0]}


def _explore(content: dict[str, Any], shelf: Shelf) -> Block:
    """Return what `explore` stored, each quote with the end of its address, if its review stands on a page."""
    ids = [one["value"] for one in content["options"]["review_id"]]
    places = [shelf.places.get((ids[row[0]], row[5], row[7])) for row in content["opinions"]]
    page = next((place.partition("#")[0] for place in places if place), None)
    rows = [
        [*row[:5], row[7], place and place.partition("#")[2]]
        for row, place in zip(content["opinions"], places, strict=True)
    ]
    return {
        "kind": "explore",
        "content": content | {"opinions": rows, "texts": []},
        "whole": bool(content["texts"]),
        "page": page,
    }


def _as_address(mime: str, content: str) -> str:
    """Return a picture as a data address: in an image nothing can run, load or clash with the page."""
    encoded = content if mime != "image/svg+xml" else base64.b64encode(content.encode()).decode()
    return f"data:{mime};base64,{''.join(encoded.split())}"


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
