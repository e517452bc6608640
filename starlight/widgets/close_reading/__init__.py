"""Close reading: one review at a time, its opinions marked in the text, to be read and corrected."""

from .reader import close_reading
from .widget import Reader
