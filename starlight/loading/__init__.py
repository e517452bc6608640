"""Load reviews: from a table, a folder of texts or a DataFrame to the reviews table, with a report of what happened.

In: a path or a DataFrame. Out: the reviews table. It may use `base`, `tables` and `text`.
"""

from .columns import find_columns, rename
from .complete import Plan, complete, plan
from .duplicates import HASHED, Facts, Survey, earlier, facts, first_of_all
from .load import load_reviews
from .report import Problem, kept, load_report
from .source import Source, open_source

__all__ = [
    "HASHED",
    "Facts",
    "Plan",
    "Problem",
    "Source",
    "Survey",
    "complete",
    "earlier",
    "facts",
    "find_columns",
    "first_of_all",
    "kept",
    "load_report",
    "load_reviews",
    "open_source",
    "plan",
    "rename",
]
