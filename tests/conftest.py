"""What the tests share: the five reviews and their tables, the order of the tests, and a guard against the network."""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy: two processes, and the kernels they start, share two cores
import ipaddress
import socket
import tempfile
from collections import defaultdict
from pathlib import Path

import pytest
from altair.utils.schemapi import disable_debug_mode
from hypothesis import settings
from jupyter_in_browser import chromium  # noqa: F401 - a fixture
from nbformat.v4 import new_code_cell
from nbval.plugin import IPyNbCell
from notebooks_by_hand import site  # noqa: F401 - a fixture
from xdist.scheduler import LoadFileScheduling

import starlight

# Only test_*.py holds tests; what the others define is for them, the benchmarks and the fuzzer.
collect_ignore = [path.name for path in Path(__file__).parent.glob("*.py") if not path.name.startswith("test_")]

BROWSER = "tests/browser/"
LONGEST = [
    BROWSER,
    "tests/test_notebooks",
    "tests/test_your",
    "notebooks/",
    "tests/test_types",
    "tests/test_scale",
    "tests/test_package",
    "tests/test_no_network",
]

# The same examples in every run, and no clock: a test that fails on a slow day tells nothing. Long runs ask for more.
examples = int(os.environ.get("STARLIGHT_EXAMPLES", "10"))
settings.register_profile("starlight", derandomize=True, deadline=None, max_examples=examples)
settings.load_profile("starlight")

disable_debug_mode()  # Altair checks a chart when it is written, and not each of its parts before that too


def pytest_configure(config):
    """Keep the tests and the notebooks they run away from the corrections of whoever works in this folder."""
    folder = tempfile.TemporaryDirectory()
    config.add_cleanup(folder.cleanup)
    os.environ["STARLIGHT_CORRECTIONS"] = str(Path(folder.name) / "corrections.csv")


class Together(LoadFileScheduling):
    """Gives a process a file at a time, but the browser tests as one, which share a JupyterLab and exported pages."""

    def _split_scope(self, nodeid):
        return BROWSER if nodeid.startswith((BROWSER, "tests/test_export")) else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Share the tests out, longest first."""
    return Together(config, log)


def pytest_collection_modifyitems(items):
    """Check a notebook's prose after its last cell; run what takes longest first, so that no process waits long."""
    last = {item.parent: item for item in items if isinstance(item, IPyNbCell)}
    items[:] = [each for item in items for each in ([item, _prose(item)] if item in last.values() else [item])]
    items.sort(key=lambda item: next((at for at, name in enumerate(LONGEST) if item.nodeid.startswith(name)), 99))


def _prose(last):
    """Return a cell to be tested after a notebook's last, in the same kernel: it fails where the prose is not so."""
    notebook, here = last.parent, str(Path(__file__).parent)
    source = f"import sys\nsys.path.append({here!r})\nimport prose\nprose.check({str(notebook.path)!r}, globals())"
    cell = new_code_cell(source, execution_count=1)
    options = defaultdict(bool, check=True)
    return IPyNbCell.from_parent(notebook, name="Prose", cell_num=last.cell_num + 1, cell=cell, options=options)


@pytest.fixture
def no_flushing(monkeypatch):
    """Flush nothing to disk: nobody pulls a plug in these tests, and it takes most of the time."""
    monkeypatch.setattr(os, "fsync", lambda handle: None)


@pytest.fixture(autouse=True, scope="session")
def _no_network():
    """Refuse any connection but loopback, so that no test, and no code under test, needs a network."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        yield


def _guarded(connect):
    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
            raise RuntimeError(f"A test tried to connect to {address!r}. Tests use no network but loopback.")
        return connect(self, address)

    return guarded


def _is_loopback(host):
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session")
def reviews():
    """The five reviews. Shared: a test that changes it changes it for all."""
    return starlight.load_reviews()


@pytest.fixture(scope="session")
def sentences(reviews):
    """The sentences of the five reviews."""
    return starlight.split_sentences(reviews)


@pytest.fixture(scope="session")
def mentions(sentences):
    """The mentions in the five reviews, of the project's own themes."""
    return starlight.find_mentions(sentences)


@pytest.fixture(scope="session")
def opinions(reviews):
    """The settled coding of the five reviews."""
    return starlight.read_opinions(reviews=reviews)
