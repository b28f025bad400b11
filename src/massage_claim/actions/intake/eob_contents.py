"""What a notice of a FHIR file says: as the fields of a decision, and in lines of at most 80 signs for a person to confirm.

Lines that take each other back, and lines without a day, are settled on the way. Texts of the payer stand as they are in
the file, in quotes; nothing is added to what it says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from massage_claim.calc.notice_moves import SHARES, WRITE_OFF
from massage_claim.command_text import spell
from massage_claim.errors import NotReady, Problem
from massage_claim.exchange import eob_codes as codes
from massage_claim.exchange.notice import ZERO, Line, Notice, Reason, disagreements
from massage_claim.models.claim import Claim
from massage_claim.writing.formats import money, plural
from massage_claim.yamltext import Node

_FIELDS = {
    "billed": codes.BILLED,
    "allowed": codes.ALLOWED,
    "deductible": codes.DEDUCTIBLE,
    "coinsurance": codes.COINSURANCE,
    "copay": codes.COPAY,
    "patient_owes": codes.OWES,
}
_BY_HAND = f"Write it down from the paper notice with {spell('record-decision')}."

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


def settle(notice: Notice) -> tuple[Notice, tuple[str, ...]]:
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
            lines.append(_merge(group))
            if len(group) > 1:
                says.append(
                    f"{_name_line(group[0])}: {len(group)} lines, of which one takes another back, are one here."
                )
        elif nothing and len(group) > 1:
            lines += [line for line in group if line not in nothing] or group[:1]
            says.append(f"{_name_line(group[0])}: a further line without any amount is left out.")
        else:
            lines += group
    if any(amount < 0 for line in lines for amount in line.amounts.values()) or (notice.total_paid or ZERO) < 0:
        says_back = "The notice takes money back that the plan had paid, which this command can't write down."
        raise NotReady(Problem(says_back, f"Read what it asks of you first. {_BY_HAND}"))
    dayless = [line for line in lines if line.first is None]
    if dayless:
        says.append(f"{plural(len(dayless), 'line')} without a date of service can't be kept as a line.")
    longer = [line for line in lines if line.first != line.last]
    says += [f"{_name_line(line)}: the line covers days up to {line.last}; its first day is kept." for line in longer]
    kept = tuple(line for line in lines if line.first is not None)
    return replace(notice, lines=kept, totals=_add_paid(notice)), tuple(says)


def make_decision(notice: Notice, notice_date: date | None) -> dict[str, Node]:
    """The fields of a Decision that the notice gives, as texts; what it does not say is not there."""
    tree: dict[str, Node] = {}
    if notice_date is not None:
        tree["notice_date"] = notice_date.isoformat()
    if notice.total_paid is not None:
        tree["total_paid"] = _write_dollars(notice.total_paid)
    if outcome := _judge_outcome(notice):
        tree["outcome"] = outcome
    if words := _collect_reasons(notice):
        tree["reason_as_written"] = words
    if notice.claim_number:
        tree["claim_number"] = notice.claim_number
    tree["adjustments"] = _make_adjustments(notice.reasons)
    own = {one.code: one.words for one in notice.all_reasons() if one.kind == "own" and one.code}
    tree["payer_codes"] = [{"code": code, **({"text": words} if words else {})} for code, words in own.items()]
    tree["lines"] = [_make_line(line) for line in notice.lines]
    return tree


def sum_refused(notice: Notice) -> Decimal:
    """Dollars that the plan calls not covered."""
    return notice.total(codes.NOT_COVERED) or ZERO


def _refuse(notice: Notice) -> None:
    if notice.use in ("preauthorization", "predetermination"):
        says = "This is an answer to a question before care, not a notice about a claim."
        raise NotReady(Problem(says, f"Write it down with {spell('verify-coverage')}."))
    if notice.foreign:
        says = "The notice has amounts in another currency than US dollars."
        raise NotReady(Problem(says, f"{_BY_HAND} Use the dollars that the plan paid."))


def _merge(group: Sequence[Line]) -> Line:
    """Lines of one service as one: each amount summed up."""
    amounts: dict[str, Decimal] = {}
    for line in group:
        for kind, value in line.amounts.items():
            amounts[kind] = amounts.get(kind, ZERO) + value
    reasons = dict.fromkeys(one for line in group for one in line.reasons)
    notes = dict.fromkeys(one for line in group for one in line.notes)
    return replace(group[-1], amounts=amounts, reasons=tuple(reasons), notes=tuple(notes))


def _add_paid(notice: Notice) -> Mapping[str, Decimal]:
    """The totals with what was paid by every line, also by one that is not kept."""
    paid = notice.total(codes.PAID)
    return notice.totals if paid is None else {**notice.totals, codes.PAID: paid}


def _judge_outcome(notice: Notice) -> str | None:
    """Only where the file says that something was refused; otherwise the codes and the amounts speak."""
    paid = notice.total_paid
    if sum_refused(notice) > 0 and paid is not None:
        return "partly-paid" if paid else "denied"
    return "denied" if notice.payment_status == "denied" and not paid else None


def _collect_reasons(notice: Notice) -> str:
    """What the file says about what was not paid, word for word; empty when nothing was refused."""
    shares = SHARES | {WRITE_OFF}
    reasons = [one for one in notice.all_reasons() if one.kind != "carc" or _strip_group(one.code) not in shares]
    if not reasons and _judge_outcome(notice) is None and notice.total_paid != ZERO:
        return ""
    spoken = [notice.notes[one] for line in notice.lines for one in line.notes if one in notice.notes]
    words = [notice.disposition, *(one.words for one in reasons), *(spoken or notice.notes.values())]
    return "\n".join(dict.fromkeys(filter(None, words)))


def _make_line(line: Line) -> Node:
    tree: dict[str, Node] = {"service_date": line.first.isoformat() if line.first else None}
    tree |= {"code": line.code} if line.code else {}
    tree |= {"units": str(line.units)} if line.units else {}
    tree |= {field: _write_dollars(line.amounts[kind]) for field, kind in _FIELDS.items() if kind in line.amounts}
    tree |= {"paid": _write_dollars(line.paid)} if line.paid is not None else {}
    adjustments = _make_adjustments(line.reasons)
    return {**tree, **({"adjustments": adjustments} if adjustments else {})}


def _make_adjustments(reasons: Sequence[Reason]) -> list[Node]:
    """X12's reason codes, each with its amount; the remark codes stand with the first of them."""
    remarks: list[Node] = [one.code for one in reasons if one.kind == "rarc"]
    found: list[dict[str, Node]] = [dict(_make_adjustment(one)) for one in reasons if one.kind == "carc"]
    if remarks:
        found = found or [{}]
        found[0]["rarcs"] = remarks
    return list(found)


