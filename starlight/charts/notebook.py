"""Make a notebook show charts and tables with no network, before a cell is run, and without running what reviews say.

JupyterLab 4.6 draws Vega-Lite 5 and no later; Altair 6 writes version 6, whose common part is the same. So each chart
is stored as a version 5 specification, which JupyterLab draws and which nbval compares, and as an SVG beside it, for
viewers without scripts.
"""

import html
import re
from typing import Any

import altair as alt
import pandas as pd
import vl_convert
from IPython import get_ipython

from ..base.safe_text import in_xml
from .style import FONT, look

MIME = "application/vnd.vegalite.v5+json"
VEGA_LITE = "5.8"
_SCHEMA = f"https://vega.github.io/schema/vega-lite/v{VEGA_LITE}.0.json"
_TAG = re.compile("<[^<>]+>")
_OF_MARKS = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
EMBED = {
    "renderer": "svg",
    "actions": {"export": True, "source": False, "compiled": False, "editor": False},  # the editor is a web page
}


def setup_notebook() -> None:
    """Set up the notebook that calls it: charts without network, Starlight's look, and tables as plain text.

    Altair's renderer and theme become Starlight's. In pandas' tables MathJax is off, so that ``$...$`` in a review
    shows as it is; text stands left and is shown up to 300 characters. Of a table of more than 100 rows, the first and
    the last 20 are shown. Nothing changes until this is called.

    Examples
    --------
    >>> setup_notebook()
    >>> alt.renderers.active, alt.theme.active
    ('starlight', 'starlight')
    """
    alt.renderers.register("starlight", _render)
    alt.renderers.enable("starlight")
    alt.theme.register("starlight", enable=True)(look)
    pd.set_option("display.html.use_mathjax", False)
    pd.set_option("display.max_colwidth", 300)
    pd.set_option("display.max_rows", 100)
    pd.set_option("display.min_rows", 40)  # of a longer table: a report begins with what it says of the whole file
    pd.set_option("display.width", 160)
    if shell := get_ipython():
        shell.display_formatter.formatters["text/html"].for_type(pd.DataFrame, _with_text_left)


def _with_text_left(frame: pd.DataFrame) -> str | None:
    """Return a table in HTML whose columns of text stand left; JupyterLab puts all cells to the right."""
    drawn: str | None = frame._repr_html_()  # type: ignore[operator]  # which the stubs take for a column
    index = getattr(frame.index, "levels", [frame.index])
    kinds = [*(level.dtype for level in index), *frame.dtypes]
    texts = [n for n, kind in enumerate(kinds, start=1) if not pd.api.types.is_numeric_dtype(kind)]
    if drawn is None or not texts or 0 < pd.get_option("display.max_columns") < frame.shape[1]:
        return drawn
    name, before = f"text-{'-'.join(map(str, texts))}", len(index)
    cells = (
        f".{name} td:nth-of-type({n - before})" if n > before else f".{name} tbody th:nth-of-type({n})" for n in texts
    )
    heads = (f".dataframe.{name} thead th:nth-of-type({n})" for n in texts)
    drawn = drawn.replace("</style>", f"    {', '.join([*cells, *heads])} {{ text-align: left; }}\n</style>", 1)
    return drawn.replace('class="dataframe', f'class="dataframe {name}', 1)


def _render(spec: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a notebook stores of a chart, and how JupyterLab is to draw it."""
    spec = in_xml({**spec, "$schema": _SCHEMA})  # of any chart of Altair's, not only of ours
    said = _in_words(spec)
    bundle = {MIME: {**spec, "description": said}, "image/svg+xml": _picture(spec, said), "text/plain": said}
    return bundle, {MIME: {"embed_options": EMBED}}


def _in_words(spec: dict[str, Any]) -> str:
    """Return what a chart is to people who do not see it: its title, the lines under it, and then what it shows."""
    title, shown = spec.get("title") or "", spec.get("description", "A chart.")
    title = title if isinstance(title, dict) else {"text": title}
    parts = (title.get(name) or [] for name in ("text", "subtitle"))
    head = (" ".join([part] if isinstance(part, str) else part) for part in parts if isinstance(part, str | list))
    return " ".join([*(f"{words}." for words in head if words and words not in shown), shown])


def _picture(spec: dict[str, Any], said: str) -> str:
    """Draw a chart for viewers without scripts, with one alternative text: one for each mark would double it."""
    drawn = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE)
    drawn = _TAG.sub(lambda tag: _OF_MARKS.sub("", tag[0]), drawn)
    font = f' font-family="{FONT}"'  # once for all texts: a quarter of the picture
    return drawn.replace(font, "").replace("<svg ", f'<svg role="img" aria-label="{html.escape(said)}"{font} ', 1)
