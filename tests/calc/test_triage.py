"""One verdict for each line: every code of the reference table, by hand, against each guard."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from builders import a_case, a_claim, a_coverage, a_decision, a_plan, a_session, an_appeal
from massage_claim.calc.last_days import appeal_ends
from massage_claim.calc.triage import LineVerdict, find_path, triage
from massage_claim.facts.library import facts_on
from massage_claim.models.case import Case
from massage_claim.models.decision import Decision

TODAY = date(2026, 4, 20)
FACTS = facts_on(TODAY)

CARCS = {
    "correct": "4 5 58 8 11 12 15 16 31 140 97 107 B15 146 181 182 183 184 185 189 206 207 208 222 231 234 236 239 267 268",
    "send": "22 26 27 200 148 163 164 250 251 252 173 174 175 176 226 227 287 288 B7",
    "route": "19 20 21 109 136 P2 P4",
    "appeal": "24 29 39 49 50 55 56 95 112 150 151 152 167 170 171 172 193 197 198 210 284 296 202 216 219 272 273 "
    "242 243 279 285 286 B12 P15",
    "look": "35 119 149 59 96 204 B1 P21 P22",
    "ask": "18 256 275 276 A1 B11 B13 B20",
    "wait": "133",
}
"""What to do first about each reason code; look: an appeal, after the plan's own page was read."""

RARCS = {
    "correct": "M15 M20 M53 M77 M79 M62 M64 M76 MA63 M81 M84 MA27 MA36 N382 MA60 N54 N56 N163 N206 N209 N255 N288 N94 "
    "N256 N257 N258 N264 N265 N285 N286 N289 N290 N350 N380 N430 N443",
    "new": "MA130 N142",
    "send": "M127 M135 M141 M143 MA04 N4 N479 N179 N237 N238 N366 N393 N465 N455 N456 N475 N489",
    "appeal": "M25 M26 N95 N362 N435 N640 N429",
    "look": "N216",
    "dead-end": "N425 N441",
    "ask": "M80 M86 N130 N161 N351 N357 N386 N115 N409 N428 N431 MA01 MA02 MA13 N210 N187",
}
"""The same for each remark code beside A1, which says nothing by itself."""

_EACH = [(code, path) for path, codes in CARCS.items() for code in codes.split()]
_REMARKS = [(code, path) for path, codes in RARCS.items() for code in codes.split()]


def decided(carc: str | None, *rarcs: str, group: str | None = "CO", **fields: object) -> Decision:
    line = {
        "service_date": "2026-03-10",
        "code": "97124",
        "billed": "96.00",
        "paid": "0.00",
        "adjustments": [{"group": group, "carc": carc, "rarcs": list(rarcs), "amount": "96.00"}],
    }
    return a_decision(**{"adjustments": None, "outcome": None, "lines": [line], **fields})


def verdict(decision: Decision, **case: object) -> LineVerdict:
    whole = a_case(claims=(a_claim(),), decisions=(decision,), **case)  # type: ignore[arg-type]
    (found,) = triage(decision, whole, FACTS, TODAY)
    return found


@pytest.mark.parametrize(("code", "path"), _EACH)
def test_every_reason_code_has_its_first_move(code: str, path: str) -> None:
    found = verdict(decided(code))
    assert (found.path, found.look) == ("appeal" if path == "look" else path, path in ("look", "ask"))
    assert found.codes == (f"CO-{code}",)
    assert (found.send_by is not None) == (path != "wait"), "mending stops no clock"
    assert found.resend == ("replacement" if path == "correct" else None)


@pytest.mark.parametrize(("code", "path"), _REMARKS)
def test_a_remark_decides_where_the_reason_says_nothing(code: str, path: str) -> None:
    found = verdict(decided("A1", code))
    assert found.path == {"new": "correct", "look": "appeal"}.get(path, path)
    assert (found.resend == "new") == (path == "new")


@pytest.mark.parametrize("guard", ["N211", "MA44"])
@pytest.mark.parametrize(("code", "path"), _EACH)
def test_without_a_right_of_appeal_only_mending_is_left(code: str, path: str, guard: str) -> None:
    found = verdict(decided(code, guard))
    assert found.path == ("dead-end" if path in ("appeal", "look") else path)
    assert found.send_by is None
    assert found.path != "dead-end" or found.because[0] == "The notice says that it can't be appealed."


