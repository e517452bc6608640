"""The notebooks in JupyterLab, in a real browser with no network: as they are stored, and run again.

Skipped where no Chromium or Chrome is found, but for CI (the environment variable CI), where that is a failure. With
STARLIGHT_SCREENSHOTS set to a folder, a picture of each notebook is left there, in the light and in the dark theme.
"""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.error import URLError

import nbformat
import pytest

FOLDER = Path(__file__).parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
CHART = "application/vnd.vegalite.v5+json"
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SECONDS = 60
SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "notebook-extension/tracker": {"windowingMode": "none"},  # else only what is on the screen is drawn
}


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A JupyterLab server on loopback, over a copy of the notebooks: its address and token."""
    if BROWSER is None:
        if os.environ.get("CI"):
            pytest.fail("No Chromium or Chrome was found, and CI must have one: .ci/run installs it.")
        pytest.skip("No Chromium or Chrome was found: the notebooks are not opened in a browser.")
    home = tmp_path_factory.mktemp("lab")
    shutil.copytree(FOLDER, home / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    for name, setting in SETTINGS.items():
        path = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(setting), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token, address = secrets.token_hex(16), f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.port_retries=0"]
    command += [
        f"--ServerApp.port={port}",
        f"--IdentityProvider.token={token}",
        f"--ServerApp.root_dir={home / 'notebooks'}",
    ]
    places = {
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "JUPYTER_CONFIG_DIR": "config",
    }
    environment = os.environ | {name: str(home / folder) for name, folder in places.items()}
    with (home / "log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env=environment)
        try:
            wait_for(f"{address}/api?token={token}", server, home / "log")
            yield address, token
        finally:
            server.terminate()
            server.wait(timeout=SECONDS)


def wait_for(url, server, log):
    """Wait until the server answers."""
    for _ in range(SECONDS * 10):
        assert server.poll() is None, log.read_text()
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - our own server
            return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail(f"JupyterLab did not start: {log.read_text()}")


@pytest.fixture(scope="module")
def browser(lab):
    """One headless browser for all tests."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def opened(request, browser, lab):
    """A notebook opened as it is stored: the page, its path, and what it complained of or asked other machines for."""
    address, token = lab
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    heard = {"errors": [], "elsewhere": []}
    page.on("console", lambda message: heard["errors"].append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard["errors"].append(str(error)))
    page.on("request", lambda sent: None if local(sent.url, address) else heard["elsewhere"].append(sent.url))
    page.goto(f"{address}/lab/tree/{request.param.name}?token={token}&reset")
    wait_until_idle(page)
    yield page, request.param, heard
    page.close()


def local(url, address):
    """Tell whether a request stays on this machine."""
    return url.startswith((address, address.replace("http", "ws"), "data:", "blob:", "about:"))


def wait_until_idle(page):
    """Wait until the kernel has nothing to do, by the status bar: the toolbar says idle before there is a kernel."""
    page.wait_for_function(
        "[...document.querySelectorAll('#jp-main-statusbar *')].some(part => part.textContent.includes('| Idle'))",
        timeout=SECONDS * 1000,
    )


def charts(page, count):
    """Wait for that many charts, and give the size of each in pixels."""
    drawn = ".jp-OutputArea-output .vega-embed svg.marks"
    page.wait_for_function(f"document.querySelectorAll('{drawn}').length == {count}", timeout=SECONDS * 1000)
    return page.eval_on_selector_all(drawn, "all => all.map(svg => [svg.clientWidth, svg.clientHeight])")


def take_pictures(page, name):
    """Leave pictures of the whole notebook, where they are asked for."""
    folder = os.environ.get("STARLIGHT_SCREENSHOTS")
    if not folder:
        return
    tallest = "all => Math.max(...all.map(part => part.scrollHeight))"
    height = page.eval_on_selector_all(".jp-NotebookPanel *", tallest)
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
    """Every chart shows whole, before a cell is run and after all are, with no error and no request elsewhere."""
    page, path, heard = opened
    notebook = nbformat.read(path, as_version=4)
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    described = [output.data[CHART]["description"] for output in outputs if CHART in output.get("data", {})]
    expected = len(described)
    width = page.eval_on_selector(".jp-OutputArea-output", "output => output.clientWidth")
    stored = charts(page, expected)
    assert all(0 < chart_width <= width and chart_height > 50 for chart_width, chart_height in stored)

    page.click(".lm-MenuBar-itemLabel:text-is('Run')")
    page.click('[data-command="runmenu:run-all"]')
    page.wait_for_function(
        "[...document.querySelectorAll('.jp-InputPrompt')].every(prompt => !prompt.textContent.includes('*'))"
        " && document.querySelectorAll('.jp-OutputArea-output').length > 1",
        timeout=SECONDS * 1000,
    )
    wait_until_idle(page)
    assert charts(page, expected) == stored
    labels = page.eval_on_selector_all("[role=graphics-document]", "all => all.map(part => part.ariaLabel)")
    assert labels == described  # what a screen reader says of each chart
    assert page.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
    assert page.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    assert heard == {"errors": [], "elsewhere": []}
    take_pictures(page, path.stem)
