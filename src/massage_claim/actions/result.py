"""What a command answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from massage_claim.checks import Finding
from massage_claim.errors import ExitCode
from massage_claim.frozen import dataclass

if TYPE_CHECKING:
    from massage_claim.writing.blocks import Block


@dataclass(frozen=True)
class Result:
    """`says`: sentences for a person. `written`: files, relative to the project. `next`: the one next move.

    `data` is what `--json` prints besides; its keys are public. `blocks` is a table or paper to show on the screen.
    """

    says: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    next: str | None = None
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    data: Mapping[str, object] = field(default_factory=dict)
    code: ExitCode = ExitCode.OK
