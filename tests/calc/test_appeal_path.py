"""Denial situations → what to do, which round, and by when: the examples of the law's clocks among them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from builders import a_case, a_claim, a_coverage, a_decision, a_plan, an_appeal
from massage_claim.calc.appeal_path import appeal_path
from massage_claim.calc.last_days import appeal_ends
from massage_claim.facts.library import facts_on
from massage_claim.models.case import Case

TODAY = date(2026, 8, 1)
SENT = {"date": "2026-02-01", "method": "fax"}
NO_RULES: dict[str, Any] = {"rules": None}


def denied(
    kind: str = "employer-insured",
    carc: str | None = "50",
    *,
    rarcs: tuple[str, ...] = (),
    notice: str = "2026-07-10",
    received: str | None = "2026-07-15",
    state: str = "WA",
    means: tuple[str, ...] = (),
    group: str = "PR",
    **fields: Any,
) -> Case:
    """A claim's denial; without a code only its words."""
    adjustments = [{"group": group, "carc": carc, "rarcs": list(rarcs), "amount": "96.00"}] if carc else None
    decision = a_decision(
        notice_date=notice, received_date=received, adjustments=adjustments, means=list(means), **fields
    )
    return a_case(plan=a_plan(kind=kind, state=state, **NO_RULES), claims=(a_claim(),), decisions=(decision,))


def kept(kind: str, level: str, notice: str, received: str | None, **answers: str) -> Case:
    """An appeal of that level that was refused with the words alone."""
    upheld = a_decision("appeals/2026-02-01", notice, received_date=received, outcome="upheld", adjustments=None)
    first = a_decision(notice_date="2026-01-10", received_date=None)
    return a_case(
        plan=a_plan(kind=kind, **NO_RULES),
        coverage=(a_coverage(answers=answers),),
        claims=(a_claim(),),
        decisions=(first, upheld),
        appeals=(an_appeal("2026-01-10", record_id="2026-02-01", level=level, submission=SENT),),
    )


def path_of(case: Case, today: date = TODAY, chosen: tuple[str, ...] = ()) -> Any:
    return appeal_path(case.decisions[-1], case, facts_on(today), today, chosen)


@pytest.mark.parametrize(
    ("case", "path", "resend"),
    [
        # by code
        (denied(carc="50"), "appeal", None),
        (denied(carc="55"), "appeal", None),
        (denied(carc="16"), "correct", "replacement"),
        (denied(carc="16", rarcs=("MA130",)), "correct", "new"),
        (denied(carc="16", rarcs=("N142",)), "correct", "new"),
        (denied(carc="252"), "send", None),
        (denied(carc="173"), "send", None),
        (denied(carc="19"), "route", None),
        (denied(carc="109"), "route", None),
        (denied(carc="50", rarcs=("N211",)), "dead-end", None),
        (denied(carc="50", rarcs=("MA44",)), "dead-end", None),
        (denied(carc="1"), "share", None),
        (denied(carc="45", group="CO", outcome="paid", total_paid="40.00"), "as-expected", None),
        (denied(carc="133", group="OA"), "wait", None),
        (denied(carc="Q9"), "ask", None),
        (denied(carc="204"), "appeal", None),
        # by words that a person chose for the printed reason
        (denied(carc=None), "ask", None),
        (denied(carc=None, means=("not_medically_necessary",)), "appeal", None),
        (denied(carc=None, means=("documentation_missing",)), "send", None),
        (denied(carc=None, means=("work_or_auto",)), "route", None),
        (denied(carc=None, means=("could_not_be_processed",)), "correct", "new"),
        (denied(carc=None, means=("still_open",)), "wait", None),
        # plans that never pay
        (denied("medicare"), "dead-end", None),
        (denied("auto", state="FL"), "dead-end", None),
        (denied("auto", state="OR"), "appeal", None),
    ],
)
def test_the_path_of_a_denial(case: Case, path: str, resend: str | None) -> None:
    found = path_of(case)
    assert (found.path, found.resend) == (path, resend)
    assert found.because or path in ("share", "as-expected")
    right_stays = path in ("appeal", "correct", "send", "route", "ask") and case.plan.kind != "auto"
    assert (found.send_by is not None) == right_stays


@pytest.mark.parametrize(
    ("chosen", "path"),
    [
        ("routine_or_comfort", "appeal"),
        ("order_missing_or_incomplete", "send"),
        ("mistake_on_the_claim", "correct"),
        ("still_open", "wait"),
    ],
)
def test_a_reason_from_the_list_decides_where_the_notice_says_none(chosen: str, path: str) -> None:
    assert path_of(denied(carc=None), chosen=(chosen,)).path == path
    assert path_of(denied(carc="50"), chosen=(chosen,)).path == "appeal", "the notice's own code goes first"


