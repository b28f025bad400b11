"""What the records of the order and of the therapist still lack, as names of `requests.py`. Takes a case, gives names.

A finding is silent where a plan wants no order; who did not know a part of it wants to ask for it all the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from massage_claim.calc.roles import treating
from massage_claim.calc.visits import order_of, unclaimed_sessions, visits_ordered
from massage_claim.models.case import Case
from massage_claim.models.prescription import Prescription
from massage_claim.models.providers import Provider

LICENSE = frozenset({"license", "therapist-licence"})
"""Wishes of findings that ask for the whole license; `license_wishes` knows which part of it is missing."""


def doctors_gaps(case: Case) -> Iterator[str]:
    """What the newest order and those of unclaimed visits lack, and what the record of who ordered does."""
    if not case.prescriptions:
        return
    newest = max(case.prescriptions, key=lambda order: (order.date, order.record_id))
    used = [order_of(case, session) for session in unclaimed_sessions(case)]
    for order in {one.record_id: one for one in (newest, *used) if one is not None}.values():
        yield from _order(order)
        doctor = case.find(Provider, order.referring)
        if doctor is not None:
            yield from (f"doctor-{name}" for name in ("credential", "npi") if getattr(doctor, name) is None)


def _order(order: Prescription) -> Iterator[str]:
    gaps = {
        "signature": order.signed is not True,
        "service": order.service is None,
        "visits": visits_ordered(order) is None,
        "per_week": order.per_week is None,
        "minutes_per_visit": order.minutes_per_visit is None,
        "valid_until": order.valid_until is None,
        "regions": not order.regions,
        "goals": not order.goals,
    }
    yield from (f"order-{name}" for name, missing in gaps.items() if missing)


def license_wishes(case: Case) -> Iterator[str]:
    """Which part of a license to ask for: all of it, its state and last day, the last day, or one for the office's state."""
    for provider in treating(case):
        licence = provider.licence
        office = provider.address.state if provider.address else None
        if licence is None or licence.number is None:
            yield "therapist-licence"
        elif licence.state is None:
            yield "therapist-licence-state"
        elif office is not None and office != licence.state:
            yield "therapist-licence-place"
        else:
            yield "therapist-licence-until"
