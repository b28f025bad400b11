"""Modules of this room that are imported when they are first used, because most commands need few of the facts. Type checkers see the plain import beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any


class Kinds:
    """A module of fact kinds: an attribute is the class itself, its module imported on the way."""

    def __init__(self, name: str) -> None:
        self._name = f"{__package__}.{name}"

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._name), name)


class Shapes:
    """A module of shapes: an attribute is a function that imports the module when an entry is first read."""

    def __init__(self, name: str) -> None:
        self._name = f"{__package__}.{name}"

    def __getattr__(self, name: str) -> Callable[[Any], Any]:
        return lambda entry: _shape(self._name, name)(entry)


@cache
def _shape(module: str, name: str) -> Callable[[Any], Any]:
    found: Callable[[Any], Any] = getattr(import_module(module), name)
    return found
