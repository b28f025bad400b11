"""Which visits a superbill or receipt of the practice is about. Takes an opened case and what was asked for, gives visits
and, for a reprint or a correction, the statement that they stand on. Reads no disk.
"""

from __future__ import annotations

from datetime import date

from massage_claim.actions.project import Opened
from massage_claim.calc.totals import money_of
from massage_claim.calc.visits import treatment_sessions, unclaimed_sessions
from massage_claim.documents.statements import latest, sessions_in
from massage_claim.errors import Problem, UsageProblem
from massage_claim.frozen import dataclass
from massage_claim.models.claim import Statement
from massage_claim.models.session import Session


@dataclass(frozen=True)
class Chosen:
    """The visits that were asked for. `about`: the statement that is printed again or corrected."""

    sessions: tuple[Session, ...]
    about: Statement | None = None


def choose_visits(
    opened: Opened, name: str, for_: str | None, from_: date | None, to: date | None
) -> tuple[Chosen, ...]:
    """One visit, a span of dates, the visits of a statement; else those not handed out yet, else what was handed out last.

    Raises UsageProblem for a name or span that holds no visit.
    """
    case = opened.case
    handed = latest(case, name)
    if for_ is not None:
        about = handed.get(for_.removeprefix("statements/"))
        if about is not None:
            return (Chosen(_still_there(opened, about), about),)
        one = case.find(Session, for_)
        if one is None:
            says = "--for names nothing in this case that the paper could be about."
            fix = "Name a session such as sessions/2026-01-14, a claim such as claims/2026-01-14, or a number such as "
            raise UsageProblem(Problem(says, f"{fix}{next(iter(handed), 'S-2026-01-14')}."))
        return (Chosen((one,)),)
    if from_ or to:
        spanned = [s for s in treatment_sessions(case) if (not from_ or s.date >= from_) and (not to or s.date <= to)]
        if not spanned:
            raise UsageProblem(Problem("There is no treatment session in that span.", "Choose other dates."))
        return (Chosen(tuple(spanned)),)
    out = {session for statement in handed.values() for session in sessions_in(statement.lines)}
    open_still = tuple(
        one for one in unclaimed_sessions(case) if one.record_id not in out and _payable(opened, name, one)
    )
    if open_still or not handed:
        return (Chosen(open_still or treatment_sessions(case)),)
    last_day = max(one.issued or date.min for one in handed.values())
    newest = [one for one in handed.values() if (one.issued or date.min) == last_day]
    return tuple(Chosen(_still_there(opened, one), one) for one in newest)


def _payable(opened: Opened, name: str, session: Session) -> bool:
    """A receipt is about visits that were paid for."""
    return name != "receipt" or bool(money_of(opened.case, session).paid)


def _still_there(opened: Opened, statement: Statement) -> tuple[Session, ...]:
    wanted = sessions_in(statement.lines)
    return tuple(session for session in treatment_sessions(opened.case) if session.record_id in wanted)
