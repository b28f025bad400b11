"""Billed units follow from the minutes (domain reference 2)."""

from __future__ import annotations

import pytest

from builders import a_case, a_claim, a_session
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import units_match_minutes as check


def visit(*lines: tuple[str, int | None, int | None], **fields: object) -> object:
    services = [{"code": code, "minutes": minutes, "units": units, "charge": "48.00"} for code, minutes, units in lines]
    return a_case(sessions=(a_session(services=services, **{"start": None, "end": None, **fields}),))


@pytest.mark.parametrize(
    "lines",
    [
        (("97124", 52, 3),),
        (("97124", 8, 1),),
        (("97124", 15, 1), ("97140", 8, 1)),
        (("97124", 9, 0), ("97140", 12, 1)),
        (("97124", 22, 1), ("97140", 22, 2)),
        (("97124", 45, 3), ("97010", 10, 1)),
        (("97999", None, 2),),
    ],
)
def test_quiet_when_either_rule_gives_the_billed_units(lines: tuple[tuple[str, int | None, int | None], ...]) -> None:
    assert_quiet(check, visit(*lines))


def test_finds_missing_minutes() -> None:
    found = assert_finds(
        check, visit(("97124", None, 3)), "no hands-on minutes", severity=Severity.MUST_FIX, session="2026-03-10"
    )
    assert found.ask == "therapist"


def test_finds_more_units_than_minutes_give() -> None:
    assert_finds(
        check,
        visit(("97124", 52, 4)),
        "bills 4 units, more than its minutes give. Medicare's rule gives 3",
        severity=Severity.MUST_FIX,
        session="2026-03-10",
    )


def test_fewer_units_than_either_rule_are_a_question() -> None:
    assert_finds(check, visit(("97124", 52, 2)), "neither rule gives", severity=Severity.RISKY)


def test_finds_that_the_rules_differ_while_no_units_are_billed() -> None:
    found = assert_finds(
        check, visit(("97124", 9, None), ("97140", 12, None)), "rules for units differ", severity=Severity.ADVICE
    )
    assert "Medicare's rule gives 1, the midpoint rule gives 2" in found.says


def test_finds_a_visit_too_short_for_a_unit() -> None:
    assert_finds(check, visit(("97124", 7, None)), "too short", severity=Severity.MUST_FIX, session="2026-03-10")


def test_finds_more_minutes_than_the_clock_has() -> None:
    case = visit(("97124", 52, 3), start="10:00", end="10:45")
    assert_finds(
        check, case, "more hands-on minutes than lie between", severity=Severity.MUST_FIX, session="2026-03-10"
    )
    assert_quiet(check, visit(("97124", 45, 3), start="10:00", end="10:45"))


def test_what_was_sent_is_not_judged() -> None:
    sent = a_session(minutes=7)
    assert_quiet(check, a_case(sessions=(sent, a_session("2026-03-17")), claims=(a_claim([sent]),)))


def test_an_untimed_code_counts_once_a_day() -> None:
    case = visit(("97010", 30, 2))
    found = assert_finds(check, case, "2 units of the code 97010", severity=Severity.RISKY, session="2026-03-10")
    assert "check with your plan" in found.fix
    assert_quiet(check, visit(("97010", 30, 1)))


def test_visits_without_billed_units_are_told_together() -> None:
    case = visit(("97124", 52, None))
    found = assert_finds(check, case, "1 visit has no billed units", severity=Severity.ADVICE)
    assert (found.ask, found.about) == ("therapist", ("sessions/2026-03-10",))
