"""What was sent to the payer and has no answer yet, with the contacts about it; and what was sent without this program.

A contact belongs to a claim or appeal when its `about` names it, by record name or by the payer's own claim number,
and it was with the payer. Of what was sent without a packet of this program nothing shows what its papers said.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from massage_claim.calc.claim_numbers import numbers_of
from massage_claim.calc.decisions import decisions_about, sent_claims, waiting_appeals
from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass
from massage_claim.models.appeal import Appeal
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim, Submission
from massage_claim.models.contact import Contact

_NOT_THE_PAYER = re.compile(
    r"(?:the |my |our |her |his )?(?:(?:massage )?therapist|doctor|dr|physician|practice|clinic|patient|lawyer|employer|provider$)\b",
    re.IGNORECASE,
)
_BY_MAIL = frozenset({"mail", "certified-mail", "other"})


@dataclass(frozen=True, slots=True)
class Sending:
    """A claim or appeal that was sent. `contacts`: those with the payer about it since then, in order."""

    record: Claim | Appeal
    submission: Submission
    numbers: tuple[str, ...]
    contacts: tuple[Contact, ...]

    @property
    def record_id(self) -> str:
        return self.record.record_id

    @property
    def level(self) -> str | None:
        """The level of an appeal; None for a claim."""
        return self.record.level if isinstance(self.record, Appeal) else None

    @property
    def last_contact(self) -> Contact | None:
        return self.contacts[-1] if self.contacts else None


@dataclass(frozen=True, slots=True)
class Arrival:
    """The day the payer had it. `event` is a key of `clocks.EVENTS`; `evidence` the record that says so."""

    day: date
    event: str
    evidence: str
    assumed: bool


def list_sendings(case: Case) -> tuple[Sending, ...]:
    """Everything that was sent and not replaced since, answered or not, by the day it was sent."""
    claims = [_sending(case, claim) for claim in sent_claims(case)]
    appeals = [_sending(case, appeal) for appeal in case.appeals if appeal.submission]
    return tuple(sorted((*claims, *appeals), key=lambda one: (one.submission.date, one.record_id)))


def list_waiting(case: Case) -> tuple[Sending, ...]:
    """What was sent and is not decided yet, by the day it was sent."""
    unanswered = {appeal.record_id for appeal in waiting_appeals(case)}
    unanswered |= {claim.record_id for claim in sent_claims(case) if not decisions_about(case, claim.record_id)}
    return tuple(one for one in list_sendings(case) if one.record_id in unanswered)


def find_arrival(sending: Sending, facts: Facts) -> Arrival:
    """When the payer had it: the day it named itself, else the day of the fax or upload, else some days of mail."""
    for contact in reversed(sending.contacts):
        if contact.received_on is not None and contact.received_on >= sending.submission.date:
            return Arrival(contact.received_on, "arrived", contact.record_id, False)
    sent = sending.submission
    if sent.method in _BY_MAIL:
        days = facts.choices["mail-takes"].amount
        return Arrival(sent.date + timedelta(days=days), "taken_to_arrive", sending.record_id, True)
    return Arrival(sent.date, "sent", sending.record_id, sent.confirmation is None)


def with_payer(contact: Contact) -> bool:
    """False for a contact with the therapist, the doctor or somebody else who does not decide."""
    return not contact.with_.startswith("providers/") and not _NOT_THE_PAYER.match(contact.with_)


def names_of(record: Claim | Appeal) -> frozenset[str]:
    """What a contact's `about` may call it."""
    numbers = tuple(item.number for item in record.claim_numbers) if isinstance(record, Claim) else ()
    return frozenset({record.record_id, record.stem, *numbers})


def _sending(case: Case, record: Claim | Appeal) -> Sending:
    if record.submission is None:
        raise ValueError("it was not sent")
    numbers = tuple(one.number for one in numbers_of(case, record)) if isinstance(record, Claim) else ()
    names, sent = names_of(record) | {*numbers}, record.submission
    contacts = [c for c in case.contacts if c.about in names and c.date >= sent.date and with_payer(c)]
    in_order = tuple(sorted(contacts, key=lambda contact: (contact.date, contact.record_id)))
    return Sending(record, sent, numbers, in_order)


def without_packet(submission: Submission | None) -> bool:
    """True for what was sent without a packet of this program."""
    return submission is not None and submission.without_packet is not None


def only_to_answer(case: Case) -> bool:
    """True when every visit is in a claim that was sent without this program: what is left is the plan's answer."""
    sent = sent_claims(case)
    return bool(sent) and all(without_packet(one.submission) for one in sent) and not unclaimed_sessions(case)
