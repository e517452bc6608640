"""Explore opinions by clicking on charts: each mark leads to the quotes that it counts.

In: the reviews and opinions tables. Out: the widget. It may use the folders from `base` to `charts`.
"""

from .widget import explore

__all__ = ["explore"]
