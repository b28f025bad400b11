"""The therapist's network is known, and what the plan wants of the therapist is there."""

from __future__ import annotations

import pytest

from builders import a_case, a_coverage, a_doctor, a_practice, a_provider
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import network_requirement_is_met as check


def with_therapist(answers: dict[str, str] | None = None, **fields: object) -> object:
    coverage = (a_coverage(answers=answers),) if answers is not None else (a_coverage(),)
    return a_case(providers=(a_provider(**fields), a_practice(), a_doctor()), coverage=coverage)


def test_quiet_when_the_network_is_known() -> None:
    assert_quiet(check, a_case())
    assert_quiet(check, with_therapist(network={"status": "in", "source": "directory", "date": "2026-03-01"}))


def test_quiet_before_anybody_asked_the_plan() -> None:
    assert_quiet(check, a_case(providers=(a_provider(network=None),), coverage=()))


@pytest.mark.parametrize("network", [None, {"status": "unknown"}])
def test_finds_an_unknown_network(network: object) -> None:
    assert_finds(check, with_therapist(network=network), "not known whether", severity=Severity.ADVICE)
    shut = a_case(
        providers=(a_provider(network=network), a_practice()),
        plan=None,
        coverage=(a_coverage(answers={"visits_used": "0"}),),
    )
    assert_finds(check, shut, "not known whether", severity=Severity.ADVICE)  # the plan's own rule pays outside


def test_an_in_network_claim_wants_its_source() -> None:
    assert_finds(check, with_therapist(network={"status": "in"}), "who said so", severity=Severity.ADVICE)


def test_finds_a_certification_that_the_plan_wants() -> None:
    wants = {"therapist_requirements": "A state license and NCBTMB board certification"}
    found = assert_finds(check, with_therapist(wants), "board certification", severity=Severity.RISKY)
    assert found.ask == "therapist"
    assert_quiet(check, with_therapist(wants, credential="LMT, BCTMB"))
    assert_quiet(check, with_therapist({"therapist_requirements": "No board certification needed"}))
    assert_quiet(check, with_therapist({"therapist_requirements": "A state license"}))


def test_the_newest_answer_counts() -> None:
    older = a_coverage("2026-02-01", answers={"therapist_requirements": "board certification"})
    newer = a_coverage("2026-02-20", answers={"therapist_requirements": "license only"})
    assert_quiet(check, a_case(coverage=(older, newer)))
