"""A case in which every optional element of the papers is there."""

from __future__ import annotations

from builders import (
    a_case,
    a_condition,
    a_doctor,
    a_patient,
    a_payment,
    a_plan,
    a_practice,
    a_provider,
    a_session,
    an_authorization,
)
from massage_claim.models.case import Case

ADDRESS = {"street": "12 Cedar Lane", "city": "Olympia", "state": "WA", "zip": "98501"}


def full_case() -> Case:
    """Two diagnoses, two services on one day, a visit at home, units as billed, another insurer, an auto accident."""
    plan = a_plan(
        other_coverage={"has": "yes", "payer": "Fern Mutual", "member_id": "FM-77", "primary": "no"},
        accident={"work": "no", "auto": "yes", "other": "no", "state": "OR", "date": "2025-11-02"},
    )
    patient = a_patient(
        relation_to_subscriber="spouse",
        subscriber={"name": "Tomasz Nuñez", "birth_date": "1983-01-30", "address": ADDRESS},
    )
    condition = a_condition(
        diagnoses=[
            {"code": "M54.59", "words": "other low back pain", "by": "dr-okoye"},
            {"code": "M62.830", "words": "muscle spasm of back", "by": "dr-okoye"},
        ]
    )
    services = [
        {"code": "97124", "minutes": 38, "units": 2, "modifiers": ["59"], "charge": "80.00", "pointers": ["M54.59"]},
        {"code": "97140", "minutes": 15, "units": 1, "charge": "30.00", "regions": ["left hip"]},
    ]
    sessions = (
        a_session(services=services, regions=["low back"]),
        a_session("2026-03-17", place="12", minutes=52, units=None, charge="96.00"),
    )
    payments = (
        a_payment(amount="125.00", tip="15.00", for_=[{"session": "2026-03-10", "amount": "110.00"}]),
        a_payment(
            "2026-03-18",
            "120.00",
            method="check 1021",
            other_items=[{"what": "arnica gel", "amount": "24.00"}],
            for_=[{"session": "2026-03-17", "amount": "96.00"}],
        ),
    )
    return a_case(
        plan=plan,
        patient=patient,
        conditions=(condition,),
        providers=(a_provider(), a_practice(establishment_licence="WA-EST-4410"), a_doctor()),
        authorizations=(an_authorization(),),
        sessions=sessions,
        payments=payments,
    )
