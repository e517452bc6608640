"""What a person points at, reads in and corrects: widgets for JupyterLab, over the same tables as the charts."""

from .close_reading import close_reading

__all__ = ["close_reading"]
