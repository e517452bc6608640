"""The notebooks in JupyterLab, in a real browser with no network: as they are stored, and run again.

With STARLIGHT_SCREENSHOTS set to a folder, a picture of each notebook is left there, in the light and the dark theme.
"""

import os
from pathlib import Path

import nbformat
import pytest
from jupyter_in_browser import FOLDER, SECONDS, open_notebook, run_all, show
from playwright.sync_api import TimeoutError as NeverCame

NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
CHART = "application/vnd.vegalite.v5+json"
SHOWN = ".jp-NotebookPanel:not(.lm-mod-hidden)"  # the tab in front
RUN_AGAIN = "5_"  # with STARLIGHT_SCREENSHOTS all of them


@pytest.fixture(scope="module")
def jupyterlab(browser, lab):
    """JupyterLab, open on the first notebook: the page, and what it complained of or asked other machines for."""
    with open_notebook(NOTEBOOKS[0].name, browser, lab, kernel=False) as (page, heard):
        yield page, heard


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def opened(request, browser, lab, jupyterlab):
    """Each notebook as it is stored, in its own page if it is run again: the page, its path, and what was heard."""
    if is_run(request.param):
        with open_notebook(request.param.name, browser, lab) as (page, heard):
            yield page, request.param, heard
        return
    page, heard = jupyterlab
    for complaints in heard.values():
        complaints.clear()
    show(request.param.name, page)
    yield page, request.param, heard


def is_run(path):
    """Tell whether a notebook is run again here."""
    return path.name.startswith(RUN_AGAIN) or "STARLIGHT_SCREENSHOTS" in os.environ


def charts(page, count):
    """Wait until that many charts stand whole in their places, and return the size of each in pixels."""
    sizes = f"""[...document.querySelectorAll('{SHOWN} .jp-OutputArea-output .vega-embed svg.marks')].map(svg =>
        [svg.clientWidth, svg.clientHeight, svg.closest('.jp-OutputArea-output').clientWidth])"""
    whole = f"""(sizes => sizes.length == {count} && sizes.every(([width, height, room]) =>
        0 < width && width <= room && height > 50))({sizes})"""
    try:
        page.wait_for_function(whole, timeout=SECONDS * 1000)
    except NeverCame:
        pytest.fail(f"{count} charts should stand whole. Width, height and room of those there: {page.evaluate(sizes)}")
    return [size[:2] for size in page.evaluate(sizes)]


def take_pictures(page, name):
    """Leave pictures of the whole notebook, where they are asked for."""
    folder = os.environ.get("STARLIGHT_SCREENSHOTS")
    if not folder:
        return
    tallest = "all => Math.max(...all.map(part => part.scrollHeight))"
    height = page.eval_on_selector_all(f"{SHOWN} *", tallest)
    page.set_viewport_size({"width": 1280, "height": min(height + 200, 16000)})
    for theme, name_there in (("dark", "JupyterLab Dark"), ("light", "JupyterLab Light")):
        page.click(".lm-MenuBar-itemLabel:text-is('Settings')")
        page.hover(".lm-Menu-itemLabel:text-is('Theme')")
        page.click(f".lm-Menu-itemLabel:text-is('{name_there}')")
        page.wait_for_selector(f"body[data-jp-theme-name='{name_there}']", state="attached")
        page.evaluate("document.querySelectorAll('.jp-NotebookPanel *').forEach(part => (part.scrollTop = 0))")
        page.wait_for_timeout(1000)
        page.screenshot(path=Path(folder) / f"{name}_{theme}.png")


def test_shows_as_stored_and_runs_again(opened):
    """Every chart shows whole, before a cell is run and after all are, with no error and no request elsewhere.

    nbval runs all notebooks again; here, for time, the one that has charts, tables and two widgets.
    """
    page, path, heard = opened
    notebook = nbformat.read(path, as_version=4)
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    described = [output.data[CHART]["description"] for output in outputs if CHART in output.get("data", {})]
    stored = charts(page, len(described))
    if not is_run(path):
        assert heard == {"errors": [], "elsewhere": []}
        return
    run_all(page)
    assert charts(page, len(described)) == stored
    labels = page.eval_on_selector_all(f"{SHOWN} [role=graphics-document]", "all => all.map(part => part.ariaLabel)")
    assert labels == described  # what a screen reader says of each chart
    assert page.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
    assert page.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    assert heard == {"errors": [], "elsewhere": []}
    take_pictures(page, path.stem)
