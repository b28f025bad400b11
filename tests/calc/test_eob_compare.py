"""What differs on an EOB from what the plan said before: units, allowed amount, deductible and its tier, share, copay."""

from __future__ import annotations

from datetime import date

import pytest

from builders import a_case, a_claim, a_coverage, a_decision, a_plan, a_provider, a_session
from massage_claim.calc.eob_compare import counted_visit, list_differences

SAID = {
    "deductible": "500.00",
    "deductible_met": "450.00",
    "in_network_deductible": "200.00",
    "coinsurance": "40",
    "copay": "10.00",
    "allowed_amount_97124": "28.00",
}
FITTING = {
    "service_date": "2026-03-10",
    "code": "97124",
    "units": "3",
    "billed": "96.00",
    "allowed": "84.00",
    "deductible": "50.00",
    "copay": "10.00",
    "coinsurance": "9.60",
    "paid": "14.40",
}


def words(line: dict[str, object], answers: dict[str, str] = SAID, **case: object) -> list[tuple[str, str]]:
    decision = a_decision(adjustments=None, outcome="paid", total_paid=None, lines=[{**FITTING, **line}])
    fields: dict[str, object] = {
        "claims": (a_claim(),),
        "decisions": (decision,),
        "coverage": (a_coverage(answers=answers),),
    }
    whole = a_case(**{**fields, **case})  # type: ignore[arg-type]
    return [(one.what, one.words) for one in list_differences(whole, decision, decision.lines[0])]


def test_what_was_said_and_done_is_no_difference() -> None:
    assert words({}) == []
    assert words({}, {}) == []
    assert words({"allowed": "90.00"}) == [], "more than was said is no complaint"
    assert words({"deductible": "20.00", "coinsurance": "21.60"}) == [], "other bills may have used it up"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ({"units": "2"}, ("units", "The plan counted 2 of the 3 units billed.")),
        ({"units": "4"}, ("units", "The plan counted 4 units; the claim says 3.")),
        ({"units": None, "billed": "64.00"}, ("units", "The notice has $64.00: 2 of the 3 units billed.")),
        ({"billed": "69.00"}, ("billed", "The notice has $69.00 as billed; the claim says $96.00.")),
        (
            {"allowed": "56.00", "deductible": None, "copay": None, "coinsurance": None},
            ("allowed", "Allowed $56.00 instead of $84.00: $28.00 a unit were said on 2026-02-20."),
        ),
        (
            {"deductible": "60.00", "copay": None, "coinsurance": None},
            (
                "deductible",
                "$60.00 went to the deductible; $50.00 of the out-of-network one was left, by what the plan said on "
                "2026-02-20. Ask which network's deductible was used.",
            ),
        ),
        (
            {"coinsurance": "12.00"},
            ("coinsurance", "Coinsurance $12.00 instead of $9.60: 40% were said on 2026-02-20, the notice took 50%."),
        ),
        (
            {"copay": "20.00", "coinsurance": "5.60"},
            ("copay", "Copay $20.00 for the visit; the plan said $10.00."),
        ),
    ],
)
def test_each_difference_is_named_to_the_cent(line: dict[str, object], found: tuple[str, str]) -> None:
    assert words(line) == [found]


def test_in_the_network_its_own_deductible_counts() -> None:
    inside = a_provider(network={"status": "in", "source": "The plan's directory", "date": "2026-02-20"})
    answers = {"in_network_deductible": "200.00", "in_network_deductible_met": "200.00"}
    (found,) = words({}, answers, providers=(inside,))
    assert found[1].startswith("$50.00 went to the deductible; $0.00 of the in-network one was left")


def test_what_earlier_notices_counted_is_gone() -> None:
    first = {"service_date": "2026-03-10", "code": "97124", "allowed": "84.00", "deductible": "40.00"}
    earlier = a_decision("claims/2026-03-03", "2026-04-01", received_date=None, adjustments=None, lines=[first])
    decision = a_decision(adjustments=None, outcome="paid", total_paid=None, lines=[FITTING])
    case = a_case(
        claims=(a_claim(record_id="2026-03-03"), a_claim()),
        decisions=(earlier, decision),
        coverage=(a_coverage(answers=SAID),),
    )
    (found,) = list_differences(case, decision, decision.lines[0])
    assert "$10.00 of the out-of-network one was left" in found.words


def test_an_answer_of_another_plan_year_or_after_the_notice_does_not_count() -> None:
    late = a_coverage("2026-05-01", answers={"coinsurance": "10"})
    early = a_coverage("2025-11-01", answers={"coinsurance": "10"})
    assert words({}, coverage=(late, early)) == []


def test_lines_of_one_day_share_the_copay() -> None:
    line = {"service_date": "2026-03-10", "copay": "6.00", "allowed": "20.00"}
    decision = a_decision(adjustments=None, outcome="paid", lines=[line, line])
    case = a_case(claims=(a_claim(),), decisions=(decision,), coverage=(a_coverage(answers={"copay": "10.00"}),))
    (found,) = list_differences(case, decision, decision.lines[0])
    assert found.words == "Copay $12.00 for the visit; the plan said $10.00."


def test_our_own_count_of_visits() -> None:
    sessions = (a_session(), a_session("2026-03-17"))
    used = a_coverage("2026-03-12", answers={"visits_used": "5"})
    case = a_case(sessions=sessions, coverage=(used,))
    assert counted_visit(case, date(2026, 3, 17)) == (6, 24)
    assert counted_visit(case, date(2026, 3, 18)) is None
    assert counted_visit(a_case(plan=a_plan(rules={}), coverage=()), date(2026, 3, 10)) is None
