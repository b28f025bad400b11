"""Whether the amounts of a decision add up, to the cent; each mismatch in words.

Billed = paid + your shares + everything else taken off. Allowed lies between: from what was billed, some of what was taken
off leads to it, and the rest leads on to what was paid. An amount that is not written down is never taken for zero
unless the others leave no room for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from massage_claim.calc.notice_moves import SHARES
from massage_claim.frozen import dataclass
from massage_claim.models.decision import Adjustment, Decision, DecisionLine
from massage_claim.writing.formats import money

ZERO = Decimal("0.00")
_MOST = 12
"""Amounts of which every selection is tried; an EOB line has two or three."""
_SHARE_FIELDS = {"1": "deductible", "2": "coinsurance", "3": "copay"}


@dataclass(frozen=True, slots=True)
class Mismatch:
    """`line`: its place in the decision, from 0; None for the whole. `off`: by how much, in dollars."""

    line: int | None
    words: str
    off: Decimal


def list_mismatches(decision: Decision) -> tuple[Mismatch, ...]:
    """Every mismatch, line by line, then that of the whole."""
    found = [Mismatch(n, *one) for n, line in enumerate(decision.lines) for one in _of_line(line)]
    return (*found, *_of_whole(decision))


def shares_of(line: DecisionLine) -> dict[str, Decimal | None]:
    """Deductible, coinsurance and copay of a line, from its own columns, else from PR-1, PR-2 and PR-3."""
    return {name: _share(line, carc, name) for carc, name in _SHARE_FIELDS.items()}


def share_only(line: DecisionLine) -> bool:
    """Whether all that was allowed went to the deductible, coinsurance or copay."""
    shares = [amount for amount in shares_of(line).values() if amount is not None]
    return bool(line.allowed) and sum(shares, ZERO) == line.allowed


def _of_line(line: DecisionLine) -> Iterator[tuple[str, Decimal]]:
    yield from _columns_and_codes(line)
    shares = shares_of(line)
    known = sum((amount for amount in shares.values() if amount is not None), ZERO)
    no_share = all(amount is None for amount in shares.values())
    others = [item for item in line.adjustments if not _is_share(item)]
    taken = [item.amount for item in others if item.amount is not None]
    complete = len(taken) == len(others)
    found = [*_to_allowed(line, taken, complete=complete), *_to_paid(line, known, taken, complete and not no_share)]
    if not found and complete and others:
        found = [*_to_the_end(line, known, taken, open_share=None in shares.values())]
    yield from found
    yield from _owed(line, known, others, complete)


def _to_allowed(line: DecisionLine, taken: Sequence[Decimal], *, complete: bool) -> Iterator[tuple[str, Decimal]]:
    """From billed to allowed: nothing, or some of what the codes take off."""
    if line.billed is None or line.allowed is None:
        return
    off = line.billed - line.allowed
    if off < 0:
        yield f"{money(line.allowed)} allowed is more than {money(line.billed)} billed", -off
    elif taken and complete and off not in _sums(taken):
        nearest = min(abs(one - off) for one in _sums(taken))
        yield (
            f"{money(line.billed)} billed, less what the codes take off, is not {money(line.allowed)} allowed",
            nearest,
        )


def _to_paid(
    line: DecisionLine, known: Decimal, taken: Sequence[Decimal], closed: bool
) -> Iterator[tuple[str, Decimal]]:
    """From allowed, less the shares, to paid: nothing, or some of what the codes take off."""
    if line.allowed is None or line.paid is None:
        return
    rest = line.allowed - line.paid - known
    if rest < 0:
        yield f"paid and your shares together are {money(-rest)} more than {money(line.allowed)} allowed", -rest
    elif closed and rest not in _sums(taken):
        yield f"{money(line.allowed)} allowed, less paid and your shares, leaves {money(rest)} without a reason", rest


def _to_the_end(
    line: DecisionLine, known: Decimal, taken: Sequence[Decimal], *, open_share: bool
) -> Iterator[tuple[str, Decimal]]:
    """From billed to paid: all that the codes take off, and the shares."""
    if line.billed is None or line.paid is None:
        return
    rest = line.billed - line.paid - known - sum(taken, ZERO)
    if rest < 0:
        yield f"paid, your shares and what the codes take off are {money(-rest)} more than billed", -rest
    elif rest > 0 and not open_share:
        yield f"{money(line.billed)} billed, less everything taken off, leaves {money(rest)} without a reason", rest


def _owed(
    line: DecisionLine, known: Decimal, others: Sequence[Adjustment], complete: bool
) -> Iterator[tuple[str, Decimal]]:
    """What the notice calls yours: the shares, with or without other PR amounts, or all that was not paid."""
    if line.patient_owes is None or None in shares_of(line).values() or not complete:
        return
    of_patient = [item.amount for item in others if item.group == "PR" and item.amount is not None]
    possible = {known + some for some in _sums([item.amount for item in others if item.amount is not None])}
    if line.billed is not None and line.paid is not None:
        possible.add(line.billed - line.paid)
    if line.allowed is not None and line.paid is not None:
        possible.add(line.allowed - line.paid)
    if line.patient_owes not in possible:
        told = known + sum(of_patient, ZERO)
        yield f"{money(line.patient_owes)} as yours; your shares come to {money(told)}", abs(line.patient_owes - told)


def _columns_and_codes(line: DecisionLine) -> Iterator[tuple[str, Decimal]]:
    """A share that stands in its column and again beside its code must be the same."""
    for carc, name in _SHARE_FIELDS.items():
        column = getattr(line, name)
        coded = [item.amount for item in line.adjustments if item.group == "PR" and item.carc == carc]
        if column is None or not coded or None in coded:
            continue
        total = sum((amount for amount in coded if amount is not None), ZERO)
        if total != column:
            yield f"{money(column)} {name}, but PR-{carc} says {money(total)}", abs(total - column)


def _of_whole(decision: Decision) -> Iterator[Mismatch]:
    paid = [line.paid for line in decision.lines]
    if decision.total_paid is None or not paid or None in paid:
        return
    together = sum((amount for amount in paid if amount is not None), ZERO)
    if together != decision.total_paid:
        off = abs(together - decision.total_paid)
        yield Mismatch(None, f"the lines pay {money(together)}, the whole {money(decision.total_paid)}", off)


def _share(line: DecisionLine, carc: str, name: str) -> Decimal | None:
    column: Decimal | None = getattr(line, name)
    if column is not None:
        return column
    coded = [item.amount for item in line.adjustments if item.group == "PR" and item.carc == carc]
    if not coded or None in coded:
        other = [item for item in line.adjustments if item.amount is not None]
        return ZERO if other and not coded else None  # an EOB with coded amounts names each share that there is
    return sum((amount for amount in coded if amount is not None), ZERO)


def _is_share(item: Adjustment) -> bool:
    return item.group == "PR" and item.carc in SHARES


def _sums(amounts: Sequence[Decimal]) -> frozenset[Decimal]:
    """The sum of every selection of the amounts, none and all among them."""
    found = {ZERO}
    for amount in amounts[:_MOST]:
        found |= {one + amount for one in found}
    return frozenset(found)