@pytest.mark.parametrize(("code", "path"), _EACH)
def test_what_was_not_processed_is_a_new_claim_whatever_else_stands_there(code: str, path: str) -> None:
    if path == "wait":
        return
    for decision in (decided(code, "MA130"), decided(code, outcome="unprocessable")):
        found = verdict(decision)
        assert (found.path, found.resend) == ("correct", "new")
    assert verdict(decided(code, means=["could_not_be_processed"])).resend == "new"


def test_a_new_claim_is_asked_for_line_by_line() -> None:
    assert verdict(decided("16", "N142", "N290")).resend == "new"
    assert verdict(decided("16", "N290")).resend == "replacement"
    assert verdict(decided("16", "N380")).resend == "replacement"


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"deductible": "96.00", "allowed": "96.00"}, "share"),
        ({"coinsurance": "40.00", "allowed": "96.00", "paid": "56.00"}, "as-expected"),
        ({"adjustments": [{"group": "PR", "carc": "1"}]}, "share"),
        ({"adjustments": [{"group": "PR", "carc": "2"}, {"group": "CO", "carc": "45"}]}, "share"),
        ({"adjustments": [{"group": "PR", "carc": "3"}, {"group": "PR", "carc": "50"}]}, "appeal"),
        ({"adjustments": [{"group": "CO", "carc": "45"}], "paid": "60.00"}, "as-expected"),
        ({"adjustments": [{"group": "OA", "carc": "23"}], "paid": "60.00"}, "as-expected"),
        ({"adjustments": [{"group": "CO", "carc": "187"}], "paid": "60.00"}, "as-expected"),
        ({"adjustments": [{"group": "CO", "carc": "9999"}]}, "ask"),
        ({"adjustments": [{"group": "CO", "carc": "9999", "rarcs": ["N290"]}]}, "correct"),
        ({"adjustments": [{"group": "CO", "carc": "50", "rarcs": ["N7777"]}]}, "appeal"),
        ({"adjustments": [{"carc": None, "rarcs": ["N7777"]}]}, "ask"),
        ({"adjustments": [{"carc": None, "rarcs": ["N443"]}]}, "correct"),
        ({"adjustments": [{"group": "CO", "carc": "96", "rarcs": ["N425"]}]}, "dead-end"),
        ({"adjustments": [{"group": "CO", "carc": "16", "rarcs": ["N425"]}]}, "dead-end"),
        ({"adjustments": [{"group": "CO", "carc": "50", "rarcs": ["N425"]}]}, "dead-end"),
        ({"adjustments": [{"group": "CO", "carc": "4", "rarcs": ["N425"]}]}, "correct"),
        ({"adjustments": [{"group": "CO", "carc": "16", "rarcs": ["N290"]}, {"group": "CO", "carc": "50"}]}, "appeal"),
        ({}, "ask"),
        ({"paid": None}, "ask"),
    ],
)
def test_lines_that_are_no_plain_refusal(fields: dict[str, object], path: str) -> None:
    line = {"service_date": "2026-03-10", "code": "97124", "billed": "96.00", "paid": "0.00", **fields}
    assert verdict(a_decision(adjustments=None, outcome=None, lines=[line])).path == path


def test_codes_of_the_whole_count_for_the_lines_that_were_not_paid() -> None:
    lines = [{"service_date": "2026-03-10", "paid": "0.00"}, {"service_date": "2026-03-17", "paid": "60.00"}]
    decision = a_decision(lines=lines, total_paid="60.00")
    case = a_case(claims=(a_claim((a_session(), a_session("2026-03-17"))),), decisions=(decision,))
    assert [one.path for one in triage(decision, case, FACTS, TODAY)] == ["appeal", "as-expected"]


