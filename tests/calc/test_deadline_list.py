"""Every last day of a case, nearest first, with how it was found and whose rule it is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from builders import (
    TODAY,
    a_case,
    a_claim,
    a_decision,
    a_licence_check,
    a_measure,
    a_plan,
    a_prescription,
    a_record,
    a_session,
    an_appeal,
    an_authorization,
)
from massage_claim.calc.deadline_list import Due, list_deadlines, unknown_appeals
from massage_claim.facts.library import facts_on
from massage_claim.models.case import Case, CaseSettings


def days(case: Case, today: date = TODAY) -> dict[str, Due]:
    found = list_deadlines(case, facts_on(today), today)
    assert [due.day for due in found] == sorted(due.day for due in found)
    assert all(due.because and due.source and due.rule and due.recommended <= due.day for due in found)
    return {due.kind: due for due in found}


def test_a_case_with_all_of_them() -> None:
    case = a_case(
        prescriptions=(a_prescription(valid_until="2026-06-30"),),
        authorizations=(an_authorization(until="2026-05-31"),),
        measures=(a_measure("2026-03-09"),),
    )
    found = days(case)
    assert {kind: due.day.isoformat() for kind, due in found.items()} == {
        "reassessment": "2026-04-08",
        "authorization": "2026-05-31",
        "order": "2026-06-30",
        "filing": "2027-03-10",
        "licence": "2027-03-31",
    }
    assert {kind for kind, due in found.items() if due.legal_matter} == {"filing"}
    assert not any(due.legal for due in found.values()), "the plan's own limit is no law"
    assert found["reassessment"].command == "massage-claim add-measure"
    assert found["reassessment"].because == "30 days or 6 visits after the last one, March 9, 2026; 1 visit since."
    assert found["order"].because == "The order names its last day: June 30, 2026."
    assert found["licence"].source == "The state health department's provider search"
    assert found["licence"].command == "massage-claim check-licence --provider ana-petrova"


def test_what_ran_out_is_no_last_day_any_more_but_a_limit_that_passed_stays() -> None:
    case = a_case(
        prescriptions=(a_prescription(valid_until="2026-03-15"),),
        licence_checks=(a_licence_check(valid_until="2026-03-01"),),
    )
    assert "order" not in days(case)
    assert "licence" not in days(case)
    late = days(a_case(), date(2027, 4, 1))
    assert late["filing"].day == date(2027, 3, 10)


def test_measuring_again_is_due_at_the_sixth_visit_when_that_comes_first() -> None:
    visits = tuple(a_session(date(2026, 3, 9) + timedelta(days=2 * n)) for n in range(1, 8))
    early, late = (days(a_case(sessions=visits[:n], measures=(a_measure("2026-03-09"),))) for n in (5, 7))
    assert early["reassessment"].day == date(2026, 4, 8)
    assert late["reassessment"].day == date(2026, 3, 21)
    assert late["reassessment"].because.endswith("7 visits since.")


def test_the_order_that_holds_longest_counts() -> None:
    short, long = a_prescription(valid_until="2026-06-30"), a_prescription("2026-03-05", valid_until="2026-09-30")
    assert days(a_case(prescriptions=(short, long)))["order"].day == date(2026, 9, 30)
    assert "order" not in days(a_case(prescriptions=(short, a_prescription("2026-03-05", valid_until=None))))


def test_the_oldest_unclaimed_visit_decides_the_filing_day() -> None:
    case = a_case(sessions=(a_session("2026-03-17"), a_session("2026-03-10")))
    assert days(case)["filing"].about == "sessions/2026-03-10"
    assert "filing" not in days(a_case(claims=(a_claim(),)))
    unknown = days(a_case(plan=a_plan(kind="auto", rules=None)))
    assert "filing" not in unknown


def test_an_open_denial_has_its_appeal_day_by_law() -> None:
    case = a_case(plan=a_plan(rules=None), claims=(a_claim(),), decisions=(a_decision(),))
    appeal = days(case, date(2026, 4, 20))["appeal"]
    assert (appeal.day, appeal.legal, appeal.about) == (date(2026, 10, 7), True, "decisions/2026-04-10")
    assert appeal.command == "massage-claim appeal --decision decisions/2026-04-10"
    assert "2560.503-1" in appeal.source
    sent = an_appeal(submission={"date": "2026-04-19", "method": "fax"})
    waiting = a_case(claims=(a_claim(),), decisions=(a_decision(),), appeals=(sent,))
    assert "appeal" not in days(waiting, date(2026, 4, 20))


def second_round(**fields: object) -> Case:
    first = an_appeal(submission={"date": "2026-04-20", "method": "fax"})
    upheld = a_decision("appeals/2026-04-20", "2026-06-01", outcome="upheld", received_date="2026-06-04", **fields)
    return a_case(claims=(a_claim(),), decisions=(a_decision(), upheld), appeals=(first,))


def test_a_second_round_is_never_counted_from_the_first_rounds_limit() -> None:
    today = date(2026, 6, 10)
    assert "appeal" not in days(second_round(), today)
    ((record, what),) = unknown_appeals(second_round(), facts_on(today))
    assert record == "decisions/2026-06-01"
    assert "letter" in what
    printed = second_round(appeal_by="2026-07-15")
    found = days(printed, today)["appeal"]
    assert (found.day, found.command) == (
        date(2026, 7, 15),
        "massage-claim appeal --decision decisions/2026-06-01 --level 2 --whats-new TEXT",
    )
    assert unknown_appeals(printed, facts_on(today)) == ()


def test_of_a_closed_case_only_money_and_rights_are_left() -> None:
    closed = a_record(CaseSettings, "case", {"format": "1", "closed": {"date": "2026-03-19", "reason": "paid"}}, {})
    assert set(days(a_case())) > {"filing", "licence"}
    assert set(days(a_case(settings=closed))) == {"filing"}


@pytest.mark.parametrize("left", [0, 1, 30])
def test_the_day_itself_still_counts(left: int) -> None:
    day = date(2027, 3, 31)
    assert days(a_case(), day - timedelta(days=left))["licence"].day == day
    assert "licence" not in days(a_case(), day + timedelta(days=1))
