"""Fill the templates, and join scripts, styles and, if asked for, all pages into one."""

import base64
import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
import vl_convert

from ..charts.notebook import EMBED, VEGA_LITE
from ..widgets.front_end import joined

_HERE = Path(__file__).parent / "templates"
_BANNER = """\
/* Made by starlight.export. First come Vega, Vega-Lite and Vega-Embed with the libraries that they use, as bundled by
   vl-convert; copyright University of Washington Interactive Data Lab and others, BSD 3-Clause License. The code that
   draws the charts of these pages is at the end. */
"""
_DARK = '[data-jp-theme-light="false"] '  # what begins the dark colours of widgets/palette.css
_TYPES = {"csv": "text/csv", "svg": "image/svg+xml"}
_TAG = re.compile(r"<[a-z][^<>]*>")
_ANCHOR = re.compile(r'\b(id|href)="([^"]*)"')
_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(_HERE),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)
_ENVIRONMENT.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": False, "separators": (",", ":")}


def _as_address(content: bytes, suffix: str) -> str:
    return f"data:{_TYPES[suffix]};base64,{base64.b64encode(content).decode()}"


_ENVIRONMENT.filters["as_address"] = _as_address


def render(template: str, **given: Any) -> str:
    """Return a page."""
    return _ENVIRONMENT.get_template(template).render(**given)


@cache
def style() -> str:
    """Return the style of all pages: their own, and that of the widgets."""
    light, dark = joined("palette.css").split(_DARK, 1)
    palette = f"{light}@media (prefers-color-scheme: dark) {{\n{dark}}}\n"
    widgets = joined("close_reading/reader.css", "explore/explore.css", "walk.css")
    return palette + widgets + (_HERE / "starlight.css").read_text(encoding="utf-8")


@cache
def script() -> str:
    """Return Vega, Vega-Lite, Vega-Embed and the code that draws charts and `explore`, as one script.

    Formulas in a chart are interpreted, not compiled (`ast`), since the pages forbid code made from text.
    """
    options = json.dumps({**EMBED, "mode": "vega-lite", "actions": False, "ast": True})
    charts, explore = ((_HERE / name).read_text(encoding="utf-8") for name in ("charts.js", "explore.js"))
    widgets = re.sub(r"export default .*;", "", joined("helpers.js", "walk.js", "explore/explore.js"))
    vega = vl_convert.javascript_bundle(f"const options = {options};\n{charts}", vl_version=VEGA_LITE)
    return f"{_BANNER}{vega}\n(() => {{\n{widgets}{explore}}})();\n"


def in_one(pages: dict[str, str]) -> str:
    """Return one page that holds all of these, each a section with the name of its page; their links lead there.

    Its script and style are in it. The policy allows this script alone, by its digest.
    """
    code = re.sub(r"<(?=/script|script|!--)", r"\\x3c", script(), flags=re.IGNORECASE)
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    known = {quote(name): _moved(body, quote(name), {*map(quote, pages)}) for name, body in pages.items()}
    sections = "".join(f'<section id="{name}">\n{body}</section>\n' for name, body in known.items())
    return render("single.html", style=style(), script=code, digest=digest, sections=sections)


def _moved(body: str, name: str, pages: set[str]) -> str:
    """Return the body of a page with anchors of its own, and links that lead to the sections of other pages."""

    def place(found: re.Match[str]) -> str:
        attribute, value = found.groups()
        page, _, anchor = value.partition("#")
        if attribute == "id":
            return f'id="{name}.{value}"'
        if page and page not in pages:
            return found[0]
        return f'href="#{page or name}{"." if anchor else ""}{anchor}"'

    moved = _TAG.sub(lambda tag: _ANCHOR.sub(place, tag[0]), body)
    return re.sub(r"<(/?)main\b", r"<\1article", moved)