def _make_adjustment(reason: Reason) -> Iterator[tuple[str, Node]]:
    yield "carc", reason.code
    if reason.amount is not None and reason.amount >= 0:
        yield "amount", _write_dollars(reason.amount)


def _strip_group(code: str) -> str:
    """The number of a code, without the group before it."""
    return code.lstrip("COPRAI -")


def _name_line(line: Line) -> str:
    return " ".join(filter(None, (line.first.isoformat() if line.first else "no date", line.code)))


def _write_dollars(amount: Decimal) -> str:
    return f"{amount:.2f}"


def describe_briefly(notice: Notice) -> str:
    """One notice in a list of several."""
    days = notice.days
    span = f"{days[0]} to {days[-1]}" if len(days) > 1 else str(days[0]) if days else "no date of service"
    total = notice.total_paid
    paid = f"{money(total)} paid" if total is not None else "amount paid not said"
    when = f"decided {notice.created}" if notice.created else "no date of decision"
    return f"{notice.number}. {span}: {plural(len(notice.lines), 'line')}, {paid}, {when}"


def describe(notice: Notice, claim: Claim | None) -> tuple[str, ...]:
    """The whole notice: its lines beside the claim, its totals, what it says of what was not paid."""
    return tuple(_write_lines(notice, claim))


