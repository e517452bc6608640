"""JupyterLab on loopback and a real browser with no network, for the tests that look at what a person sees.

These tests are skipped where no Chromium or Chrome is found; on CI (with the environment variable CI) they fail.
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
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

import nbformat
import pytest

FOLDER = Path(__file__).parent.parent / "notebooks"
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
OFFLINE = [  # as in the README's command
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
]
LATE = "[anywidget] Failed to initialize model."  # said of every widget that takes two seconds, though it comes
# A launcher is left, since JupyterLab would open one when nothing is, in front of what is shown next.
CLOSE_ALL = """async () => {
    const { commands, shell } = window.jupyterapp;
    const launcher = await commands.execute('launcher:create');
    for (const tab of [...shell.widgets('main')].filter(tab => tab !== launcher)) {
        await tab.sessionContext?.shutdown();
        tab.dispose();
    }
}"""
SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},  # else only what is on the screen is drawn
}


@pytest.fixture(scope="session")
def chromium():
    """The path of the browser; without one, the tests that need it are skipped."""
    if BROWSER is None:
        if os.environ.get("CI"):
            pytest.fail("No Chromium or Chrome was found, and CI must have one: .ci/run installs it.")
        pytest.skip("No Chromium or Chrome was found: the notebooks are not opened in a browser.")
    return BROWSER


@contextmanager
def serve(home, application="jupyterlab"):
    """Copy the notebooks into this folder and serve them on loopback; yield the address and token.

    The application is JupyterLab, or `notebook`, which is Notebook 7.
    """
    shutil.copytree(FOLDER, home / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints", "*.csv*"))
    (home / "data").symlink_to(FOLDER.parent / "data")  # which notebooks read as ../data
    for name, setting in SETTINGS.items():
        path = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(setting), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token, address = secrets.token_hex(16), f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", application, "--no-browser", "--allow-root", "--ServerApp.port_retries=0"]
    command += [
        *OFFLINE,
        f"--{'LabApp' if application == 'jupyterlab' else 'JupyterNotebookApp'}.expose_app_in_browser=True",
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


@contextmanager
def launch(path):
    """Start the browser at this path, headless."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


def put_notebook(name, cells, lab):
    """Write a notebook of these code cells into the server's folder."""
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = nbformat.v4.new_notebook(metadata=kernel, cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    address, token = lab
    body = json.dumps({"type": "notebook", "content": notebook}).encode()
    headers = {"Authorization": f"token {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{address}/api/contents/{name}", body, headers, method="PUT")  # noqa: S310 - ours
    urllib.request.urlopen(request, timeout=SECONDS).close()  # noqa: S310 - our own server


@contextmanager
def open_notebook(name, browser, lab, *, kernel=True):
    """Open a notebook of the server's folder; yield the page, and the errors and requests to other machines it made.

    With `kernel`, wait until its cells can be run. A page that a notebook was closed in is used again, since JupyterLab
    takes seconds to load.
    """
    address, token = lab
    context = browser.contexts[0] if browser.contexts else browser.new_context()  # its cache serves all pages
    free = [page for page in context.pages if page.locator(".jp-NotebookPanel").count() == 0]
    page = free[0] if free else context.new_page()
    page.set_default_timeout(SECONDS * 1000)
    page.set_viewport_size({"width": 1280, "height": 900})
    heard = {"errors": [], "elsewhere": []}
    listeners = {
        "console": lambda message: heard["errors"].append(message.text) if message.type == "error" else None,
        "pageerror": lambda error: None if LATE in str(error) else heard["errors"].append(str(error)),
        "request": lambda sent: None if local(sent.url, address) else heard["elsewhere"].append(sent.url),
    }
    for event, listen in listeners.items():
        page.on(event, listen)
    if free:
        page.bring_to_front()  # what is behind another page is not drawn
        show(name, page)
    else:
        page.goto(f"{address}/lab/tree/{name}?token={token}&reset")
    if kernel:
        wait_until_idle(page)
    yield page, heard
    for event, listen in listeners.items():
        page.remove_listener(event, listen)
    page.evaluate(CLOSE_ALL)
    choose_theme(page, "light")


def show(name, page):
    """Show another notebook of the server's folder in a tab of the same page."""
    page.wait_for_function("window.jupyterapp")
    page.evaluate(
        """async name => {
            await window.jupyterapp.restored;
            await window.jupyterapp.commands.execute('docmanager:open', { path: name });
        }""",
        name,
    )


def local(url, address):
    """Tell whether a request stays on this machine."""
    return url.startswith((address, address.replace("http", "ws"), "data:", "blob:", "about:"))


def wait_until_idle(page):
    """Wait until there is a kernel, and it has nothing to do."""
    page.wait_for_function("window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'")


def start_all(page):
    """Begin to run all cells."""
    page.click(".lm-MenuBar-itemLabel:text-is('Run')")
    page.click('[data-command="runmenu:run-all"]')


def run_all(page):
    """Run all cells, and wait until they are done."""
    start_all(page)
    page.wait_for_function(
        "[...document.querySelectorAll('.jp-InputPrompt')].every(prompt => !prompt.textContent.includes('*'))"
        " && document.querySelectorAll('.jp-OutputArea-output').length > 1"
    )
    wait_until_idle(page)


def choose_theme(page, theme):
    """Put JupyterLab into its light or its dark theme."""
    name = f"JupyterLab {theme.capitalize()}"
    page.evaluate("theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme })", name)
    page.wait_for_selector(f"body[data-jp-theme-name='{name}']", state="attached")
