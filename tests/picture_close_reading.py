"""Take the README's picture of close reading, from notebook 5 in JupyterLab: python tests/picture_close_reading.py.

The reader shows the second opinion of a review that praises and criticises from its title on.
"""

import os
import sys
import tempfile
from pathlib import Path

from jupyter_in_browser import BROWSER, FOLDER, SECONDS, choose_theme, launch, open_notebook, run_all, serve

NOTEBOOK = "5_close_reading.ipynb"
PICTURE = FOLDER / "close_reading.png"
REVIEW = "001_36b266f02fc11ae1"


def take(page):
    """Run the notebook, turn to the second opinion of the review, and take the reader; its code opens another."""
    choose_theme(page, "light")
    page.keyboard.press("Control+b")  # the list of files goes
    page.set_viewport_size({"width": 960, "height": 1200})
    run_all(page)
    page.wait_for_selector(".sl-reader .sl-mark", timeout=SECONDS * 1000)
    cell = page.locator(".jp-Cell:has(.sl-reader)").first
    cell.get_by_label("Review").first.select_option(REVIEW)
    cell.get_by_text("opinion 1 of 28").wait_for()
    cell.get_by_role("button", name="Next ›", exact=True).click()
    cell.get_by_text("opinion 2 of 28").wait_for()
    page.locator(".jp-Cell").first.click(position={"x": 5, "y": 5})  # or a frame stands around the reader
    page.mouse.move(0, 0)
    page.add_style_tag(content=".Toastify { display: none }")  # JupyterLab's question about news
    cell.locator(".jp-OutputArea-output:has(.sl-reader)").screenshot(path=PICTURE)


def main():
    """Leave the picture beside the notebooks."""
    with (
        tempfile.TemporaryDirectory() as home,
        serve(Path(home)) as lab,
        launch(BROWSER) as browser,
        open_notebook(NOTEBOOK, browser, lab) as (page, _),
    ):
        take(page)
    print(f"{PICTURE.name}: {PICTURE.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    if BROWSER is None:
        sys.exit("No Chromium or Chrome was found.")
    os.environ.pop("STARLIGHT_CORRECTIONS", None)  # the notebook's folder is a copy without its user's file
    main()
