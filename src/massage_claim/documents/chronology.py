"""The history of a case for whoever has to judge how it was handled: each sending, contact, letter and decision.

Lines by day up to today, each with its proof. No diagnosis and no number about health: who decides how a claim was handled
does not need them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from massage_claim.calc.claim_lines import list_dates
from massage_claim.calc.paper_requests import find_subject
from massage_claim.calc.sendings import with_payer
from massage_claim.documents.timeline import SENT, WAYS
from massage_claim.frozen import dataclass
from massage_claim.models.attachment import Attachment
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim, Submission
from massage_claim.models.contact import Contact
from massage_claim.models.decision import Decision
from massage_claim.writing.formats import money, plural, short_date

if TYPE_CHECKING:
    from massage_claim.documents.scene import Scene

_LETTERS = frozenset({"payer-letter"})


@dataclass(frozen=True)
class Happening:
    """A line of the chronology: what happened, and what proves it."""

    day: date
    words: str
    proof: str


class ForChronology:
    """What the chronology's template may say. Worked out only when it is asked for."""

    def __init__(self, scene: Scene) -> None:
        self._case, self._today = scene.case, scene.today

    @property
    def lines(self) -> tuple[Happening, ...]:
        """Everything up to today, by day; of one day in the order of the story."""
        return tell_chronology(self._case, self._today)


def tell_chronology(case: Case, today: date) -> tuple[Happening, ...]:
    """The whole history up to today."""
    found = [*_coverage(case), *_sent(case), *_contacts(case), *_letters(case), *_decisions(case)]
    return tuple(sorted((one for one in found if one.day <= today), key=lambda one: one.day))


def _coverage(case: Case) -> Iterator[Happening]:
    for check in case.coverage:
        # a call counts with its number; the date of a booklet is that of its printing
        if check.reference_number or check.source in ("portal", "letter"):
            by = f" with {check.representative}" if check.representative else ""
            how = "by phone" if check.source == "call" else f"in the {check.source}"
            proof = f"Reference {check.reference_number}" if check.reference_number else ""
            yield Happening(check.date, f"Coverage checked {how}{by}", proof)


def _sent(case: Case) -> Iterator[Happening]:
    for claim in case.claims:
        if claim.submission:
            days = list_dates(claim.lines)
            span = short_date(days[0]) if len(days) == 1 else f"{short_date(days[0])} to {short_date(days[-1])}"
            visits = plural(len({line.session for line in claim.lines}), "visit")
            what = "Corrected claim" if claim.replaces else "Claim"
            words = f"{what} for {visits}, {span}, sent {SENT[claim.submission.method]}".rstrip()
            yield Happening(claim.submission.date, words, _proof(case, claim.submission, claim.record_id))
    for appeal in case.appeals:
        if appeal.submission:
            what = "Request for external review" if appeal.level == "external" else f"Appeal, level {appeal.level},"
            words = f"{what} sent {SENT[appeal.submission.method]}".rstrip()
            yield Happening(appeal.submission.date, words, _proof(case, appeal.submission, appeal.record_id))


def _proof(case: Case, sent: Submission, record_id: str) -> str:
    parts = [f"Tracking number {sent.tracking}" if sent.tracking else "", sent.confirmation or ""]
    paper = case.find(Attachment, sent.proof) if sent.proof else None
    paper = paper or next((a for a in case.attachments if a.kind == "proof-of-sending" and record_id in a.for_), None)
    parts.append((paper.title or paper.file) if paper else "")
    return "; ".join(part for part in parts if part)


def _contacts(case: Case) -> Iterator[Happening]:
    """Contacts with the payer; a call counts with its reference number, whatever is in writing without."""
    for contact in case.contacts:
        if with_payer(contact) and (contact.reference or contact.way != "call"):
            yield Happening(contact.date, _told(case, contact), _contact_proof(case, contact))


def _told(case: Case, contact: Contact) -> str:
    about = find_subject(case, contact)
    number = about.claim_numbers[0].number if isinstance(about, Claim) and about.claim_numbers else None
    words = WAYS[contact.way] + (f" with {contact.person}" if contact.person else "")
    words += f" about claim number {number}" if number else ""
    for label, text in (
        ("Said", contact.said),
        ("Promised", contact.promised),
        ("Asked for", contact.asked_for),
        ("Sent", contact.sent),
    ):
        words += f". {label}: {' '.join(text.split()).rstrip('.')}" if text else ""
    return f"{words}."


def _contact_proof(case: Case, contact: Contact) -> str:
    paper = case.find(Attachment, contact.proof) if contact.proof else None
    paper = paper or next((a for a in case.attachments if contact.record_id in a.for_), None)
    parts = [f"Reference {contact.reference}" if contact.reference else "", contact.confirmation or ""]
    parts.append((paper.title or paper.file) if paper else "")
    return "; ".join(part for part in parts if part)


def _letters(case: Case) -> Iterator[Happening]:
    """Letters of the payer that are attached, dated, and not told with a contact already."""
    told = {contact.record_id for contact in case.contacts}
    for paper in case.attachments:
        if paper.kind in _LETTERS and paper.date and not told & set(paper.for_):
            yield Happening(paper.date, "Letter from the plan", paper.title or paper.file)


def _decisions(case: Case) -> Iterator[Happening]:
    for decision in case.decisions:
        yield Happening(decision.notice_date, _decided(case, decision), _notice(case, decision))


def _decided(case: Case, decision: Decision) -> str:
    what = "an appeal" if decision.about.startswith("appeals/") else "the claim"
    claim = case.find(Claim, decision.about)
    if claim is not None and claim.replaces:
        what = "the corrected claim"
    words = f"The plan's decision on {what}"
    outcome = (decision.outcome or "").replace("-", " ")
    paid = f"{money(decision.total_paid)} paid" if decision.total_paid is not None else ""
    told = ", ".join(part for part in (outcome if outcome != "paid" or not paid else "", paid) if part)
    words += f": {told}" if told else ""
    words += f"; received on {short_date(decision.received_date)}" if decision.received_date else ""
    reason = " ".join((decision.reason_as_written or "").split())
    return f"{words}. Reason as printed: “{reason}”" if reason else f"{words}."


def _notice(case: Case, decision: Decision) -> str:
    paper = case.find(Attachment, decision.scan) if decision.scan else None
    parts = [(paper.title or paper.file) if paper else ""]
    parts.append(f"Claim number {decision.claim_number}" if decision.claim_number else "")
    return "; ".join(part for part in parts if part)
