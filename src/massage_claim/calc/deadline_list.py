"""Every last day that lies ahead of a case, nearest first: appeals, first claims, and what runs out.

Takes a case, facts and today; gives days with how each was found, whose rule it is, and the command that meets it.
What `deadlines.py` counts for one record is asked here for the whole case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from massage_claim.calc.clocks import words
from massage_claim.calc.deadlines import Deadline, when_unknown
from massage_claim.calc.decided import open_denials
from massage_claim.calc.last_days import appeal_day, filing_day, next_level
from massage_claim.calc.progress import measure_series
from massage_claim.calc.route import treating
from massage_claim.calc.visits import order_holds_on, treatment_sessions, unclaimed_sessions
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.decision import Decision
from massage_claim.writing.formats import plural

Kind = Literal["appeal", "filing", "order", "authorization", "licence", "reassessment"]
_TITLES: dict[str, str] = {
    "appeal": "Appeal",
    "filing": "Claim",
    "order": "Order ends",
    "authorization": "Authorization ends",
    "licence": "License ends",
    "reassessment": "Measure again",
}


@dataclass(frozen=True, slots=True)
class Due:
    """One last day. `about`: the record it hangs on. `recommended`: the day to aim at. `because`: how it was found.

    `legal`: set by regulation. `assumed`: a cautious reading, ask. `command`: what to do about it.
    """

    kind: Kind
    about: str
    day: date
    recommended: date
    rule: str
    source: str
    because: str
    legal: bool
    assumed: bool
    command: str

    @property
    def what(self) -> str:
        """The day's name for people."""
        return _TITLES[self.kind]

    @property
    def legal_matter(self) -> bool:
        """True where money or a right is lost after that day; the others only need something renewed."""
        return self.kind in ("appeal", "filing")


def deadline_list(case: Case, facts: Facts, today: date) -> tuple[Due, ...]:
    """All of them by day. Days that have passed stay only for appeals and first claims: there a good reason may help.

    Of a closed case only what has money or rights in it.
    """
    found = [*_appeals(case, facts), *_filing(case, facts)]
    if case.settings.closed is None:
        ending = (*_orders(case, today), *_authorizations(case), *_licences(case, facts), *_reassessment(case, facts))
        found += [due for due in ending if due.day >= today]
    return tuple(sorted(found, key=lambda due: (due.day, not due.legal_matter, due.about)))


def unknown_appeals(case: Case, facts: Facts) -> tuple[tuple[str, str], ...]:
    """The open denials whose last day can't be counted: record id, and what to do."""
    return tuple(
        (decision.record_id, when_unknown(case.plan.kind, facts, level=int(next_level(case, decision) or 2)))
        for decision in open_denials(case, facts)
        if _appeal_day(case, facts, decision) is None
    )


def _appeals(case: Case, facts: Facts) -> Iterator[Due]:
    for decision in open_denials(case, facts):
        limit = _appeal_day(case, facts, decision)
        if limit is not None:
            level = next_level(case, decision) or "1"
            more = f" --level {level}" if level != "1" else ""
            yield _due(
                "appeal", decision.record_id, limit, f"massage-claim appeal --decision {decision.record_id}{more}"
            )


def _appeal_day(case: Case, facts: Facts, decision: Decision) -> Deadline | None:
    level = next_level(case, decision)
    return None if level is None else appeal_day(case, facts, decision, level)


def _filing(case: Case, facts: Facts) -> Iterator[Due]:
    """The first claim of the oldest visit not claimed yet: the others have more time."""
    visits = unclaimed_sessions(case)
    if not visits:
        return
    oldest = visits[0]
    limit = filing_day(case, facts, oldest.date)
    if limit is not None:
        yield _due("filing", oldest.record_id, limit, "massage-claim build-packet")


def _due(kind: Kind, about: str, limit: Deadline, command: str) -> Due:
    return Due(
        kind,
        about,
        limit.date,
        limit.recommended,
        limit.rule,
        limit.source,
        limit.because,
        limit.basis == "law",
        limit.assumed,
        command,
    )


def _orders(case: Case, today: date) -> Iterator[Due]:
    """The order that holds longest; when its visits run out sooner is for the visit ledger to say."""
    holding = [order for order in case.prescriptions if order_holds_on(order, today)]
    if any(order.valid_until is None for order in holding):
        return
    last = max(holding, key=lambda order: (order.valid_until or date.min, order.record_id), default=None)
    if last is None or last.valid_until is None:
        return
    rule = "The order names its last day."
    yield _runs_out("order", last.record_id, last.valid_until, rule, "the order", "massage-claim add-prescription")


def _authorizations(case: Case) -> Iterator[Due]:
    last = max((a for a in case.authorizations if a.until), key=lambda a: (a.until, a.record_id), default=None)
    if last is not None and last.until is not None:
        rule = "The plan's approval names its last day."
        source = last.source or "the approval"
        yield _runs_out("authorization", last.record_id, last.until, rule, source, "massage-claim status")


def _licences(case: Case, facts: Facts) -> Iterator[Due]:
    for provider in treating(case):
        checks = [c for c in case.licence_checks if c.provider == provider.record_id and c.result == "active"]
        newest = max(checks, key=lambda check: (check.date, check.record_id), default=None)
        if newest is not None and newest.valid_until is not None:
            rule = "The license runs out, by the last look at the register."
            command = f"massage-claim check-licence --provider {provider.stem}"
            source = newest.where or "the state's register"
            yield _runs_out("licence", newest.record_id, newest.valid_until, rule, source, command)


def _reassessment(case: Case, facts: Facts) -> Iterator[Due]:
    """So many days after the last measurement, while visits go on unclaimed."""
    readings = [reading for series in measure_series(case.measures, facts) for reading in series.readings]
    visits = treatment_sessions(case)
    if not readings or not visits or not unclaimed_sessions(case):
        return
    rule, last = facts.remeasure, max(readings, key=lambda reading: (reading.day, reading.record))
    day = last.day + timedelta(days=rule.days)
    since = sum(1 for session in visits if session.date > last.day)
    because = f"{rule.days} days or {rule.visits} visits after the last one, {words(last.day)}; {plural(since, 'visit')} since."
    yield Due(
        "reassessment",
        last.record,
        day,
        day,
        rule.words,
        str(rule.source),
        because,
        False,
        True,
        "massage-claim status",
    )


def _runs_out(kind: Kind, about: str, day: date, rule: str, source: str, command: str) -> Due:
    return Due(kind, about, day, day, rule, source, f"{rule[:-1]}: {words(day)}.", False, False, command)
