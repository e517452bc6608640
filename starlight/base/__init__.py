"""What every folder needs: files, progress bars, safe text, checks of arguments, statistics.

In: plain values. Out: plain values; nothing here knows a table of Starlight's. It may use only `starlight.errors`.
"""

from . import arguments, statistics
from .files import (
    UNFINISHED,
    append_durably,
    date_and_size,
    digest,
    free_room,
    in_bytes,
    is_full,
    locked,
    replacing,
    write_durably,
)
from .progress import CHARACTERS_A_SECOND, progress
from .resources import digests, resource, stored_rows, verified, write_digests
from .safe_text import as_meant, csv_row, harmless, in_markdown, in_xml, is_formula, is_whole

__all__ = [
    "CHARACTERS_A_SECOND",
    "UNFINISHED",
    "append_durably",
    "arguments",
    "as_meant",
    "csv_row",
    "date_and_size",
    "digest",
    "digests",
    "free_room",
    "harmless",
    "in_bytes",
    "in_markdown",
    "in_xml",
    "is_formula",
    "is_full",
    "is_whole",
    "locked",
    "progress",
    "replacing",
    "resource",
    "statistics",
    "stored_rows",
    "verified",
    "write_digests",
    "write_durably",
]
