"""What the plan wants of a packet, and what the attached papers weigh."""

from __future__ import annotations

import pytest

from builders import TODAY, a_case, a_plan, an_attachment
from massage_claim.calc.sending_rules import attached_weight, own_form
from massage_claim.facts.library import facts_on

FACTS = facts_on(TODAY)


@pytest.mark.parametrize(
    ("value", "form"),
    [("none", None), ("None.", None), ("no form", None), ("Form CH-22", "Form CH-22"), (" CMS-1500 ", "CMS-1500")],
)
def test_the_plans_own_form(value: str, form: str | None) -> None:
    assert own_form(a_plan(rules={"claim_form": {"value": value}})) == form
    assert own_form(a_plan(rules=None)) is None


def test_the_papers_of_the_visits_to_claim_are_weighed() -> None:
    case = a_case()
    weight = attached_weight(case, FACTS)
    assert (len(weight.papers), weight.pages) == (2, 2)  # the order and the proof of payment
    assert weight.size_bytes == sum(int(str(a.examined["size_bytes"])) for a in case.attachments if a.examined)


@pytest.mark.parametrize(("pages", "count"), [(None, 9), ("1-2", 2), ("1-2, 5", 3), ("4", 1), ("5-2", 9), ("8-12", 9)])
def test_chosen_pages_count(pages: str | None, count: int) -> None:
    paper = an_attachment("order.pdf", pages_in_file=9, pages=pages)
    assert attached_weight(a_case(attachments=(paper,)), FACTS).pages == count
