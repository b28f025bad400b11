"""Whether a clinician says that care can't wait. Takes the case and a decision, gives the recorded statement or None.

An urgent request stands on a clinician's own words (29 CFR 2560.503-1(m)(1)): an attached doctor's note with its signer,
of which somebody wrote down that it says so (`contains: urgent`). The program never calls a case urgent by itself.
"""

from __future__ import annotations

from datetime import date

from massage_claim.frozen import dataclass
from massage_claim.models.attachment import Attachment
from massage_claim.models.case import Case
from massage_claim.models.decision import Decision

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
