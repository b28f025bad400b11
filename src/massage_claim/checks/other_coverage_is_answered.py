"""Statement: other insurance and the cause (work, car, other accident) are answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.checks import Finding, Severity
from massage_claim.command_text import spell
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case

STEP = "submit"
SEVERITY = Severity.MUST_FIX
WHY = "Claim Adjustment Reason Codes (X12), 19 to 22: another insurer may have to pay first"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    yield from _other_insurance(case)
    yield from _accident(case)


def _other_insurance(case: Case) -> Iterator[Finding]:
    other = case.plan.other_coverage
    if other is None:
        yield Finding(
            says="It is not answered whether there is any other health insurance.",
            fix="Write `has: yes` or `has: no` below `other_coverage`.",
            where=case.where("plan", "other_coverage"),
        )
        return
    if not other.has:
        return
    if other.payer is None:
        yield Finding(
            says="There is other insurance, but its name is missing.",
            fix="Write `payer` below `other_coverage`, from that insurance card.",
            where=case.where("plan", "other_coverage", "payer"),
        )
    if other.primary is None:
        yield Finding(
            says="It is not known which of the two insurers pays first.",
            fix="Ask either insurer, and write `primary: yes` or `primary: no` below `other_coverage`.",
            where=case.where("plan", "other_coverage", "primary"),
            ask="plan",
            wants=("question:primary_payer",),
            severity=Severity.RISKY,
        )
    elif other.primary and not any(attachment.kind == "eob" for attachment in case.attachments):
        yield Finding(
            says="The other insurer pays first, and its decision (EOB) is not attached.",
            fix=f"Send the claim there first. Then type `{spell('attach', 'FILE', kind='eob')}`.",
            where=case.where("plan", "other_coverage", "primary"),
        )


def _accident(case: Case) -> Iterator[Finding]:
    accident = case.plan.accident
    unanswered = [field for field in ("work", "auto", "other") if accident is None or getattr(accident, field) is None]
    if unanswered:
        yield Finding(
            says="It is not fully answered whether the pain comes from work, a car or another accident.",
            fix="Write yes or no below `accident` for `work`, `auto` and `other`.",
            where=case.where("plan", "accident", unanswered[0]),
        )
    if accident is None:
        return
    if accident.work and case.plan.kind != "workers-comp":
        yield Finding(
            says="The pain comes from work, so workers' compensation pays first.",
            fix="Report it to the employer. Attach the refusal if workers' compensation has said no.",
            where=case.where("plan", "accident", "work"),
            severity=Severity.RISKY,
        )
    if accident.auto and case.plan.kind != "auto":
        yield Finding(
            says="The pain comes from a car accident, so car insurance may have to pay first.",
            fix="Ask the car insurer. Attach its refusal, or its letter that the benefit is used up.",
            where=case.where("plan", "accident", "auto"),
            severity=Severity.RISKY,
        )
    if accident.auto and accident.state is None:
        yield Finding(
            says="The state of the car accident is missing.",
            fix="Write `state` below `accident`.",
            where=case.where("plan", "accident", "state"),
        )
