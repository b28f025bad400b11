"""The therapist's license held on every date."""

from __future__ import annotations

import pytest

from builders import a_case, a_claim, a_coverage, a_licence_check, a_patient, a_provider, a_session
from checks_assert import assert_finds, assert_quiet, findings
from massage_claim.checks import Severity
from massage_claim.checks import licence_is_valid_on_every_date as check

TWO = (a_session(), a_session("2026-03-17"))


def in_state(state: str, kind: str | None = None) -> object:
    address = {"street": "1 Main Street", "city": "Anytown", "state": state, "zip": "90210"}
    return a_provider(licence={"number": "X1", "state": state, "kind": kind}, address=address)


def test_quiet_when_it_was_looked_up_and_holds() -> None:
    assert_quiet(check, a_case(sessions=TWO))


def test_quiet_when_it_was_looked_up_after_the_visits() -> None:
    assert_quiet(check, a_case(sessions=TWO, licence_checks=(a_licence_check(date="2026-03-18"),)))


def test_finds_that_nobody_looked() -> None:
    case = a_case(sessions=TWO, licence_checks=())
    assert_finds(check, case, "not checked for 2 visits", severity=Severity.RISKY, where="providers/ana-petrova.yaml")
    other = a_case(sessions=TWO, licence_checks=(a_licence_check("dr-okoye"),))
    assert_finds(check, other, "not checked for 2 visits")


def test_an_old_look_up_without_a_last_day_says_nothing_about_later_visits() -> None:
    case = a_case(sessions=TWO, licence_checks=(a_licence_check(date="2026-03-10", valid_until=None),))
    assert_finds(check, case, "not checked for 1 visit.", severity=Severity.RISKY)


def test_finds_the_visit_after_it_ran_out() -> None:
    case = a_case(sessions=TWO, licence_checks=(a_licence_check(valid_until="2026-03-12"),))
    assert_finds(check, case, "ran out before the visit of March 17", severity=Severity.MUST_FIX, session="2026-03-17")


def test_a_renewal_ends_it() -> None:
    checks = (a_licence_check(valid_until="2026-03-12"), a_licence_check(date="2026-03-13", valid_until="2028-03-12"))
    assert_quiet(check, a_case(sessions=TWO, licence_checks=checks))


@pytest.mark.parametrize("result", ["expired", "not-found"])
def test_finds_a_license_that_was_not_active(result: str) -> None:
    case = a_case(sessions=TWO, licence_checks=(a_licence_check(result=result, valid_until=None),))
    assert [(f.session, f.severity) for f in findings(check, case)] == [
        ("sessions/2026-03-10", Severity.MUST_FIX),
        ("sessions/2026-03-17", Severity.MUST_FIX),
    ]


def test_a_restricted_license_is_a_risk() -> None:
    case = a_case(licence_checks=(a_licence_check(result="restricted"),))
    assert_finds(check, case, "was restricted", severity=Severity.RISKY, session="2026-03-10")


def test_states_without_a_license() -> None:
    kansas = a_case(providers=(in_state("KS"),), licence_checks=())
    assert_finds(check, kansas, "has no statewide license", severity=Severity.RISKY)
    asked = a_coverage(answers={"therapist_requirements": "board certification"})
    assert_quiet(check, a_case(providers=(in_state("KS"),), licence_checks=(), coverage=(asked,)))
    california = a_case(providers=(in_state("CA", "certification"),))
    assert_finds(check, california, "certifies massage therapists")
    assert_quiet(check, a_case(providers=(in_state("VT", "registration"),)))


def test_finds_a_license_of_another_state_and_one_of_no_state() -> None:
    other = a_provider(licence={"number": "X1", "state": "OR", "kind": "license"})
    assert_finds(check, a_case(providers=(other,)), "from another state", severity=Severity.RISKY)
    nowhere = a_provider(licence={"number": "X1"}, address=None)
    assert_finds(check, a_case(providers=(nowhere,)), "state of the therapist's license is not known")


def test_what_was_sent_is_not_judged() -> None:
    gone = a_licence_check(valid_until="2026-03-12")
    case = a_case(sessions=TWO, licence_checks=(gone,), claims=(a_claim([TWO[1]]),))
    assert_quiet(check, case)


@pytest.mark.parametrize(
    ("state", "kind", "words"),
    [
        ("CA", "license", "calls the therapist's permission a license. The therapist's state certifies"),
        ("VT", "license", "registers massage therapists and does not license them"),
        ("KS", "license", "has no statewide license"),
        ("WA", "certification", "permission a certification. The therapist's state gives a license"),
    ],
)
def test_finds_a_permission_that_the_state_does_not_give(state: str, kind: str, words: str) -> None:
    therapist = a_provider(licence={"number": "71234", "state": state, "kind": kind}, address=None)
    asked = a_coverage(answers={"therapist_requirements": "a license"})
    found = assert_finds(check, a_case(providers=(therapist,), coverage=(asked,)), words, severity=Severity.RISKY)
    assert found.ask == "therapist"


@pytest.mark.parametrize(
    ("state", "kind"), [("CA", "certification"), ("VT", "registration"), ("WA", "license"), ("AS", "license")]
)
def test_quiet_about_the_permission_that_the_state_gives(state: str, kind: str) -> None:
    therapist = a_provider(licence={"number": "71234", "state": state, "kind": kind}, address=None)
    asked = a_coverage(answers={"therapist_requirements": "a license"})
    assert_quiet(check, a_case(providers=(therapist,), coverage=(asked,)))


def test_a_visit_at_home_is_in_the_patients_state() -> None:
    home = a_patient(address={"street": "1 Main St", "city": "Portland", "state": "OR", "zip": "97201"})
    visits = (a_session(place="12"), a_session("2026-03-17", place="12"), a_session("2026-03-18"))
    found = assert_finds(check, a_case(patient=home, sessions=visits), "2 visits at the patient's home were in another")
    assert found.about == ("sessions/2026-03-10", "sessions/2026-03-17")
    assert_quiet(check, a_case(sessions=visits))
    unregulated = home.model_copy(update={"address": home.address.model_copy(update={"state": "KS"})})
    assert_quiet(check, a_case(patient=unregulated, sessions=visits))


def test_the_office_does_not_count_for_visits_elsewhere() -> None:
    office = {"street": "1 Main St", "city": "Portland", "state": "OR", "zip": "97201"}
    therapist = a_provider(address=office)
    at_work = (a_session(place="18"),)
    assert_quiet(check, a_case(providers=(therapist,), sessions=at_work))
    assert_finds(check, a_case(providers=(therapist,)), "from another state than the office")
