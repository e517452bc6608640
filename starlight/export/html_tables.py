"""Take a table from a notebook's HTML, if it can do nothing but show something, as what pandas writes."""

import html
import re

from ..tables import DECLARED

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
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_LONG = 30  # characters: a column of longer texts is made wider
_TEXTS = ("text", "before", "after")  # columns of our tables that hold what a review says beside its quotes
_KNOWN = {column.name for table in DECLARED for column in table.columns}


def table(written: str, quotes: dict[str, str], *, texts: bool) -> str | None:
    """Return HTML that only shows something, its numbers, long texts and quotes marked; None if it could do more.

    Without `texts`, columns of texts are left out, and those with long cells that Starlight does not know.
    """
    written = re.sub(r"<style\b[^<]*</style>", "", written).strip()
    if not written or not _only_shows(written):
        return None
    rows = written.split("</tr>")
    columns = [*zip(*filter(None, map(_CELL.findall, rows)), strict=False)]
    heads = re.findall("<th>([^<]*)</th>", rows[0])[-len(columns) :]
    kinds = [_kind(head, cells, texts) for head, cells in zip(heads, columns, strict=False)]
    marked = "</tr>".join(_mark(row, kinds, quotes) for row in rows)
    marked = marked.replace("<th></th>", "<td></td>")  # above the index: a header must say something
    if "<th>finding</th>" in written:  # each row has an anchor, and a link to it
        row = r'<tr id="finding-\1">\n<th><a href="#finding-\1">\1</a></th>'
        marked = re.sub(r"<tr>\s*<th>(\d+)</th>", row, marked)
    return marked


def _kind(head: str, cells: tuple[str, ...], texts: bool) -> str:
    """Return what a column holds: numbers, a review's texts that are to be left out, or anything else."""
    if all(map(_NUMBER.fullmatch, cells)):
        return "number"
    own = head in _TEXTS or (head not in _KNOWN and any(len(cell) > _LONG for cell in cells))
    return "text" if own and not texts else ""


def _only_shows(written: str) -> bool:
    """Return whether HTML has no elements but those that show something, each closed where it was opened."""
    opened: list[str] = []
    for closing, name in _HARMLESS.findall(written.lower()):
        if closing and (not opened or opened.pop() != name):
            return False
        if not closing and name not in _ALONE:
            opened.append(name)
    return not opened and "<" not in _HARMLESS.sub("", written)


def _mark(row: str, kinds: list[str], quotes: dict[str, str]) -> str:
    """Mark the cells of a row that hold numbers, dates or long texts; link quotes to their places."""
    column = iter(kinds)

    def marked(cell: re.Match[str]) -> str:
        kind = next(column, "")
        if kind == "text":
            return "<td>…</td>"
        kind = kind or ("date" if _DATE.fullmatch(cell[1]) else "long" if len(cell[1]) > _LONG else "")
        place = quotes.get(html.unescape(cell[1]))
        words = f'<a href="{html.escape(place)}">{cell[1]}</a>' if place else cell[1]
        return f'<td class="{kind}">{words}</td>' if kind else f"<td>{words}</td>"

    return _CELL.sub(marked, row)
