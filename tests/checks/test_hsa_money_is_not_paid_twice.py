"""HSA money is claimed knowingly."""

from __future__ import annotations

import pytest

from builders import a_case, a_claim, a_payment
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import hsa_money_is_not_paid_twice as check


def test_quiet_about_own_money_and_what_was_sent() -> None:
    assert_quiet(check, a_case())
    assert_quiet(check, a_case(payments=(a_payment(from_="hsa"),), claims=(a_claim(),)))


@pytest.mark.parametrize("account", ["hsa", "fsa", "hra"])
def test_finds_a_visit_paid_from_an_account(account: str) -> None:
    case = a_case(payments=(a_payment(from_=account),))
    assert_finds(check, case, "1 visit was paid from", severity=Severity.ADVICE, where="payments/2026-03-10.yaml")
