"""`check --ask therapist|provider|plan`: the text that asks for what is missing, one page, ready to send.

It holds what that reader needs and no more: the therapist and the doctor get no member ID, the plan no diagnosis and no
note. Findings say what they want (`Finding.wants`); `wishes.py` has the words. A finding is silent where a plan wants no
order; who did not know a part of it wants to ask for it all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import get_args

from massage_claim.actions.look.wishes import REQUESTS, Request
from massage_claim.actions.project import Opened, open_case
from massage_claim.actions.result import Result
from massage_claim.calc.roles import in_role, treating
from massage_claim.calc.route import not_known
from massage_claim.calc.visits import order_of, unclaimed_sessions, visits_ordered
from massage_claim.checks import Ask, Finding, Severity, find
from massage_claim.errors import Problem, UsageProblem
from massage_claim.models.case import Case
from massage_claim.models.prescription import Prescription
from massage_claim.models.providers import Provider
from massage_claim.writing.formats import listed, long_date

MOST = 14
"""Things asked for in one letter: what fits on a page. The most serious come first."""
QUESTION = "question:"
CONTENT = "content:"
FEW_DAYS = 4
KNOCK_OUTS = "knock-outs"
_WORST_FIRST = (Severity.MUST_FIX, Severity.RISKY, Severity.ADVICE)
_SPOKEN_BY_THE_PRACTICE = (
    (r"\bmy visits to you\b", "this patient's visits"),
    (r"\bmy health insurance\b", "the patient's health insurance"),
    (r"\b[Mm]y\b", "the patient's"),
    (r"\bI paid\b", "the patient paid"),
    (r"\bhave I met\b", "has the patient met"),
    (r"\bI am\b", "We are"),
    (r"\bI\b", "we"),
    (r"\bme\b", "us"),
)
"""The same letter from the practice: it speaks of the patient, and of itself as we."""

LICENSE = frozenset({"license", "therapist-licence"})
"""Wishes of findings that ask for the whole license; `find_license_wishes` knows which part of it is missing."""


@dataclass
class Wish:
    """One thing to ask for, and the visits it is about."""

    request: Request
    days: set[date] = field(default_factory=set)


def asking(project: Path | None, whom: str, *, step: str | None = None) -> Result:
    """The text to `whom`, as the one sentence of the Result; `data` has its parts. Raises UsageProblem, Unreadable."""
    reader = next((name for name in get_args(Ask) if name == whom.strip().lower()), None)
    if reader is None:
        raise UsageProblem(
            Problem("--ask: nobody of that name can be asked.", f"Write one of: {', '.join(get_args(Ask))}.")
        )
    if step is not None:
        raise UsageProblem(Problem("--ask and --step: a letter asks for everything.", "Leave out --step."))
    opened = open_case(project)
    findings = [item for item in find(opened.case, opened.facts, opened.today) if item.ask == reader]
    wishes = _find_wishes(opened, reader, findings)
    asks = [_write_wish(wish) for wish in wishes]
    text = _write_letter(opened.case, reader, asks) if asks else _say_nothing(reader)
    return Result(says=(text,), notes=opened.notes, data={"to": reader, "asks": asks})


def _say_nothing(reader: str) -> str:
    whom = {"therapist": "the therapist", "provider": "the doctor's office", "plan": "the plan"}[reader]
    return f"There is nothing to ask {whom} now."


def _find_wishes(opened: Opened, reader: str, findings: list[Finding]) -> list[Wish]:
    case = opened.case
    days = {session.record_id: session.date for session in case.sessions}
    questions = {question.id: question.question for question in opened.facts.coverage_questions}
    contents = {f"{item.paper}:{item.id}": item.words for item in opened.facts.letter_contents}
    knock_outs = [question.id for question in opened.facts.coverage_questions if question.knock_out]
    found: dict[str, Wish] = {}
    worst_first = sorted(findings, key=lambda item: _WORST_FIRST.index(item.severity or Severity.ADVICE))
    for finding in worst_first:
        for name in _list_wanted(case, finding, knock_outs):
            request = _find_request(name, questions, contents)
            wish = found.setdefault(request.words, Wish(request))
            if name.startswith("therapist-licence"):
                continue  # it is asked for once, whatever the number of visits
            wish.days |= {days[record] for record in (finding.session, *finding.about) if record in days}
    for name in find_doctors_gaps(case) if reader == "provider" else ():
        found.setdefault(REQUESTS[name].words, Wish(REQUESTS[name]))
    if reader == "plan":
        for name in _find_not_known(case):
            if name in questions:
                found.setdefault(questions[name], Wish(Request(questions[name])))
    first = {questions[name] for name in knock_outs}  # one bad answer here settles all the others
    return sorted(found.values(), key=lambda wish: wish.request.words not in first)


def _list_wanted(case: Case, finding: Finding, knock_outs: list[str]) -> Iterator[str]:
    for name in finding.wants:
        if name == KNOCK_OUTS:
            yield from (f"{QUESTION}{question}" for question in knock_outs)
        elif name in LICENSE:
            yield from find_license_wishes(case)
        else:
            yield name


def _find_request(name: str, questions: Mapping[str, str], contents: Mapping[str, str]) -> Request:
    if name.startswith(QUESTION):
        return Request(questions[name.removeprefix(QUESTION)])
    if name.startswith(CONTENT):
        item = name.removeprefix(CONTENT)
        paper = "the letter of medical necessity" if item.startswith("letter") else "the order"
        return Request(f"if it is so, an addition to {paper}, with today's date: {contents[item]}")
    return REQUESTS[name]


def _find_not_known(case: Case) -> Iterator[str]:
    """Questions whose newest answer is "I don't know"."""
    newest: dict[str, str] = {}
    for coverage in sorted(case.coverage, key=lambda item: item.date):
        newest |= coverage.answers
    yield from (name for name, answer in newest.items() if not_known(answer))


def _write_wish(wish: Wish) -> str:
    words, found = wish.request.words, wish.request.found
    if words.endswith("?"):
        return words
    visits = ""
    if wish.days:
        one = "visit" if len(wish.days) == 1 else "visits"
        visits = (
            f": {_write_days(wish.days)}" if words.endswith(one) else f", for the {one} of {_write_days(wish.days)}"
        )
    return f"{words[0].upper()}{words[1:]}{visits}.{f' Where: {found}.' if found else ''}"


def _write_days(days: set[date]) -> str:
    if len(days) <= FEW_DAYS:
        return listed([long_date(day) for day in sorted(days)])
    return f"{len(days)} days from {long_date(min(days))} to {long_date(max(days))}"


def _write_letter(case: Case, reader: str, asks: list[str]) -> str:
    opening = {
        "therapist": "I am preparing a claim to my health insurance for my visits to you. Some things are still missing.",
        "provider": "I am preparing a claim to my health insurance for massage therapy. Some things are still missing.",
        "plan": "I am preparing a claim for massage therapy, and need these answers first.",
    }[reader]
    request = {
        "therapist": "Could you please send me:",
        "provider": "Could you please send me:",
        "plan": "Please answer in writing, and name the page of the plan document:",
    }[reader]
    honest = {
        "therapist": "Please send only what is true and in your records. Please leave every date, note and code as it was.",
        "provider": "Please send only what is true and in the chart. Any addition to an older paper needs today's date.",
        "plan": "Please also give me your name and a reference number for this answer.",
    }[reader]
    numbered = [f"{number}. {words}" for number, words in enumerate(asks[:MOST], start=1)]
    left = len(asks) - MOST
    more = [f"There is more to ask ({left}); a second letter will follow."] if left > 0 else []
    lines = [
        _write_subject(case, reader),
        "",
        f"{_write_greeting(case, reader)},",
        "",
        opening,
        request,
        "",
        *numbered,
        *more,
        "",
        honest,
    ]
    text = "\n".join(lines[2:])
    for pattern, words in _SPOKEN_BY_THE_PRACTICE if case.by_practice else ():
        text = re.sub(pattern, words, text)
    text = re.sub(r"^(\d+\. )([a-z])", lambda found: found[1] + found[2].upper(), text, flags=re.M)
    return "\n".join([*lines[:2], text, "", "Thank you for your help.", "", _name_sender(case)])


def _write_subject(case: Case, reader: str) -> str:
    patient, plan = case.patient, case.plan
    if reader == "plan":
        holder = patient.subscriber.name if patient.subscriber and patient.subscriber.name else None
        parts = [
            f"member ID {plan.member_id}" if plan.member_id else "",
            f"group {plan.group_number}" if plan.group_number else "",
            f"patient {patient.name}" if patient.name else "",
            f"born {long_date(patient.birth_date)}" if patient.birth_date else "",
            f"policy of {holder}" if holder and patient.relation_to_subscriber != "self" else "",
        ]
        return f"Subject: Questions about massage therapy, {', '.join(part for part in parts if part)}".rstrip(", ")
    born = f", born {long_date(patient.birth_date)}" if patient.birth_date and reader == "provider" else ""
    return f"Subject: Papers for an insurance claim{f', patient {patient.name}{born}' if patient.name else ''}"


def _write_greeting(case: Case, reader: str) -> str:
    if reader == "plan":
        return "Dear Member Services"
    if reader == "therapist":
        names = [provider.signs_as for provider in treating(case)]
    else:
        orders = {order.referring for order in case.prescriptions}
        names = [provider.signs_as for provider in _choose_ordering(list(in_role(case, "referring")), orders)]
    return f"Dear {names[0]}" if len(names) == 1 else "Hello"


def _choose_ordering(doctors: list[Provider], orders: set[str]) -> list[Provider]:
    return [doctor for doctor in doctors if doctor.record_id in orders] or doctors


def _name_sender(case: Case) -> str:
    if not case.by_practice:
        return case.patient.name or ""
    return next((provider.name for provider in in_role(case, "billing")), "")


def find_doctors_gaps(case: Case) -> Iterator[str]:
    """What the newest order and those of unclaimed visits lack, and what the record of who ordered does."""
    if not case.prescriptions:
        return
    newest = max(case.prescriptions, key=lambda order: (order.date, order.record_id))
    used = [order_of(case, session) for session in unclaimed_sessions(case)]
    for order in {one.record_id: one for one in (newest, *used) if one is not None}.values():
        yield from _find_order_gaps(order)
        doctor = case.find(Provider, order.referring)
        if doctor is not None:
            yield from (f"doctor-{name}" for name in ("credential", "npi") if getattr(doctor, name) is None)


def _find_order_gaps(order: Prescription) -> Iterator[str]:
    gaps = {
        "signature": order.signed is not True,
        "service": order.service is None,
        "visits": visits_ordered(order) is None,
        "per_week": order.per_week is None,
        "minutes_per_visit": order.minutes_per_visit is None,
        "valid_until": order.valid_until is None,
        "regions": not order.regions,
        "goals": not order.goals,
    }
    yield from (f"order-{name}" for name, missing in gaps.items() if missing)


def find_license_wishes(case: Case) -> Iterator[str]:
    """Which part of a license to ask for: all of it, its state and last day, the last day, or one for the office's state."""
    for provider in treating(case):
        licence = provider.licence
        office = provider.address.state if provider.address else None
        if licence is None or licence.number is None:
            yield "therapist-licence"
        elif licence.state is None:
            yield "therapist-licence-state"
        elif office is not None and office != licence.state:
            yield "therapist-licence-place"
        else:
            yield "therapist-licence-until"
