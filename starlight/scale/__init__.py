"""Annotate more reviews than fit in memory, on all cores of one machine or on a Dask cluster.

In: the path of a table or a folder. Out: a folder of Parquet tables. It may use the folders from `base` to `coding`.
"""

from .annotation import annotate

__all__ = [
    "annotate",
]
