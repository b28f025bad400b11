"""A plan of a government or a church is not under ERISA: nothing of that law is said of it."""

from __future__ import annotations

import pytest

from builders import TODAY, a_case, a_claim, a_coverage, a_decision, a_plan
from massage_claim.calc.last_days import appeal_ends
from massage_claim.calc.law import OWN_PAPERS, PUBLIC, grandfathered, law_kind, not_private
from massage_claim.documents.appeals import _list_rights
from massage_claim.facts.library import facts_on
from massage_claim.models.case import Case

FACTS = facts_on(TODAY)


def answered(kind: str = "employer-insured", rules: object = None, **answers: str) -> Case:
    coverage = (a_coverage(answers=answers),)
    return a_case(
        plan=a_plan(kind=kind, rules=rules), coverage=coverage, claims=(a_claim(),), decisions=(a_decision(),)
    )


@pytest.mark.parametrize("kind", ["employer-insured", "employer-self-funded"])
def test_the_employers_kind_decides(kind: str) -> None:
    assert law_kind(answered(kind, private_employer="yes")) == kind
    assert law_kind(answered(kind, private_employer="unknown")) == kind
    assert law_kind(answered(kind, private_employer="no, a county")) == PUBLIC
    assert law_kind(answered(kind, private_employer="no, a church", grandfathered="yes")) == OWN_PAPERS
    assert not not_private(answered("marketplace", private_employer="no"))


def test_no_law_of_private_employers_is_named_and_the_plans_own_time_counts() -> None:
    private, county = answered(private_employer="yes"), answered(private_employer="no")
    assert "2560.503" in appeal_ends(private, FACTS, private.decisions[0], "1").source
    assert list(_list_rights(private, FACTS, "1", clinical=True))
    by_the_aca = appeal_ends(county, FACTS, county.decisions[0], "1")
    assert (by_the_aca.source, by_the_aca.verified) == ("45 CFR 147.136(b)(2)(i)", False)
    old = answered(private_employer="no", grandfathered="yes")
    assert appeal_ends(old, FACTS, old.decisions[0], "1") is None
    assert not list(_list_rights(county, FACTS, "1", clinical=True))
    ninety = answered(rules={"appeal_limit": {"days": 90}}, private_employer="no")
    assert appeal_ends(ninety, FACTS, ninety.decisions[0], "1").source == "your plan"


def test_grandfathered_is_what_was_said() -> None:
    assert grandfathered(answered(grandfathered="yes"))
    assert not grandfathered(answered(grandfathered="no idea"))
