"""What an attached order, letter or note of a clinician says: what its reader misses in it, and whether it says that care
can't wait.

The person said what a paper contains: nothing is read or guessed. An urgent request stands on a clinician's own words
(29 CFR 2560.503-1(m)(1)): an attached doctor's note with its signer, of which somebody wrote down that it says so
(`contains: urgent`). The program never calls a case urgent by itself.
"""

from __future__ import annotations

from datetime import date

from massage_claim.calc.verdict import judge
from massage_claim.facts.library import Facts
from massage_claim.facts.paper_contents import LetterContent
from massage_claim.frozen import dataclass
from massage_claim.models.attachment import Attachment
from massage_claim.models.case import Case
from massage_claim.models.decision import Decision

Reader = str
"""Who a doctor's letter is written for, as an attachment's record says it."""
NOTHING, EVERYTHING = "none", "all"
"""Answers that stand for a whole checklist."""

PAPERS = {"letter": "letter", "prescription": "order"}
"""Kind of attachment → the paper of the checklist."""


@dataclass(frozen=True, slots=True)
class Compared:
    """`answered`: somebody has said what it contains. `missing`: what its reader looks for and it does not say.

    `unknown`: answers that are no names of the checklist.
    """

    reader: Reader
    answered: bool
    missing: tuple[LetterContent, ...] = ()
    unknown: tuple[str, ...] = ()


def list_contents(facts: Facts, kind: str, reader: str | None = None) -> tuple[LetterContent, ...]:
    """What an order or letter should say, in order; with `reader`, only what that one looks for."""
    of_paper = (item for item in facts.letter_contents if item.paper == PAPERS.get(kind))
    return tuple(item for item in of_paper if reader is None or item.level(reader) != "no")


def reader_of(case: Case, facts: Facts, attachment: Attachment, today: date) -> Reader:
    """Who reads it: as recorded; else the insurer, unless the plan ends the matter and only an HSA is left."""
    if attachment.letter_for is not None:
        return attachment.letter_for
    return "hsa" if attachment.kind == "letter" and judge(case, facts, today).ends_the_matter else "insurer"


def compare_contents(case: Case, facts: Facts, attachment: Attachment, today: date) -> Compared:
    """What the order or letter lacks for its reader; nothing for any other attachment."""
    reader = reader_of(case, facts, attachment, today)
    said = frozenset(attachment.contains)
    if not said:
        return Compared(reader, answered=False)
    names = {item.id for item in list_contents(facts, attachment.kind)}
    unknown = tuple(sorted(said - names - {NOTHING, EVERYTHING}))
    if EVERYTHING in said:
        return Compared(reader, answered=True, unknown=unknown)
    missing = tuple(item for item in list_contents(facts, attachment.kind, reader) if item.id not in said)
    return Compared(reader, answered=True, missing=missing, unknown=unknown)


WORD = "urgent"
KIND = "doctor-note"
_CLINICIANS = frozenset({"prescriber", "doctor", "physician"})


@dataclass(frozen=True, slots=True)
class Urgent:
    """The statement: what the paper is called, its day, who signed it, and the attachment's record."""

    title: str
    day: date | None
    signer: str
    record: str


def urgent_statement(case: Case, decision: Decision) -> Urgent | None:
    """The newest such paper that belongs to the decision, or to what it is about. A paper for nothing named counts not."""
    about = {decision.record_id, decision.about}
    found = [one for one in case.attachments if _says_so(one) and about & set(one.for_)]
    if not found:
        return None
    newest = max(found, key=lambda one: (one.date or date.min, one.record_id))
    return Urgent(newest.title or "A signed statement", newest.date, _signer(case, newest), newest.record_id)


def _says_so(one: Attachment) -> bool:
    signed = (one.signed_by or "").strip().lower()
    return one.kind == KIND and bool(signed) and WORD in {item.strip().lower() for item in one.contains}


def _signer(case: Case, one: Attachment) -> str:
    """The signer's name: the only prescriber of the case, or who was typed."""
    signed = (one.signed_by or "").strip()
    prescribers = [provider for provider in case.providers if "referring" in provider.roles]
    if signed.lower() in _CLINICIANS:
        return prescribers[0].signs_as if len(prescribers) == 1 else "The doctor"
    return next((provider.signs_as for provider in case.providers if provider.stem == signed), signed)
