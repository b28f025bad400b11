"""A small set of bad cases that together make every check speak. Built from records that a person could have typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from builders import (
    a_case,
    a_claim,
    a_condition,
    a_contact,
    a_coverage,
    a_decision,
    a_doctor,
    a_licence_check,
    a_measure,
    a_patient,
    a_payment,
    a_plan,
    a_practice,
    a_prescription,
    a_provider,
    a_session,
    an_appeal,
    an_attachment,
    an_authorization,
)
from massage_claim.models.attachment import Attachment
from massage_claim.models.case import Case


@cache
def bad_cases() -> Mapping[str, Case]:
    """Name → case."""
    return {
        "nothing but a folder": _empty(),
        "one visit, badly written down": _careless(),
        "visits outside their papers": _outside(),
        "answers that contradict": _contradicting(),
        "a plan that never pays": _dead_end(),
        "two codes on one day": _two_codes(),
        "sent too early": _sent(),
        "a patient's own papers": _own_papers(),
        "papers that do not fit": _papers_that_do_not_fit(),
        "weeks without progress": _without_progress(),
        "an order by the therapist": _ordered_by_the_therapist(),
        "a county's plan, and numbers in the wrong place": _numbers_in_the_wrong_place(),
        "rounds out of turn": _rounds_out_of_turn(),
        "files missing": _files_missing(),
        "an address of two states": _address_of_two_states(),
    }


def _empty() -> Case:
    nothing = ("conditions", "providers", "licence_checks", "coverage", "prescriptions", "sessions", "payments")
    fields = ("name", "birth_date", "sex", "address", "phone", "relation_to_subscriber")
    return a_case(
        patient=a_patient(**dict.fromkeys(fields)),
        plan=a_plan(
            payer=None,
            member_id=None,
            kind="unknown",
            plan_year_start=None,
            other_coverage=None,
            accident=None,
            rules=None,
        ),
        measures=(),
        attachments=(),
        **dict.fromkeys(nothing, ()),
    )


def _careless() -> Case:
    note = {"author": "therapist", "text": "Relaxation massage. Paid with card 4111 1111 1111 1111."}
    visit = a_session(
        minutes=52,
        units=None,
        services=[{"code": "97124", "minutes": 70, "units": 6, "charge": "96.00"}],
        note=note,
        regions=None,
        price_agreed="90.00",
        place=None,
    )
    bare = Attachment(file="IMG_0001.jpg", kind="other", record_id="attachments/IMG_0001")
    case = a_case(
        sessions=(visit, a_session("2026-03-17", note=note, code="97139", charge=None, rendering=None)),
        payments=(a_payment(amount="50.00", from_="hsa"),),
        providers=(
            a_provider(npi="2123456785", taxonomy=None, credential=None, licence={"state": "OR"}),
            a_practice(ein="07-0000123", address=None),
            a_doctor(npi=None),
        ),
        licence_checks=(),
        coverage=(
            a_coverage(reference_number=None, answers={"coverage_active": "yes", "massage_excluded": "no idea"}),
        ),
        plan=a_plan(rules=None),
        prescriptions=(a_prescription(signed="no", valid_until=None, visits=10),),
        conditions=(
            a_condition(
                diagnoses=[
                    {"code": "M54.5", "by": "ana-petrova"},
                    {"code": "M54.41", "by": "dr-okoye"},
                    {"code": "Z73.3"},
                ]
            ),
        ),
        measures=(),
        attachments=(an_attachment("receipt.pdf", kind="receipt", for_=None, examined={"pages": 0}),),
    )
    return replace(case, attachments=(*case.attachments, bare))


def _outside() -> Case:
    days = ("2026-03-01", "2026-03-03", "2026-03-05", "2026-03-17", "2026-03-21")
    return a_case(
        sessions=(*(a_session(day) for day in days), a_session("2026-03-17", record_id="2026-03-17-2")),
        prescriptions=(a_prescription(visits=3, valid_until="2026-03-12", per_week=1, weeks=4),),
        authorizations=(an_authorization(visits=2, until="2026-03-04"),),
        plan=a_plan(
            effective_until="2026-03-18",
            other_coverage={"has": "yes", "payer": "Alder Mutual", "primary": "yes"},
            rules={
                "visit_limit": {"value": 2},
                "filing_limit": {"days": 10},
                "requires_order": {"value": "yes"},
                "requires_authorization": {"value": "yes"},
            },
        ),
        coverage=(a_coverage(answers={"authorization_required": "yes"}),),
        licence_checks=(a_licence_check(valid_until="2026-03-15"),),
        measures=(a_measure("2026-02-28"), a_measure("2026-03-18", score=48)),
    )


def _contradicting() -> Case:
    first = {"massage_therapist_accepted": "yes", "massage_excluded": "yes", "code_97124": "yes", "visit_limit": "12"}
    second = {"massage_therapist_accepted": "no", "approval_or_order_first": "no", "authorization_required": "yes"}
    return a_case(
        plan=a_plan(rules={"visit_limit": {"value": 20}}),
        coverage=(
            a_coverage("2026-02-01", answers=first),
            a_coverage("2026-02-03", answers=second),
        ),
    )


def _dead_end() -> Case:
    return a_case(
        plan=a_plan(kind="medicare", accident={"work": "yes", "auto": "yes", "other": "no"}, rules=None),
        coverage=(a_coverage(answers={"massage_therapist_accepted": "no"}),),
    )


def _two_codes() -> Case:
    services = [
        {"code": "97140", "minutes": 7, "charge": "40.00"},
        {"code": "97124", "minutes": 8, "charge": "56.00"},
    ]
    visit = a_session(services=services)
    return a_case(sessions=(visit, a_session("2026-03-17", code="97999"), a_session("2026-03-18", minutes=5)))


def _sent() -> Case:
    visit, changed = a_session(purpose="relaxation"), a_session("2026-03-03")
    return a_case(
        sessions=(visit, a_session("2026-03-03", minutes=40), a_session("2026-03-17")),
        claims=(a_claim([visit]), a_claim([changed])),
        decisions=(a_decision(notice_date="2026-03-17", received_date=None),),
        contacts=(a_contact("2026-03-18", about="claims/2026-03-03", asked_for="The order."),),
        measures=(a_measure(), a_measure("2026-03-16")),
    )


def _own_papers() -> Case:
    places = (("2025-09-15", "10"), ("2025-12-30", "12"), ("2026-03-10", "11"))
    rules = {"requires_letter": {"value": "yes"}, "requires_order": {"value": "yes"}}
    return a_case(
        prepared_by="patient",
        plan=a_plan(rules=rules),
        coverage=(a_coverage(answers={"letter_required": "yes"}),),
        sessions=tuple(a_session(day, place=place, prescription=None) for day, place in places),
        prescriptions=(a_prescription("2025-09-01", visits=10, per_week=1, weeks=12, goals=None),),
        conditions=(a_condition(diagnoses=[{"code": "Z73.3", "by": "dr-okoye"}]),),
        payments=(a_payment("2025-12-30", session="2025-12-30", from_="hsa"),),
        attachments=(),
    )


def _papers_that_do_not_fit() -> Case:
    """The plan's form unsigned, papers without the name, a bill with another sum, a file that is gone."""
    seen = {"sha256": "0" * 64, "size_bytes": 3_000_000, "kind": "pdf", "pages": 12, "lacks": ["name", "member ID"]}
    bill = {
        "kind": "superbill",
        "examined": seen,
        "for_": ["sessions/2026-03-10"],
        "date": "2026-03-09",
        "amount": "80.00",
    }
    rules = {
        "claim_form": {"value": "Member claim form"},
        "max_pages": {"value": 10},
        "max_mb": {"value": 2},
        "originals": {"value": "yes"},
    }
    other = {"has": "yes", "payer": "Fern Mutual", "primary": "no", "member_id": "CHX00412207"}
    patient = a_patient(subscriber={"name": "Zoe Nunez", "birth_date": "1984-05-12"})
    case = a_case(
        prepared_by="patient",
        patient=patient,
        plan=a_plan(rules=rules, other_coverage=other),
        sessions=(a_session(), a_session("2026-03-17", minutes=75, end="11:30")),
        providers=(a_provider(network=None, taxonomy="999900000X"), a_practice(), a_doctor()),
        coverage=(a_coverage(answers={"therapist_requirements": "license and board certification"}),),
        licence_checks=(a_licence_check(what="license MA60099999"),),
        attachments=(an_attachment("bill.pdf", **bill), an_attachment("form.pdf", kind="claim-form"), _short_letter()),
    )
    return replace(case, attachment_sizes={"bill.pdf": 3_000_000})


