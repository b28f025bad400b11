"""Statement: the therapist's taxonomy code (the code for the profession) is there and known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.roles import treating
from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case

STEP = "find-therapist"
SEVERITY = Severity.RISKY
WHY = "Remittance Advice Remark Codes (X12), N288: the taxonomy code of who treated"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    for provider in treating(case):
        if provider.taxonomy is None:
            yield Finding(
                says="The therapist's taxonomy code (the code for the profession) is missing.",
                fix="Ask the therapist for it, or look at npiregistry.cms.hhs.gov.",
                where=case.where(provider, "taxonomy"),
                ask="therapist",
                wants=("taxonomy",),
            )
        elif provider.taxonomy not in facts.identifiers.taxonomy:
            yield Finding(
                says="The therapist's taxonomy code (the code for the profession) is not one this program knows.",
                fix="Compare it with npiregistry.cms.hhs.gov.",
                where=case.where(provider, "taxonomy"),
                ask="therapist",
                wants=("taxonomy",),
                severity=Severity.ADVICE,
            )
