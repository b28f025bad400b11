"""Reasons from codes, chosen reasons, and the guards that stop an appeal."""

from __future__ import annotations

from datetime import date

import pytest

from builders import a_case, a_claim, a_decision, a_plan, an_appeal, an_authorization
from massage_claim.calc.reasons import (
    Reason,
    reasons_of,
    refusal_of_appeal,
    refused_adjustments,
    unknown_reasons,
)
from massage_claim.errors import Problem
from massage_claim.facts.library import facts_on
from massage_claim.models.decision import Decision
from massage_claim.models.plan import Plan

TODAY = date(2026, 4, 20)
FACTS = facts_on(TODAY)


def denied(*adjustments: dict[str, object], **fields: object) -> Decision:
    return a_decision(adjustments=list(adjustments), **fields)


def adjusted(carc: str | None = "50", *rarcs: str, group: str | None = "CO") -> dict[str, object]:
    return {"group": group, "carc": carc, "rarcs": list(rarcs), "amount": "96.00"}


def refused(decision: Decision, plan: Plan | None = None, **records: object) -> Problem | None:
    case = a_case(plan=plan or a_plan(), claims=(a_claim(),), decisions=(decision,), **records)  # type: ignore[arg-type]
    return refusal_of_appeal(decision, case, FACTS, TODAY)


@pytest.mark.parametrize(
    ("adjustments", "expected"),
    [
        ([adjusted("50")], [("not_medically_necessary", "CO-50")]),
        ([adjusted("50", group=None)], [("not_medically_necessary", "50")]),
        ([adjusted("55", group="PR")], [("experimental", "PR-55")]),
        ([adjusted("151", "N362")], [("frequency_or_number", "CO-151", "N362")]),
        ([adjusted("16", "N443")], [("units_or_minutes", "CO-16", "N443")]),
        ([adjusted("50", "N210")], [("not_medically_necessary", "CO-50", "N210")]),
        ([adjusted("119")], [("visit_limit_miscounted", "CO-119")]),
        ([adjusted("197")], [("no_authorization", "CO-197")]),
        ([adjusted("198")], [("authorization_exceeded", "CO-198")]),
        ([adjusted("173")], [("order_missing_or_incomplete", "CO-173")]),
        ([adjusted("170")], [("provider_type_not_payable", "CO-170")]),
        ([adjusted("242")], [("network_or_gap", "CO-242")]),
        ([adjusted("97")], [("bundled", "CO-97")]),
        ([adjusted("18", group="OA")], [("duplicate", "OA-18")]),
        ([adjusted("29")], [("timely_filing", "CO-29")]),
        ([adjusted("96", "N130")], [("exclusion_wording", "CO-96", "N130")]),
        (
            [adjusted("50"), adjusted("29"), adjusted("50")],
            [("not_medically_necessary", "CO-50"), ("timely_filing", "CO-29")],
        ),
        ([adjusted("45")], []),
        ([adjusted("1", group="PR"), adjusted("2", group="PR"), adjusted("3", group="PR")], []),
        ([adjusted("9999")], []),
        ([], []),
    ],
)
def test_codes_become_families_in_the_order_of_the_notice(
    adjustments: list[dict[str, object]], expected: list[tuple[str, ...]]
) -> None:
    found = reasons_of(denied(*adjustments), FACTS)
    assert [(one.family, *one.codes) for one in found] == expected


def test_the_codes_of_lines_count_too() -> None:
    line = {"service_date": "2026-03-10", "code": "97124", "billed": "96.00", "adjustments": [adjusted("50")]}
    assert reasons_of(a_decision(adjustments=None, lines=[line]), FACTS) == (
        Reason("not_medically_necessary", ("CO-50",)),
    )


@pytest.mark.parametrize("word", ["timely_filing", "timely-filing", "Timely filing", "CO-29", "29"])
def test_a_chosen_word_is_a_family_or_a_code_and_comes_after_the_codes(word: str) -> None:
    found = reasons_of(denied(adjusted("50")), FACTS, [word])
    assert found == (Reason("not_medically_necessary", ("CO-50",)), Reason("timely_filing"))


def test_a_share_of_cost_can_be_chosen_but_is_never_taken_from_its_code() -> None:
    decision = denied(adjusted("1", group="PR"), total_paid="0.00", outcome="paid")
    assert reasons_of(decision, FACTS) == ()
    assert reasons_of(decision, FACTS, ["wrong_benefit_or_share"]) == (Reason("wrong_benefit_or_share"),)


def test_an_unknown_word_is_refused() -> None:
    assert unknown_reasons(["timely_filing", "because", "CO-50"], FACTS) == ("because",)
    with pytest.raises(ValueError, match="not a reason"):
        reasons_of(denied(adjusted()), FACTS, ["because"])