@pytest.mark.parametrize(
    ("word", "path", "family"),
    [
        ("not_medically_necessary", "appeal", "not_medically_necessary"),
        ("documentation_missing", "send", "documentation_missing"),
        ("units_or_minutes", "correct", "units_or_minutes"),
        ("work_or_auto", "route", "work_or_auto"),
        ("exclusion_wording", "appeal", "exclusion_wording"),
        ("mistake_on_the_claim", "correct", None),
        ("your_share", "share", None),
        ("still_open", "wait", None),
        ("nothing_known", "ask", None),
    ],
)
def test_a_reason_in_words_is_what_the_person_chose(word: str, path: str, family: str | None) -> None:
    for fields in ({"means": [word]}, {"payer_codes": [{"code": "X7", "text": "See remark.", "means": word}]}):
        found = verdict(a_decision(adjustments=None, outcome=None, **fields))
        assert (found.path, found.family, found.line) == (path, family, None)
    line = {"service_date": "2026-03-10", "paid": "0.00"}
    assert verdict(a_decision(adjustments=None, outcome=None, means=[word], lines=[line])).path == path


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"outcome": "denied"}, "ask"),
        ({"outcome": None}, "ask"),
        ({"outcome": "paid", "total_paid": "96.00"}, "as-expected"),
        ({"outcome": "paid", "total_paid": None}, "ask"),
        ({"outcome": "overturned", "total_paid": "96.00"}, "as-expected"),
        ({"outcome": None, "adjustments": [{"group": "PR", "carc": "1"}]}, "share"),
        ({"outcome": "denied", "adjustments": [{"group": "CO", "carc": "50"}]}, "appeal"),
    ],
)
def test_a_decision_without_lines_has_one_verdict(fields: dict[str, object], path: str) -> None:
    assert verdict(a_decision(**{"adjustments": None, **fields})).path == path


def test_the_day_to_appeal_is_counted_and_said_to_be_past() -> None:
    found = verdict(decided("50"))
    assert found.send_by is not None
    assert found.send_by.date == date(2026, 10, 7)  # 180 days from the notice of April 10
    assert not found.late
    case = a_case(claims=(a_claim(),), decisions=(decided("50"),))
    (later,) = triage(decided("50"), case, FACTS, date(2026, 10, 8))
    assert later.late
    (last,) = triage(decided("50"), case, FACTS, date(2026, 10, 7))
    assert not last.late


def test_what_waits_is_asked_for_after_thirty_days() -> None:
    assert verdict(decided("133", group="OA")).ask_on == date(2026, 5, 10)


def test_where_the_plan_never_pays_only_what_was_not_processed_is_sent_again() -> None:
    medicare = a_plan(kind="medicare")
    assert verdict(decided("50"), plan=medicare).path == "dead-end"
    assert verdict(decided("16", "N290"), plan=medicare).path == "correct"
    florida = a_plan(kind="auto", state="FL")
    assert verdict(decided("P21"), plan=florida).path == "dead-end"
    assert verdict(decided("P21"), plan=a_plan(kind="auto", state="WA")).path == "appeal"


def test_an_appeal_that_was_refused_goes_on_and_the_last_round_ends() -> None:
    def upheld(level: str) -> LineVerdict:
        appeal = an_appeal(level=level, submission={"date": "2026-04-20", "method": "fax"})
        answer = a_decision("appeals/2026-04-20", "2026-06-01", outcome="upheld", adjustments=None, received_date=None)
        case = a_case(claims=(a_claim(),), decisions=(a_decision(), answer), appeals=(appeal,))
        (found,) = triage(answer, case, FACTS, date(2026, 6, 2))
        return found

    assert upheld("1").path == "appeal"
    assert "kept its decision" in upheld("1").because[0]
    assert upheld("external").path == "dead-end"
    assert upheld("external").send_by is None


def test_a_paid_line_that_differs_is_asked_about() -> None:
    line = {"service_date": "2026-03-10", "code": "97124", "units": "2", "billed": "96.00", "paid": "40.00"}
    found = verdict(a_decision(adjustments=None, outcome="paid", total_paid="40.00", lines=[line]))
    assert (found.path, found.family) == ("ask", "wrong_benefit_or_share")
    assert found.because == ("The plan counted 2 of the 3 units billed.",)


def test_a_limit_said_to_be_reached_is_held_against_our_own_count() -> None:
    found = verdict(decided("119"), coverage=(a_coverage(),))
    assert found.because[1] == "By your records it was visit 1 of 24 in that plan year."


TODAY_APPEAL_PATH = date(2026, 8, 1)
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


def path_of(case: Case, today: date = TODAY_APPEAL_PATH, chosen: tuple[str, ...] = ()) -> Any:
    return find_path(case.decisions[-1], case, facts_on(today), today, chosen)


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
    last = appeal_ends(case, facts_on(TODAY_APPEAL_PATH), case.decisions[-1], level)
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
