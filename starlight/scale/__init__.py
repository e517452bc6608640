"""Annotate more reviews than fit in memory, on all cores of one machine or on a Dask cluster.

In: the path of a table or a folder. Out: a folder of Parquet tables. It may use the folders from `base` to `coding`.
"""

from .annotation import annotate
from .folder import TABLES, claimed, is_whole, mark_whole, write_parts
from .pieces import annotated
from .workers import Workers, processes, results

__all__ = [
    "TABLES",
    "Workers",
    "annotate",
    "annotated",
    "claimed",
    "is_whole",
    "mark_whole",
    "processes",
    "results",
    "write_parts",
]
