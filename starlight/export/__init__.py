"""Write the stored notebooks as web pages that need no kernel and no network: ``python -m starlight.export site``.

In: notebooks as they were last run. Out: HTML pages, a style sheet, a script, and the charts' tables. It may use the
folders from `base` to `widgets`.
"""

from .site import export_site

__all__ = ["export_site"]
