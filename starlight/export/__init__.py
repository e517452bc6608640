"""Write the stored notebooks as web pages that need no kernel and no network: ``python -m starlight.export site``.

In: notebooks as they were last run. Out: HTML pages, a style sheet and a script. It may use the folders from `base` to
`charts`.
"""

from .site import export_site

__all__ = ["export_site"]
