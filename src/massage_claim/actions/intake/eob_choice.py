"""Which notice of a FHIR file is meant, and which claim it is about. Takes the file a person named and the case, gives both,
or says what to name. Reads that file and the case; writes nothing.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path

from massage_claim.actions.intake.eob_words import heading
from massage_claim.actions.project import Opened, open_case
from massage_claim.calc.claim_numbers import numbers_of
from massage_claim.calc.decided import current_decisions, sent_claims
from massage_claim.errors import NotReady, Problem, UsageProblem, Where
from massage_claim.exchange.eob import read_notices
from massage_claim.exchange.eob_json import MOST_BYTES, read_json
from massage_claim.exchange.eob_shapes import Notice
from massage_claim.frozen import dataclass
from massage_claim.models.claim import Claim
from massage_claim.models.decision import Decision

_SHOWN = 20


@dataclass(frozen=True)
class Looked:
    """A file that was read. `fitting`: its notices about a day on which the case has a visit, all when there are none."""

    project: Path | None
    opened: Opened
    file: str
    notices: tuple[Notice, ...]
    fitting: tuple[Notice, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """The notices to choose from."""
        more = len(self.fitting) - _SHOWN
        return (*(heading(one) for one in self.fitting[:_SHOWN]), *((f"… and {more} more",) if more > 0 else ()))


def look(project: Path | None, file: Path) -> Looked:
    """Every notice of the file. Raises UsageProblem for a file that is not there, Unreadable for one that can't be used."""
    opened = open_case(project)
    notices = read_notices(read_json(_bytes(file), file.name), file.name)
    visits = {session.date for session in opened.case.sessions}
    fitting = tuple(sorted((one for one in notices if visits & set(one.days)), key=lambda one: (one.days, one.number)))
    return Looked(project, opened, file.name, notices, fitting or notices)


def chosen(looked: Looked, number: int | None) -> Notice:
    """The notice of that number; without one, the only one that fits. Raises UsageProblem listing them."""
    if number is not None:
        found = next((one for one in looked.notices if one.number == number), None)
        if found is None:
            says = f"--number: the file has no notice {number}."
            raise UsageProblem(Problem(says, f"Name one from 1 to {len(looked.notices)}."))
        return found
    if len(looked.fitting) == 1:
        return looked.fitting[0]
    says = f"The file holds {len(looked.fitting)} notices that could be meant."
    each = [Problem(heading(one), f"Take it in with --number {one.number}.") for one in looked.fitting[:_SHOWN]]
    raise UsageProblem([Problem(says, "Take them in one by one, each with --number N."), *each])


def about(looked: Looked, notice: Notice, name: str | None) -> str:
    """The record that the notice decides: as named, else the claim with the most of its lines. Raises NotReady, UsageProblem."""
    if name is not None:
        return name
    case = looked.opened.case
    claims = sent_claims(case)
    ranked = sorted(
        ((_likeness(looked, claim, notice), claim) for claim in claims), key=lambda pair: pair[0], reverse=True
    )
    best = [claim for likeness, claim in ranked if any(likeness) and likeness == ranked[0][0]]
    if len(best) == 1:
        return best[0].record_id
    if best:
        fix = f"Name it: --claim {' or --claim '.join(claim.record_id for claim in best)}."
        raise UsageProblem(Problem("The notice fits several claims that were sent.", fix))
    days = {session.date for session in case.sessions} & set(notice.days)
    if not claims:
        says = "No claim was sent yet, so there is nothing that the notice could decide."
        raise NotReady(Problem(says, "Write down first that you sent it: massage-claim submit."))
    says = "No line of the notice is a visit of a claim that was sent."
    if days:
        says += f" Visits of these days are here, but in no such claim: {', '.join(map(str, sorted(days)))}."
    fix = f"Look whose notice it is. If it is yours, name the claim with --claim: {', '.join(c.record_id for c in claims)}."
    raise NotReady(Problem(says, fix))


def claim_of(looked: Looked, about_: str) -> Claim | None:
    """The claim of that name, with or without its folder; None for an appeal."""
    return looked.opened.case.find(Claim, about_)


def recorded(looked: Looked, decision: Decision) -> Decision | None:
    """The decision that is there already and decides the same, if the new one does not say that it replaces it."""
    if decision.replaces is not None:
        return None
    there = current_decisions(looked.opened.case)
    return next((one for one in there if one.decides_the_same(decision)), None)


def _likeness(looked: Looked, claim: Claim, notice: Notice) -> tuple[bool, int, int]:
    """Whether the number is known, how many lines fit by day and code, and how many by day."""
    lines = {(one.date, one.code) for one in claim.lines}
    days = {one.date for one in claim.lines}
    number = notice.claim_number in {one.number for one in numbers_of(looked.opened.case, claim)}
    exact = sum((line.first, line.code) in lines for line in notice.lines)
    return number and bool(days & set(notice.days)), exact, len(days & set(notice.days))


def _bytes(file: Path) -> bytes:
    """The file that the person named. Raises UsageProblem."""
    where = Where(file.name)
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as opened:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise UsageProblem(Problem("This is not an ordinary file.", "Name the JSON file itself.", where))
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        says = f"The file cannot be read: {os.strerror(error.errno or 0)}."
        raise UsageProblem(Problem(says, "Check its name and folder.", where)) from None


def numbers(notices: Sequence[Notice]) -> tuple[int, ...]:
    """The numbers that a person may choose."""
    return tuple(one.number for one in notices)
