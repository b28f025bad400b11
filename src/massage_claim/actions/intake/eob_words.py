"""What was understood of a FHIR notice, in lines of at most 80 signs for a person to confirm. Takes a notice, gives words.

Texts of the payer stand as they are in the file, in quotes. Decides nothing, touches nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from massage_claim.exchange import eob_codes as codes
from massage_claim.exchange.eob_shapes import Line, Notice, Reason, disagreements
from massage_claim.models.claim import Claim
from massage_claim.writing.formats import money, plural

_COLUMNS = {
    "billed": codes.BILLED,
    "allowed": codes.ALLOWED,
    "deductib": codes.DEDUCTIBLE,
    "coinsur.": codes.COINSURANCE,
    "copay": codes.COPAY,
    "paid": codes.PAID,
    "yours": codes.OWES,
}
_MOST_LINES = 40
_STATUS = {
    "cancelled": "The insurer calls this notice cancelled.",
    "entered-in-error": "The insurer calls this notice a mistake of its own.",
    "draft": "The insurer calls this notice a draft, not a decision.",
}
_OUTCOME = {
    "queued": "The insurer has not decided yet, says the file.",
    "partial": "The insurer has decided a part only, says the file.",
    "error": "The insurer met errors when it worked on this claim, says the file.",
}


def heading(notice: Notice) -> str:
    """One notice in a list of several."""
    days = notice.days
    span = f"{days[0]} to {days[-1]}" if len(days) > 1 else str(days[0]) if days else "no date of service"
    total = notice.total_paid
    paid = f"{money(total)} paid" if total is not None else "amount paid not said"
    when = f"decided {notice.created}" if notice.created else "no date of decision"
    return f"{notice.number}. {span}: {plural(len(notice.lines), 'line')}, {paid}, {when}"


def understood(notice: Notice, claim: Claim | None) -> tuple[str, ...]:
    """The whole notice: its lines beside the claim, its totals, what it says of what was not paid."""
    return tuple(_understood(notice, claim))


def file_doubts(notice: Notice) -> tuple[str, ...]:
    """What speaks against the file itself: its status, and totals that contradict its lines."""
    found = [_STATUS.get(notice.status, ""), _OUTCOME.get(notice.outcome, "")]
    found += [f"The file contradicts itself: {words}." for words in disagreements(notice)]
    if notice.named.nobody:
        found.append("The file does not say whose notice it is. Is it yours?")
    return tuple(filter(None, (*found, *notice.remarks)))


def _understood(notice: Notice, claim: Claim | None) -> Iterator[str]:
    if notice.payer:
        yield f"From: {notice.payer}"
    if notice.claim_number:
        yield f"Claim number: {notice.claim_number}"
    yield _row("", "", dict.fromkeys(_COLUMNS.values()), head=True)
    visits = {(one.date, one.code) for one in claim.lines} if claim else set()
    days = {day for day, _ in visits}
    strange = False
    for line in notice.lines[:_MOST_LINES]:
        other = claim is not None and line.first not in days
        strange = strange or other
        amounts = {kind: line.paid if kind == codes.PAID else line.amounts.get(kind) for kind in _COLUMNS.values()}
        yield _row(str(line.first or ""), f"{line.code or '–'}{'*' if other else ''}", amounts)
        yield from _below(line, notice.notes)
    if len(notice.lines) > _MOST_LINES:
        yield f"… and {plural(len(notice.lines) - _MOST_LINES, 'further line')}."
    yield _row("in all", "", {kind: notice.total(kind) for kind in _COLUMNS.values()})
    if strange:
        yield "* No visit of this claim is on that day."
    for kind in (codes.NOT_COVERED, codes.DISCOUNT, codes.PRIOR):
        amount = notice.total(kind)
        if amount:
            yield f"{kind.capitalize()}: {money(amount)}"
    if notice.payment is not None:
        on = f" on {notice.paid_on}" if notice.paid_on else ""
        yield f"Payment{on}: {money(notice.payment)}"
    for reason in notice.reasons:
        yield f"Reason: {_reason(reason)}"
    spoken = {one for line in notice.lines for one in line.notes}
    for number, words in notice.notes.items():
        if number not in spoken:
            yield f"Note: “{words}”"
    if notice.disposition:
        yield f"The insurer says: “{notice.disposition}”"


def _below(line: Line, notes: Mapping[str, str]) -> Iterator[str]:
    """What belongs to one line and has no column."""
    if not line.code and line.words:
        yield f"    {line.words[:70]}"
    for reason in line.reasons:
        yield f"    {_reason(reason)}"
    for number in line.notes:
        if number in notes:
            yield f"    “{notes[number]}”"


def _reason(reason: Reason) -> str:
    called = {"carc": "reason code ", "rarc": "remark code ", "own": "the plan's code "}[reason.kind]
    amount = f", {money(reason.amount)}" if reason.amount else ""
    words = f": “{reason.words}”" if reason.words else ""
    return f"{called}{reason.code}{amount}{words}" if reason.code else f"“{reason.words}”{amount}"


def _row(day: str, code: str, amounts: Mapping[str, Decimal | None], *, head: bool = False) -> str:
    cells = list(_COLUMNS) if head else [_amount(amounts.get(kind)) for kind in _COLUMNS.values()]
    return f"{day or ('date' if head else ''):<10} {code or ('code' if head else ''):<6}" + "".join(
        f"{cell:>9}" for cell in cells
    )


def _amount(amount: Decimal | None) -> str:
    return "–" if amount is None else f"{amount:.2f}"


def as_data(notice: Notice, notice_date: date | None) -> dict[str, object]:
    """The notice for `--json`: dates and amounts as texts."""
    return {
        "number": notice.number,
        "notice_date": notice_date.isoformat() if notice_date else None,
        "claim_number": notice.claim_number,
        "total_paid": _text(notice.total_paid),
        "totals": {kind: _text(amount) for kind, amount in notice.totals.items()},
        "payment": _text(notice.payment),
        "reasons": [_reason(one) for one in notice.all_reasons()],
        "notes": list(notice.notes.values()),
        "lines": [
            {
                "service_date": line.first.isoformat() if line.first else None,
                "code": line.code,
                "units": line.units,
                "amounts": {kind: _text(amount) for kind, amount in line.amounts.items()},
                "reasons": [_reason(one) for one in line.reasons],
            }
            for line in notice.lines
        ],
    }


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"
