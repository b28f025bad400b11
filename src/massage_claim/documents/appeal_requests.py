"""What an appeal asks for: the amount, the rights of this kind of plan, and what the notice does not hold.

Takes the decision, the claim's view and facts; gives dollars and sentences with their sources. Only verified facts of
the plan's own kind come through; nothing of the Affordable Care Act for a grandfathered plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from massage_claim.calc.law import grandfathered, law_kind
from massage_claim.calc.reasons import Reason, refuses
from massage_claim.calc.totals import ZERO
from massage_claim.documents.views import ClaimView, Right
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.decision import Decision, DecisionLine

_RELIES_ON_A_RULE = re.compile(r"polic(y|ies)|guideline|criteri|protocol|standard", re.IGNORECASE)


def requested(decision: Decision, claim: ClaimView, facts: Facts) -> Decimal:
    """The amount in dispute in dollars: what the patient paid (else the charge) on the lines that were refused.

    A line that was paid in part counts with what its refusing codes took off. A decision that only shares cost is in
    dispute as a whole; so is one without lines, less what was paid. Never more than the claim.
    """
    then = facts.on(decision.notice_date)
    claimed = sum((line.paid or line.charge or ZERO for line in claim.lines), ZERO)
    if not decision.lines:
        return max(claimed - (decision.total_paid or ZERO), ZERO)
    left = list(claim.lines)
    found = ZERO
    for item in _in_dispute(decision, then):
        line = next((one for one in left if one.date == item.service_date and item.code in (None, one.code)), None)
        if line is not None:
            left.remove(line)
        whole = (line.paid or line.charge if line else item.billed) or ZERO
        refused = sum((one.amount or ZERO for one in item.adjustments if refuses(one, then)), ZERO)
        paid = item.paid or ZERO
        found += min(refused, whole) if paid and refused else max(whole - paid, ZERO)
    return min(found, claimed)


def refused_dates(decision: Decision, claim: ClaimView, facts: Facts) -> tuple[date, ...]:
    """The claim's dates of service that are in dispute, in order; all of them when the decision has no lines."""
    if not decision.lines:
        return claim.dates
    in_dispute = {item.service_date for item in _in_dispute(decision, facts.on(decision.notice_date))}
    return tuple(day for day in claim.dates if day in in_dispute)


def _in_dispute(decision: Decision, facts: Facts) -> tuple[DecisionLine, ...]:
    """The lines that were refused, or all of them when each one only shares cost."""
    refused = tuple(
        item
        for item in decision.lines
        if any(refuses(one, facts) for one in item.adjustments) or not (item.paid or item.adjustments)
    )
    return refused or decision.lines


def rights(case: Case, facts: Facts, level: str, clinical: bool) -> Iterator[Right]:
    """What the law of this kind of plan lets the letter ask for; nothing in a request for external review."""
    holds = {"always": True, "medical-judgment": clinical, "representative": case.by_practice}
    for right in facts.appeal_rights.values() if level != "external" else ():
        if law_kind(case) not in right.applies_to or not right.may_be_quoted or not holds[right.when]:
            continue
        if right.levels and level not in right.levels:
            continue
        if not (right.spares_grandfathered and grandfathered(case)):
            yield Right(right.words, str(right.source))


def notice_missing(
    case: Case, facts: Facts, decision: Decision, reasons: Sequence[Reason], clinical: bool
) -> Iterator[Right]:
    """What the notice does not hold, only when the person went through the checklist."""
    if not decision.notice_elements:
        return
    said = " ".join(
        [decision.reason_as_written or "", decision.plan_provision or ""]
        + [f"{item.code} {item.text or ''}" for item in decision.payer_codes]
    )
    holds = {
        "always": True,
        "missing-information": any(one.family == "documentation_missing" for one in reasons),
        "criterion": bool(_RELIES_ON_A_RULE.search(said)),
        "medical-judgment": clinical,
        "urgent": False,  # these visits are over
    }
    for element in facts.on(decision.notice_date).notice_elements.values():
        if element.id in decision.notice_elements or law_kind(case) not in element.applies_to:
            continue
        if element.may_be_quoted and holds[element.when] and not (element.spares_grandfathered and grandfathered(case)):
            yield Right(element.words, str(element.source))