def _short_letter() -> Attachment:
    """Signed, and silent about two things that its reader looks for."""
    said = "patient diagnosis findings tried limits why-massage plan outcome not-general-health signature enclosures"
    return an_attachment("letter.pdf", kind="letter", signed_by="prescriber", contains=said.split())


def _without_progress() -> Case:
    """Notes that repeat, the same pain and minutes each time, a warning sign, measures that stand still or cannot be scored."""
    days = ("2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26", "2026-02-23", "2026-03-16")
    words = (
        "Kneading and long strokes over the low back and both hips, then slow holds at the lower ribs; rest at the end."
    )
    ends = ("", "", " Left foot numb.", " Trouble holding the bladder.", " Legs weaker.", " As before.")
    visits = tuple(
        a_session(
            day,
            minutes=60,
            prescription="2026-01-02",
            note={"author": "therapist", "text": words + end, "signed_on": "2026-03-16"},
            pain={"before": before, "after": 6},
        )
        for day, end, before in zip(days, ends, (6, 6, 6, 6, 6, 6), strict=True)
    )
    measures = (
        a_measure("2026-01-02", score=42),
        a_measure("2026-01-20", score=30),
        *(a_measure(day, score=31) for day in ("2026-01-27", "2026-01-28", "2026-03-17")),
        a_measure("2026-03-18", "ndi", None, items=[1, 2, 3]),
        a_measure("2026-01-03", "psfs", 5),
        a_measure("2026-03-19", "psfs", 3),
    )
    return a_case(sessions=visits, prescriptions=(a_prescription("2026-01-02", visits=12),), measures=measures)


