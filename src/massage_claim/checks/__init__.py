"""Findings: what would get the claim refused, and how to mend it.

One file is one check, named as the statement that should hold. A check reads no disk and raises nothing.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from enum import StrEnum
from functools import cache
from types import ModuleType
from typing import Literal

from massage_claim.calc.sendings import only_to_answer
from massage_claim.errors import Message
from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass
from massage_claim.journey import step
from massage_claim.models.case import Case

Ask = Literal["therapist", "provider", "plan"]


class Severity(StrEnum):
    """How much a finding matters."""

    MUST_FIX = "must fix"
    RISKY = "risky"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Finding(Message):
    """Something that isn't ready. A check gives `says`, `fix`, `where` and, when they differ, the rest; `find` adds its name.

    `session`: the one session it is tied to (its record id); None when it concerns the whole case.
    `ask`: who can supply what is missing (`provider` is the prescriber); `wants` names it, as `actions/look/wishes.py` words it
    (`question:ID` is a coverage question); `about`: the visits concerned, by record id, when they are several.
    """

    session: str | None = None
    ask: Ask | None = None
    wants: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    severity: Severity | None = None
    check: str = ""
    step: str = ""

    @property
    def blocks(self) -> bool:
        """True when a packet should not go out like this."""
        return self.severity is Severity.MUST_FIX


@cache
def all_checks() -> dict[str, ModuleType]:
    """Every check by its name, which is its file's name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return {name: importlib.import_module(f"{__name__}.{name}") for name in names}


def find(case: Case, facts: Facts, today: date) -> tuple[Finding, ...]:
    """Everything that all checks find: by step, worst first, then by place.

    Where every visit is in a claim that was sent without this program, nothing is to be built: what the steps up to
    the claim lack is advice for the next one.
    """
    found = [finding for name in all_checks() for finding in run(name, case, facts, today)]
    if only_to_answer(case):
        last = step("submit").number
        found = [replace(one, severity=Severity.ADVICE) if step(one.step).number <= last else one for one in found]
    return tuple(sorted(found, key=_order))


def run(name: str, case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    """What the check of that name finds, with its name, step, severity and reason filled in."""
    module = all_checks()[name]
    for finding in module.check(case, facts, today):
        yield replace(
            finding,
            check=name,
            step=finding.step or module.STEP,
            severity=finding.severity or module.SEVERITY,
            because=finding.because or module.WHY,
        )


_WORST_FIRST = {Severity.MUST_FIX: 0, Severity.RISKY: 1, Severity.ADVICE: 2}


def _order(finding: Finding) -> tuple[int, int, str, str, int]:
    where = finding.where
    return (
        step(finding.step).number,
        _WORST_FIRST[finding.severity or Severity.ADVICE],
        finding.check,
        where.file if where else "",
        (where.line or 0) if where else 0,
    )
