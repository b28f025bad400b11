"""Statement: who is paid has an EIN (tax number), and its prefix is one the IRS gives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.identifiers import ein_is_plausible
from massage_claim.calc.roles import in_role
from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case

STEP = "find-therapist"
SEVERITY = Severity.MUST_FIX
WHY = "Remittance Advice Remark Codes (X12), N209: the tax number of who is paid is missing or wrong"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    for provider in in_role(case, "billing"):
        if provider.ein is None:
            yield Finding(
                says="The EIN (tax number) of who is paid is missing. Insurers send such claims back.",
                fix="Ask the therapist for it. An EIN is free at irs.gov; never write a Social Security number here.",
                where=case.where(provider, "ein"),
                ask="therapist",
                wants=("ein",),
            )
        elif not ein_is_plausible(provider.ein, facts.identifiers.ein):
            yield Finding(
                says="The EIN (tax number) begins with two digits that the IRS has not listed.",
                fix="Compare it with the therapist's papers. It may be a typing mistake, or a Social Security number.",
                where=case.where(provider, "ein"),
                because=str(facts.identifiers.ein.source),
                ask="therapist",
                wants=("ein",),
                severity=Severity.RISKY,
            )
