"""What waits at the payer: its own time, the days to ask, its requests. Each day is counted by hand from the law's text."""

from __future__ import annotations

from datetime import date

import pytest

from builders import (
    a_case,
    a_claim,
    a_contact,
    a_coverage,
    a_decision,
    a_plan,
    a_record,
    an_appeal,
    an_attachment,
    an_authorization,
)
from massage_claim.calc.deadline_list import list_deadlines, unknown_days
from massage_claim.calc.due import Due
from massage_claim.calc.paper_requests import list_open_requests, list_requests
from massage_claim.calc.sendings import find_arrival, list_sendings, list_waiting, with_payer
from massage_claim.facts.library import facts_on
from massage_claim.models.case import Case, CaseSettings

SENT = date(2026, 3, 18)  # by certified mail, in a_claim()
CLAIM = "claims/2026-03-10"


def of(case: Case, kind: str, today: date = SENT) -> list[Due]:
    return [one for one in list_deadlines(case, facts_on(today), today) if one.kind == kind]


def days(case: Case, kind: str, today: date = SENT) -> list[str]:
    return [one.day.isoformat() for one in of(case, kind, today)]


def sent(method: str = "fax", day: str = "2026-03-18", **more: object) -> dict[str, object]:
    return {"date": day, "method": method, **more}


def waits(**fields: object) -> Case:
    return a_case(claims=(a_claim(**fields),))


def test_the_plan_has_thirty_days_from_the_day_the_claim_reached_it() -> None:
    by_fax = of(waits(submission=sent(confirmation="log 4")), "decision")[0]
    assert (by_fax.day, by_fax.evidence, by_fax.assumed, by_fax.legal) == (date(2026, 4, 17), CLAIM, False, True)
    assert by_fax.source == "29 CFR 2560.503-1(f)(2)(iii)(B)"
    assert (by_fax.start, by_fax.event) == (SENT, "the day you sent it")
    assert "15 days more" in by_fax.because
    by_mail = of(waits(), "decision")[0]
    assert (by_mail.day, by_mail.assumed) == (date(2026, 4, 22), True), "five days of mail are assumed"
    said = a_contact("2026-03-26", about=CLAIM, received_on="2026-03-20")
    told = of(a_case(claims=(a_claim(),), contacts=(said,)), "decision")[0]
    assert (told.day, told.evidence, told.assumed) == (date(2026, 4, 19), "contacts/2026-03-26", False)
    wrong = a_contact("2026-03-27", about=CLAIM, received_on="2026-03-17")
    both = of(a_case(claims=(a_claim(),), contacts=(said, wrong)), "decision")[0]
    assert (both.day, both.evidence) == (told.day, told.evidence), "nothing arrives before it was sent"


def test_a_fax_without_a_confirmation_is_not_proven() -> None:
    (one,) = list_waiting(waits(submission=sent()))
    assert find_arrival(one, facts_on(SENT)).assumed
    (sure,) = list_waiting(waits(submission=sent(confirmation="OK")))
    assert not find_arrival(sure, facts_on(SENT)).assumed


@pytest.mark.parametrize("kind", ["medicare", "medicaid", "va", "workers-comp", "auto", "fehb", "unknown"])
def test_no_time_is_invented_for_other_kinds_of_plan(kind: str) -> None:
    assert of(a_case(plan=a_plan(kind=kind, rules=None), claims=(a_claim(),)), "decision") == []


def test_a_governments_plan_is_not_under_the_law_of_private_employers() -> None:
    public = a_coverage(answers={"private_employer": "no"})
    (by_the_aca,) = of(a_case(plan=a_plan(rules=None), claims=(a_claim(),), coverage=(public,)), "decision")
    assert (by_the_aca.source, by_the_aca.verified) == ("45 CFR 147.136(b)(2)(i)", False), "check with the plan"
    old = a_coverage(answers={"private_employer": "no", "grandfathered": "yes"})
    assert of(a_case(plan=a_plan(rules=None), claims=(a_claim(),), coverage=(old,)), "decision") == []
    assert days(a_case(plan=a_plan(rules=None), claims=(a_claim(),)), "decision") == ["2026-04-22"]


