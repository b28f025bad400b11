"""Every diagnosis code was in use on the dates of the visits (domain reference 3.2)."""

from __future__ import annotations

import pytest

from builders import a_case, a_claim, a_condition, a_prescription, a_session
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import diagnosis_is_billable_on_service_date as check


def diagnosed(code: str, day: str = "2026-03-10") -> object:
    return a_case(
        conditions=(a_condition(diagnoses=[{"code": code, "by": "dr-okoye"}]),),
        sessions=(a_session(day),),
    )


def test_quiet_about_a_finer_code_and_an_unknown_one() -> None:
    assert_quiet(check, diagnosed("M54.50"))
    assert_quiet(check, diagnosed("Z99.9"))


@pytest.mark.parametrize(
    ("code", "last", "next_day"),
    [
        ("M54.5", "2021-09-30", "2021-10-01"),
        ("M79.1", "2018-09-30", "2018-10-01"),
        ("R51", "2020-09-30", "2020-10-01"),
        ("M51.36", "2024-09-30", "2024-10-01"),
    ],
)
def test_finds_a_split_code_from_the_day_after_its_last(code: str, last: str, next_day: str) -> None:
    assert_quiet(check, diagnosed(code, last))
    found = assert_finds(check, diagnosed(code, next_day), f"{code} (", severity=Severity.MUST_FIX)
    assert found.ask == "provider"


def test_finds_a_finer_code_before_its_first_day() -> None:
    assert_quiet(check, diagnosed("M54.59", "2021-10-01"))
    assert_finds(check, diagnosed("M54.59", "2021-09-30"), "was not yet in use then", severity=Severity.MUST_FIX)


def test_today_counts_before_the_first_visit_and_sent_visits_do_not() -> None:
    condition = (a_condition(diagnoses=[{"code": "M54.5", "by": "dr-okoye"}]),)
    assert_finds(check, a_case(conditions=condition, sessions=()), "M54.5 (")
    old, new = a_session("2021-10-01"), a_session("2021-09-01")
    order = (a_prescription("2021-01-01"),)
    case = a_case(conditions=condition, sessions=(old, new), prescriptions=order, claims=(a_claim([old]),))
    assert_quiet(check, case)
