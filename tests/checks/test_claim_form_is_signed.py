"""Where the plan has its own form, a signed one is at hand."""

from __future__ import annotations

import pytest

from builders import a_case, a_claim, a_plan, an_attachment
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import claim_form_is_signed as check

PLAN = a_plan(rules={"claim_form": {"value": "Member claim form CH-22"}})


@pytest.mark.parametrize("rules", [None, {"claim_form": {"value": "None."}}, {"claim_form": {"value": "no form"}}])
def test_quiet_where_no_form_is_wanted_or_known(rules: object) -> None:
    assert_quiet(check, a_case(plan=a_plan(rules=rules)))


def test_quiet_with_a_signed_form() -> None:
    form = an_attachment("form.pdf", kind="claim-form", signed_by="patient")
    assert_quiet(check, a_case(plan=PLAN, attachments=(form,)))


def test_finds_a_missing_form() -> None:
    assert_finds(check, a_case(plan=PLAN), "none is attached", severity=Severity.RISKY, where="plan.yaml")


def test_finds_a_form_without_signature() -> None:
    form = an_attachment("form.pdf", kind="claim-form")
    case = a_case(plan=PLAN, attachments=(form,))
    assert_finds(check, case, "not marked as signed", severity=Severity.MUST_FIX, where="attachments/form.yaml")


def test_quiet_when_everything_was_sent() -> None:
    assert_quiet(check, a_case(plan=PLAN, claims=(a_claim(),)))
