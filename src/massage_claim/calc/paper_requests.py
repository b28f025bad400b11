"""What the payer asked to be sent, and whether it was.

A request is a contact with `asked_for`. It is answered by what the same contact says was `sent`, by a later contact
that `answers` it, by a corrected claim, or by the payer's decision.
"""

from __future__ import annotations

from massage_claim.calc.clocks import Deadline, by_letter, by_rule
from massage_claim.calc.decisions import decisions_about
from massage_claim.calc.law import law_kind
from massage_claim.calc.sendings import names_of, with_payer
from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass
from massage_claim.models.appeal import Appeal
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim
from massage_claim.models.contact import Contact


@dataclass(frozen=True, slots=True)
class PaperRequest:
    """`asked` is the contact in which they asked; `answer` the one that says what was sent; `about` the claim or appeal."""

    asked: Contact
    about: Claim | Appeal | None
    answer: Contact | None
    open: bool


def list_requests(case: Case) -> tuple[PaperRequest, ...]:
    """Every request of the payer, in order."""
    answers = {contact.answers: contact for contact in case.contacts if contact.answers}
    found = []
    for contact in case.contacts:
        if contact.asked_for and with_payer(contact):
            about = find_subject(case, contact)
            answer = answers.get(contact.record_id) or (contact if contact.sent or contact.papers else None)
            still = answer is None and not _overtaken(case, contact, about)
            found.append(PaperRequest(contact, about, answer, still))
    return tuple(sorted(found, key=lambda one: (one.asked.date, one.asked.record_id)))


def list_open_requests(case: Case) -> tuple[PaperRequest, ...]:
    """Those that wait for an answer."""
    return tuple(one for one in list_requests(case) if one.open)


def answer_day(case: Case, facts: Facts, request: PaperRequest) -> Deadline | None:
    """The last day to answer: the one they named, else the least that the law gives for this kind of plan, else None."""
    asked = request.asked
    if asked.answer_by is not None:
        return by_letter(asked.answer_by, "The plan named the last day.", "the plan")
    rules = facts.on(asked.date).deadlines.of("missing_information", law_kind(case))
    return by_rule(rules[0], asked.date, asked.date, assumed=True, event="asked") if rules else None


def find_subject(case: Case, contact: Contact) -> Claim | Appeal | None:
    """The claim or appeal that a contact is about."""
    records: tuple[Claim | Appeal, ...] = (*case.claims, *case.appeals)
    return next((record for record in records if contact.about in names_of(record)), None)


def _overtaken(case: Case, contact: Contact, about: Claim | Appeal | None) -> bool:
    """Whether a corrected claim was sent, or the payer decided, since it asked."""
    if about is None:
        return False
    corrected = (c.submission for c in case.claims if c.replaces == about.record_id)
    if any(sent is not None and sent.date >= contact.date for sent in corrected):
        return True
    return any(decision.notice_date >= contact.date for decision in decisions_about(case, about.record_id))
