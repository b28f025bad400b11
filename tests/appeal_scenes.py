"""Appeals to render in tests: a full case, a bare one, the therapist's and the patient's, and the scene of their letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from builders import (
    a_case,
    a_claim,
    a_condition,
    a_contact,
    a_coverage,
    a_decision,
    a_doctor,
    a_measure,
    a_patient,
    a_plan,
    a_prescription,
    a_session,
    an_appeal,
    an_attachment,
    an_authorization,
)
from massage_claim.documents.appeals import Round, view_appeal
from massage_claim.documents.build import make_paper
from massage_claim.documents.claims import orders_of, sessions_of, view_claim
from massage_claim.documents.papers import Paper, paper_library
from massage_claim.documents.scene import Scene
from massage_claim.documents.views import Entry
from massage_claim.facts.library import facts_on
from massage_claim.models.appeal import Appeal
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim
from massage_claim.models.decision import Decision

TODAY = date(2026, 5, 4)
FACTS = facts_on(TODAY)
DAYS = ("2026-03-10", "2026-03-17", "2026-03-24", "2026-03-31")
LIBRARY = paper_library(None)


def full(prepared_by: str = "patient", *, kind: str = "employer-self-funded", **records: Any) -> Case:
    """Four visits, measured, ordered, approved, sent, denied and called about; a letter of the doctor came since."""
    sessions = tuple(
        a_session(day, units=None, pain={"before": before, "after": 3}, purpose="treatment")
        for day, before in zip(DAYS, (7, 6, 5, 4), strict=True)
    )
    claim = a_claim(sessions, claim_numbers=[{"number": "C-778812"}])
    decision = denial(lines=[denied_line(day) for day in DAYS])
    case: dict[str, Any] = {
        "sessions": sessions,
        "claims": (claim,),
        "decisions": (decision,),
        "authorizations": (an_authorization(),),
        "measures": (
            a_measure("2026-03-02", "odi", 42),
            a_measure("2026-03-31", "odi", 30),
            a_measure("2026-03-02", "psfs", 3, record_id="2026-03-02-2"),
            a_measure("2026-03-31", "psfs", 6, record_id="2026-03-31-2"),
        ),
        "contacts": (a_contact("2026-04-02", about=claim.record_id),),
        "coverage": (
            a_coverage(
                answers={
                    "coverage_active": "yes",
                    "visits_used": "0",
                    "visit_limit_shared": "no, massage has its own limit",
                    "network_exception": "none within 30 miles; ask for an exception",
                    "primary_payer": "this plan is first",
                    "coinsurance": "20",
                    "deductible_met": "500.00",
                    "repeated": "covered with an order",
                }
            ),
        ),
        "attachments": (
            an_attachment("order.pdf", kind="prescription", for_=["prescriptions/2026-03-02"], date="2026-03-02"),
            an_attachment("notice.pdf", kind="denial", for_=[decision.record_id], date="2026-04-10"),
            an_attachment("letter.pdf", kind="letter", for_=["conditions/low-back"], date="2026-04-28"),
            an_attachment(
                "policy.pdf", kind="plan-page", for_=[decision.record_id], date="2026-01-01", title="Policy 12"
            ),
            an_attachment("mailed.pdf", kind="proof-of-sending", for_=[claim.record_id], date="2026-04-01"),
        ),
        "conditions": (
            a_condition(
                treatments_tried=[
                    {"what": "physical therapy", "result": "helped for a day", "said_by": "attachments/letter"}
                ]
            ),
        ),
    }
    return a_case(prepared_by=prepared_by, plan=a_plan(kind=kind), **(case | records))


def bare(prepared_by: str = "patient", *, kind: str = "unknown") -> Case:
    """Only what identifies: one visit, a denial without a reason code, nothing else known."""
    session = a_session(
        services=[{"code": "97124"}], rendering=None, prescription=None, start=None, end=None, place=None, regions=None
    )
    claim = a_claim(
        record_id="2026-03-10",
        submission=None,
        lines=[{"session": session.record_id, "date": session.date, "code": "97124"}],
    )
    decision = a_decision(received_date=None, reason_as_written=None, adjustments=None, claim_number=None)
    return a_case(
        prepared_by=prepared_by,
        patient=a_patient(address=None, phone=None, birth_date=None),
        plan=a_plan(kind=kind, rules=None, plan_name=None, group_number=None, other_coverage=None, accident=None),
        sessions=(session,),
        claims=(claim,),
        decisions=(decision,),
        **dict.fromkeys(
            (
                "conditions",
                "providers",
                "prescriptions",
                "measures",
                "coverage",
                "licence_checks",
                "payments",
                "attachments",
            ),
            (),
        ),
    )


def late_order() -> Case:
    """The order came after two of the four visits, names another plan of visits, and work caused the condition."""
    return full(
        prescriptions=(
            a_prescription(
                "2026-03-24", record_id="2026-03-02", visits=None, per_week=2, weeks=None, signed=None, valid_until=None
            ),
        ),
        providers=(a_doctor(),),
        conditions=(a_condition(onset=None, cause=None, treatments_tried=[], limits=[]),),
    )


def denial(**fields: Any) -> Decision:
    return a_decision(**({"adjustments": None, "plan_provision": "Section 6.4, Medically Necessary Services"} | fields))


def denied_line(day: str, carc: str = "50", paid: str = "0.00", **fields: Any) -> dict[str, object]:
    adjustments = [{"group": "PR", "carc": carc, "amount": "96.00"}]
    return {"service_date": day, "code": "97124", "billed": "96.00", "paid": paid, "adjustments": adjustments} | fields


def lettered(case: Case, first_page: int = 5) -> tuple[Entry, ...]:
    """Every attachment as an exhibit of one page."""
    return tuple(
        Entry(
            item.title or item.file,
            first_page + at,
            first_page + at,
            chr(ord("A") + at),
            item.record_id.replace("/", "-"),
        )
        for at, item in enumerate(case.attachments)
    )


def view_of(
    case: Case,
    *,
    level: str = "1",
    chosen: Sequence[str] = (),
    exhibits: tuple[Entry, ...] | None = None,
    record: Appeal | None = None,
    today: date = TODAY,
) -> Round:
    decision = case.decisions[-1]
    claim = case.find(Claim, decision.about)
    assert claim is not None
    shown = view_claim(case, claim.id, claim.lines, claim)
    entries = lettered(case) if exhibits is None else exhibits
    return view_appeal(case, facts_on(today), today, decision, level, record, shown, entries, chosen=chosen)


def letter_of(case: Case, view: Round, today: date = TODAY) -> Paper:
    decision = case.decisions[-1]
    claim = case.find(Claim, decision.about)
    assert claim is not None
    sessions = sessions_of(case, claim.lines)
    scene = Scene(
        case,
        facts_on(today),
        today,
        claim=view_claim(case, claim.id, claim.lines, claim),
        orders=orders_of(case, sessions),
        sessions=sessions,
        decision=decision,
        appeal=view,
    )
    return make_paper(LIBRARY, "appeal_letter", scene, "appeals/2026-05-04")


def with_plan(case: Case, **fields: Any) -> Case:
    return replace(case, plan=case.plan.model_copy(update=fields))


def with_appeal(**fields: Any) -> Appeal:
    return an_appeal(**({"reasons": []} | fields))
