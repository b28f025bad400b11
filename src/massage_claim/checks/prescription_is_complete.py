"""Statement: every order in use says what a payer looks for, and a copy is attached.

That it is signed and covers the visits is judged by `prescription_covers_every_session`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.route import is_massage_therapist, order_required
from massage_claim.calc.visits import order_of, unclaimed_sessions, visits_ordered
from massage_claim.checks import Finding, Severity
from massage_claim.command_text import spell
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.prescription import Prescription
from massage_claim.models.providers import Provider
from massage_claim.writing.formats import listed

STEP = "get-prescription"
SEVERITY = Severity.RISKY
WHY = "Claim Adjustment Reason Codes (X12), 175: the order is incomplete"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    required = order_required(case)
    if required is False:
        return
    stops = Severity.MUST_FIX if required else Severity.RISKY
    in_use = {order.record_id for session in unclaimed_sessions(case) if (order := order_of(case, session))}
    for order in case.prescriptions:
        if order.record_id in in_use or not case.sessions:
            yield from _order(case, order)
            yield from _prescriber(case, facts, order, stops)
            if not any(a.kind == "prescription" and order.record_id in a.for_ for a in case.attachments):
                yield Finding(
                    says="No copy of the order is attached.",
                    fix=f"Type `{spell('attach', 'FILE', kind='prescription', for_=order.record_id)}`.",
                    where=case.where(order),
                    because="Remittance Advice Remark Codes (X12), N455: the order is missing",
                    severity=stops,
                )


def _order(case: Case, order: Prescription) -> Iterator[Finding]:
    gaps = {
        "service": (order.service is None, "what is ordered"),
        "visits": (visits_ordered(order) is None, "the number of visits"),
        "per_week": (order.per_week is None, "how often a week"),
        "valid_until": (order.valid_until is None, "the last day it covers"),
        "goals": (not order.goals, "the goals"),
    }
    lacking = {field: words for field, (missing, words) in gaps.items() if missing}
    if lacking:
        yield Finding(
            says=f"The order lacks {listed(list(lacking.values()))}.",
            fix="Ask the doctor to complete it, with today's date beside the change.",
            where=case.where(order, next(iter(lacking))),
            ask="provider",
            wants=tuple(f"order-{field}" for field in lacking),
        )
    if order.visits and order.per_week and order.weeks and not (order.per_week * order.weeks).covers(order.visits):
        yield Finding(
            says="The order's number of visits is not its visits a week times its weeks.",
            fix="Ask the doctor which number is meant.",
            where=case.where(order, "visits"),
            ask="provider",
            wants=("order-visits",),
        )


def _prescriber(case: Case, facts: Facts, order: Prescription, stops: Severity) -> Iterator[Finding]:
    prescriber = case.find(Provider, order.referring)
    if prescriber is None:
        return
    if (
        "referring" not in prescriber.roles
        and "rendering" in prescriber.roles
        and is_massage_therapist(prescriber, facts)
    ):
        yield Finding(
            says="The order is said to come from the massage therapist. A therapist cannot order their own care.",
            fix="Correct `referring`, or ask a doctor for an order.",
            where=case.where(order, "referring"),
            ask="provider",
            wants=("order",),
            severity=Severity.MUST_FIX,
        )
    gaps = {"credential": (prescriber.credential, "the letters after the name (such as MD)")}
    gaps["npi"] = (prescriber.npi, "the NPI (provider number)")
    lacking = {field: words for field, (value, words) in gaps.items() if value is None}
    if lacking:
        yield Finding(
            says=f"The record of who ordered lacks {listed(list(lacking.values()))}.",
            fix="Ask the doctor's office, or look at npiregistry.cms.hhs.gov.",
            where=case.where(prescriber, next(iter(lacking))),
            because="Remittance Advice Remark Codes (X12), N286: the provider number of who ordered",
            ask="provider",
            wants=tuple(f"doctor-{field}" for field in lacking),
            severity=stops,
        )
