"""The tests' own guard: what is not this machine cannot be reached from a test."""

import socket

import pytest


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
