"""The tables: how one is declared, built and checked, those that everything starts from, and how any is saved.

In: rows from any source. Out: DataFrames that keep to their declaration, and files. It may use `base`.
"""

from .base import CONVENTIONS, CORRECTIONS, LOAD_REPORT, MENTIONS, OPINIONS, QUEUE, REVIEWS, SENTENCES, SETTLED, THEMES
from .columns import DECLARED, PARTS, POLARITIES, RENAMED_PARTS, SCORE_STATUSES, declare
from .save import read_table, records, save_table, write_csv
from .schema import (
    COUNT,
    DATE,
    NUMBER,
    TEXT,
    Column,
    Table,
    build,
    check,
    check_unique,
    is_missing,
    refuse_first,
)
