"""The therapist's paper and the records say the same."""

from __future__ import annotations

from builders import a_case, a_claim, a_payment, a_session, an_attachment
from checks_assert import assert_finds, assert_quiet, findings
from massage_claim.checks import Severity
from massage_claim.checks import superbill_matches_the_records as check

VISITS = (a_session(), a_session("2026-03-17"))


def superbill(**fields: object) -> object:
    ids = [visit.record_id for visit in VISITS]
    given = {"for_": ids, "date": "2026-03-18", "amount": "192.00", "signed_by": "therapist"} | fields
    return an_attachment("superbill.pdf", kind="superbill", **given)


def a_patients(*papers: object, **fields: object) -> object:
    return a_case(prepared_by="patient", **({"sessions": VISITS, "attachments": papers} | fields))


def test_quiet_when_they_agree() -> None:
    assert_quiet(check, a_case())
    assert_quiet(check, a_patients(superbill()))
    assert_quiet(check, a_patients(superbill(amount=None, date=None)))


def test_the_amount_may_be_what_was_paid() -> None:
    paid = (a_payment(amount="90.00"), a_payment("2026-03-17", "90.00"))
    assert_quiet(check, a_patients(superbill(amount="180.00"), payments=paid))
    assert_finds(check, a_patients(superbill(amount="181.00"), payments=paid), "not the sum", severity=Severity.RISKY)


def test_finds_another_amount() -> None:
    found = assert_finds(check, a_patients(superbill(amount="200.00")), "not the sum of its visits")
    assert found.ask == "therapist"
    assert "200" not in found.says


def test_finds_a_paper_older_than_its_visits() -> None:
    assert_finds(check, a_patients(superbill(date="2026-03-16")), "older than a visit that it lists, March 17, 2026")


def test_finds_visits_that_are_not_on_it() -> None:
    one = superbill(for_=["sessions/2026-03-10"], amount="96.00")
    assert_finds(check, a_patients(one), "does not list 1 visit to claim", severity=Severity.RISKY)
    other = an_attachment("second.pdf", kind="superbill", for_=["sessions/2026-03-17"], amount="96.00")
    assert_quiet(check, a_patients(one, other))


def test_what_was_sent_is_not_judged() -> None:
    assert not findings(check, a_patients(superbill(amount="1.00"), claims=(a_claim(VISITS),)))
