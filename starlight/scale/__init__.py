"""Annotate more reviews than fit in memory, on all cores of one machine or on a Dask cluster.

A source is read in chunks of equally many rows, and a chunk with long texts is cut into pieces. A worker annotates one
piece at a time. Its results are a part: a numbered Parquet file in the folder of each table.

In: the path of a table or a folder. Out: a folder of Parquet tables. It may use the folders from `base` to `coding`.
"""

from .annotation import annotate
from .folder import TABLES, claimed, is_whole, mark_whole, write_parts
from .pieces import annotated
from .workers import Workers, processes, results
