"""What triage found, in sentences for the screen: which lines, what to do, why, and until when.

Lines with the same verdict stand together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from massage_claim.calc.triage import LineVerdict
from massage_claim.command_text import spell
from massage_claim.facts.library import Facts
from massage_claim.models.decision import Decision
from massage_claim.writing.formats import listed, money, plural

_SHOWN = 4
PATHS = {
    "as-expected": "paid as expected",
    "share": "your own share, not a denial",
    "correct": "send a corrected claim",
    "send": "send what is missing",
    "route": "another insurance is to pay first",
    "ask": "ask the plan first",
    "wait": "wait, it is not decided",
    "appeal": "appeal",
    "dead-end": "nothing more to be had from this plan",
}
APPEAL = spell("appeal")
_FIRST = ("correct", "appeal", "send", "route", "ask", "wait", "dead-end", "share", "as-expected")
_MEND = frozenset({"correct", "send", "route", "ask"})


def verdict_lines(decision: Decision, verdicts: Sequence[LineVerdict]) -> tuple[str, ...]:
    """One sentence or two for each group of lines, what to do something about first."""
    groups: dict[tuple[object, ...], list[LineVerdict]] = {}
    for one in verdicts:
        groups.setdefault((one.path, one.because, one.resend, one.send_by), []).append(one)
    in_order = sorted(groups.values(), key=lambda group: _FIRST.index(group[0].path))
    return tuple(_tell_group(decision, group, alone=len(in_order) == 1) for group in in_order)


def verdict_data(verdicts: Sequence[LineVerdict]) -> list[dict[str, object]]:
    """The verdicts for `--json`."""
    return [
        {
            "line": one.line,
            "service_date": one.service_date.isoformat() if one.service_date else None,
            "code": one.code,
            "path": one.path,
            "because": list(one.because),
            "codes": list(one.codes),
            "family": one.family,
            "resend": one.resend,
            "send_by": one.send_by.date.isoformat() if one.send_by else None,
            "late": one.late,
            "ask_on": one.ask_on.isoformat() if one.ask_on else None,
        }
        for one in verdicts
    ]


def next_move(decision: Decision, claim: str | None, verdicts: Sequence[LineVerdict], *, denied: bool) -> str:
    """The one next command. `claim`: the record of the claim that was decided."""
    first = min(verdicts, key=lambda one: _FIRST.index(one.path))
    about = claim or decision.about
    match first.path:
        case "correct" if claim:
            return spell("build-packet", corrects=claim)
        case "appeal":
            return APPEAL
        case "ask" if denied and first.send_by:
            return APPEAL
        case "send":
            return spell("log-contact", about=about)
        case "route" | "ask":
            return spell("log-contact", script=True, about=about)
        case "wait":
            return spell("deadlines")
        case "dead-end":
            return spell("paper", "what-is-left")
    return spell("status")


def meanings_listed(facts: Facts) -> tuple[tuple[str, str], ...]:
    """What a reason may come down to, as (name, plain words): what no letter argues about first."""
    others = [(one.name, one.words) for one in facts.other_meanings.values()]
    return (*others, *((one.name, one.words) for one in facts.denial_families.values()))


def _tell_group(decision: Decision, group: Sequence[LineVerdict], *, alone: bool) -> str:
    first = group[0]
    parts = [f"{_tell_which(group, alone=alone)}: {_tell_what(first)}.", *_tell_because(decision, group)]
    parts += _tell_until(first)
    return " ".join(parts)


def _tell_which(group: Sequence[LineVerdict], *, alone: bool) -> str:
    if group[0].line is None:
        return "The decision"
    if alone and len(group) > 1:
        return f"All {plural(len(group), 'line')}"
    names = [f"{one.service_date}{f' {one.code}' if one.code else ''}" for one in group]
    if len(names) <= _SHOWN:
        return listed(names)
    return f"{', '.join(names[: _SHOWN - 1])} and {plural(len(names) - _SHOWN + 1, 'other line')}"


def _tell_what(one: LineVerdict) -> str:
    if one.path == "correct" and one.resend == "new":
        return "send a new claim, not a replacement"
    if one.path == "appeal" and one.send_by:
        day = one.send_by.date.isoformat()
        return (
            f"appeal; the last day, {day}, has passed: ask for good cause" if one.late else f"appeal, send it by {day}"
        )
    if one.path == "wait" and one.ask_on:
        return f"{PATHS['wait']}; ask again on {one.ask_on.isoformat()}"
    return PATHS[one.path]


def _tell_because(decision: Decision, group: Sequence[LineVerdict]) -> Iterator[str]:
    first = group[0]
    if first.path in ("as-expected", "share"):
        owed = [decision.lines[one.line].patient_owes for one in group if one.line is not None]
        if owed and None not in owed:
            yield f"Yours by the notice: {money(sum((amount for amount in owed if amount is not None), Decimal('0.00')))}."
        return
    yield from (words if words.endswith((".", "?")) else f"{words}." for words in first.because)
    if first.codes:
        yield f"Codes: {', '.join(first.codes)}."
    if first.look:
        yield "Read the plan's own page on it first."


def _tell_until(one: LineVerdict) -> Iterator[str]:
    if one.path in _MEND and one.send_by and not one.late:
        yield f"That stops no clock: the last day to appeal stays {one.send_by.date.isoformat()}."
    if one.send_by and (one.send_by.assumed or not one.send_by.verified):
        yield "Check that day with your plan."
