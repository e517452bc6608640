"""Turn the markup in a table's cells into text: line breaks as on a web page, characters for entities, no tags.

Only what is surely markup is: a tag of HTML, with attributes that have values, and an entity with its semicolon. So
`<3`, `a < b`, `<i think>` and `R&D` stay.
"""

import html
import re
from html.entities import html5

import pandas as pd

_BLOCKS = (
    "address|article|aside|blockquote|br|dd|div|dl|dt|footer|h[1-6]|header|hr|li|main|ol|p|pre|section|table|tr|ul"
)
_INLINE = """a|abbr|acronym|b|big|body|center|cite|code|del|em|figcaption|figure|font|html|i|img|ins|kbd|mark|q|s|small|
    spoiler|span|strike|strong|sub|sup|tbody|thead|tt|u|var|wbr""".replace("\n", "").replace(" ", "")
_ATTRIBUTE = r"""\s+[\w:-]{1,40}\s?=\s?(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>]+)"""
_TAG = re.compile(
    rf"<!--.*?-->|<(script|style)\b[^<>]*>.*?</\1\s*>"
    rf"|</?(?:(?P<block>{_BLOCKS})|(?P<cell>td|th)|{_INLINE})(?:{_ATTRIBUTE})*\s*/?>",
    re.IGNORECASE | re.DOTALL,
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_ROUNDS = 3  # how often at most: what was escaped twice (`&amp;#39;`, `&lt;br&gt;`) is read twice


def without_markup(cells: pd.Series, *, in_lines: bool) -> tuple[pd.Series, int]:
    """Return cells with their markup read as text, on one line each unless `in_lines`, and how many held some."""
    marked = cells.map(_is_marked).astype("bool")
    if not marked.any():
        return cells, 0
    read = cells[marked].map(lambda cell: _read(cell) if in_lines else " ".join(_read(cell).split()))
    return cells.astype("object").where(~marked, read), int(marked.sum())


def _is_marked(cell: object) -> bool:
    return isinstance(cell, str) and bool(("<" in cell and _TAG.search(cell)) or ("&" in cell and _ENTITY.search(cell)))


def _read(cell: str) -> str:
    for _ in range(_ROUNDS):
        text = _ENTITY.sub(_sign, _TAG.sub(lambda tag: "\n" if tag["block"] else " " if tag["cell"] else "", cell))
        if text == cell:
            break
        cell = text
    return re.sub(r"[ \t]*\n[ \t]*", "\n", re.sub(r"\n\s*\n", "\n\n", cell)).strip()


def _sign(entity: re.Match[str]) -> str:
    """Return the sign of an entity, a plain blank for one that keeps words together; what is none stays."""
    name = entity.group()[1:]
    sign = html.unescape(entity.group()) if name.startswith("#") else html5.get(name, entity.group())
    return " " if sign == "\xa0" else entity.group() if sign in ("", "\0", "\ufffd") else sign
