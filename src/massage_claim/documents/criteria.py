"""The payer's own criteria with what answers each, as rows of a table.

A criterion is only quoted from a page of the payer's that the person attached and that held on the visits.
"""

from __future__ import annotations

from collections.abc import Iterator

from massage_claim.calc.clocks import words as day_words
from massage_claim.documents.exhibit_letters import Exhibits
from massage_claim.documents.views import ClaimView, CriterionView
from massage_claim.models.appeal import Appeal, Criterion
from massage_claim.models.attachment import Attachment
from massage_claim.models.case import Case

CRITERIA_PAGES = frozenset({"plan-page", "payer-letter", "denial"})
"""Attachments that hold the payer's own words."""


def unusable_criteria(case: Case, appeal_record: Appeal | None, claim: ClaimView) -> tuple[str, ...]:
    """What the person must know about criteria that the letter cannot show, one sentence each."""
    found = []
    for one in appeal_record.criteria if appeal_record else ():
        page = case.find(Attachment, one.source)
        if page is None or page.kind not in CRITERIA_PAGES:
            found.append("A criterion has no plan page or letter of the payer as its source, so it is left out.")
        elif not _in_force(page, claim):
            found.append("A criterion's page has no date, or one after the first visit, so it is left out.")
        elif not one.evidence and not one.exhibit:
            found.append("A criterion has no answer yet, so it is left out.")
    return tuple(found)


def page_to_match(case: Case, appeal_record: Appeal | None, claim: ClaimView) -> str | None:
    """The attached policy page that the letter could answer point by point, while no criterion is written down."""
    if appeal_record is not None and appeal_record.criteria:
        return None
    pages = (page for page in case.attachments if page.kind == "plan-page" and _in_force(page, claim))
    return next((page.record_id for page in pages), None)


def list_criteria(case: Case, record: Appeal | None, claim: ClaimView, shown: Exhibits) -> Iterator[CriterionView]:
    """The criteria that the letter may show, in the record's order."""
    for one in record.criteria if record else ():
        page = case.find(Attachment, one.source)
        if page is not None and page.kind in CRITERIA_PAGES and _in_force(page, claim) and _answered(one, shown):
            exhibit = shown.letter(one.exhibit)
            yield CriterionView(one.criterion, _named(page), one.evidence or f"See Exhibit {exhibit}.", exhibit)


def _answered(one: Criterion, shown: Exhibits) -> bool:
    return bool(one.evidence) or shown.letter(one.exhibit) is not None


def _in_force(page: Attachment, claim: ClaimView) -> bool:
    """A policy page counts from the date on it; the payer's own letter about the claim names what it used."""
    return page.kind != "plan-page" or (page.date is not None and page.date <= claim.first)


def _named(page: Attachment) -> str:
    title = page.title or page.file
    return f"{title}, {day_words(page.date)}" if page.date and str(page.date.year) not in title else title
