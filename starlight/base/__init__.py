"""What every folder needs: files, progress bars, safe text, checks of arguments, statistics.

In: plain values. Out: plain values; nothing here knows a table of Starlight's. It may use only `starlight.errors`.
"""

from .arguments import check_choice, check_choices, check_flag, check_number, check_path, check_text
from .files import UNFINISHED, append_durably, free_room, in_bytes, is_full, replacing, write_durably
from .progress import CHARACTERS_A_SECOND, progress
from .resources import digests, resource, verified, write_digests
from .safe_text import as_meant, harmless, in_xml, is_formula, is_whole
from .statistics import (
    bootstrap_weights,
    f1,
    krippendorff_alpha,
    log_odds,
    needed_z,
    percentile_interval,
    two_proportion_z,
    wilson,
)

__all__ = [
    "CHARACTERS_A_SECOND",
    "UNFINISHED",
    "append_durably",
    "as_meant",
    "bootstrap_weights",
    "check_choice",
    "check_choices",
    "check_flag",
    "check_number",
    "check_path",
    "check_text",
    "digests",
    "f1",
    "free_room",
    "harmless",
    "in_bytes",
    "in_xml",
    "is_formula",
    "is_full",
    "is_whole",
    "krippendorff_alpha",
    "log_odds",
    "needed_z",
    "percentile_interval",
    "progress",
    "replacing",
    "resource",
    "two_proportion_z",
    "verified",
    "wilson",
    "write_digests",
    "write_durably",
]
