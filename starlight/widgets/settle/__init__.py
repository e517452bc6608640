"""Settle the differences of several codings of the same reviews, one after the other."""

from .widget import settle
