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