def test_the_plans_own_word_counts_where_it_is_sooner_and_never_later() -> None:
    rule = {"days": 21, "source": "call with Dana", "said_on": "2026-02-20"}
    rules = {"processing_time": rule}
    own = of(a_case(plan=a_plan(rules=rules), claims=(a_claim(submission=sent()),)), "decision")[0]
    assert (own.day, own.legal, own.source) == (date(2026, 4, 8), False, "your plan: call with Dana; 2026-02-20")
    longer = a_plan(rules={"processing_time": {**rule, "days": 60}})
    assert days(a_case(plan=longer, claims=(a_claim(submission=sent()),)), "decision") == ["2026-04-17"]
    answers = {"processing_time": "about 6 weeks"}
    said = a_coverage(answers=answers)
    medicare = a_case(plan=a_plan(kind="medicare", rules=None), claims=(a_claim(submission=sent()),), coverage=(said,))
    (word,) = of(medicare, "decision")
    assert (word.day, word.source) == (date(2026, 4, 29), "your plan: coverage/2026-02-20")
    vague = a_coverage(answers={"processing_time": "it depends"})
    assert (
        of(a_case(plan=a_plan(kind="medicare", rules=None), claims=(a_claim(),), coverage=(vague,)), "decision") == []
    )


def test_the_days_to_ask_are_fourteen_thirty_and_forty_five_after_sending() -> None:
    assert days(waits(), "follow-up") == ["2026-04-01", "2026-04-17", "2026-05-02"]
    first = of(waits(), "follow-up")[0]
    assert (first.legal, first.evidence) == (False, CLAIM)
    assert first.command == f"massage-claim log-contact --script --about {CLAIM}"
    assert first.source == "our own advice, no rule of a payer"


def test_a_day_that_passed_unasked_stays_until_it_was_asked_or_the_plan_is_late() -> None:
    assert days(waits(), "follow-up", date(2026, 4, 20)) == ["2026-04-17", "2026-05-02"], (
        "only the last one that passed"
    )
    asked = a_contact("2026-04-18", about=CLAIM)
    assert days(a_case(claims=(a_claim(),), contacts=(asked,)), "follow-up", date(2026, 4, 20)) == ["2026-05-02"]
    late = of(waits(), "decision", date(2026, 4, 30))[0]
    assert late.command == f"massage-claim paper follow-up-letter --for {CLAIM}"
    assert days(waits(), "follow-up", date(2026, 4, 30)) == ["2026-05-02"], "the letter takes the place of the call"


def test_an_agreed_day_takes_the_place_of_the_days_before_it() -> None:
    call = a_contact("2026-03-30", about=CLAIM, next_date="2026-04-20")
    case = a_case(claims=(a_claim(),), contacts=(call,))
    found = of(case, "follow-up", date(2026, 3, 31))
    assert [(one.day.isoformat(), one.evidence) for one in found] == [
        ("2026-04-20", "contacts/2026-03-30"),
        ("2026-05-02", CLAIM),
    ]
    later = a_contact("2026-04-10", about="2026-03-10")
    again = a_case(claims=(a_claim(),), contacts=(call, later))
    assert days(again, "follow-up", date(2026, 4, 11)) == ["2026-04-17", "2026-05-02"], "a later call sets it aside"


def test_an_agreed_day_about_something_else_is_kept() -> None:
    call = a_contact("2026-03-12", **{"with": "the therapist"}, next_date="2026-03-25")
    assert days(a_case(contacts=(call,)), "follow-up") == ["2026-03-25"]
    met = a_contact("2026-03-16", **{"with": "the therapist"})
    assert days(a_case(contacts=(call, met)), "follow-up") == []


def test_a_call_to_the_therapist_is_no_follow_up_with_the_plan() -> None:
    other = a_contact("2026-04-01", **{"with": "the therapist"}, about=CLAIM)
    assert days(a_case(claims=(a_claim(),), contacts=(other,)), "follow-up") == [
        "2026-04-01",
        "2026-04-17",
        "2026-05-02",
    ]
    assert with_payer(a_contact(**{"with": "Cascade Harbor Health Plan"}))
    assert with_payer(a_contact(**{"with": "the provider line of the plan"}))
    assert not with_payer(a_contact(**{"with": "the provider"}))
    assert not with_payer(a_contact(**{"with": "Dr. Okoye"}))
    assert not with_payer(a_contact(**{"with": "providers/dr-okoye"}))


def test_the_payers_own_number_names_the_claim_too() -> None:
    claim = a_claim(claim_numbers=[{"number": "C-778812", "dates": ["2026-03-10"]}])
    call = a_contact("2026-03-25", about="C-778812", received_on="2026-03-19")
    (one,) = list_waiting(a_case(claims=(claim,), contacts=(call,)))
    assert [contact.record_id for contact in one.contacts] == ["contacts/2026-03-25"]


