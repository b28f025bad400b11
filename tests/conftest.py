"""For every test: the tests folder can be imported from (`builders`), and nothing reaches the network."""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from typing import NoReturn

import pytest

TESTS = str(Path(__file__).resolve().parent)
if TESTS not in sys.path:
    sys.path.insert(0, TESTS)


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
