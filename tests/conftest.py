"""What the tests share: the five reviews with their tables, and a network that answers to nobody but this machine."""

import ipaddress
import os
import socket
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from jupyter_in_browser import browser, chromium, lab  # noqa: F401 - fixtures
from notebooks_by_hand import site  # noqa: F401 - a fixture

import starlight

# Only test_*.py holds tests; what the others define is for them, the benchmarks and the fuzzer.
collect_ignore = [path.name for path in Path(__file__).parent.glob("*.py") if not path.name.startswith("test_")]

# The same examples in every run, and no clock: a test that fails on a slow day tells nothing.
settings.register_profile("starlight", derandomize=True, deadline=None, max_examples=40)
settings.load_profile("starlight")


def pytest_configure(config):
    """Keep every test, and every notebook that is run here, from the corrections of whoever works in this folder."""
    folder = tempfile.TemporaryDirectory()
    config.add_cleanup(folder.cleanup)
    os.environ["STARLIGHT_CORRECTIONS"] = str(Path(folder.name) / "corrections.csv")


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