def test_a_decision_ends_the_waiting() -> None:
    case = a_case(claims=(a_claim(),), decisions=(a_decision(outcome="paid", total_paid="96.00", adjustments=None),))
    assert of(case, "decision") == of(case, "follow-up") == []
    assert [one.record_id for one in list_sendings(case)] == [CLAIM]


@pytest.mark.parametrize(
    ("kind", "level", "last", "source"),
    [
        ("employer-self-funded", "1", "2026-06-19", "29 CFR 2560.503-1(i)(2)(iii)"),  # 60 days
        ("marketplace", "1", "2026-06-19", "45 CFR 147.136(b)(3), applying 29 CFR 2560.503-1(i)(2)(iii)"),
        ("employer-insured", "external", "2026-06-04", "45 CFR 147.136(d)(2)(iii)(B)(6)"),  # 45 days
        ("medicare", "1", "2026-06-19", "42 CFR 405.950(a)"),
        ("medicare", "3", "2026-07-19", "42 CFR 405.1016(a)"),  # 90 days
        ("medicare-advantage", "1", "2026-06-19", "42 CFR 422.590, payment"),
        ("medicaid", "1", "2026-05-20", "42 CFR 438.408(b)(2)"),  # 30 days
    ],
)
def test_how_long_an_appeal_may_take(kind: str, level: str, last: str, source: str) -> None:
    appeal = an_appeal(level=level, submission=sent("fax", "2026-04-20", confirmation="OK"))
    case = a_case(plan=a_plan(kind=kind, rules=None), claims=(a_claim(),), decisions=(a_decision(),), appeals=(appeal,))
    (one,) = of(case, "decision", date(2026, 4, 21))
    assert (one.about, one.day.isoformat(), one.source) == ("appeals/2026-04-20", last, source)


def upheld(kind: str = "employer-insured", level: str = "1", **fields: object) -> Case:
    first = an_appeal(level=level, submission=sent("fax", "2026-04-20"))
    fields = {"outcome": "upheld", "received_date": "2026-05-31", "adjustments": None, **fields}
    second = a_decision("appeals/2026-04-20", "2026-05-28", **fields)
    return a_case(
        plan=a_plan(kind=kind, rules=None), claims=(a_claim(),), decisions=(a_decision(), second), appeals=(first,)
    )


def test_after_the_plans_last_no_there_are_four_months_for_external_review() -> None:
    today = date(2026, 6, 2)
    (one,) = of(upheld(), "external", today)
    assert one.day == date(2026, 9, 28), "from the notice's date, which is the cautious count: 4 months after May 28"
    assert (one.legal_matter, one.evidence) == (True, "decisions/2026-05-28")
    assert "second appeal" in one.because
    assert one.command == "massage-claim appeal --decision decisions/2026-05-28 --level external --whats-new TEXT"
    (alone,) = of(upheld("marketplace"), "external", today)
    assert "second appeal" not in alone.because
    assert unknown_days(upheld("marketplace"), facts_on(today)) == ()
    assert [record for record, _ in unknown_days(upheld(), facts_on(today))] == ["decisions/2026-05-28"]


def test_nobody_outside_decides_a_pure_contract_question_or_a_grandfathered_plan() -> None:
    today = date(2026, 6, 2)
    contract = [{"group": "PR", "carc": "96", "amount": "96.00"}]
    assert of(upheld(adjustments=contract), "external", today) == []
    old = a_coverage(answers={"grandfathered": "yes"})
    case = upheld()
    assert (
        of(
            a_case(plan=case.plan, claims=case.claims, decisions=case.decisions, appeals=case.appeals, coverage=(old,)),
            "external",
            today,
        )
        == []
    )
    assert of(upheld("workers-comp"), "external", today) == []
    assert of(upheld(level="external"), "external", today) == []


def test_medicaid_ends_with_a_fair_hearing_and_can_keep_approved_visits() -> None:
    (one,) = of(upheld("medicaid"), "hearing", date(2026, 6, 2))
    assert (one.day, one.source) == (date(2026, 8, 26), "42 CFR 438.408(f)(2)"), "90 days from May 28"
    assert one.assumed
    denied = a_case(plan=a_plan(kind="medicaid", rules=None), claims=(a_claim(),), decisions=(a_decision(),))
    assert of(denied, "keep-benefits", date(2026, 4, 12)) == []
    approved = a_case(
        plan=a_plan(kind="medicaid", rules=None),
        claims=(a_claim(),),
        decisions=(a_decision(),),
        authorizations=(an_authorization(until="2026-06-30"),),
    )
    (kept,) = of(approved, "keep-benefits", date(2026, 4, 12))
    assert (kept.day, kept.source) == (date(2026, 4, 20), "42 CFR 438.420(a)"), "10 days from April 10"


