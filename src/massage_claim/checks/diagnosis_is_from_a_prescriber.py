"""Statement: every visit has a diagnosis, and a prescriber made it.

It looks at the conditions of the orders in use. A massage therapist does not diagnose, and nobody else may pick a code
from a list.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc.claim_lines import condition_of
from massage_claim.calc.visits import order_of, unclaimed_sessions
from massage_claim.checks import Finding, Severity
from massage_claim.command_text import spell
from massage_claim.errors import Where
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.condition import Condition
from massage_claim.models.providers import Provider
from massage_claim.models.session import Session
from massage_claim.writing.formats import long_date, plural

STEP = "get-prescription"
SEVERITY = Severity.MUST_FIX
WHY = (
    "Remittance Advice Remark Codes (X12), M76: the diagnosis is missing; state practice acts: massage is no diagnosis"
)


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    sessions = unclaimed_sessions(case)
    if not case.conditions:
        yield Finding(
            says="No condition is written down, so there is no diagnosis to bill for.",
            fix=f"Ask the doctor for the diagnosis and its code, then type `{spell('add-condition')}`.",
            where=Where("conditions"),
            ask="provider",
            wants=("diagnosis",),
        )
        return
    of_session = {session.record_id: condition_of(case, order_of(case, session)) for session in sessions}
    untied = [session for session in sessions if of_session[session.record_id] is None]
    if untied:
        order = order_of(case, untied[0])
        yield Finding(
            says=f"It is not clear which condition {plural(len(untied), 'visit was', 'visits were')} for.",
            fix="Write `condition` in the order, and name the order in the session.",
            where=case.where(order, "condition") if order else case.where(untied[0], "prescription"),
        )
    in_use = {found.record_id for found in of_session.values() if found} if sessions else None
    for condition in case.conditions:
        if in_use is None or condition.record_id in in_use:
            yield from _diagnosed(case, condition)
    for session in sessions:
        yield from _pointers(case, session, of_session[session.record_id])


def _diagnosed(case: Case, condition: Condition) -> Iterator[Finding]:
    if not condition.diagnoses:
        yield Finding(
            says="The condition has no diagnosis with a code.",
            fix="Copy the code from the order, or ask the doctor for it. Write it down: "
            f"`{spell('edit', condition.record_id, set={'diagnoses.1.code': 'CODE'})}`.",
            where=case.where(condition, "diagnoses"),
            ask="provider",
            wants=("diagnosis",),
        )
    for number, diagnosis in enumerate(condition.diagnoses):
        by = case.find(Provider, diagnosis.by)
        if by is None:
            yield Finding(
                says="The diagnosis does not say who made it.",
                fix="Name the prescriber; only the prescriber's diagnosis can be billed: "
                f"`{spell('edit', condition.record_id, set={f'diagnoses.{number + 1}.by': 'providers/NAME'})}`.",
                where=case.where(condition, "diagnoses", number, "by"),
                ask="provider",
                wants=("diagnosis",),
            )
        elif by.roles and "referring" not in by.roles:
            yield Finding(
                says="The diagnosis is said to come from the therapist. A massage therapist does not diagnose.",
                fix="Ask the prescriber for the diagnosis, and name the prescriber in `by`.",
                where=case.where(condition, "diagnoses", number, "by"),
                ask="provider",
                wants=("diagnosis",),
            )


def _pointers(case: Case, session: Session, condition: Condition | None) -> Iterator[Finding]:
    known = {diagnosis.code for diagnosis in condition.diagnoses} if condition else set()
    for number, service in enumerate(session.services):
        if known and any(pointer not in known for pointer in service.pointers):
            yield Finding(
                says=f"The visit of {long_date(session.date)} points to a diagnosis that its condition does not have.",
                fix="Correct `pointers`, or delete the line: the order's diagnoses are then used.",
                where=case.where(session, "services", number, "pointers"),
                session=session.record_id,
            )
