"""What the guide asks next, from records alone; answers for several fields; what mends a finding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from builders import (
    TODAY,
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
    a_practice,
    a_provider,
    a_record,
    a_session,
    write_case,
)
from massage_claim.actions.guide import compound_answers
from massage_claim.actions.guide.gaps import mending, still_open
from massage_claim.actions.guide.interview import TITLES, guide, next_questions
from massage_claim.actions.guide.questions import CARD, RULES, still_ahead
from massage_claim.actions.record.answer_forms import AnswerError
from massage_claim.checks import find
from massage_claim.facts.library import facts_on
from massage_claim.models.case import Case, CaseSettings

FACTS = facts_on(TODAY)
EMPTY = dict.fromkeys(
    ("coverage", "conditions", "providers", "licence_checks", "prescriptions", "sessions", "payments", "measures", "attachments"),
    (),
)  # fmt: skip


def empty_case(**more: object) -> Case:
    plan = a_plan(**dict.fromkeys(("payer", "plan_name", "state", "member_id", "group_number", "plan_year_start")), kind="unknown", other_coverage=None, accident=None, rules=None)  # fmt: skip
    return a_case(**{**EMPTY, "plan": plan, "patient": a_patient(birth_date=None, address=None), **more})  # type: ignore[arg-type]


def tasks(case: Case, today: date = TODAY) -> list[str]:
    """Every part in order, each left for later."""
    found, passed = [], set[str]()
    while (part := next_questions(case, FACTS, today, passed)) is not None:
        found.append(part.task)
        passed.add(part.key)
        assert len(found) < 50
    return found


def test_an_empty_case_begins_with_the_card_and_asks_for_nothing_that_has_no_ground_yet() -> None:
    parts = ["sent-before", "card", "coverage", "condition", "doctor", "therapist", "measure", "visit"]
    assert tasks(empty_case()) == parts


def sent_elsewhere(**more: object) -> Case:
    submission = {"date": "2026-03-12", "method": "mail", "without_packet": "yes"}
    return empty_case(sessions=(a_session(prescription=None, rendering=None),), claims=(a_claim(submission=submission),), **more)  # fmt: skip


def test_a_claim_sent_without_this_program_leaves_only_its_answer_to_ask_for() -> None:
    assert tasks(sent_elsewhere()) == ["card", "decision", "visit"]
    letter = ["stronger", "condition", "doctor", "therapist"]
    assert tasks(sent_elsewhere(decisions=(a_decision(),)), date(2026, 4, 20)) == ["card", *letter, "appeal", "visit"]
    two = (a_session(prescription=None, rendering=None), a_session("2026-03-17", prescription=None, rendering=None))
    assert "coverage" in tasks(replace(sent_elsewhere(), sessions=two))  # another claim is ahead


def test_visits_before_the_plan_was_asked_may_have_been_claimed() -> None:
    visit = a_session(prescription=None, rendering=None)
    assert tasks(empty_case(sessions=(visit,)))[0] == "sent-before"
    assert "sent-before" not in tasks(a_case())
    assert "sent-before" not in tasks(empty_case(conditions=(a_condition(),)))


def test_measuring_is_offered_before_the_first_visit_and_when_it_is_due() -> None:
    visits = (a_session("2026-03-10"), a_session("2026-03-17"))
    first = (a_measure("2026-02-25", "pain", 7),)
    assert "measure" in tasks(a_case(sessions=(), measures=()))
    assert "measure" not in tasks(a_case(sessions=(), measures=first))
    assert "measure" not in tasks(a_case(sessions=visits, measures=()))
    assert "measure" not in tasks(a_case(sessions=visits, measures=first), date(2026, 3, 26))
    assert "measure" in tasks(a_case(sessions=visits, measures=first), date(2026, 3, 27))


def test_asking_the_plan_is_offered_from_its_day_on_until_it_was_done() -> None:
    sent = (a_claim(submission={"date": "2026-03-12", "method": "mail"}),)
    assert "contact" not in tasks(a_case(claims=sent), date(2026, 3, 25))
    assert "contact" in tasks(a_case(claims=sent), date(2026, 3, 26))
    asked = (a_contact("2026-03-26", about="claims/2026-03-10", next_date=None),)
    assert "contact" not in tasks(a_case(claims=sent, contacts=asked), date(2026, 3, 27))


def test_a_complete_case_goes_straight_to_the_claim() -> None:
    assert tasks(a_case()) == ["visit", "claim"]


def test_after_the_claim_was_sent_the_answer_is_asked_for() -> None:
    assert tasks(a_case(claims=(a_claim(),))) == ["visit", "decision"]


def test_a_closed_case_is_asked_only_for_what_came_back() -> None:
    fields = {"format": "1", "closed": {"date": "2026-03-20", "reason": "given-up"}}
    closed = a_record(CaseSettings, "case", fields, {})
    assert tasks(a_case(settings=closed)) == []
    assert tasks(a_case(settings=closed, claims=(a_claim(),))) == ["decision"]


@pytest.mark.parametrize(
    ("changed", "task", "step"),
    [
        ({"conditions": (a_condition(diagnoses=None),)}, "diagnosis", 2),
        ({"licence_checks": ()}, "licence", 3),
        ({"providers": (a_provider(), a_doctor())}, "practice", 3),
        ({"payments": ()}, "payment", 4),
        ({"attachments": ()}, "attach-order", 4),
        ({"attachments": ()}, "attach-proof", 4),
        ({"patient": a_patient(phone=None, relation_to_subscriber=None)}, "patient", 5),
        ({"sessions": (a_session(minutes=None),)}, "mend", 5),
    ],
)
def test_each_gap_has_its_part(changed: dict[str, object], task: str, step: int) -> None:
    case = a_case(**changed)  # type: ignore[arg-type]
    passed = set[str]()
    while (part := next_questions(case, FACTS, TODAY, passed)) is not None and part.task != task:
        passed.add(part.key)
    assert part is not None
    assert part.step == step
    assert task not in tasks(a_case())


def test_a_plan_that_does_not_pay_is_said_before_more_is_asked() -> None:
    answers = {"coverage_active": "yes", "massage_excluded": "yes"}
    case = empty_case(plan=a_plan(rules=None), coverage=(a_coverage(answers=answers),))
    assert tasks(case)[:2] == ["not-covered", "more-coverage"]
    treated = a_case(plan=a_plan(rules=None), coverage=(a_coverage(answers=answers),), attachments=())
    assert tasks(treated)[:2] == ["not-covered", "visit"]


def test_a_patient_is_asked_for_the_superbill_and_a_practice_is_not() -> None:
    assert "attach-superbill" in tasks(a_case(prepared_by="patient"))
    assert "attach-superbill" not in tasks(a_case(prepared_by="practice"))


def test_a_run_that_goes_on_asks_behind_the_last_answer() -> None:
    case = empty_case(plan=a_plan(group_number=None, other_coverage=None, accident=None, rules=None))
    ahead = [question.path for question in still_ahead(case, CARD)]
    assert ahead[0] == "other_coverage.has"
    assert "group_number" not in ahead
    assert "group_number" in [question.path for question in still_open(case)]


def test_a_question_that_applies_only_after_another_answer_is_still_ahead() -> None:
    case = empty_case(plan=a_plan(other_coverage={"has": "yes"}, accident=None, rules=None))
    assert [q.path for q in still_ahead(case, CARD)][:2] == ["other_coverage.payer", "other_coverage.member_id"]
    answered = empty_case(plan=a_plan(rules=None))
    assert still_ahead(answered, CARD) == ()
    assert [q.path for q in still_ahead(answered, RULES)] == ["rules.filing_limit", "rules.claims_address", "rules.claim_form.value"]  # fmt: skip


def test_more_of_the_plans_answers_go_on_behind_the_last_one() -> None:
    answers = {"coverage_active": "yes", "deductible": "1500.00", "visit_limit": "24"}
    case = empty_case(plan=a_plan(rules=None), coverage=(a_coverage(answers=answers),))
    first = next_questions(case, FACTS, TODAY, {"still-open:", "not-covered:"})
    assert first is not None
    assert (first.task, len(first.coverage)) == ("undecided", 5)
    part = next_questions(case, FACTS, TODAY, {"still-open:", "not-covered:", first.key})
    assert part is not None
    assert (part.task, part.coverage[0].id) == ("more-coverage", "visits_used")


def test_no_order_and_no_approval_wanted_leaves_both_questions_out() -> None:
    case = empty_case(plan=a_plan(rules=None), coverage=(a_coverage(answers={"approval_or_order_first": "no"}),))
    part = next_questions(case, FACTS, TODAY, {"still-open:", "not-covered:"})
    assert part is not None
    assert not {"order_required", "authorization_required"} & {question.id for question in part.coverage}


@pytest.mark.parametrize(
    ("changed", "check", "labels"),
    [
        ({"patient": a_patient(birth_date=None)}, "patient_and_plan_are_identified", ["Date of birth"]),
        ({"plan": a_plan(member_id=None)}, "patient_and_plan_are_identified", ["Member ID"]),
        ({"plan": a_plan(accident={"work": "no"})}, "other_coverage_is_answered", ["Accident"]),
        ({"providers": (a_provider(), a_practice(ein=None), a_doctor())}, "ein_is_present_and_plausible", ["EIN of Calm Hands LLC"]),
        ({"providers": (a_provider(npi="2123456785"), a_practice(), a_doctor())}, "npi_is_valid", ["NPI of Ana Petrova"]),
        ({"sessions": (a_session(minutes=None),)}, "units_match_minutes", ["Hands-on minutes of 97124 (visit of 2026-03-10)"]),
    ],
)  # fmt: skip
def test_a_finding_is_mended_by_the_question_for_its_field(
    changed: dict[str, object], check: str, labels: list[str]
) -> None:
    case = a_case(**changed)  # type: ignore[arg-type]
    finding = next(one for one in find(case, FACTS, TODAY) if one.check == check and one.blocks)
    assert [question.label for question in mending(case, finding)] == labels


def test_a_finding_that_takes_more_than_a_field_has_no_question() -> None:
    case = a_case(
        conditions=(), prescriptions=(), measures=(), attachments=(), sessions=(a_session(prescription=None),)
    )
    finding = next(one for one in find(case, FACTS, TODAY) if one.check == "diagnosis_is_from_a_prescriber")
    assert mending(case, finding) == ()


def test_where_claims_go_is_told_apart_by_its_shape() -> None:
    assert compound_answers.where_claims_go("800-555-0187") == {"rules.fax.value": "800-555-0187"}
    assert compound_answers.where_claims_go("member.example.com/claims") == {
        "rules.portal.value": "member.example.com/claims"
    }
    assert compound_answers.where_claims_go("PO Box 1, Omaha, NE 68155")["rules.claims_address.address.city"] == "Omaha"
    with pytest.raises(AnswerError):
        compound_answers.where_claims_go("by mail")


def test_limits_accidents_and_plan_years_in_a_persons_words() -> None:
    assert compound_answers.filing_limit("12 Months") == {"rules.filing_limit.months": "12"}
    assert compound_answers.accident("car") == {"accident.work": "no", "accident.auto": "yes", "accident.other": "no"}
    assert set(compound_answers.accident("no").values()) == {"no"}
    for words in ("01-01", "1/1", "January 1", "2026-01-01", "Jan 1"):
        assert compound_answers.plan_year(words) == {"plan_year_start": "01-01"}
    for refused in (lambda: compound_answers.filing_limit("0 days"), lambda: compound_answers.plan_year("13-01"), lambda: compound_answers.plan_year("02-30"), lambda: compound_answers.accident("maybe")):  # fmt: skip
        with pytest.raises(AnswerError):
            refused()


def test_the_command_says_what_comes_next_without_asking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASSAGE_CLAIM_TODAY", TODAY.isoformat())
    told = guide(write_case(tmp_path / "case", empty_case()))
    assert told.data["part"] == "sent-before"
    named = empty_case().plan.model_copy(update={"payer": "Fern Mutual"})
    begun = guide(write_case(tmp_path / "begun", empty_case(plan=named)))
    assert begun.data["part"] == "card"
    assert "Member ID" in begun.says[1]
    assert all(task in TITLES for task in tasks(empty_case()) + tasks(a_case()))


def test_several_ways_to_send_a_claim_each_go_to_their_own_field() -> None:
    found = compound_answers.where_claims_go(
        "Fax to (614) 555-0199; PO Box 100, Columbus, OH 43215; member.example.com"
    )
    assert (found["rules.fax.value"], found["rules.portal.value"]) == ("(614) 555-0199", "member.example.com")
    assert found["rules.claims_address.address.street"] == "PO Box 100"
    for wrong in (
        "Fax to (614) 555-0199, PO Box 100, Columbus, OH 43215",
        "614-555-0199; 614-555-0198",
        ";",
        "x; a.example.com",
    ):
        with pytest.raises(AnswerError):
            compound_answers.where_claims_go(wrong)
