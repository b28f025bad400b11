"""The days after something was sent: when the payer must have decided, when to ask, and until when to answer its requests.

The payer's time runs from the day it had the papers: the one it named itself counts before our own count.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from massage_claim.calc.clocks import Deadline, by_plan, by_rule, find_earliest, words
from massage_claim.calc.decisions import decisions_about, open_denials
from massage_claim.calc.due import Due, make_due
from massage_claim.calc.last_days import own_time
from massage_claim.calc.law import law_kind
from massage_claim.calc.paper_requests import answer_day, find_subject, list_open_requests
from massage_claim.calc.rounds import overdue_allows
from massage_claim.calc.sendings import Sending, find_arrival, list_waiting, names_of
from massage_claim.command_text import spell
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.contact import Contact

ASK = ("ask-first", "ask-again", "ask-in-writing")
"""The program's own choices in facts/attention.yaml: so many days after sending."""
_LATE_INFORMATION = "N366"


def list_payer_days(case: Case, facts: Facts, today: date) -> Iterator[Due]:
    """For each claim and appeal that waits: the payer's own last day and the days to ask; then requests and agreed days."""
    agreed = {contact.record_id: contact for contact in _agreed(case)}
    for one in list_waiting(case):
        limit = find_decision_day(case, facts, one)
        late = limit is not None and limit.date < today
        if limit is not None:
            at = find_arrival(one, facts)
            also = _overdue(case, facts, one) if late else _longer(case, facts, one)
            answer = spell("record-decision", about=one.record_id)
            shown = spell("paper", "follow-up-letter", for_=one.record_id) if late else answer
            own = own_time(case, at.day)
            says = own[1] if own else None
            yield make_due("decision", one.record_id, limit, shown, evidence=at.evidence, also=also, plan_says=says)
        promised = one.last_contact if one.last_contact and one.last_contact.record_id in agreed else None
        yield from _asking(facts, one, today, late, promised)
    for contact in agreed.values():
        yield _own_day(contact)
    yield from _requests(case, facts)


def find_decision_day(case: Case, facts: Facts, sending: Sending) -> Deadline | None:
    """The day by which the payer must have decided: by law for this kind of plan, or sooner by its own word; None unknown."""
    at = find_arrival(sending, facts)
    clock, level = clock_of(sending)
    found = [
        by_rule(rule, at.day, None, at.assumed, event=at.event)
        for rule in facts.on(at.day).deadlines.of(clock, law_kind(case))
        if rule.limit and rule.level in (None, level)
    ]
    own = own_time(case, at.day) if sending.level is None else None
    if own is not None:
        found.append(by_plan(own[0], at.event, at.day, at.assumed))
    return find_earliest(found)


def clock_of(sending: Sending) -> tuple[str, int | None]:
    """The clock of facts/deadlines.yaml that the payer's decision runs on, and the level of an appeal."""
    if sending.level is None:
        return "initial_decision_post_service", None
    if not sending.level.isdigit():
        return "external_decision", None
    return "appeal_decision_post_service", int(sending.level)


def _longer(case: Case, facts: Facts, sending: Sending) -> str:
    """That the plan may take longer once, where the law says so."""
    if sending.level is not None:
        return ""
    rules = facts.deadlines.of("initial_decision_extension", law_kind(case))
    return rules[0].words if rules else ""


def _overdue(case: Case, facts: Facts, sending: Sending) -> str:
    """What the law of this kind of plan allows when a decision about an appeal comes too late."""
    allows = overdue_allows(case, facts, sending.level)
    return (
        ""
        if allows is None
        else allows.words
        if allows.may_be_quoted
        else f"{allows.words} {allows.note or ''}".rstrip()
    )


def _asking(facts: Facts, one: Sending, today: date, late: bool, promised: Contact | None) -> Iterator[Due]:
    """The days to ask that no later contact has met; of those that passed only the last, and none once the law's time passed."""
    last = one.last_contact.date if one.last_contact else one.submission.date
    wait = promised.next_date if promised and promised.next_date else last
    steps = [(name, facts.choices[name]) for name in ASK]
    days = [(name, step, one.submission.date + timedelta(days=step.amount)) for name, step in steps]
    ahead = [item for item in days if item[2] > wait]
    passed = [item for item in ahead if item[2] < today]
    for name, step, day in [*([] if late else passed[-1:]), *(item for item in ahead if item[2] >= today)]:
        because = f"{step.amount} days from the day you sent it, {words(one.submission.date)}: {words(day)}."
        command = spell("log-contact", script=True, about=one.record_id)
        yield Due(
            "follow-up",
            one.record_id,
            day,
            day,
            step.words,
            "our own advice, no rule of a payer",
            because,
            False,
            False,
            command,
            one.submission.date,
            "the day you sent it",
            one.record_id,
            True,
            name,
        )


def _agreed(case: Case) -> Iterator[Contact]:
    """The contacts with a day to follow up that nothing has met yet: no later contact about it, no decision."""
    for contact in case.contacts:
        if contact.next_date is None:
            continue
        about = find_subject(case, contact)
        same = names_of(about) if about else frozenset({contact.about} if contact.about else ())
        later = (c for c in case.contacts if (c.date, c.record_id) > (contact.date, contact.record_id))
        met = any(c.about in same if same else c.about is None and c.with_ == contact.with_ for c in later)
        if about is not None:
            met = met or any(d.notice_date >= contact.date for d in decisions_about(case, about.record_id))
            met = met or any(c.submission and c.replaces == about.record_id for c in case.claims)
        if not met:
            yield contact


def _own_day(contact: Contact) -> Due:
    day = contact.next_date or contact.date
    because = f"Written down on {words(contact.date)}: follow up on {words(day)}."
    return Due(
        "follow-up",
        contact.about or contact.record_id,
        day,
        day,
        "You chose this day to follow up.",
        "your contact log",
        because,
        False,
        False,
        spell("log-contact", about=contact.about),
        contact.date,
        "the day of the contact",
        contact.record_id,
        True,
        contact.record_id,
    )


def _requests(case: Case, facts: Facts) -> Iterator[Due]:
    for request in list_open_requests(case):
        limit = answer_day(case, facts, request)
        if limit is not None:
            asked = request.asked.record_id
            command = spell("paper", "information-request-answer", for_=asked)
            yield make_due("information", asked, limit, command, evidence=asked)
    for decision in open_denials(case, facts):
        remarks = {rarc for item in decision.all_adjustments() for rarc in item.rarcs}
        rules = facts.on(decision.notice_date).deadlines.of("late_information")
        if _LATE_INFORMATION in remarks and rules:
            last = by_rule(rules[0], decision.notice_date, decision.received_date)
            command = spell("build-packet", corrects=decision.about)
            yield make_due("information", decision.record_id, last, command, evidence=decision.record_id)


def unknown_answers(case: Case, facts: Facts) -> tuple[tuple[str, str], ...]:
    """The open requests whose last day can't be counted: record id, and what to do."""
    return tuple(
        (one.asked.record_id, "Ask the plan until when it waits, and write it down as `answer_by`.")
        for one in list_open_requests(case)
        if answer_day(case, facts, one) is None
    )
