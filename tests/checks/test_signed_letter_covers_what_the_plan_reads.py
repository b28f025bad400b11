"""The doctor's order and letter say what their reader looks for, as the person found it; a draft is none."""

from __future__ import annotations

import pytest

from builders import TODAY, a_case, a_coverage, a_plan, an_attachment
from checks_assert import assert_finds, assert_quiet, findings
from massage_claim.checks import Severity, all_checks
from massage_claim.facts.library import facts_on
from massage_claim.models.attachment import Attachment
from massage_claim.models.case import Case

CHECK = all_checks()["signed_letter_covers_what_the_plan_reads"]
ITEMS = {
    paper: [item.id for item in facts_on(TODAY).letter_contents if item.paper == paper] for paper in ("letter", "order")
}
HSA = [item.id for item in facts_on(TODAY).letter_contents if item.paper == "letter" and item.hsa != "no"]


def a_letter(**fields: object) -> Attachment:
    return an_attachment("letter.pdf", **{"kind": "letter", "signed_by": "prescriber", **fields})


def with_letter(letter: Attachment, **fields: object) -> Case:
    return a_case(attachments=(*a_case().attachments, letter), **fields)


@pytest.mark.parametrize(
    "letter",
    [
        a_letter(contains=ITEMS["letter"]),
        a_letter(contains=["all"]),
        a_letter(letter_for="hsa", contains=HSA),
        a_letter(signed_by=None),
        an_attachment("order.pdf", kind="prescription", signed_by="prescriber"),
        an_attachment("order.pdf", kind="prescription", contains=ITEMS["order"]),
        an_attachment("slip.pdf", kind="other", contains=["none"]),
    ],
)
def test_quiet_about_a_complete_letter_and_about_papers_that_are_none(letter: Attachment) -> None:
    assert_quiet(CHECK, with_letter(letter))


def test_a_letter_nobody_looked_through_is_mentioned_once_and_stops_nothing() -> None:
    finding = assert_finds(CHECK, with_letter(a_letter()), "Nobody has compared", severity=Severity.ADVICE)
    assert "request-letter --compare attachments/letter" in finding.fix


@pytest.mark.parametrize("item", ITEMS["letter"])
def test_each_thing_that_is_lacking_is_named_with_its_weight_and_reason(item: str) -> None:
    fact = next(one for one in facts_on(TODAY).letter_contents if (one.paper, one.id) == ("letter", item))
    letter = a_letter(contains=[name for name in ITEMS["letter"] if name != item])
    severity = Severity.RISKY if fact.insurer == "must" else Severity.ADVICE
    finding = assert_finds(CHECK, with_letter(letter), fact.words, severity=severity)
    assert finding.because is not None
    assert fact.why in finding.because
    assert finding.wants == (f"content:letter:{item}",)


def test_the_hsa_letter_needs_less() -> None:
    lacking = a_letter(contains=["diagnosis"])
    assert len(findings(CHECK, with_letter(lacking))) == len(ITEMS["letter"]) - 1
    for_hsa = a_letter(letter_for="hsa", contains=["diagnosis"])
    assert len(findings(CHECK, with_letter(for_hsa))) == len(HSA) - 1


def test_a_letter_for_nobody_named_is_the_hsas_where_the_plan_pays_nothing() -> None:
    letter = a_letter(contains=HSA)
    assert_finds(CHECK, with_letter(letter), "what the patient can't do")
    excluded = with_letter(
        letter,
        plan=a_plan(rules={"massage_covered": {"value": "no", "source": "booklet", "said_on": "2026-01-01"}}),
        coverage=(a_coverage(answers={"massage_excluded": "yes"}, source="letter"),),
    )
    assert_quiet(CHECK, excluded)


def test_nothing_of_it_is_everything_missing() -> None:
    assert len(findings(CHECK, with_letter(a_letter(contains=["none"])))) == len(ITEMS["letter"])


def test_a_name_that_is_not_on_the_list_is_said() -> None:
    assert_finds(CHECK, with_letter(a_letter(contains=[*ITEMS["letter"], "diagnosys"])), "not on the checklist")


def test_the_order_is_compared_with_its_own_list() -> None:
    order = an_attachment("order.pdf", kind="prescription", contains=[i for i in ITEMS["order"] if i != "signature"])
    assert_finds(CHECK, with_letter(order), "the prescriber's own signature", severity=Severity.RISKY)


def test_open_places_make_it_a_draft_whoever_is_said_to_have_signed() -> None:
    draft = a_letter(contains=["all"])
    opened = draft.model_copy(update={"examined": {**(draft.examined or {}), "open_places": "yes"}})
    finding = assert_finds(CHECK, with_letter(opened), "still has open places", severity=Severity.MUST_FIX)
    assert finding.blocks
