"""A notice of a FHIR file as the record of a decision. Takes a notice, gives a tree of texts and what had to be settled on
the way: lines that take each other back, lines without a day. Decides no more than the file says; touches nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from massage_claim.calc.notice_moves import SHARES, WRITE_OFF
from massage_claim.errors import NotReady, Problem
from massage_claim.exchange import eob_codes as codes
from massage_claim.exchange.eob_shapes import ZERO, Line, Notice, Reason
from massage_claim.writing.formats import plural
from massage_claim.yamltext import Node

_FIELDS = {
    "billed": codes.BILLED,
    "allowed": codes.ALLOWED,
    "deductible": codes.DEDUCTIBLE,
    "coinsurance": codes.COINSURANCE,
    "copay": codes.COPAY,
    "patient_owes": codes.OWES,
}
_BY_HAND = "Write it down from the paper notice with massage-claim record-decision."


def settled(notice: Notice) -> tuple[Notice, tuple[str, ...]]:
    """The notice with its lines as they stand in the end, and what was done to them.

    Lines of one day and code of which one takes another back become one. Raises NotReady for a notice that is none
    about a claim, that is in another currency, or that takes money back.
    """
    _refuse(notice)
    groups: dict[tuple[object, ...], list[Line]] = {}
    for line in notice.lines:
        groups.setdefault((line.first, line.code, line.words, line.modifiers), []).append(line)
    lines: list[Line] = []
    says: list[str] = []
    for group in groups.values():
        taken_back = any(amount < 0 for line in group for amount in line.amounts.values())
        nothing = [line for line in group if not any(line.amounts.values()) and not line.reasons]
        if taken_back:
            lines.append(_one(group))
            if len(group) > 1:
                says.append(f"{_of(group[0])}: {len(group)} lines, of which one takes another back, are one here.")
        elif nothing and len(group) > 1:
            lines += [line for line in group if line not in nothing] or group[:1]
            says.append(f"{_of(group[0])}: a further line without any amount is left out.")
        else:
            lines += group
    if any(amount < 0 for line in lines for amount in line.amounts.values()) or (notice.total_paid or ZERO) < 0:
        says_back = "The notice takes money back that the plan had paid, which this command can't write down."
        raise NotReady(Problem(says_back, f"Read what it asks of you first. {_BY_HAND}"))
    dayless = [line for line in lines if line.first is None]
    if dayless:
        says.append(f"{plural(len(dayless), 'line')} without a date of service can't be kept as a line.")
    longer = [line for line in lines if line.first != line.last]
    says += [f"{_of(line)}: the line covers days up to {line.last}; its first day is kept." for line in longer]
    kept = tuple(line for line in lines if line.first is not None)
    return replace(notice, lines=kept, totals=_with_paid(notice)), tuple(says)


def decision_tree(notice: Notice, notice_date: date | None) -> dict[str, Node]:
    """The fields of a Decision that the notice gives, as texts; what it does not say is not there."""
    tree: dict[str, Node] = {}
    if notice_date is not None:
        tree["notice_date"] = notice_date.isoformat()
    if notice.total_paid is not None:
        tree["total_paid"] = _money(notice.total_paid)
    if outcome := _outcome(notice):
        tree["outcome"] = outcome
    if words := _reason_words(notice):
        tree["reason_as_written"] = words
    if notice.claim_number:
        tree["claim_number"] = notice.claim_number
    tree["adjustments"] = _adjustments(notice.reasons)
    own = {one.code: one.words for one in notice.all_reasons() if one.kind == "own" and one.code}
    tree["payer_codes"] = [{"code": code, **({"text": words} if words else {})} for code, words in own.items()]
    tree["lines"] = [_line(line) for line in notice.lines]
    return tree


def refused_amount(notice: Notice) -> Decimal:
    """Dollars that the plan calls not covered."""
    return notice.total(codes.NOT_COVERED) or ZERO


def _refuse(notice: Notice) -> None:
    if notice.use in ("preauthorization", "predetermination"):
        says = "This is an answer to a question before care, not a notice about a claim."
        raise NotReady(Problem(says, "Write it down with massage-claim verify-coverage."))
    if notice.foreign:
        says = "The notice has amounts in another currency than US dollars."
        raise NotReady(Problem(says, f"{_BY_HAND} Use the dollars that the plan paid."))


def _one(group: Sequence[Line]) -> Line:
    """Lines of one service as one: each amount summed up."""
    amounts: dict[str, Decimal] = {}
    for line in group:
        for kind, value in line.amounts.items():
            amounts[kind] = amounts.get(kind, ZERO) + value
    reasons = dict.fromkeys(one for line in group for one in line.reasons)
    notes = dict.fromkeys(one for line in group for one in line.notes)
    return replace(group[-1], amounts=amounts, reasons=tuple(reasons), notes=tuple(notes))


def _with_paid(notice: Notice) -> Mapping[str, Decimal]:
    """The totals with what was paid by every line, also by one that is not kept."""
    paid = notice.total(codes.PAID)
    return notice.totals if paid is None else {**notice.totals, codes.PAID: paid}


def _outcome(notice: Notice) -> str | None:
    """Only where the file says that something was refused; otherwise the codes and the amounts speak."""
    paid = notice.total_paid
    if refused_amount(notice) > 0 and paid is not None:
        return "partly-paid" if paid else "denied"
    return "denied" if notice.payment_status == "denied" and not paid else None


def _reason_words(notice: Notice) -> str:
    """What the file says about what was not paid, word for word; empty when nothing was refused."""
    shares = SHARES | {WRITE_OFF}
    reasons = [one for one in notice.all_reasons() if one.kind != "carc" or _bare(one.code) not in shares]
    if not reasons and _outcome(notice) is None and notice.total_paid != ZERO:
        return ""
    spoken = [notice.notes[one] for line in notice.lines for one in line.notes if one in notice.notes]
    words = [notice.disposition, *(one.words for one in reasons), *(spoken or notice.notes.values())]
    return "\n".join(dict.fromkeys(filter(None, words)))


def _line(line: Line) -> Node:
    tree: dict[str, Node] = {"service_date": line.first.isoformat() if line.first else None}
    tree |= {"code": line.code} if line.code else {}
    tree |= {"units": str(line.units)} if line.units else {}
    tree |= {field: _money(line.amounts[kind]) for field, kind in _FIELDS.items() if kind in line.amounts}
    tree |= {"paid": _money(line.paid)} if line.paid is not None else {}
    adjustments = _adjustments(line.reasons)
    return {**tree, **({"adjustments": adjustments} if adjustments else {})}


def _adjustments(reasons: Sequence[Reason]) -> list[Node]:
    """X12's reason codes, each with its amount; the remark codes stand with the first of them."""
    remarks: list[Node] = [one.code for one in reasons if one.kind == "rarc"]
    found: list[dict[str, Node]] = [dict(_adjustment(one)) for one in reasons if one.kind == "carc"]
    if remarks:
        found = found or [{}]
        found[0]["rarcs"] = remarks
    return list(found)


def _adjustment(reason: Reason) -> Iterator[tuple[str, Node]]:
    yield "carc", reason.code
    if reason.amount is not None and reason.amount >= 0:
        yield "amount", _money(reason.amount)


def _bare(code: str) -> str:
    """The number of a code, without the group before it."""
    return code.lstrip("COPRAI -")


def _of(line: Line) -> str:
    return " ".join(filter(None, (line.first.isoformat() if line.first else "no date", line.code)))


def _money(amount: Decimal) -> str:
    return f"{amount:.2f}"
