"""What the plan paid, in dollars: for each visit, each dollar once; and for the visits of one plan year.

A decision that another one replaced counts no more. Of a claim that a corrected one took the place of, the visits count
that the corrected one does not repeat, and all of them until that one is decided. A notice without amounts for each line
is shared out over the visits of its claim by their charge, to the cent. A notice of January about visits in December uses
up the limit of the old year, not of the new one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from massage_claim.calc.decisions import current_decisions, find_claim
from massage_claim.calc.visits import PlanYear
from massage_claim.frozen import dataclass
from massage_claim.models.appeal import Appeal
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim, ServiceLine
from massage_claim.models.decision import Decision

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class PaidBack:
    """What one notice paid for one visit. `session` is None for what fits no visit; `shared`: it was shared out by charge."""

    session: str | None
    notice_date: date
    amount: Decimal
    shared: bool = False


def list_paid_back(case: Case) -> tuple[PaidBack, ...]:
    """Every dollar of the notices that hold, with its visit; in order of the notices."""
    replaced = {decision.replaces for decision in case.decisions}
    standing = [one for one in case.decisions if one.record_id not in replaced]
    found = [part for decision in standing for part in _of(case, decision)]
    return tuple(sorted(found, key=lambda one: (one.notice_date, one.session or "")))


def sum_by_session(parts: Sequence[PaidBack]) -> Mapping[str, Decimal]:
    """Session id → dollars that the plan paid for it."""
    found: dict[str, Decimal] = {}
    for one in parts:
        if one.session is not None:
            found[one.session] = found.get(one.session, ZERO) + one.amount
    return found


def _of(case: Case, decision: Decision) -> Iterator[PaidBack]:
    claim = find_claim(case, decision.about)
    repeated = _repeated(case, claim)
    paid = [line.paid for line in decision.lines]
    by_line = sum((amount for amount in paid if amount is not None), ZERO)
    if paid and None not in paid and decision.total_paid in (None, by_line):
        left = list(claim.lines) if claim else []
        for line in decision.lines:
            mine = next((one for one in left if one.date == line.service_date and one.code == line.code), None)
            mine = mine or next((one for one in left if one.date == line.service_date), None)
            if mine is not None:
                left.remove(mine)
            if line.paid and (mine is None or mine.session not in repeated):
                yield PaidBack(mine.session if mine else None, decision.notice_date, line.paid)
        return
    total = decision.total_paid or ZERO
    for session, amount in _shared_out(claim.lines if claim else (), decision, total):
        if amount and session not in repeated:
            yield PaidBack(session, decision.notice_date, amount, shared=session is not None)


def _shared_out(
    lines: Sequence[ServiceLine], decision: Decision, total: Decimal
) -> Iterator[tuple[str | None, Decimal]]:
    """The sum over the visits it is about, by charge, in whole cents; a cent that is left goes to the earliest."""
    days = {line.service_date for line in decision.lines}
    charges: dict[str, Decimal] = {}
    for line in lines:
        if not days or line.date in days:
            charges[line.session] = charges.get(line.session, ZERO) + (line.charge or ZERO)
    whole = sum(charges.values(), ZERO)
    if not whole:
        yield None, total
        return
    cents = int(total * 100)
    parts = {session: int(cents * charge / whole) for session, charge in charges.items()}
    left = cents - sum(parts.values())
    for place, (session, part) in enumerate(parts.items()):
        yield session, Decimal(part + (place < left)).scaleb(-2)


def _repeated(case: Case, claim: Claim | None) -> frozenset[str]:
    """The visits of a claim that a corrected one, which was decided, asks for again."""
    if claim is None:
        return frozenset()
    decided = {one.about for one in case.decisions}
    later = [one for one in case.claims if one.replaces == claim.record_id and one.record_id in decided]
    return frozenset(line.session for one in later for line in one.lines)


def sum_paid_for(case: Case, year: PlanYear) -> Decimal:
    """Dollars that the decisions in force paid for dates of service in that year."""
    return sum((_paid_in(case, year, decision) for decision in current_decisions(case)), ZERO)


def _paid_in(case: Case, year: PlanYear, decision: Decision) -> Decimal:
    """By the decision's lines where each says what was paid, else the sum in all.

    That sum belongs to the dates of the lines, else of the claim; to the notice's date only where neither is there.
    """
    paid = [line.paid for line in decision.lines]
    if decision.total_paid is None or (paid and None not in paid):
        return sum((line.paid or ZERO for line in decision.lines if line.service_date in year), ZERO)
    days = [line.service_date for line in decision.lines] or _claimed_days(case, decision) or [decision.notice_date]
    return decision.total_paid if any(day in year for day in days) else ZERO


def _claimed_days(case: Case, decision: Decision) -> list[date]:
    """The dates of service of the claim that was decided; a decision about an appeal is followed back to its claim."""
    first: Decision | None = decision
    for _ in case.decisions:
        appeal = case.find(Appeal, first.about) if first else None
        if appeal is None:
            break
        first = case.find(Decision, appeal.decision)
    claim = case.find(Claim, first.about) if first else None
    return [line.date for line in claim.lines] if claim else []
