"""One clock: a rule, or a limit typed from a plan or letter, counted from its start; and the earliest of several.

Gives a `Deadline`. Knows no regime and not today: `regimes.py` chooses the rules.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from massage_claim.calc.calendar_days import after, last_working_day, next_working_day
from massage_claim.facts.deadline_rules import DeadlineRule
from massage_claim.facts.fact import Duration
from massage_claim.frozen import dataclass

EVENTS = {
    "received": "the day you received the notice",
    "presumed": "the day the notice is taken to have arrived",
    "notice_date": "the notice's date",
    "service_date": "the date of service",
    "request_date": "the day it was asked for",
    "bill_date": "the bill's date",
    "schedule_date": "the day it was scheduled",
    "effective_date": "the day it takes effect",
    "printed": "the date printed in the letter",
    "arrived": "the day it reached the payer",
    "taken_to_arrive": "the day it is taken to have reached the payer",
    "sent": "the day you sent it",
    "asked": "the day they asked",
}
PAYER_ACTS = frozenset({"arrived", "taken_to_arrive", "sent"})
"""Starts of the payer's own time: its last day may be a Sunday, and nobody has to hurry for it."""
_NOT_RECORDED = " The day you received it is not recorded; the notice's date is never too late."
_MONTHS = (
    "January February March April May June July August September October November December"  # never the locale's
).split()
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day, and the day to aim at.

    `recommended` is a working day on or before `date`. `start_event` is a key of EVENTS. `basis`: law (set by
    regulation), plan (typed by the person from the plan or letter), custom (what such plans usually do: ask).
    `assumed`: the start, the plan's kind or its own limit is not known and a cautious reading was taken.
    `verified` False: from knowledge, never to be stated to a payer. `received_by`: it must have arrived by then.
    `because` says how the day was found, and what else was considered.
    """

    date: dt.date
    rule: str
    source: str
    start_event: str
    start_date: dt.date
    assumed: bool
    recommended: dt.date
    because: str
    basis: str
    verified: bool
    received_by: bool


def by_rule(
    rule: DeadlineRule, start: date, received: date | None, assumed: bool = False, *, event: str | None = None
) -> Deadline:
    """The deadline of one rule. `start` is the notice's date (or the date of service, request …), `event` what it was.

    A clock from receipt with a presumption runs from the presumed day, or from an earlier recorded receipt; a later
    one needs proof and only enters `because`. Without a presumption it runs from the recorded receipt, or, unknown,
    from the notice's date: never too late. Raises ValueError when the rule has no limit.
    """
    if rule.limit is None:
        raise ValueError(f"{rule.name} has no limit to count")
    counted_from, event, remark = start, event or rule.starts, ""
    if rule.starts == "received" and rule.presumed is not None:
        counted_from, event = after(start, rule.presumed), "presumed"
        if received is not None and received <= counted_from:
            counted_from, event = received, "received"
        elif received is not None:
            later = after(received, rule.limit, rule.no_such_day)
            remark = f" With proof that it came on {words(received)}, the time would end on {words(later)}."
    elif rule.starts == "received" and received is None:
        event, assumed = "notice_date", True
        remark = _NOT_RECORDED
    elif rule.starts == "received" and received is not None:
        counted_from = received
    counted = after(counted_from, rule.limit, rule.no_such_day)
    if rule.end_of_year:
        counted = date(counted.year, 12, 31)
    last = next_working_day(counted) if rule.rolls else counted
    advised = after(start, rule.advise) if rule.advise else counted
    recommended = last if event in PAYER_ACTS else last_working_day(min(advised, counted))
    return Deadline(
        date=last,
        rule=rule.words,
        source=str(rule.source),
        start_event=event,
        start_date=counted_from,
        assumed=assumed,
        recommended=recommended,
        because=_how(rule.limit, event, counted_from, counted, last, recommended) + remark,
        basis="law" if rule.legal else "custom",
        verified=rule.may_be_quoted,
        received_by=rule.filed_when == "received",
    )


def from_notice(deadline: Deadline) -> Deadline:
    """A count from the notice's date beside one from the recorded receipt: some payers count so, and it is never too late."""
    why = " Some payers count from the notice's date; that is never too late."
    return replace(deadline, because=deadline.because.replace(_NOT_RECORDED, why))


def by_plan(limit: Duration, event: str, start: date, assumed: bool = False) -> Deadline:
    """A limit that the plan or its letter gave, counted from `start`."""
    last = after(start, limit)
    recommended = last if event in PAYER_ACTS else last_working_day(last)
    rule = f"Your plan says that it takes {limit}." if event in PAYER_ACTS else f"Your plan allows {limit}."
    return Deadline(
        date=last,
        rule=rule,
        source="your plan",
        start_event=event,
        start_date=start,
        assumed=assumed,
        recommended=recommended,
        because=f"Your plan's own limit: {_how(limit, event, start, last, last, recommended)}",
        basis="plan",
        verified=True,
        received_by=False,
    )


def by_letter(last: date, rule: str = "The letter names the last day.", source: str = "the letter") -> Deadline:
    """The date that the letter, or whoever asked, names."""
    return Deadline(
        date=last,
        rule=rule,
        source=source,
        start_event="printed",
        start_date=last,
        assumed=False,
        recommended=last_working_day(last),
        because=f"{source[:1].upper()}{source[1:]} itself names {words(last)}.",
        basis="plan",
        verified=True,
        received_by=False,
    )


def move_to(deadline: Deadline, last: date, why: str) -> Deadline:
    """The same deadline on an earlier last day."""
    if last >= deadline.date:
        return deadline
    recommended = last_working_day(min(last, deadline.recommended))
    return replace(deadline, date=last, recommended=recommended, because=f"{deadline.because} {why}")


def find_earliest(found: Sequence[Deadline]) -> Deadline | None:
    """The first last day; among equals law before plan before custom, known before assumed. None of none.

    The day to aim at is the earliest that any of them recommends, and `because` names each other day considered.
    """
    if not found:
        return None
    rank = ("law", "plan", "custom")
    ordered = sorted(found, key=lambda one: (one.date, one.assumed, rank.index(one.basis)))
    first = ordered[0]
    others = {f"{words(one.date)} ({one.source})": None for one in ordered[1:] if one.date != first.date}
    because = first.because + (f" Also counted: {'; '.join(others)}. The earliest is used." if others else "")
    return replace(first, recommended=min(one.recommended for one in found), because=because)


def words(day: date) -> str:
    """A date in words, the same on every machine."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def _how(limit: Duration, event: str, start: date, counted: date, last: date, recommended: date) -> str:
    text = f"{limit} from {EVENTS[event]}, {words(start)}: {words(last)}."
    if last != counted:
        text += f" {words(counted)} is no working day, so the time ends on {_WEEKDAYS[last.weekday()]}."
    elif recommended != last and last != last_working_day(last):
        text += f" That is no working day and the time is not extended: act by {words(recommended)}."
    return text
