"""How the plan wants a claim sent: its own form, and the least that a packet will weigh. Takes a case, gives plain values.

The estimate counts attached papers only: what the program adds is known when the packet is built.
"""

from __future__ import annotations

from dataclasses import dataclass

from massage_claim.calc.page_choice import pages_chosen, pages_written
from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.facts.library import Facts
from massage_claim.models.attachment import Attachment
from massage_claim.models.case import Case
from massage_claim.models.plan import Plan

NO_FORM = frozenset({"none", "no", "no form", "no form needed", "not needed"})
MEGABYTE = 1_000_000
ALWAYS = "first"


@dataclass(frozen=True)
class Weight:
    """`pages` and `size_bytes` of the attached papers that go into a claim packet; photos count as one page."""

    papers: tuple[Attachment, ...]
    pages: int
    size_bytes: int


def own_form(plan: Plan) -> str | None:
    """The name of the payer's own claim form; None when it wants none or nobody asked."""
    rule = plan.rules.claim_form
    if rule is None or rule.value.strip().rstrip(".").lower() in NO_FORM:
        return None
    return rule.value.strip()


def attached_weight(case: Case, facts: Facts) -> Weight:
    """What is attached for the visits to claim, of the kinds that every claim packet holds."""
    about = _records_to_claim(case)
    papers = []
    for attachment in case.attachments:
        part = facts.packet_order.part("claim", attachment.kind)
        if part is not None and part.when == ALWAYS and (not attachment.for_ or about & set(attachment.for_)):
            papers.append(attachment)
    return Weight(
        tuple(papers),
        sum(_chosen_pages(paper) for paper in papers),
        sum(_whole((paper.examined or {}).get("size_bytes")) for paper in papers),
    )


def _records_to_claim(case: Case) -> set[str]:
    sessions = {session.record_id for session in unclaimed_sessions(case)}
    orders = {s.prescription for s in unclaimed_sessions(case) if s.prescription}
    payments = {p.record_id for p in case.payments if any(share.session in sessions for share in p.for_)}
    return sessions | payments | orders


def _chosen_pages(paper: Attachment) -> int:
    """How many pages its record chooses; all without a choice, or with one that doesn't fit the file."""
    if paper.page_count is None:
        return len(pages_written(paper.pages or "") or (1,))
    return len(pages_chosen(paper.pages, paper.page_count) or range(paper.page_count)) or 1


def _whole(value: object) -> int:
    return int(str(value)) if str(value).isdigit() else 0
