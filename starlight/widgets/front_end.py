"""What a widget sends to the browser: its own script and style, joined with the parts that all widgets share."""

from pathlib import Path


def joined(*names: str) -> str:
    """Return files of this folder as one: anywidget takes a single script and a single style sheet."""
    return "".join((Path(__file__).parent / name).read_text(encoding="utf-8") for name in names)
