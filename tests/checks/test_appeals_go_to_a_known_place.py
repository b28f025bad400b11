"""It is known where an appeal that is due goes."""

from __future__ import annotations

from builders import a_case, a_claim, a_decision, a_plan
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import appeals_go_to_a_known_place as check

NOWHERE = a_plan(rules=None)


def test_quiet_without_a_denial_and_with_an_address_or_a_fax() -> None:
    assert_quiet(check, a_case(plan=NOWHERE, claims=(a_claim(),)))
    place = {"street": "PO Box 5550", "city": "Spokane", "state": "WA", "zip": "99210"}
    for rules in ({"appeals_fax": {"value": "800-555-0187"}}, {"appeals_address": {"address": place}}):
        assert_quiet(check, a_case(plan=a_plan(rules=rules), claims=(a_claim(),), decisions=(a_decision(),)))


def test_finds_that_the_place_is_not_known_or_only_half() -> None:
    denied = a_case(plan=NOWHERE, claims=(a_claim(),), decisions=(a_decision(),))
    assert_finds(check, denied, "not written down where appeals go", severity=Severity.RISKY, where="plan.yaml")
    half = a_plan(rules={"appeals_address": {"address": {"city": "Spokane"}}})
    assert_finds(check, a_case(plan=half, claims=(a_claim(),), decisions=(a_decision(),)), "is not complete")
