"""Starlight uses no network and leaves nothing behind; and the tests' own guard, which lets no test use one."""

import os
import re
import shutil
import socket
import subprocess
import sys
from ipaddress import ip_address
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TRACE = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=%network,open,openat,creat,mkdir,mkdirat"]
SENDS = re.compile(r"\b(?:connect|sendto|sendmsg|sendmmsg)\(.*?sa_family=AF_INET6?\b.*")
ADDRESS = re.compile(r"inet_(?:addr|pton)\((?:AF_INET6, )?\"([^\"]+)")
MADE = re.compile(r"\b(?:openat|open|creat|mkdir|mkdirat)\((?:\w+, )?\"([^\"]*)\".*")


@pytest.fixture(scope="module")
def traced(tmp_path_factory):
    """The system calls of a process that does all that Starlight does, with a home that was empty before."""
    able = [*TRACE, "-o", os.devnull, sys.executable, "-c", ""]
    if not shutil.which("strace") or subprocess.run(able, capture_output=True, check=False).returncode:
        pytest.skip("strace is missing or may not trace here: nobody looks at system calls.")
    place = tmp_path_factory.mktemp("traced")
    for name in ("home", "tmp", "out", "notebooks"):
        (place / name).mkdir()
    shutil.copy(ROOT / "notebooks" / "1_reviews.ipynb", place / "notebooks")
    command = [*TRACE, "-o", place / "trace", sys.executable, ROOT / "tests" / "traced.py"]
    done = subprocess.run(
        [*command, place / "out", place / "notebooks"],
        # Nothing else: with the variable CI, or with what this process has set, nothing would be sent anyway.
        env={"PATH": os.environ["PATH"], "HOME": str(place / "home"), "TMPDIR": str(place / "tmp")}
        | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=place,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "done\n", done.stderr
    return place


def test_nothing_is_sent_off_the_machine(traced):
    """No socket of any process of ours, nor of a library, is connected to another machine, and no name is looked up."""
    calls = (traced / "trace").read_text(errors="replace").splitlines()
    sent = [call for call in calls if SENDS.search(call)]
    assert sent  # a cluster's worker and its scheduler speak to each other
    assert [call for call in sent if not ip_address(ADDRESS.search(call)[1]).is_loopback] == []
    assert [call for call in calls if "resolv.conf" in call or "Resolve" in call or "htons(53)" in call] == []


def test_nothing_is_left_behind(traced):
    """No file or folder is made but the outputs and, in folders for it, temporary ones."""
    assert list((traced / "home").iterdir()) == []
    calls = (traced / "trace").read_text(errors="replace").splitlines()
    made = {
        found[1]
        for call in calls
        if (found := MADE.search(call)) and re.search(r"O_CREAT|creat\(|mkdir", call) and " = -1 " not in call
    }
    assert len(made) > 20
    assert [path for path in made if path[:1] == "/" and not path.startswith((str(traced), "/dev/"))] == []


@pytest.mark.parametrize("connect", ["connect", "connect_ex"])
@pytest.mark.parametrize(
    ("family", "address"),
    [
        pytest.param(socket.AF_INET, ("192.0.2.1", 80), id="IPv4"),
        pytest.param(socket.AF_INET6, ("2001:db8::1", 80), id="IPv6"),
        pytest.param(socket.AF_INET, ("example.org", 80), id="name"),
    ],
)
def test_no_connection_leaves_this_machine(family, address, connect):
    """A connection to another machine is refused before it is tried, by address or by name."""
    with socket.socket(family) as outward, pytest.raises(RuntimeError, match="no network but loopback"):
        getattr(outward, connect)(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_loopback_is_let_through(host):
    """A connection within this machine is made: notebook kernels and browsers need it."""
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as inward:
        inward.connect((host, server.getsockname()[1]))
        assert inward.getpeername() == server.getsockname()
