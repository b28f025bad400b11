"""Which visits are sent again, and as what."""

from __future__ import annotations

from datetime import date

import pytest

from builders import a_case, a_claim, a_decision, a_session
from massage_claim.calc.resubmission import resent_as, sessions_to_resend
from massage_claim.facts.library import facts_on

TODAY = date(2026, 4, 20)
FACTS = facts_on(TODAY)
BOTH = {"sessions/2026-03-10", "sessions/2026-03-17"}


def found(*lines: tuple[str, str, list[str]], **decision: object) -> tuple[str, set[str]]:
    claim = a_claim((a_session(), a_session("2026-03-17")))
    made = [
        {"service_date": day, "paid": "0.00", "adjustments": [{"group": "CO", "carc": carc, "rarcs": rarcs}]}
        for day, carc, rarcs in lines
    ]
    notice = a_decision(**{"adjustments": None, "outcome": None, "lines": made or None, **decision})
    case = a_case(claims=(claim,), decisions=(notice,))
    return resent_as(case, claim, FACTS, TODAY), set(sessions_to_resend(case, claim, FACTS, TODAY))


@pytest.mark.parametrize(
    ("lines", "way", "sessions"),
    [
        ([("2026-03-10", "45", []), ("2026-03-17", "16", ["N290"])], "replacement", {"sessions/2026-03-17"}),
        ([("2026-03-10", "50", []), ("2026-03-17", "16", ["N290"])], "replacement", {"sessions/2026-03-17"}),
        ([("2026-03-10", "16", ["N142"]), ("2026-03-17", "16", ["N142"])], "new", BOTH),
        ([("2026-03-10", "16", ["N142"]), ("2026-03-17", "16", ["N290"])], "replacement", BOTH),
        ([("2026-03-10", "16", ["MA130"]), ("2026-03-17", "16", [])], "new", BOTH),
        ([("2026-03-10", "50", []), ("2026-03-17", "1", [])], "replacement", {"sessions/2026-03-10"}),
        ([("2026-03-10", "45", []), ("2026-03-17", "45", [])], "replacement", BOTH),
        ([], "replacement", BOTH),
    ],
)
def test_the_refused_visits_alone(lines: list[tuple[str, str, list[str]]], way: str, sessions: set[str]) -> None:
    assert found(*lines) == (way, sessions)


def test_without_lines_the_outcome_says_it() -> None:
    assert found(outcome="unprocessable") == ("new", BOTH)
    assert found(means=["could_not_be_processed"]) == ("new", BOTH)
    assert found(means=["mistake_on_the_claim"]) == ("replacement", BOTH)
