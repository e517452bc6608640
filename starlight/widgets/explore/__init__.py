"""Explore opinions by clicking on charts: each mark leads to the quotes that it counts."""

from .widget import explore
