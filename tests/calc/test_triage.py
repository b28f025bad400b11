"""One verdict for each line: every code of the reference table, by hand, against each guard."""

from __future__ import annotations

from datetime import date

import pytest

from builders import a_case, a_claim, a_coverage, a_decision, a_plan, a_session, an_appeal
from massage_claim.calc.triage import LineVerdict, triage
from massage_claim.facts.library import facts_on
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