@pytest.mark.parametrize(
    ("case", "level", "ends", "aim"),
    [
        # 180 days from receipt, no extension over a weekend: 29 CFR 2560.503-1(h)(3)(i)
        (denied(notice="2026-03-02", received="2026-03-02"), "1", "2026-08-29", "2026-08-28"),
        (denied(notice="2026-07-15", received="2026-07-15"), "1", "2027-01-11", "2027-01-11"),
        (denied(notice="2026-07-15", received=None), "1", "2027-01-11", "2027-01-11"),
        # the same for insurance that a person bought
        (denied("marketplace", notice="2026-03-02", received="2026-03-02"), "1", "2026-08-29", "2026-08-28"),
        # external review: four months, with the day moved as 45 CFR 147.136(d)(2)(i) says
        (kept("marketplace", "1", "2026-05-31", "2026-05-31"), "external", "2026-10-01", "2026-10-01"),
        (kept("marketplace", "1", "2026-03-04", "2026-03-04"), "external", "2026-07-06", "2026-07-03"),
        (kept("marketplace", "1", "2026-05-04", "2026-05-04"), "external", "2026-09-04", "2026-09-04"),
        # Medicare Advantage: 65 days from the notice's date, aim at 60
        (denied("medicare-advantage", notice="2026-09-01", received=None), "1", "2026-11-05", "2026-10-30"),
        # Medicaid: 60 days from the notice's date; the hearing 90 to 120 days, so the least
        (denied("medicaid", notice="2026-07-10", received="2026-07-15"), "1", "2026-09-08", "2026-09-08"),
        (kept("medicaid", "1", "2026-05-01", None), "2", "2026-07-30", "2026-07-30"),
        # the carrier of a federal employees' plan: six months, then 90 days to the Office of Personnel Management
        (denied("fehb", notice="2026-03-04", received=None), "1", "2026-09-04", "2026-09-04"),
        (kept("fehb", "1", "2026-05-04", None), "external", "2026-08-02", "2026-07-31"),
        # TRICARE
        (denied("tricare", notice="2026-07-10", received=None), "1", "2026-10-08", "2026-10-08"),
        (kept("tricare", "1", "2026-07-10", None), "2", "2026-09-08", "2026-09-08"),
        # a hearing about Medicare Advantage: receipt is taken to be 5 days after the notice
        (kept("medicare-advantage", "2", "2026-07-10", None), "3", "2026-09-13", "2026-09-11"),
    ],
)
def test_the_round_and_its_last_day(case: Case, level: str, ends: str, aim: str) -> None:
    found = path_of(case)
    last = appeal_ends(case, facts_on(TODAY), case.decisions[-1], level)
    assert found.rounds[0].level == level
    assert last is not None
    assert last.date.isoformat() == ends
    assert found.send_by.recommended <= last.date
    assert last.recommended.isoformat() == aim


def test_a_second_level_is_never_counted_from_the_first_ones_days() -> None:
    found = path_of(kept("employer-self-funded", "1", "2026-06-01", "2026-06-03", appeal_levels="2"))
    assert ([one.level for one in found.rounds], found.send_by) == (["2"], None)
    case = kept("medicare-advantage", "1", "2026-06-01", None)
    assert ([one.level for one in path_of(case).rounds], path_of(case).send_by) == (["2"], None)
    printed = kept("employer-self-funded", "1", "2026-06-01", "2026-06-03", appeal_levels="2")
    named = printed.decisions[-1].model_copy(update={"appeal_by": date(2026, 7, 31)})
    case = a_case(plan=printed.plan, coverage=printed.coverage, claims=printed.claims, appeals=printed.appeals,
                  decisions=(printed.decisions[0], named))  # fmt: skip
    assert path_of(case).send_by.date == date(2026, 7, 31)


def test_a_day_that_has_passed_is_said_and_closes_nothing() -> None:
    late = path_of(denied(notice="2026-01-05", received="2026-01-05"), date(2026, 11, 2))
    assert (late.path, late.late) == ("appeal", True)
    assert late.rounds


def test_a_pure_exclusion_has_no_outside_review() -> None:
    assert not path_of(denied(carc="204")).outside
    assert path_of(denied(carc="50")).outside
    refused = kept("marketplace", "1", "2026-06-01", "2026-06-03")
    excluded = refused.decisions[0].model_copy(update={"adjustments": denied(carc="204").decisions[0].adjustments})
    appeals = tuple(one.model_copy(update={"reasons": ()}) for one in refused.appeals)
    case = a_case(plan=refused.plan, claims=refused.claims, appeals=appeals,
                  decisions=(excluded, refused.decisions[-1]))  # fmt: skip
    found = path_of(case)
    assert (found.path, found.rounds) == ("dead-end", ())
    assert "medical questions" in str(found.no_round)
