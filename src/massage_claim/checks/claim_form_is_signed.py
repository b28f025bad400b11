"""Statement: where the plan has its own claim form, a signed one is at hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.sending_rules import own_form
from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.command_text import spell
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case

STEP = "submit"
SEVERITY = Severity.RISKY
WHY = "Claim Adjustment Reason Codes (X12), 16 and 252: the claim lacks something that is needed to decide"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    if own_form(case.plan) is None or not unclaimed_sessions(case):
        return
    forms = [attachment for attachment in case.attachments if attachment.kind == "claim-form"]
    if not forms:
        yield Finding(
            says="The plan wants its own claim form, and none is attached.",
            fix=f"Write it out and sign it. Then type `{spell('attach', 'FILE', kind='claim-form', signed_by='patient')}`.",
            where=case.where("plan", "rules", "claim_form"),
        )
    for form in forms:
        if form.signed_by is None:
            yield Finding(
                says="The attached claim form is not marked as signed.",
                fix="Look whether you signed it, and write `signed_by: patient`.",
                where=case.where(form, "signed_by"),
                severity=Severity.MUST_FIX,
            )
