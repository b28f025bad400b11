"""For every test: the tests folder can be imported from (`builders`), and nothing reaches the network."""

from __future__ import annotations

import signal
import socket
import sys
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, settings

TESTS = str(Path(__file__).resolve().parent)
if TESTS not in sys.path:
    sys.path.insert(0, TESTS)


settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")  # no test depends on how busy the machine is

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # a suite that was started in the background would hand this down to the programs it starts, and Ctrl-C do nothing there
    signal.signal(signal.SIGINT, signal.default_int_handler)


class NetworkUsedError(AssertionError):
    """A test, or the product in it, tried to reach the network."""


def _refused(*_: object, **__: object) -> NoReturn:
    raise NetworkUsedError("the product tried to reach the network")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connecting, sending and asking for a name raise; a socket between two local processes stays possible."""
    for name in ("connect", "connect_ex"):
        real = getattr(socket.socket, name)

        def only_local(self: socket.socket, address: object, real: object = real) -> object:
            if self.family == socket.AF_UNIX:
                return real(self, address)  # type: ignore[operator]
            return _refused()

        monkeypatch.setattr(socket.socket, name, only_local)
    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "create_connection"):
        monkeypatch.setattr(socket, name, _refused)