def find_file_doubts(notice: Notice) -> tuple[str, ...]:
    """What speaks against the file itself: its status, and totals that contradict its lines."""
    found = [_STATUS.get(notice.status, ""), _OUTCOME.get(notice.outcome, "")]
    found += [f"The file contradicts itself: {words}." for words in disagreements(notice)]
    if notice.named.nobody:
        found.append("The file does not say whose notice it is. Is it yours?")
    return tuple(filter(None, (*found, *notice.remarks)))


def _write_lines(notice: Notice, claim: Claim | None) -> Iterator[str]:
    if notice.payer:
        yield f"From: {notice.payer}"
    if notice.claim_number:
        yield f"Claim number: {notice.claim_number}"
    yield _write_row("", "", dict.fromkeys(_COLUMNS.values()), head=True)
    visits = {(one.date, one.code) for one in claim.lines} if claim else set()
    days = {day for day, _ in visits}
    strange = False
    for line in notice.lines[:_MOST_LINES]:
        other = claim is not None and line.first not in days
        strange = strange or other
        amounts = {kind: line.paid if kind == codes.PAID else line.amounts.get(kind) for kind in _COLUMNS.values()}
        yield _write_row(str(line.first or ""), f"{line.code or '–'}{'*' if other else ''}", amounts)
        yield from _write_below(line, notice.notes)
    if len(notice.lines) > _MOST_LINES:
        yield f"… and {plural(len(notice.lines) - _MOST_LINES, 'further line')}."
    yield _write_row("in all", "", {kind: notice.total(kind) for kind in _COLUMNS.values()})
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
        yield f"Reason: {_write_reason(reason)}"
    spoken = {one for line in notice.lines for one in line.notes}
    for number, words in notice.notes.items():
        if number not in spoken:
            yield f"Note: “{words}”"
    if notice.disposition:
        yield f"The insurer says: “{notice.disposition}”"


def _write_below(line: Line, notes: Mapping[str, str]) -> Iterator[str]:
    """What belongs to one line and has no column."""
    if not line.code and line.words:
        yield f"    {line.words[:70]}"
    for reason in line.reasons:
        yield f"    {_write_reason(reason)}"
    for number in line.notes:
        if number in notes:
            yield f"    “{notes[number]}”"


def _write_reason(reason: Reason) -> str:
    called = {"carc": "reason code ", "rarc": "remark code ", "own": "the plan's code "}[reason.kind]
    amount = f", {money(reason.amount)}" if reason.amount else ""
    words = f": “{reason.words}”" if reason.words else ""
    return f"{called}{reason.code}{amount}{words}" if reason.code else f"“{reason.words}”{amount}"


def _write_row(day: str, code: str, amounts: Mapping[str, Decimal | None], *, head: bool = False) -> str:
    cells = list(_COLUMNS) if head else [_write_cell(amounts.get(kind)) for kind in _COLUMNS.values()]
    return f"{day or ('date' if head else ''):<10} {code or ('code' if head else ''):<6}" + "".join(
        f"{cell:>9}" for cell in cells
    )


def _write_cell(amount: Decimal | None) -> str:
    return "–" if amount is None else f"{amount:.2f}"


def make_data(notice: Notice, notice_date: date | None) -> dict[str, object]:
    """The notice for `--json`: dates and amounts as texts."""
    return {
        "number": notice.number,
        "notice_date": notice_date.isoformat() if notice_date else None,
        "claim_number": notice.claim_number,
        "total_paid": _write_if_known(notice.total_paid),
        "totals": {kind: _write_if_known(amount) for kind, amount in notice.totals.items()},
        "payment": _write_if_known(notice.payment),
        "reasons": [_write_reason(one) for one in notice.all_reasons()],
        "notes": list(notice.notes.values()),
        "lines": [
            {
                "service_date": line.first.isoformat() if line.first else None,
                "code": line.code,
                "units": line.units,
                "amounts": {kind: _write_if_known(amount) for kind, amount in line.amounts.items()},
                "reasons": [_write_reason(one) for one in line.reasons],
            }
            for line in notice.lines
        ],
    }


def _write_if_known(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"
