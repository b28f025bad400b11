"""Every visit is charged as agreed, paid and proven."""

from __future__ import annotations

from builders import a_case, a_claim, a_payment, a_session, an_attachment
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import charges_match_payments as check


def test_quiet_when_charge_price_payment_and_proof_agree() -> None:
    assert_quiet(check, a_case())
    assert_quiet(check, a_case(sessions=(a_session(price_agreed=None),)))


def test_quiet_about_a_tip_and_a_product_written_down() -> None:
    payment = a_payment(
        amount="130.00",
        tip="20.00",
        other_items=[{"what": "gel", "amount": "14.00"}],
        for_=[{"session": "2026-03-10", "amount": "96.00"}],
    )
    assert_quiet(check, a_case(payments=(payment,)))


def test_finds_a_missing_charge() -> None:
    case = a_case(sessions=(a_session(charge=None),))
    found = assert_finds(check, case, "A charge is missing", severity=Severity.MUST_FIX, session="2026-03-10")
    assert found.ask == "therapist"


def test_finds_a_charge_that_is_not_the_price_agreed() -> None:
    higher = a_case(sessions=(a_session(price_agreed="80.00"),))
    assert_finds(check, higher, "higher than the price agreed", severity=Severity.MUST_FIX, session="2026-03-10")
    lower = a_case(sessions=(a_session(price_agreed="99.00"),))
    assert_finds(check, lower, "lower than the price agreed", severity=Severity.RISKY, session="2026-03-10")


def test_finds_visits_not_paid_in_full_in_one_finding() -> None:
    visits = (a_session(), a_session("2026-03-17"))
    case = a_case(sessions=visits, payments=(a_payment(amount="50.00"),))
    assert_finds(check, case, "2 visits are not paid in full", severity=Severity.RISKY)


def test_finds_more_paid_than_charged() -> None:
    case = a_case(payments=(a_payment(amount="110.00"),))
    found = assert_finds(check, case, "More was paid", severity=Severity.MUST_FIX, session="2026-03-10")
    assert found.where is not None
    assert found.where.file == "payments/2026-03-10.yaml"


def test_finds_payments_without_proof() -> None:
    assert_finds(check, a_case(attachments=()), "1 payment has no receipt", severity=Severity.RISKY)
    superbill = an_attachment("s.pdf", kind="superbill", for_=["payments/2026-03-10"])
    assert_finds(check, a_case(attachments=(superbill,)), "no receipt or other proof")


def test_finds_a_proof_with_another_amount() -> None:
    proof = an_attachment("r.pdf", kind="receipt", for_=["payments/2026-03-10"], amount="69.00")
    assert_finds(check, a_case(attachments=(proof,)), "amount on the proof differs", where="attachments/r.yaml")


def test_finds_a_part_of_a_payment_that_is_for_nothing() -> None:
    part = a_payment(amount="120.00", for_=[{"session": "2026-03-10", "amount": "96.00"}])
    assert_finds(check, a_case(payments=(part,)), "is for no visit", severity=Severity.ADVICE)
    whole = a_case(payments=(a_payment(for_=None),))
    assert_finds(check, whole, "is for no visit", severity=Severity.RISKY)


def test_what_was_sent_is_not_judged() -> None:
    sent = a_session(charge=None)
    assert_quiet(check, a_case(sessions=(sent, a_session("2026-03-17")), claims=(a_claim([sent]),)))


def test_finds_a_service_that_costs_nothing() -> None:
    case = a_case(sessions=(a_session(charge="0.00"),))
    assert_finds(check, case, "costs nothing", severity=Severity.RISKY, session="2026-03-10")
