"""Who treated and who is paid are fully named."""

from __future__ import annotations

from builders import a_case, a_claim, a_doctor, a_practice, a_provider, a_session
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import therapist_is_identified as check


def test_quiet_when_all_is_there() -> None:
    assert_quiet(check, a_case())
    alone = a_provider(roles=["rendering", "billing"], ein="91-0000123")
    assert_quiet(check, a_case(providers=(alone, a_doctor())))


def test_finds_that_nobody_treats() -> None:
    case = a_case(providers=(a_doctor(),), sessions=())
    assert_finds(check, case, "No therapist is written down", severity=Severity.MUST_FIX, where="providers")


def test_finds_a_visit_without_therapist() -> None:
    visits = (a_session(), a_session("2026-03-17", rendering=None))
    assert_finds(check, a_case(sessions=visits), "does not say who treated", session="2026-03-17")
    sent = a_session("2026-03-17", rendering=None)
    assert_quiet(check, a_case(sessions=(a_session(), sent), claims=(a_claim([sent]),)))


def test_finds_what_the_therapist_lacks_in_one_finding() -> None:
    bare = a_provider(credential=None, npi=None, licence={"state": "WA"})
    found = assert_finds(
        check,
        a_case(providers=(bare, a_practice())),
        "lacks the letters after the name (such as LMT), the NPI (provider number) and the license number",
        severity=Severity.MUST_FIX,
    )
    assert found.ask == "therapist"


def test_a_state_without_license_has_no_number() -> None:
    minnesota = a_provider(licence={"state": "MN"})
    assert_quiet(check, a_case(providers=(minnesota, a_practice())))
    assert_finds(check, a_case(providers=(a_provider(licence={"state": "VT"}), a_practice())), "the license number")


def test_finds_that_nobody_is_paid() -> None:
    assert_finds(check, a_case(providers=(a_provider(),)), "Nobody is named who is paid", severity=Severity.MUST_FIX)


def test_finds_what_the_practice_lacks() -> None:
    bare = a_practice(address=None, phone=None, npi=None)
    assert_finds(
        check,
        a_case(providers=(a_provider(), bare)),
        "lacks the NPI (provider number), the full address and the phone number",
        where="providers/calm-hands.yaml",
    )
