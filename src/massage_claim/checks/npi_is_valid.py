"""Statement: every NPI (provider number) can be right, and is its owner's own. Takes the providers' numbers.

A missing number is asked for by `therapist_is_identified` and `prescription_is_complete`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.identifiers import npi_is_possible
from massage_claim.checks import Ask, Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.providers import Provider
from massage_claim.writing.formats import listed

STEP = "find-therapist"
SEVERITY = Severity.MUST_FIX
WHY = "45 CFR 162.406(a): an NPI has ten digits, the last of which checks the others"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    for provider in case.providers:
        if provider.npi is None:
            continue
        if not npi_is_possible(provider.npi, facts.identifiers.npi):
            yield Finding(
                says=f"The NPI (provider number) of who {_does(provider)} has a typing mistake: its check digit is wrong.",
                fix="Compare it with the office's papers or npiregistry.cms.hhs.gov, and correct it.",
                where=case.where(provider, "npi"),
                ask=_asked(provider),
                wants=("npi",),
            )
        elif "referring" in provider.roles and any(
            other.npi == provider.npi and "rendering" in other.roles and other is not provider
            for other in case.providers
        ):
            yield Finding(
                says="The doctor and the therapist have the same NPI (provider number). It belongs to one of them only.",
                fix="Ask each office for its own number, and correct the wrong one.",
                where=case.where(provider, "npi"),
                ask="provider",
                wants=("npi",),
            )


def _does(provider: Provider) -> str:
    words = {"referring": "ordered", "rendering": "treated", "billing": "is paid"}
    return listed([words[role] for role in provider.roles]) if provider.roles else "is named here"


def _asked(provider: Provider) -> Ask:
    return "provider" if provider.roles == ("referring",) else "therapist"
