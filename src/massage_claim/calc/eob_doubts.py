"""What speaks against writing a decision down as it was typed: sums, dates, lines of no visit, another person's notice.

Sentences about a decision that is not in the case yet; none when nothing does. Amounts and dates of the notice are named,
never a name or a number of the patient.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from massage_claim.calc.claim_lines import sum_of
from massage_claim.calc.claim_numbers import numbers_of
from massage_claim.calc.decisions import find_claim
from massage_claim.calc.eob_arithmetic import list_mismatches
from massage_claim.frozen import dataclass
from massage_claim.models.case import Case
from massage_claim.models.claim import Claim
from massage_claim.models.decision import Decision, DecisionLine
from massage_claim.writing.formats import money


@dataclass(frozen=True, slots=True)
class Printed:
    """Whom the notice names, as printed; compared and never kept."""

    patient: str | None = None
    birth_date: date | None = None
    member_id: str | None = None


def list_doubts(decision: Decision, case: Case, today: date, printed: Printed | None = None) -> tuple[str, ...]:
    """Every doubt, the one about the person first, then days, lines and sums."""
    claim = find_claim(case, decision.about)
    return (
        *another_person(case, printed or Printed()),
        *_days(decision, claim, today),
        *_lines(decision, claim),
        *_number(decision, case, claim),
        *list_sum_doubts(decision, claim),
    )


def another_person(case: Case, printed: Printed) -> Iterator[str]:
    """Which of the printed marks is not this patient's. A policy holder's name counts too: some notices name only them."""
    patient, plan = case.patient, case.plan
    holder = patient.subscriber.name if patient.subscriber else None
    names = [_words(name) for name in (patient.name, holder) if name]
    if printed.patient and names and not any(_same_name(_words(printed.patient), name) for name in names):
        yield "The notice names another patient than patient.yaml."
    if printed.birth_date and patient.birth_date and printed.birth_date != patient.birth_date:
        yield "The notice has another birth date than patient.yaml."
    if printed.member_id and plan.member_id and _bare(printed.member_id) != _bare(plan.member_id):
        yield "The notice has another member ID than plan.yaml."


def line_name(line: DecisionLine) -> str:
    """A line of the notice in a sentence."""
    return f"{line.service_date.isoformat()}{f' {line.code}' if line.code else ''}"


def _days(decision: Decision, claim: Claim | None, today: date) -> Iterator[str]:
    if decision.notice_date > today:
        yield f"The notice is dated {decision.notice_date.isoformat()}, which is still to come."
    elif decision.received_date and decision.received_date > today:
        yield f"It was received on {decision.received_date.isoformat()}, which is still to come."
    treated = [line.service_date for line in decision.lines]
    if claim is not None and not treated:
        treated = [line.date for line in claim.lines]
    if treated and decision.notice_date < max(treated):
        yield f"The notice is dated {decision.notice_date.isoformat()}, before the visit of {max(treated).isoformat()}."
    elif claim and claim.submission and decision.notice_date < claim.submission.date:
        sent = claim.submission.date.isoformat()
        yield f"The notice is dated {decision.notice_date.isoformat()}, before the claim was sent ({sent})."


def _lines(decision: Decision, claim: Claim | None) -> Iterator[str]:
    if claim is None or not decision.lines:
        return
    claimed = Counter((line.date, line.code) for line in claim.lines)
    days = {line.date for line in claim.lines}
    strange = [line for line in decision.lines if line.service_date not in days]
    if len(strange) == len(decision.lines):
        yield f"No line of the notice is a visit of {claim.record_id}: is it another claim's, or another person's?"
        return
    for line in strange:
        yield f"{line_name(line)}: {claim.record_id} has no visit on that day."
    seen: Counter[tuple[date, str | None]] = Counter()
    for line in decision.lines:
        key = (line.service_date, line.code)
        seen[key] += 1
        if line in strange or line.code is None:
            continue
        if (line.service_date, line.code) not in claimed:
            yield f"{line_name(line)}: the claim has another code on that day."
        elif seen[key] == claimed[line.service_date, line.code] + 1:
            yield f"{line_name(line)}: this line is there more often than in the claim."


def _number(decision: Decision, case: Case, claim: Claim | None) -> Iterator[str]:
    """A number of its own is a doubt only where the known ones cover every visit of the claim."""
    if claim is None or decision.claim_number is None or not decision.about.startswith(f"{Claim.FOLDER}/"):
        return
    known = numbers_of(case, claim)
    covered = {day for one in known for day in one.dates}
    if decision.claim_number not in {one.number for one in known} and covered >= {line.date for line in claim.lines}:
        yield "The notice has another claim number than the one known for these visits."


def list_sum_doubts(decision: Decision, claim: Claim | None) -> tuple[str, ...]:
    """What does not add up in the decision itself; and against what the claim charged."""
    found = []
    for one in list_mismatches(decision):
        where = line_name(decision.lines[one.line]) if one.line is not None else "In all"
        found.append(f"{where}: {one.words} (off by {money(one.off)}).")
    charged = sum_of(claim.lines, "charge") if claim else None
    if charged and decision.total_paid is not None and decision.total_paid > charged:
        found.append(f"{money(decision.total_paid)} paid is more than the {money(charged)} charged.")
    return tuple(found)


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]{2,}", name.casefold()))


def _same_name(one: frozenset[str], other: frozenset[str]) -> bool:
    """Notices shorten names: two words in common, or all of the shorter one."""
    return len(one & other) >= min(2, len(one), len(other)) > 0


def _bare(number: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", number.upper())
