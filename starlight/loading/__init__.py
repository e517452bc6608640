"""Load reviews: from a table, a folder of texts or a DataFrame to the reviews table, with a report of what happened.

In: a path or a DataFrame. Out: the reviews table. It may use `base`, `tables` and `text`.
"""

from .columns import Columns, find_columns, free_name, rename
from .complete import Plan, complete, plan_notes, plan_of
from .encodings import encoding_of
from .load import load_reviews
from .report import Problem, kept, load_report, placed, report_table, warn
from .rows import Rows
from .source import ROWS, Source, open_source
from .surveys import Repeats, Survey, survey
from .usual_names import our_name
