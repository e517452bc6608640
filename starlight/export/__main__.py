"""The command ``python -m starlight.export``: write the stored notebooks as pages, and print where the index is."""

from __future__ import annotations

import argparse
import sys

from ..errors import StarlightError
from .site import export_site

if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="python -m starlight.export", description="Write the stored notebooks as web pages."
    )
    parser.add_argument("folder", help="where the pages go")
    parser.add_argument("--notebooks", help="the folder of the notebooks (default: the project's own)")
    given = parser.parse_args()
    try:
        index, *_ = export_site(given.folder, notebooks=given.notebooks)
    except StarlightError as error:
        sys.exit(str(error))
    print(f"Written: open {index} in a browser.")
