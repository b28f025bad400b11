"""The diagnosis names the side and does not rest on vague codes alone (domain reference 3.1, 3.3)."""

from __future__ import annotations

import re

import pytest

from builders import a_case, a_claim, a_condition, a_session
from checks_assert import assert_finds, assert_quiet, findings
from massage_claim.checks import Severity
from massage_claim.checks import diagnosis_is_specific_enough as check
from massage_claim.models.case import Case

WEAK_ALONE = ["Z73.3", "F41.9", "R52", "Z51.89", "M54.9", "R29.3"]


def with_codes(*codes: str) -> Case:
    return a_case(conditions=(a_condition(diagnoses=[{"code": code, "by": "dr-okoye"} for code in codes]),))


@pytest.mark.parametrize(
    "code", ["M54.50", "M54.2", "M54.31", "M25.511", "M79.10", "M17.0", "S13.4XXD", "S43.401A", "M47.812", "G56.02"]
)
def test_3_1_quiet_about_a_named_side_and_where_the_list_knows_none(code: str) -> None:
    assert_quiet(check, with_codes(code))


@pytest.mark.parametrize(
    "code", ["M54.30", "M54.40", "M25.519", "M76.30", "M79.603", "M79.609", "M26.629", "G56.00", "S43.409A", "M17.10"]
)
def test_3_1_an_unnamed_side_is_risky_where_the_list_tells_sides_apart(code: str) -> None:
    found = assert_finds(check, with_codes(code), f"code {code} (", severity=Severity.RISKY)
    assert "which side" in found.says
    assert found.ask == "provider"
    assert not re.search(r"[A-Z]\d\w", found.fix)  # no code is proposed


@pytest.mark.parametrize("code", WEAK_ALONE)
def test_3_3_a_weak_code_alone_is_risky_beside_a_better_one_not(code: str) -> None:
    found = assert_finds(check, with_codes(code), f"{code} (", severity=Severity.RISKY)
    assert "stands alone" in found.says
    assert "medically necessary" in str(found.because)
    assert_quiet(check, with_codes(code, "M62.830"))
    assert_quiet(check, with_codes("M62.830", code))


def test_3_3_weak_codes_together_are_told_once() -> None:
    (found,) = findings(check, with_codes("M54.9", "R52", "Z73.3"))
    assert "and 2 others of its kind stand alone" in found.says


def test_a_condition_without_visits_and_what_was_sent_are_not_judged() -> None:
    conditions = (a_condition(), a_condition("stress", diagnoses=[{"code": "Z73.3", "by": "dr-okoye"}]))
    assert_quiet(check, a_case(conditions=conditions))
    weak = (a_condition(diagnoses=[{"code": "R52", "by": "dr-okoye"}]),)
    assert findings(check, a_case(conditions=weak, sessions=()))
    sent = a_session()
    assert_quiet(check, a_case(conditions=weak, sessions=(sent,), claims=(a_claim([sent]),)))
    assert_quiet(check, with_codes())
