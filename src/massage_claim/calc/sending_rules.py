"""How the plan wants a claim sent: its own form, and the least that a packet will weigh.

The estimate counts attached papers only: what the program adds is known when the packet is built.
"""

from __future__ import annotations

from massage_claim.calc.page_choice import choose_pages, read_pages
from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass
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


def usual_method(plan: Plan, *, appeal: bool = False) -> str:
    """How `submit` calls the first way that the plan takes: by certified mail, fax or portal; METHOD when none is known."""
    rules = plan.rules
    mail = rules.appeals_address if appeal else rules.claims_address
    if mail is not None and mail.address is not None:
        return "certified-mail"
    if rules.appeals_fax if appeal else rules.fax:
        return "fax"
    return "portal" if rules.portal and not appeal else "METHOD"


@dataclass(frozen=True)
class Guideline:
    """One of the plan's own rules about sending. `said`: who said so and when; empty where nobody wrote it down."""

    name: str
    words: str
    said: str = ""


def guidelines(plan: Plan) -> tuple[Guideline, ...]:
    """How the plan wants a claim, in its own words; what it did not say is not in it."""
    rules = plan.rules
    found: list[tuple[str, str, object]] = []
    form = own_form(plan)
    if form:
        found.append(("Form", f"The plan wants its own form: {form.rstrip('.')}.", rules.claim_form))
    if rules.originals:
        words = (
            "Send originals, and keep copies." if rules.originals.value else "Copies are enough; keep the originals."
        )
        found.append(("Originals", words, rules.originals))
    if rules.signature:
        found.append(("Signature", rules.signature.value, rules.signature))
    if rules.max_pages:
        found.append(("Pages", f"No more than {rules.max_pages.value} pages in one sending.", rules.max_pages))
    if rules.max_mb:
        found.append(("Size", f"No upload above {rules.max_mb.value} MB.", rules.max_mb))
    if rules.lines_per_claim:
        found.append(
            ("Lines", f"No more than {rules.lines_per_claim.value} service lines in a claim.", rules.lines_per_claim)
        )
    if rules.one_visit_per_claim and rules.one_visit_per_claim.value:
        found.append(("Visits", "A claim of its own for each visit.", rules.one_visit_per_claim))
    if rules.papers_in_order:
        found.append(("Order", f"Papers in this order: {rules.papers_in_order.value}.", rules.papers_in_order))
    return tuple(Guideline(name, " ".join(words.split()), who_said(rule)) for name, words, rule in found)


def who_said(rule: object) -> str:
    """Who said a rule, and when: "booklet, page 31; 2026-01-01"."""
    day = getattr(rule, "said_on", None)
    parts = [getattr(rule, "source", None), day.isoformat() if day else None]
    return "; ".join(part for part in parts if part)


def wanted_order(plan: Plan) -> tuple[str, ...]:
    """The kinds of paper in the order the plan wants; empty when it wants none. Blanks and case don't matter."""
    rule = plan.rules.papers_in_order
    names = rule.value.replace(";", ",").replace("\n", ",").split(",") if rule else []
    return tuple("-".join(name.lower().replace("_", " ").split()).rstrip(".") for name in names if name.strip())


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
        return len(read_pages(paper.pages or "") or (1,))
    return len(choose_pages(paper.pages, paper.page_count) or range(paper.page_count)) or 1


def _whole(value: object) -> int:
    return int(str(value)) if str(value).isdigit() else 0
