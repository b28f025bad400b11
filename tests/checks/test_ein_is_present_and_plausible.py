"""Who is paid has a plausible EIN."""

from __future__ import annotations

from builders import a_case, a_doctor, a_practice, a_provider
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import ein_is_present_and_plausible as check


def test_quiet_with_a_listed_prefix_with_or_without_hyphen() -> None:
    assert_quiet(check, a_case())
    assert_quiet(check, a_case(providers=(a_practice(ein="910000123"),)))


def test_only_who_is_paid_needs_one() -> None:
    assert_quiet(check, a_case(providers=(a_provider(ein=None), a_practice(), a_doctor())))


def test_finds_a_missing_number() -> None:
    case = a_case(providers=(a_provider(), a_practice(ein=None)))
    found = assert_finds(check, case, "is missing", severity=Severity.MUST_FIX, where="providers/calm-hands.yaml")
    assert found.ask == "therapist"
    assert "never write a Social Security number" in found.fix


def test_finds_a_prefix_that_is_not_listed() -> None:
    found = assert_finds(
        check, a_case(providers=(a_practice(ein="07-0000123"),)), "not listed", severity=Severity.RISKY
    )
    assert "07" not in found.says
