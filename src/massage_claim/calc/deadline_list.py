"""Every last day that lies ahead of a case, nearest first: appeals, claims, the payer's own time, and what runs out.

Each with how it was found, whose rule it is, which record proves its start, and the command that meets it. What `regimes.py`
counts for one record is asked here for the whole case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from massage_claim.calc.clocks import by_rule, words
from massage_claim.calc.decisions import open_denials, to_correct
from massage_claim.calc.due import MONEY, Due, Kind, make_due
from massage_claim.calc.last_days import EXTERNAL, appeal_day, filing_day, next_level, said_by
from massage_claim.calc.law import law_kind
from massage_claim.calc.measures import remeasure_due
from massage_claim.calc.payer_days import list_payer_days, unknown_answers
from massage_claim.calc.regimes import when_unknown
from massage_claim.calc.roles import treating
from massage_claim.calc.rounds import command_for, if_offered, ways_on
from massage_claim.calc.series import measure_series
from massage_claim.calc.visits import count_ordered, order_holds_on, treatment_sessions, unclaimed_sessions
from massage_claim.command_text import spell
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.decision import Decision
from massage_claim.writing.formats import plural

__all__ = ["Due", "list_deadlines", "unknown_appeals", "unknown_days", "unknown_words"]


def list_deadlines(case: Case, facts: Facts, today: date) -> tuple[Due, ...]:
    """All of them by day. A day that has passed stays where something can still be done: a good reason, a question.

    Of a closed case only what has money or rights in it.
    """
    found = [*_appeals(case, facts), *_filing(case, facts), *list_payer_days(case, facts, today)]
    if case.settings.closed is None:
        ending = (*_orders(case, today), *_authorizations(case), *_licences(case, facts))
        found += [one for one in ending if one.day >= today]
        found += _reassessment(case, facts, today)
    else:
        found = [one for one in found if one.kind in MONEY]
    return tuple(sorted(found, key=lambda one: (one.day, not one.legal_matter, one.kind, one.about, one.part)))


def unknown_appeals(case: Case, facts: Facts) -> tuple[tuple[str, str], ...]:
    """The open denials whose last day can't be counted: record id, and what to do."""
    found = []
    for decision in open_denials(case, facts):
        level = next_level(case, decision)
        if level is None or any(one.part == level for one in _against(case, facts, decision)):
            continue
        external, number = level == EXTERNAL, 1 if level == EXTERNAL else int(level)
        found.append((decision.record_id, when_unknown(law_kind(case), facts, level=number, external=external)))
    return tuple(found)


def unknown_words(case: Case, facts: Facts) -> tuple[str, ...]:
    """The same in sentences, each with its record; of a second appeal that only the letter knows of, that it may be none."""
    maybe = {
        one.record_id: words for one in open_denials(case, facts) if (words := if_offered(case, facts, one)) is not None
    }
    return tuple(
        f"{record}: {maybe[record]} Its last day is not known. {what}"
        if record in maybe
        else f"{record}: its last day is not known. {what}"
        for record, what in unknown_days(case, facts)
    )


def unknown_days(case: Case, facts: Facts) -> tuple[tuple[str, str], ...]:
    """Everything that waits for the person and whose last day can't be counted: record id, and what to do."""
    return (*unknown_appeals(case, facts), *unknown_answers(case, facts))


def _appeals(case: Case, facts: Facts) -> Iterator[Due]:
    for decision in open_denials(case, facts):
        yield from _against(case, facts, decision)


def _against(case: Case, facts: Facts, decision: Decision) -> Iterator[Due]:
    """The last days against one refusal: the next appeal, external review, and Medicaid's own."""
    ways = [one.level for one in ways_on(case, facts, decision)]
    level, record = ways[0] if ways else None, decision.record_id
    limit = None if level in (None, EXTERNAL) else appeal_day(case, facts, decision, str(level))
    command = spell("appeal", decision=record)
    if to_correct(decision, facts):
        command = spell("build-packet", corrects=decision.about)
    if limit is not None and level is not None:
        hearing = case.plan.kind == "medicaid" and level != "1"
        mending = to_correct(decision, facts)
        also = (
            "A corrected claim answers this refusal; the appeal stays possible until then."
            if level == "1" and mending
            else ""
        )
        to_do = command if mending and level == "1" else command_for(case, decision, level)
        kind: Kind = "hearing" if hearing else "appeal"
        plan_says = said_by(case.plan.rules.appeal_limit)
        yield make_due(kind, record, limit, to_do, evidence=record, part=level, also=also, plan_says=plan_says)
    if EXTERNAL in ways:
        outside = appeal_day(case, facts, decision, EXTERNAL)
        if outside is not None:
            before = if_offered(case, facts, decision) or ""
            yield make_due(
                "external",
                record,
                outside,
                command_for(case, decision, EXTERNAL),
                evidence=record,
                also=before,
                part=EXTERNAL,
            )
    if case.plan.kind == "medicaid" and level == "1" and _approved_then(case, decision):
        rules = facts.on(decision.notice_date).deadlines.of("keep_benefits", "medicaid")
        if rules:
            kept = by_rule(rules[0], decision.notice_date, decision.received_date)
            yield make_due("keep-benefits", record, kept, command, evidence=record)


