"""Close reading: one review at a time, its opinions marked in the text, to be read and corrected.

In: the reviews and opinions tables, and the file of corrections. Out: the widget. It may use the folders from `base`
to `charts`.
"""

from .reader import close_reading

__all__ = ["close_reading"]
