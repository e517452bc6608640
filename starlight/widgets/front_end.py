"""What a widget sends to the browser: its own script and style, joined with the parts that all widgets share."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent


def script(name: str) -> str:
    """Return `helpers.js` and a widget's script as one: anywidget takes a single script."""
    return _read("helpers.js") + _read(name)


def style(name: str) -> str:
    """Return `palette.css` and a widget's style sheet as one."""
    return _read("palette.css") + _read(name)


def _read(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
