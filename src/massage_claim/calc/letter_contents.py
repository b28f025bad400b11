"""What an attached order or letter of the doctor says, compared with what its reader looks for. Takes the case, the
attachment, the facts and today; gives what is missing. The person said what it contains: nothing is read or guessed.
"""

from __future__ import annotations

from datetime import date

from massage_claim.calc.verdict import verdict
from massage_claim.facts.letter_kinds import LetterContent
from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass
from massage_claim.models.attachment import Attachment
from massage_claim.models.case import Case

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


def checklist(facts: Facts, kind: str, reader: str | None = None) -> tuple[LetterContent, ...]:
    """What an order or letter should say, in order; with `reader`, only what that one looks for."""
    of_paper = (item for item in facts.letter_contents if item.paper == PAPERS.get(kind))
    return tuple(item for item in of_paper if reader is None or item.level(reader) != "no")


def reader_of(case: Case, facts: Facts, attachment: Attachment, today: date) -> Reader:
    """Who reads it: as recorded; else the insurer, unless the plan ends the matter and only an HSA is left."""
    if attachment.letter_for is not None:
        return attachment.letter_for
    return "hsa" if attachment.kind == "letter" and verdict(case, facts, today).ends_the_matter else "insurer"


def compared(case: Case, facts: Facts, attachment: Attachment, today: date) -> Compared:
    """What the order or letter lacks for its reader; nothing for any other attachment."""
    reader = reader_of(case, facts, attachment, today)
    said = frozenset(attachment.contains)
    if not said:
        return Compared(reader, answered=False)
    names = {item.id for item in checklist(facts, attachment.kind)}
    unknown = tuple(sorted(said - names - {NOTHING, EVERYTHING}))
    if EVERYTHING in said:
        return Compared(reader, answered=True, unknown=unknown)
    missing = tuple(item for item in checklist(facts, attachment.kind, reader) if item.id not in said)
    return Compared(reader, answered=True, missing=missing, unknown=unknown)
