"""Other insurance and the cause are answered."""

from __future__ import annotations

import pytest

from builders import a_case, a_plan, an_attachment
from checks_assert import assert_finds, assert_quiet, findings
from massage_claim.checks import Severity
from massage_claim.checks import other_coverage_is_answered as check

NO_ACCIDENT = {"work": "no", "auto": "no", "other": "no"}


def test_quiet_when_answered() -> None:
    assert_quiet(check, a_case())
    second = {"has": "yes", "payer": "Alder Mutual", "primary": "no"}
    assert_quiet(check, a_case(plan=a_plan(other_coverage=second)))


@pytest.mark.parametrize(
    ("fields", "words", "severity"),
    [
        ({"other_coverage": None}, "any other health insurance", Severity.MUST_FIX),
        ({"other_coverage": {"has": "yes", "primary": "no"}}, "its name is missing", Severity.MUST_FIX),
        ({"other_coverage": {"has": "yes", "payer": "Alder"}}, "which of the two insurers pays first", Severity.RISKY),
        ({"other_coverage": {"has": "yes", "payer": "Alder", "primary": "yes"}}, "decision (EOB)", Severity.MUST_FIX),
        ({"accident": None}, "not fully answered", Severity.MUST_FIX),
        ({"accident": {"work": "no", "auto": "no"}}, "not fully answered", Severity.MUST_FIX),
        ({"accident": {**NO_ACCIDENT, "work": "yes"}}, "workers' compensation pays first", Severity.RISKY),
        ({"accident": {**NO_ACCIDENT, "auto": "yes", "state": "WA"}}, "car insurance may have to", Severity.RISKY),
        ({"accident": {**NO_ACCIDENT, "auto": "yes"}}, "state of the car accident", Severity.MUST_FIX),
    ],
)
def test_finds_what_is_open(fields: dict[str, object], words: str, severity: Severity) -> None:
    assert_finds(check, a_case(plan=a_plan(**fields)), words, severity=severity, where="plan.yaml")


def test_the_first_insurers_decision_answers_it() -> None:
    plan = a_plan(other_coverage={"has": "yes", "payer": "Alder", "primary": "yes"})
    assert_quiet(check, a_case(plan=plan, attachments=(an_attachment("eob.pdf", kind="eob"),)))


def test_an_accident_is_no_surprise_to_its_own_insurer() -> None:
    at_work = a_plan(kind="workers-comp", accident={**NO_ACCIDENT, "work": "yes"})
    by_car = a_plan(kind="auto", accident={**NO_ACCIDENT, "auto": "yes", "state": "WA"})
    assert not [*findings(check, a_case(plan=at_work)), *findings(check, a_case(plan=by_car))]
