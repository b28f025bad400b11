"""What was sent and waits, for letters and the script of a call; and what the payer asked for: frozen views.

Law enters only when it was read in its source, holds for this kind of plan, and its time has passed. Draws nothing.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from massage_claim.calc.calendar_days import after
from massage_claim.calc.clocks import by_rule
from massage_claim.calc.last_days import own_time
from massage_claim.calc.law import law_kind
from massage_claim.calc.paper_requests import PaperRequest
from massage_claim.calc.payer_days import ASK, clock_of, find_decision_day
from massage_claim.calc.sending_rules import who_said
from massage_claim.calc.sendings import Sending, find_arrival
from massage_claim.documents.timeline import SENT, WAYS
from massage_claim.documents.views import ClaimView, Right
from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass
from massage_claim.models.attachment import Attachment
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim
from massage_claim.models.contact import Contact
from massage_claim.models.people import Address
from massage_claim.writing.formats import long_date

_COUNTED = {"arrived": "the day you received it", "taken_to_arrive": "the sending, with {days} days for the mail"}
_FROM_THE_PAYER = frozenset({"payer-letter", "proof-of-sending", "eob", "denial"})


@dataclass(frozen=True)
class Talk:
    """One line of the contact log."""

    day: date
    how: str
    person: str | None
    reference: str | None
    said: str | None
    promised: str | None


@dataclass(frozen=True)
class SendingView:
    """Something that was sent: what, when, how, with which proof; and how long the payer has had it.

    `arrived`: the day the payer itself named. `decide_by`: its last day by law or by its own word; `late`: that passed.
    `laws`: what the law says about it, once its time has passed. `own_time`: who said how long the plan takes.
    """

    record: str
    what: str
    numbers: tuple[str, ...]
    dates: tuple[date, ...]
    charged: Decimal | None
    sent_on: date
    how: str
    to: str | None
    confirmation: str | None
    tracking: str | None
    proof: str | None
    days: int
    arrived: date | None
    arrived_said: str | None
    counted_from: str
    decide_by: date | None
    late: bool
    days_late: int
    laws: tuple[Right, ...]
    own_time: str | None
    talks: tuple[Talk, ...]
    department: str | None
    address: tuple[str, ...]
    fax: str | None
    waits_too_long: bool


@dataclass(frozen=True)
class RequestView:
    """What the payer asked for, and what answers it. `enclosed`: the titles of the attachments."""

    day: date
    how: str
    person: str | None
    reference: str | None
    words: str
    answer_by: date | None
    enclosed: tuple[str, ...]
    sent: str | None


def view_sending(case: Case, facts: Facts, today: date, sending: Sending, claim: ClaimView | None) -> SendingView:
    """The view of one sending. `claim`: the claim it is, or that the appeal is about."""
    sent, record = sending.submission, sending.record
    limit, at = find_decision_day(case, facts, sending), find_arrival(sending, facts)
    late = limit is not None and limit.date < today
    known = next((c for c in sending.contacts if at.event == "arrived" and c.record_id == at.evidence), None)
    first_days = facts.choices[ASK[1]].amount
    place, fax = _place(case, sending)
    return SendingView(
        record=sending.record_id,
        what=_what(sending),
        numbers=sending.numbers or (claim.numbers if claim else ()),
        dates=claim.dates if claim else (),
        charged=claim.charged if claim else None,
        sent_on=sent.date,
        how=SENT[sent.method],
        to=" ".join(sent.to.split()) if sent.to else None,
        confirmation=sent.confirmation,
        tracking=sent.tracking,
        proof=_proof(case, sent.proof, record.record_id),
        days=(today - sent.date).days,
        arrived=known.received_on if known else None,
        arrived_said=_who(known) if known else None,
        counted_from=_COUNTED.get(at.event, "the sending").format(days=(at.day - sent.date).days),
        decide_by=limit.date if limit else None,
        late=late,
        days_late=(today - limit.date).days if limit and late else 0,
        laws=tuple(_laws(case, facts, sending, today)),
        own_time=_own_time(case, sending, at.day, today),
        talks=tuple(talk(contact) for contact in sending.contacts),
        department=place[0],
        address=place[1],
        fax=fax,
        waits_too_long=late or (limit is None and (today - sent.date).days >= first_days),
    )


def view_request(case: Case, request: PaperRequest) -> RequestView:
    """The view of one request."""
    asked, answer = request.asked, request.answer
    papers = [case.find(Attachment, name) for name in (*asked.papers, *(answer.papers if answer else ()))]
    papers += [a for a in case.attachments if asked.record_id in a.for_ and a.kind not in _FROM_THE_PAYER]
    return RequestView(
        day=asked.date,
        how=WAYS[asked.way],
        person=asked.person,
        reference=asked.reference,
        words=" ".join((asked.asked_for or "").split()),
        answer_by=asked.answer_by,
        enclosed=tuple(dict.fromkeys(paper.title or paper.file for paper in papers if paper)),
        sent=asked.sent or (answer.sent if answer else None),
    )


def talk(contact: Contact) -> Talk:
    """One contact as a line of a letter."""
    said, promised = (" ".join(words.split()) if words else None for words in (contact.said, contact.promised))
    return Talk(contact.date, WAYS[contact.way], contact.person, contact.reference, said, promised)


def _what(sending: Sending) -> str:
    if sending.level is None:
        return "corrected claim" if isinstance(sending.record, Claim) and sending.record.replaces else "claim"
    return "request for external review" if sending.level == "external" else f"appeal (level {sending.level})"


def _place(case: Case, sending: Sending) -> tuple[tuple[str | None, tuple[str, ...]], str | None]:
    rules = case.plan.rules
    to, fax = (rules.claims_address, rules.fax) if sending.level is None else (rules.appeals_address, rules.appeals_fax)
    address: Address | None = to.address if to else None
    return (to.department if to else None, address.lines if address else ()), (fax.value if fax else None)


def _proof(case: Case, named: str | None, record_id: str) -> str | None:
    """The title of the proof of sending: the attachment that the submission names, or one for this record."""
    found = case.find(Attachment, named) if named else None
    found = found or next((a for a in case.attachments if a.kind == "proof-of-sending" and record_id in a.for_), None)
    return (found.title or found.file) if found else None


def _who(contact: Contact) -> str:
    """Who said it, as a payer can look it up: "call of May 19, reference 50233"."""
    person = f" with {contact.person}" if contact.person else ""
    return f"{WAYS[contact.way].lower()}{person}" + (f", reference {contact.reference}" if contact.reference else "")


def _laws(case: Case, facts: Facts, sending: Sending, today: date) -> list[Right]:
    at = find_arrival(sending, facts)
    clock, level = clock_of(sending)
    rules = facts.on(at.day).deadlines.of(clock, law_kind(case))
    held = [r for r in rules if r.limit and r.legal and r.may_be_quoted and r.level in (None, level)]
    return [Right(r.words, str(r.source)) for r in held if by_rule(r, at.day, None).date < today]


def _own_time(case: Case, sending: Sending, start: date, today: date) -> str | None:
    """The plan's own time and where it said so, once it has passed: "30 days (call of February 18, 2026, reference 44190)"."""
    own = own_time(case, start) if sending.level is None else None
    if own is None or after(start, own[0]) >= today:
        return None
    check = next((one for one in case.coverage if one.record_id in own[1]), None)
    said = who_said(case.plan.rules.processing_time)
    if check is not None:
        said = f"{check.source or 'check'} of {long_date(check.date)}"
        said += f", reference {check.reference_number}" if check.reference_number else ""
    return f"{own[0]} ({said})" if said else str(own[0])
