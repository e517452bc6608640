"""One JupyterLab and one browser for all tests of this folder, which one process runs (../conftest.py sees to that).

Both end with the folder: while Playwright's loop runs, no other test can start one of its own.
"""

import pytest
from jupyter_in_browser import SECONDS, launch, serve
from playwright.sync_api import expect


@pytest.fixture(scope="package")
def lab(tmp_path_factory, chromium):
    """A JupyterLab server on loopback, over a copy of the notebooks: its address and token."""
    with serve(tmp_path_factory.mktemp("lab")) as served:
        yield served


@pytest.fixture(scope="package")
def browser(chromium):
    """One headless browser; what a page should come to show is awaited as long as a busy machine may need."""
    expect.set_options(timeout=SECONDS * 1000)
    with launch(chromium) as opened:
        yield opened
