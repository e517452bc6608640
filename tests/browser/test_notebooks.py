"""The notebooks in JupyterLab, in a real browser with no network, as they are stored.

With STARLIGHT_SCREENSHOTS set to a folder, each is also run again there, and a picture of it in either theme is left.
"""

import os
from contextlib import suppress
from pathlib import Path

import nbformat
import pytest
from jupyter_in_browser import choose_theme, open_notebook, run_all, show
from playwright.sync_api import TimeoutError as NeverCame
from project import notebooks

NOTEBOOKS = notebooks()
CHART = "application/vnd.vegalite.v5+json"
SHOWN = ".jp-NotebookPanel:not(.lm-mod-hidden)"  # the tab in front
PICTURES = os.environ.get("STARLIGHT_SCREENSHOTS")


@pytest.fixture(scope="module")
def jupyterlab(browser, lab):
    """JupyterLab, open on the first notebook: the page, and what it complained of or asked other machines for."""
    with open_notebook(NOTEBOOKS[0].name, browser, lab, kernel=False) as (page, heard):
        yield page, heard


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def opened(request, browser, lab):
    """Each notebook as it is stored, in its own page if it is run again: the page, its path, and what was heard."""
    if PICTURES:
        with open_notebook(request.param.name, browser, lab) as (page, heard):
            yield page, request.param, heard
        return
    page, heard = request.getfixturevalue("jupyterlab")  # not above: two pages on one kernel disturb each other
    for complaints in heard.values():
        complaints.clear()
    show(request.param.name, page)
    yield page, request.param, heard


def charts(page, described, name):
    """Wait until the charts of these descriptions, and no others, stand whole in their places; return their sizes."""
    seen = f"""[...document.querySelectorAll('{SHOWN} .jp-OutputArea-output .vega-embed svg.marks')].map(svg => ({{
        label: svg.closest('[role=graphics-document]').ariaLabel,
        size: [svg.clientWidth, svg.clientHeight], room: svg.closest('.jp-OutputArea-output').clientWidth}}))"""
    whole = f"""described => (seen => seen.length == described.length && seen.every(({{label, size, room}}, at) =>
        label == described[at] && 0 < size[0] && size[0] <= room && size[1] > 10))({seen})"""  # a sentence may be one
    for _ in range(5):
        with suppress(NeverCame):
            page.wait_for_function(whole, arg=described, timeout=10_000)
            return [chart["size"] for chart in page.evaluate(seen)]
        there = page.evaluate(seen)
        # now and then JupyterLab leaves a chart out of a notebook, or comes back with another notebook in front
        page.goto(f"{page.url.split('/lab')[0]}/lab?reset")
        show(name, page)
    pytest.fail(f"{len(described)} charts should stand whole. Those there: {there}")


def take_pictures(page, name):
    """Leave pictures of the whole notebook."""
    tallest = "all => Math.max(...all.map(part => part.scrollHeight))"
    height = page.eval_on_selector_all(f"{SHOWN} *", tallest)
    page.set_viewport_size({"width": 1280, "height": min(height + 200, 16000)})
    for theme in ("dark", "light"):
        choose_theme(page, theme)
        page.evaluate("document.querySelectorAll('.jp-NotebookPanel *').forEach(part => (part.scrollTop = 0))")
        page.wait_for_timeout(1000)
        page.screenshot(path=Path(PICTURES) / f"{name}_{theme}.png")


def test_shows_as_stored(opened):
    """Every chart shows whole before a cell is run, with no error and no request elsewhere.

    nbval runs the cells again; what runs in JupyterLab's own page is tested with the widgets and a chart beside them.
    """
    page, path, heard = opened
    notebook = nbformat.read(path, as_version=4)
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    described = [output.data[CHART]["description"] for output in outputs if CHART in output.get("data", {})]
    stored = charts(page, described, path.name)  # by what a screen reader says of each
    if PICTURES:
        run_all(page)
        assert charts(page, described, path.name) == stored
        assert page.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
        assert page.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
        take_pictures(page, path.stem)
    assert heard == {"errors": [], "elsewhere": []}