def _approved_then(case: Case, decision: Decision) -> bool:
    """Whether approved visits were going on when the notice was written."""
    day = decision.notice_date
    return any((a.from_ is None or a.from_ <= day) and (a.until is None or a.until >= day) for a in case.authorizations)


def _filing(case: Case, facts: Facts) -> Iterator[Due]:
    """The first claim of the oldest visit not claimed yet: the others have more time."""
    visits = unclaimed_sessions(case)
    if not visits:
        return
    oldest = visits[0]
    limit = filing_day(case, facts, oldest.date)
    if limit is not None:
        plan_says, visit = said_by(case.plan.rules.filing_limit), oldest.record_id
        yield make_due("filing", visit, limit, spell("build-packet"), evidence=visit, plan_says=plan_says)


def _orders(case: Case, today: date) -> Iterator[Due]:
    """The order that holds longest; when its visits run out sooner is for the visit ledger to say."""
    holding = [order for order in case.prescriptions if order_holds_on(order, today)]
    if any(order.valid_until is None for order in holding):
        return
    last = max(holding, key=lambda order: (order.valid_until or date.min, order.record_id), default=None)
    if last is None or last.valid_until is None:
        return
    rule = "The order names its last day."
    yield _runs_out("order", last.record_id, last.valid_until, rule, "the order", spell("add-prescription"))


def _authorizations(case: Case) -> Iterator[Due]:
    last = max((a for a in case.authorizations if a.until), key=lambda a: (a.until, a.record_id), default=None)
    if last is not None and last.until is not None:
        rule = "The plan's approval names its last day."
        source = last.source or "the approval"
        yield _runs_out("authorization", last.record_id, last.until, rule, source, spell("status"))


def _licences(case: Case, facts: Facts) -> Iterator[Due]:
    for provider in treating(case):
        checks = [c for c in case.licence_checks if c.provider == provider.record_id and c.result == "active"]
        newest = max(checks, key=lambda check: (check.date, check.record_id), default=None)
        if newest is not None and newest.valid_until is not None:
            rule = "The license runs out, by the last look at the register."
            command = spell("check-licence", provider=provider.stem)
            source = newest.where or "the state's register"
            yield _runs_out("licence", newest.record_id, newest.valid_until, rule, source, command)


def _reassessment(case: Case, facts: Facts, today: date) -> Iterator[Due]:
    """So many days or visits after the last measurement, whichever comes first, while visits go on or wait to be claimed.

    A day that has passed stays when a visit came after it: then the next visit should not begin without measuring.
    """
    readings = [reading for series in measure_series(case.measures, facts) for reading in series.readings]
    visits, rule = [session.date for session in treatment_sessions(case)], facts.remeasure
    next_one = remeasure_due((reading.day for reading in readings), visits, rule)
    if next_one is None or not visits or not (unclaimed_sessions(case) or _more_to_come(case, today)):
        return
    day, last = next_one.day, next_one.last
    if day < today and not any(visit >= day for visit in visits):
        return
    record = max(readings, key=lambda reading: (reading.day, reading.record)).record
    since = plural(next_one.visits, "visit")
    because = f"{rule.days} days or {rule.visits} visits after the last one, {words(last)}; {since} since."
    command = spell("add-measure")
    found = _plain("reassessment", record, day, rule.words, str(rule.source), because, command)
    yield replace(found, assumed=True, start=last, event="the day you last measured", verified=rule.may_be_quoted)


def _more_to_come(case: Case, today: date) -> bool:
    """Whether an order that holds today has visits left."""
    holding = {order.record_id for order in case.prescriptions if order_holds_on(order, today)}
    return any(one.record in holding and one.left != 0 for one in count_ordered(case))


def _runs_out(kind: Kind, about: str, day: date, rule: str, source: str, command: str) -> Due:
    return _plain(kind, about, day, rule, source, f"{rule[:-1]}: {words(day)}.", command)


def _plain(kind: Kind, about: str, day: date, rule: str, source: str, because: str, command: str) -> Due:
    return Due(kind, about, day, day, rule, source, because, False, False, command, None, "", about)
