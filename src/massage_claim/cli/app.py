"""Registers the commands, nothing else. Imports the command line library and the commands' own light modules only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from massage_claim.journey import STEPS

if TYPE_CHECKING:
    from typer.core import TyperGroup

