"""What a page offers under a chart: its picture, and its table as csv."""

import io
import re
from typing import Any

import pandas as pd

from ..charts.notebook import MIME
from ..errors import StarlightError
from ..tables.save import write_csv

_ACTS = re.compile(r"<script|<foreignobject|<!|\bon\w+\s*=|\bhref\s*=", re.IGNORECASE)


def downloads_of(data: dict[str, Any]) -> dict[str, bytes]:
    """Return what can be downloaded of a chart's output, by suffix: its picture, unless it could act, and its table."""
    picture, table = data.get("image/svg+xml", ""), _table_of(data[MIME])
    found = {"svg": picture.encode() if picture and not _ACTS.search(picture) else None, "csv": table}
    return {suffix: content for suffix, content in found.items() if content}


def _table_of(chart: dict[str, Any]) -> bytes | None:
    """Return the table that a chart draws as csv: its longest data, with those of the same columns; None if none."""
    found = [rows for rows in _data(chart) if isinstance(rows, list) and rows and isinstance(rows[0], dict)]
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


def _data(chart: dict[str, Any]) -> list[Any]:
    named, own = chart.get("datasets"), chart.get("data")
    return [*(named.values() if isinstance(named, dict) else ()), own.get("values") if isinstance(own, dict) else None]
