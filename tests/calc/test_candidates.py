"""Therapists side by side: each requirement is yes, no or unknown, and says why."""

from __future__ import annotations

import pytest

from builders import TODAY, a_case, a_coverage, a_doctor, a_licence_check, a_plan, a_practice, a_provider
from massage_claim.calc.candidates import REQUIREMENTS, list_candidates, wanted_of_therapist
from massage_claim.facts.library import facts_on
from massage_claim.models.case import Case

ANSWERS = a_coverage().answers


def met(case: Case, requirement: str, who: str = "providers/ana-petrova") -> tuple[str, str]:
    (one,) = (c for c in list_candidates(case, facts_on(TODAY), TODAY) if c.provider.record_id == who)
    (found,) = (item for item in one.requirements if item.name == requirement)
    return found.met, found.words


def therapist(**fields: object) -> Case:
    return a_case(providers=(a_provider(**fields), a_practice(), a_doctor()))


def told(**answers: object) -> Case:
    return a_case(plan=a_plan(rules=None), coverage=(a_coverage(source="booklet", answers={**ANSWERS, **answers}),))


def test_only_those_who_would_treat_by_name_with_every_requirement() -> None:
    case = a_case(providers=(a_provider("zoe", name="Zoe"), a_provider(), a_practice(), a_doctor()))
    found = list_candidates(case, facts_on(TODAY), TODAY)
    assert [(one.provider.stem, one.treats) for one in found] == [("ana-petrova", True), ("zoe", False)]
    assert all(tuple(item.name for item in one.requirements) == REQUIREMENTS for one in found)
    assert [item.name for item in found[0].open] == ["ein", "network", "certification"]
    assert (
        list_candidates(a_case(providers=(a_doctor(),), sessions=(), licence_checks=()), facts_on(TODAY), TODAY) == ()
    )


@pytest.mark.parametrize(
    ("checks", "expected"),
    [
        ((), ("unknown", "not looked up yet")),
        ((a_licence_check(),), ("yes", "looked up, valid until 2027-03-31")),
        ((a_licence_check(valid_until="2026-03-10"),), ("no", "it has run out, by the last look-up: 2026-03-10")),
        (
            (a_licence_check(valid_until=None),),
            ("unknown", "the look-up is older than today and names no last day: look again"),
        ),
        ((a_licence_check(date=TODAY, valid_until=None),), ("yes", "looked up today, active")),
        ((a_licence_check(result="not-found"),), ("no", "the last look-up said: not-found")),
    ],
)
def test_the_licence(checks: tuple[object, ...], expected: tuple[str, str]) -> None:
    assert met(a_case(licence_checks=checks), "license") == expected  # type: ignore[arg-type]


def test_a_state_without_a_licence_asks_for_none() -> None:
    case = a_case(licence_checks=(), providers=(a_provider(licence={"state": "KS"}), a_practice(), a_doctor()))
    assert met(case, "license") == ("yes", "the state has no license; ask the plan what it accepts instead")


def test_npi_and_ein() -> None:
    assert met(a_case(), "npi")[0] == "yes"
    assert met(therapist(npi=None), "npi")[0] == "unknown"
    assert met(therapist(npi="2123456785"), "npi")[0] == "no"
    assert met(a_case(), "ein") == ("yes", "written down")
    assert met(therapist(ein="07-1234567"), "ein")[0] == "no"
    two = a_case(providers=(a_provider(), a_provider("bo", name="Bo"), a_practice(), a_doctor()))
    assert met(two, "ein")[0] == "unknown", "the one practice may be another therapist's"
    assert met(a_case(providers=(a_provider(), a_doctor())), "ein")[0] == "unknown"


def test_network() -> None:
    assert met(a_case(), "network") == ("no", "outside the network, by The plan's directory")
    assert met(therapist(network={"status": "in"}), "network") == ("yes", "in the plan's network")
    assert met(therapist(network=None), "network")[0] == "unknown"


@pytest.mark.parametrize(
    ("answers", "fields", "expected"),
    [
        ({}, {}, "yes"),
        ({"massage_therapist_accepted": "no"}, {}, "no"),
        ({"massage_therapist_accepted": "no idea"}, {}, "unknown"),
        ({"massage_excluded": "yes"}, {}, "no"),
        ({"only_within_other_therapy": "yes"}, {}, "no"),
        ({"only_within_other_therapy": "yes"}, {"taxonomy": "225100000X"}, "unknown"),
        ({"out_of_network_benefit": "no"}, {}, "no"),
        ({"out_of_network_benefit": "no"}, {"network": None}, "unknown"),
        ({"out_of_network_benefit": "no"}, {"network": {"status": "in"}}, "yes"),
    ],
)
def test_what_the_plan_accepts(answers: dict[str, str], fields: dict[str, object], expected: str) -> None:
    case = told(**answers)
    case = a_case(plan=case.plan, coverage=case.coverage, providers=(a_provider(**fields), a_practice(), a_doctor()))
    assert met(case, "accepted")[0] == expected


def test_certification() -> None:
    assert met(told(), "certification")[0] == "unknown"
    assert met(told(therapist_requirements="No special ones"), "certification") == ("yes", "the plan wants none")
    assert met(told(therapist_requirements="A state license"), "certification")[0] == "yes"
    wanted = told(therapist_requirements="NCBTMB or board certified")
    assert met(wanted, "certification") == ("unknown", "the plan spoke of board certification: ask the therapist")
    held = a_case(coverage=wanted.coverage, providers=(a_provider(credential="LMT, BCTMB"), a_practice(), a_doctor()))
    assert met(held, "certification") == ("yes", "held")


def test_the_newest_answer_about_the_therapist_counts() -> None:
    old = a_coverage("2025-02-01", answers={"therapist_requirements": "NCBTMB"})
    new = a_coverage("2026-02-01", answers={"therapist_requirements": "license"})
    assert wanted_of_therapist(a_case(coverage=(new, old))) == "license"
    assert wanted_of_therapist(a_case()) is None
