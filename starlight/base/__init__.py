"""What every folder needs: the files that come with Starlight, progress bars, text that is safe to write, statistics.

In: plain values. Out: plain values; nothing here knows a table of Starlight's. It may use only `starlight.errors`.
"""

from .files import UNFINISHED, append_durably, replacing, write_durably
from .progress import progress
from .resources import resource
from .safe_text import as_meant, harmless, is_formula, is_whole
from .statistics import apart, needed_z, wilson

__all__ = [
    "UNFINISHED",
    "apart",
    "append_durably",
    "as_meant",
    "harmless",
    "is_formula",
    "is_whole",
    "needed_z",
    "progress",
    "replacing",
    "resource",
    "wilson",
    "write_durably",
]
