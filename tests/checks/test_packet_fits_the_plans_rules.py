"""The plan's own rules for a packet: pages, size, form, originals."""

from __future__ import annotations

from builders import a_case, a_claim, a_coverage, a_plan, a_record, a_session, an_attachment
from checks_assert import assert_finds, assert_quiet
from massage_claim.checks import Severity
from massage_claim.checks import packet_fits_the_plans_rules as check
from massage_claim.models.case import Case, CaseSettings

KNOWN = {"claim_form": {"value": "none"}, "originals": {"value": "no"}}


def with_rules(papers: tuple[object, ...] = (), **rules: object) -> object:
    return a_case(plan=a_plan(rules={**KNOWN, **rules}), attachments=papers)


def order(in_file: int, **fields: object) -> object:
    return an_attachment("order.pdf", pages_in_file=in_file, **fields)


def test_quiet_within_the_rules_and_without_any() -> None:
    assert_quiet(check, a_case())
    assert_quiet(check, with_rules((order(5),), max_pages={"value": 5}, max_mb={"value": 1}))
    assert_quiet(check, with_rules((order(50),)))


def test_finds_more_pages_than_the_plan_takes() -> None:
    case = with_rules((order(6),), max_pages={"value": 5})
    found = assert_finds(check, case, "alone have 6 pages", severity=Severity.RISKY, where="plan.yaml")
    assert "5" in found.says
    assert_quiet(check, with_rules((order(6, pages="1-2,4"),), max_pages={"value": 3}))


def test_papers_that_stay_at_home_do_not_count() -> None:
    article = an_attachment("a.pdf", kind="article", pages_in_file=40)
    elsewhere = an_attachment("r.pdf", kind="receipt", pages_in_file=40, for_=["sessions/2025-01-01"])
    assert_quiet(check, with_rules((article, elsewhere), max_pages={"value": 5}))


def test_finds_more_megabytes_than_the_upload_takes() -> None:
    examined = {"sha256": "0" * 64, "size_bytes": 2_000_001, "kind": "pdf", "pages": 1}
    case = with_rules((an_attachment("big.pdf", examined=examined),), max_mb={"value": 2})
    assert_finds(check, case, "larger than the plan's upload", severity=Severity.RISKY)


def test_originals_are_copied_first() -> None:
    assert_finds(check, with_rules(originals={"value": "yes"}), "wants original papers", severity=Severity.ADVICE)


def test_finds_what_nobody_asked() -> None:
    case = a_case(plan=a_plan(rules=None), coverage=(a_coverage(answers={"originals": "copies"}),))
    found = assert_finds(check, case, "The plan has not said which claim form it wants.", severity=Severity.ADVICE)
    assert found.ask == "plan"


def test_quiet_when_everything_was_sent() -> None:
    assert_quiet(check, a_case(plan=a_plan(rules=None), sessions=(a_session(),), claims=(a_claim(),)))


def test_finds_the_order_left_out_though_the_plan_wants_it() -> None:
    left_out = a_case_leaving_out("prescription", wanted="yes")
    found = assert_finds(check, left_out, "leaves it out of the packet", severity=Severity.RISKY, where="case.yaml")
    assert "leave_out" in found.fix
    assert_quiet(check, a_case_leaving_out("receipt", wanted="yes"))
    assert_quiet(check, a_case_leaving_out("prescription", wanted="no"))


def a_case_leaving_out(paper: str, *, wanted: str) -> Case:
    fields = {"format": "1", "prepared_by": "practice", "packet": {"leave_out": [paper]}}
    plan = a_plan(rules={**KNOWN, "requires_order": {"value": wanted}})
    return a_case(settings=a_record(CaseSettings, "case", fields, {}), plan=plan)