def _ordered_by_the_therapist() -> Case:
    """The order is the therapist's own, a second is the patient's, and modifiers were added that nobody asked for."""
    services = [{"code": "97124", "minutes": 52, "charge": "96.00", "modifiers": ["59", "GP", "ZZ"]}]
    self_ordered = a_doctor("dr-nunez", name="Zoe Nunez-Okafor", credential="DPT")
    return a_case(
        plan=a_plan(rules={"visit_limit": {"value": 24, "source": "Plan booklet", "said_on": "2026-04-01"}}),
        providers=(a_provider(), a_practice(), a_doctor(credential="LMT"), self_ordered),
        prescriptions=(a_prescription(), a_prescription("2026-03-12", referring="dr-nunez")),
        sessions=(a_session(services=services), a_session("2026-03-17", prescription="2026-03-12")),
    )


def _numbers_in_the_wrong_place() -> Case:
    """A plan that ERISA does not cover, a license that California does not give, an accident as the only diagnosis."""
    licence = {"number": "2123456784", "state": "CA", "kind": "license"}
    letter = an_attachment("letter.pdf", kind="letter", signed_by="prescriber", contains=["all"])
    compared = {**(letter.examined or {}), "looked_for": "0" * 64}
    return a_case(
        plan=a_plan(rules=None),
        coverage=(a_coverage(answers={"private_employer": "no", "out_of_network_benefit": "no"}),),
        providers=(a_provider(licence=licence), a_practice(npi="2345678900"), a_doctor(npi="2345678900")),
        conditions=(a_condition(diagnoses=[{"code": "V43.52XD", "by": "dr-okoye"}]),),
        sessions=(a_session(place="12"), a_session("2026-03-17", units=None)),
        attachments=(letter.model_copy(update={"examined": compared}),),
        decisions=(a_decision(received_date=None),),
        claims=(a_claim(),),
    )


def _address_of_two_states() -> Case:
    """The ZIP code is another state's."""
    return a_case(patient=a_patient(address={"street": "1 Elm St", "city": "Salem", "state": "OR", "zip": "98225"}))


def _files_missing() -> Case:
    """Neither patient.yaml nor plan.yaml is there."""
    whole = a_case()
    kept = {name: tree for name, tree in whole.trees.items() if name not in ("patient", "plan")}
    return replace(whole, trees=kept)


def _rounds_out_of_turn() -> Case:
    """After a first appeal that was refused: a round of the wrong level, and one that says nothing new and cites a study of the neck."""
    sent = {"date": "2026-04-20", "method": "fax"}
    return a_case(
        claims=(a_claim(),),
        decisions=(
            a_decision(),
            a_decision("appeals/2026-04-20", "2026-06-01", outcome="upheld", received_date=None),
        ),
        appeals=(
            an_appeal(submission=sent),
            an_appeal("2026-06-01", record_id="2026-06-10", level="2", evidence=["E8"]),
            an_appeal("2026-06-01", record_id="2026-06-11", level="1"),
        ),
    )