def asking(**fields: object) -> Case:
    asked = a_contact("2026-04-01", about=CLAIM, asked_for="The order.", **fields)
    return a_case(claims=(a_claim(),), contacts=(asked,))


def test_a_request_is_answered_by_the_day_they_named_or_within_forty_five() -> None:
    today = date(2026, 4, 2)
    (named,) = of(asking(answer_by="2026-04-20"), "information", today)
    assert (named.day, named.assumed, named.source) == (date(2026, 4, 20), False, "the plan")
    (legal,) = of(asking(), "information", today)
    assert (legal.day, legal.source, legal.assumed) == (date(2026, 5, 16), "29 CFR 2560.503-1(f)(4)", True)
    assert legal.legal_matter
    assert (legal.start, legal.event, legal.evidence) == (date(2026, 4, 1), "the day they asked", "contacts/2026-04-01")
    assert legal.command == "massage-claim paper information-request-answer --for contacts/2026-04-01"
    case = asking()
    other = a_case(plan=a_plan(kind="auto", rules=None), claims=case.claims, contacts=case.contacts)
    assert of(other, "information", today) == []
    assert (
        "contacts/2026-04-01",
        "Ask the plan until when it waits, and write it down as `answer_by`.",
    ) in unknown_days(other, facts_on(today))


def test_what_ends_a_request() -> None:
    assert [one.asked.record_id for one in list_open_requests(asking())] == ["contacts/2026-04-01"]
    assert list_open_requests(asking(sent="The order, by fax.")) == ()
    paper = an_attachment("order.pdf")
    assert (
        list_open_requests(
            a_case(
                claims=(a_claim(),),
                attachments=(paper,),
                contacts=(a_contact("2026-04-01", asked_for="x", papers=[paper.record_id]),),
            )
        )
        == ()
    )
    case = asking()
    answer = a_contact("2026-04-03", about=CLAIM, sent="The order", answers="contacts/2026-04-01")
    answered = a_case(claims=case.claims, contacts=(*case.contacts, answer))
    assert list_open_requests(answered) == ()
    assert list_requests(answered)[0].answer == answer
    corrected = a_claim(
        record_id="2026-03-10-2", id="2026-03-10-2", replaces=CLAIM, submission=sent("fax", "2026-04-02")
    )
    assert list_open_requests(a_case(claims=(*case.claims, corrected), contacts=case.contacts)) == ()
    decided = a_case(claims=case.claims, contacts=case.contacts, decisions=(a_decision(),))
    assert list_open_requests(decided) == ()


def test_remark_n366_leaves_a_year() -> None:
    denied = a_decision(adjustments=[{"group": "CO", "carc": "16", "rarcs": ["N366"], "amount": "96.00"}])
    (one,) = of(a_case(claims=(a_claim(),), decisions=(denied,)), "information", date(2026, 4, 20))
    assert (one.day, one.legal) == (date(2027, 4, 10), False)


def test_a_denial_that_says_what_to_mend_leads_to_a_corrected_claim() -> None:
    mend = a_decision(adjustments=[{"group": "CO", "carc": "16", "rarcs": ["N443"], "amount": "96.00"}])
    (one,) = of(a_case(claims=(a_claim(),), decisions=(mend,)), "appeal", date(2026, 4, 20))
    assert one.command == f"massage-claim build-packet --corrects {CLAIM}"
    assert "corrected claim answers this refusal" in one.because
    (need,) = of(a_case(claims=(a_claim(),), decisions=(a_decision(),)), "appeal", date(2026, 4, 20))
    assert need.command.startswith("massage-claim appeal")


def test_of_a_closed_case_the_payers_own_day_stays_and_the_calls_do_not() -> None:
    closed = a_record(CaseSettings, "case", {"format": "1", "closed": {"date": "2026-03-19", "reason": "given-up"}}, {})
    case = a_case(settings=closed, claims=(a_claim(),))
    assert {one.kind for one in list_deadlines(case, facts_on(SENT), SENT)} == {"decision"}
