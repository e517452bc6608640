"""The command ``python -m starlight.export``: write the stored notebooks as pages, and print where the index is."""

import argparse
import sys
import warnings

from ..errors import StarlightError
from .site import export_site

if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        prog="python -m starlight.export", description="Write the stored notebooks as web pages."
    )
    parser.add_argument("folder", help="where the pages go")
    parser.add_argument("--notebooks", help="the folder of the notebooks (default: the project's own)")
    parser.add_argument("--no-texts", action="store_false", dest="texts", help="leave whole reviews out; quotes stay")
    parser.add_argument("--no-names", action="store_false", dest="names", help="replace the names of reviewers")
    parser.add_argument("--single", action="store_true", help="write all into one file")
    parser.add_argument("--author", help="who is named as the author")
    given = vars(parser.parse_args())
    try:
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            index, *_ = export_site(**given)
    except StarlightError as error:
        sys.exit(str(error))
    for one in told:
        print(one.message, file=sys.stderr)
    print(f"Written: open {index} in a browser.")