def test_every_family_has_a_code_and_every_code_with_an_argument_a_family() -> None:
    codes = [*FACTS.denial_codes.carcs.values(), *FACTS.denial_codes.rarcs.values()]
    assert {code.argument for code in codes if code.argument} == set(FACTS.denial_families)


def test_only_refusals_count_as_refused() -> None:
    decision = denied(adjusted("50"), adjusted("45"), adjusted("1", group="PR"), adjusted("9999"))
    assert [item.carc for item in refused_adjustments(decision, FACTS)] == ["50", "9999"]


# --- the guards of the code lists: never an appeal letter


@pytest.mark.parametrize("remark", ["MA130", "N211", "MA44"])
def test_a_notice_without_appeal_rights_needs_a_corrected_claim(remark: str) -> None:
    problem = refused(denied(adjusted("16", remark)))
    assert problem is not None
    assert "no appeal" in problem.says
    assert "--corrects claims/2026-03-10" in problem.fix


def test_the_guard_is_found_among_the_payers_own_codes_and_in_the_outcome() -> None:
    assert refused(denied(adjusted("50"), payer_codes=[{"code": "MA130"}])) is not None
    assert "no appeal" in refused(denied(adjusted("16"), outcome="unprocessable")).says  # type: ignore[union-attr]


def test_n142_wants_a_new_claim_and_no_replacement() -> None:
    problem = refused(denied(adjusted("16", "N142")))
    assert problem is not None
    assert "new claim" in problem.says
    assert "--corrects" not in problem.fix


def test_one_line_that_wants_a_new_claim_does_not_stop_the_appeal_of_the_others() -> None:
    assert refused(denied(adjusted("16", "N142"), adjusted("50"))) is None


def test_a_share_of_cost_is_no_denial() -> None:
    problem = refused(denied(adjusted("1", group="PR"), adjusted("45"), outcome=None))
    assert problem is not None
    assert "share" in problem.says


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (a_plan(kind="medicare"), "Original Medicare"),
        (a_plan(kind="auto", state="FL"), "Florida"),
        (a_plan(kind="va"), "referral"),
    ],
)
def test_dead_ends_are_said_with_what_is_still_possible(plan: Plan, words: str) -> None:
    problem = refused(denied(adjusted("50")), plan)
    assert problem is not None
    assert words in problem.says
    assert "still possible" in problem.fix
    assert problem.because


def test_other_states_and_authorized_va_care_may_appeal() -> None:
    assert refused(denied(adjusted("50")), a_plan(kind="auto", state="WA")) is None
    assert refused(denied(adjusted("50")), a_plan(kind="va"), authorizations=(an_authorization(),)) is None


def test_an_exclusion_by_law_stops_only_when_nothing_else_was_refused() -> None:
    assert "law" in refused(denied(adjusted("96", "N425"))).says  # type: ignore[union-attr]
    assert refused(denied(adjusted("96", "N425"), adjusted("50"))) is None


def test_a_replaced_decision_is_not_appealed() -> None:
    old = denied(adjusted("50"))
    new = a_decision(notice_date="2026-04-15", received_date="2026-04-17", replaces=old.record_id)
    case = a_case(claims=(a_claim(),), decisions=(old, new))
    problem = refusal_of_appeal(old, case, FACTS, TODAY)
    assert problem is not None
    assert new.record_id in problem.fix
    assert refusal_of_appeal(new, case, FACTS, TODAY) is None


def test_a_notice_without_a_known_reason_asks_for_it() -> None:
    decision = a_decision(adjustments=None)
    problem = refused(decision)
    assert problem is not None
    assert "--reason" in problem.fix
    assert "in writing" in problem.fix
    case = a_case(claims=(a_claim(),), decisions=(decision,))
    assert refusal_of_appeal(decision, case, FACTS, TODAY, ["experimental"]) is None
    appealed = a_case(claims=(a_claim(),), decisions=(decision,), appeals=(an_appeal(reasons=["experimental"]),))
    assert refusal_of_appeal(decision, appealed, FACTS, TODAY) is None


def test_an_unknown_reason_in_the_record_is_told() -> None:
    problem = refused(denied(adjusted("50")), appeals=(an_appeal(reasons=["because"]),))
    assert problem is not None
    assert "not_medically_necessary" in problem.fix


def test_a_plain_denial_may_be_appealed() -> None:
    assert refused(denied(adjusted("50"))) is None


def test_what_the_person_made_of_the_words_is_a_reason_too() -> None:
    decision = a_decision(
        adjustments=None,
        outcome=None,
        means=["experimental", "your_share"],
        payer_codes=[{"code": "X7", "means": "network_or_gap"}],
    )
    found = [reason.family for reason in reasons_of(decision, FACTS, ["timely_filing"])]
    assert found == ["experimental", "network_or_gap", "timely_filing"]
    assert refused(decision) is None
