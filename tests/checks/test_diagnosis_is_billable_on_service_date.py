"""Every diagnosis code can be billed on the dates of the visits (domain reference 3.1, 3.2)."""

from __future__ import annotations

import pytest

from builders import a_case, a_claim, a_condition, a_prescription, a_session
from checks_assert import assert_finds, assert_quiet, findings
from massage_claim.checks import Severity
from massage_claim.checks import diagnosis_is_billable_on_service_date as check
from massage_claim.models.case import Case

OUTSIDE = "list of diagnosis codes is for visits from October 1, 2025 to September 30, 2026"


def diagnosed(code: str, *days: str) -> Case:
    return a_case(
        conditions=(a_condition(diagnoses=[{"code": code, "by": "dr-okoye"}]),),
        sessions=tuple(a_session(day) for day in days or ("2026-03-10",)),
    )


def told(case: Case) -> list[Severity | None]:
    return [finding.severity for finding in findings(check, case)]


@pytest.mark.parametrize("code", ["M54.50", "S13.4XXD", "G44.209", "U07.1", "QA0.0101"])
def test_3_1_quiet_about_a_code_that_can_be_billed(code: str) -> None:
    assert_quiet(check, diagnosed(code))


@pytest.mark.parametrize(
    ("code", "words"),
    [("M54", "Dorsalgia"), ("S13.4", "Sprain of ligaments"), ("S13.4XX", "a group"), ("F32", "a group")],
)
def test_3_1_a_heading_must_be_fixed(code: str, words: str) -> None:
    found = assert_finds(check, diagnosed(code), f"code {code} ({words}", severity=Severity.MUST_FIX)
    assert "only a heading" in found.says
    assert found.ask == "provider"
    assert found.where is not None
    assert found.where.file == "conditions/low-back.yaml"
    assert found.where.line is not None


def test_3_1_a_heading_stays_one_after_the_release() -> None:
    assert told(diagnosed("M54", "2026-10-05")) == [Severity.MUST_FIX, Severity.ADVICE]


@pytest.mark.parametrize("code", ["M54.5O", "Z99.9", "M54.501", "ZZZ"])
def test_3_1_a_code_the_list_does_not_have_is_risky_inside_its_days_only(code: str) -> None:
    found = assert_finds(check, diagnosed(code), f"{code} (perhaps mistyped)", severity=Severity.RISKY)
    assert "look alike" in found.fix
    assert told(diagnosed(code, "2025-10-01")) == [Severity.RISKY]
    assert told(diagnosed(code, "2026-09-30")) == [Severity.RISKY]
    assert told(diagnosed(code, "2025-09-30")) == [Severity.ADVICE]
    assert told(diagnosed(code, "2026-10-01")) == [Severity.ADVICE]


def test_3_1_a_missing_filling_is_told_as_such() -> None:
    found = assert_finds(check, diagnosed("S13.4D"), "without its filling X", severity=Severity.MUST_FIX)
    assert found.fix.startswith("Write S13.4XXD")


@pytest.mark.parametrize(
    ("code", "last", "next_day"),
    [
        ("M54.5", "2021-09-30", "2021-10-01"),
        ("M79.1", "2018-09-30", "2018-10-01"),
        ("R51", "2020-09-30", "2020-10-01"),
        ("M51.36", "2024-09-30", "2024-10-01"),
        ("M48.06", "2017-09-30", "2017-10-01"),
        ("M50.32", "2016-09-30", "2016-10-01"),
        ("M26.60", "2016-09-30", "2016-10-01"),
        ("M65.9", "2024-09-30", "2024-10-01"),
        ("G20", "2023-09-30", "2023-10-01"),
    ],
)
def test_3_2_a_split_code_must_be_fixed_from_the_day_after_its_last(code: str, last: str, next_day: str) -> None:
    assert told(diagnosed(code, last)) == [Severity.ADVICE]
    assert_finds(check, diagnosed(code, next_day), f"{code} (", severity=Severity.MUST_FIX)
    found = assert_finds(check, diagnosed(code), "was split into finer codes", severity=Severity.MUST_FIX)
    assert found.ask == "provider"
    assert told(diagnosed(code)) == [Severity.MUST_FIX]  # and is not told a second time as a heading


def test_3_2_a_finer_code_before_its_first_day_must_be_fixed() -> None:
    assert told(diagnosed("M54.59", "2021-10-01")) == [Severity.ADVICE]
    assert_finds(check, diagnosed("M54.59", "2021-09-30"), "was not yet in use then", severity=Severity.MUST_FIX)


def test_3_2_days_outside_the_list_are_told_once_a_case() -> None:
    days = ("2025-09-29", "2025-09-30", "2026-03-10", "2026-10-01")
    conditions = (
        a_condition(diagnoses=[{"code": "M54.59", "by": "dr-okoye"}, {"code": "M62.830", "by": "dr-okoye"}]),
        a_condition("neck", diagnoses=[{"code": "M54.2", "by": "dr-okoye"}]),
    )
    case = a_case(conditions=conditions, sessions=tuple(a_session(day) for day in days))
    found = assert_finds(check, case, OUTSIDE, severity=Severity.ADVICE, where="sessions/2025-09-29.yaml")
    assert "3 other visits" in found.says
    assert_quiet(check, diagnosed("M54.59", "2025-10-01", "2026-09-30"))


def test_3_2_a_code_is_judged_on_the_days_inside_though_others_are_outside() -> None:
    assert told(diagnosed("M54.5O", "2026-09-29", "2026-10-06")) == [Severity.RISKY, Severity.ADVICE]


def test_3_2_visits_before_october_2015_need_the_older_list() -> None:
    found = assert_finds(check, diagnosed("M54.50", "2015-09-30"), "(ICD-9-CM)", severity=Severity.MUST_FIX)
    assert "1 visit was on or before September 30, 2015" in found.says
    assert told(diagnosed("M54.50", "2015-09-30")) == [Severity.MUST_FIX]
    assert told(diagnosed("M54.2", "2015-10-01")) == [Severity.ADVICE]


def test_today_counts_before_the_first_visit_and_sent_visits_do_not() -> None:
    condition = (a_condition(diagnoses=[{"code": "M54.5", "by": "dr-okoye"}]),)
    assert_finds(check, a_case(conditions=condition, sessions=()), "M54.5 (")
    old, new = a_session("2021-10-01"), a_session("2021-09-01")
    order = (a_prescription("2021-01-01"),)
    case = a_case(conditions=condition, sessions=(old, new), prescriptions=order, claims=(a_claim([old]),))
    assert told(case) == [Severity.ADVICE]
    assert_quiet(check, a_case(conditions=condition, sessions=(old,), prescriptions=order, claims=(a_claim([old]),)))
