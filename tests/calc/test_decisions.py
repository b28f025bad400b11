"""Current decisions, denials, and what still waits for an answer."""

from __future__ import annotations

import pytest

from builders import TODAY, a_case, a_claim, a_decision, a_session, an_appeal
from massage_claim.calc.decisions import (
    adds_up,
    current_decisions,
    decisions_about,
    find_claim,
    is_denial,
    lines_meant,
    open_denials,
    sent_claims,
    to_correct,
    waiting_appeals,
)
from massage_claim.facts.library import facts_on

FACTS = facts_on(TODAY)
SENT = {"date": "2026-04-20", "method": "fax"}
NO_CODES = {"adjustments": None, "outcome": None}


@pytest.mark.parametrize(
    ("fields", "denial"),
    [
        ({}, True),
        ({"outcome": None}, True),
        ({**NO_CODES, "total_paid": "0.00"}, True),
        ({**NO_CODES, "total_paid": "60.00"}, False),
        ({**NO_CODES, "total_paid": None}, False),
        ({"outcome": "paid", "total_paid": "96.00", "adjustments": None}, False),
        ({"outcome": "paid", "total_paid": "60.00"}, True),
        ({"outcome": "overturned"}, False),
        ({"adjustments": None, "outcome": "upheld"}, True),
        ({"adjustments": [{"group": "PR", "carc": "1", "amount": "96.00"}], "outcome": None}, False),
        (
            {"adjustments": [{"group": "CO", "carc": "45", "amount": "10.00"}], "outcome": None, "total_paid": "60.00"},
            False,
        ),
        ({"adjustments": [{"group": "CO", "carc": "9999"}], "outcome": None, "total_paid": "60.00"}, False),
        ({"adjustments": [{"group": "CO", "carc": "9999"}], "outcome": None}, True),
    ],
)
def test_what_is_a_denial(fields: dict[str, object], denial: bool) -> None:
    assert is_denial(a_decision(**fields), FACTS) is denial


def test_a_denied_line_denies() -> None:
    line = {"service_date": "2026-03-10", "paid": "0.00", "adjustments": [{"group": "CO", "carc": "50"}]}
    assert is_denial(a_decision(**NO_CODES, total_paid="60.00", lines=[line]), FACTS)


def test_a_replaced_claim_and_its_decision_no_longer_count() -> None:
    claims = (a_claim(), a_claim(record_id="2026-03-10-2", replaces="2026-03-10", reason="units"))
    case = a_case(claims=claims, decisions=(a_decision(),))
    assert [claim.stem for claim in sent_claims(case)] == ["2026-03-10-2"]
    assert current_decisions(case) == ()
    unsent = (a_claim(), a_claim(record_id="2026-03-10-2", replaces="2026-03-10", submission=None))
    assert [claim.stem for claim in sent_claims(a_case(claims=unsent))] == ["2026-03-10"]


def test_a_replaced_decision_no_longer_counts() -> None:
    decisions = (a_decision(), a_decision(notice_date="2026-05-01", received_date=None, replaces="2026-04-10"))
    case = a_case(claims=(a_claim(),), decisions=decisions)
    assert [d.stem for d in decisions_about(case, "claims/2026-03-10")] == ["2026-05-01"]


def test_a_denial_is_open_until_an_appeal_was_sent_and_waits_until_it_is_decided() -> None:
    base = {"claims": (a_claim(),), "decisions": (a_decision(),)}
    assert [d.stem for d in open_denials(a_case(**base), FACTS)] == ["2026-04-10"]
    assert len(open_denials(a_case(**base, appeals=(an_appeal(),)), FACTS)) == 1
    appealed = a_case(**base, appeals=(an_appeal(submission=SENT),))
    assert open_denials(appealed, FACTS) == ()
    assert [appeal.stem for appeal in waiting_appeals(appealed)] == ["2026-04-20"]
    upheld = a_decision("appeals/2026-04-20", "2026-06-01", received_date=None, outcome="upheld", adjustments=None)
    case = a_case(claims=(a_claim(),), decisions=(a_decision(), upheld), appeals=(an_appeal(submission=SENT),))
    assert waiting_appeals(case) == ()
    assert [d.stem for d in open_denials(case, FACTS)] == ["2026-06-01"]


def test_reconciled_when_the_lines_add_up() -> None:
    def line(paid: str | None) -> dict[str, object]:
        return {"service_date": "2026-03-10", "paid": paid}

    assert adds_up(a_decision(total_paid="60.00"))
    assert not adds_up(a_decision(total_paid=None))
    assert adds_up(a_decision(total_paid="60.00", lines=[line("20.00"), line("40.00")]))
    assert not adds_up(a_decision(total_paid="60.00", lines=[line("20.00"), line("30.00")]))
    assert adds_up(a_decision(total_paid="60.00", lines=[line("20.00"), line(None)]))


@pytest.mark.parametrize(
    ("word", "denial", "correct"),
    [
        ("not_medically_necessary", True, False),
        ("units_or_minutes", True, True),
        ("mistake_on_the_claim", True, True),
        ("your_share", False, False),
        ("still_open", False, False),
    ],
)
def test_without_codes_the_chosen_meaning_says_it(word: str, denial: bool, correct: bool) -> None:
    decision = a_decision(**NO_CODES, means=[word])
    assert is_denial(decision, FACTS) is denial
    assert to_correct(decision, FACTS) is correct


def test_all_to_the_deductible_is_no_denial() -> None:
    line = {"service_date": "2026-03-10", "allowed": "84.00", "deductible": "84.00", "paid": "0.00"}
    assert not is_denial(a_decision(**NO_CODES, lines=[line]), FACTS)
    assert is_denial(a_decision(**NO_CODES, lines=[line, {**line, "deductible": "80.00"}]), FACTS)


TWO = [{"code": "97124", "minutes": 30, "charge": "60.00"}, {"code": "97140", "minutes": 15, "charge": "30.00"}]


def test_an_appeals_answer_leads_back_to_the_claim() -> None:
    upheld = a_decision("appeals/2026-04-20", "2026-06-01", received_date=None)
    again = an_appeal("2026-06-01", record_id="2026-06-10", level="2")
    case = a_case(claims=(a_claim(),), decisions=(a_decision(), upheld), appeals=(an_appeal(), again))
    for about in ("claims/2026-03-10", "appeals/2026-04-20", "appeals/2026-06-10"):
        found = find_claim(case, about)
        assert found is not None
        assert found.record_id == "claims/2026-03-10"
    assert find_claim(case, "claims/2026-01-01") is None
    assert find_claim(case, "sessions/2026-03-10") is None


def test_a_line_means_the_code_of_its_day_or_the_whole_day() -> None:
    claim = a_claim((a_session(services=TWO), a_session("2026-03-17")))
    lines = [
        {"service_date": "2026-03-10", "code": "97140"},
        {"service_date": "2026-03-10"},
        {"service_date": "2026-03-11"},
    ]
    both, day, none = a_decision(lines=lines).lines
    assert [line.code for line in lines_meant(claim, both)] == ["97140"]
    assert [line.code for line in lines_meant(claim, day)] == ["97124", "97140"]
    assert lines_meant(claim, none) == ()
    assert lines_meant(None, both) == ()
