"""Every name in a record that leads to no other record, as a Problem with its line; and two current decisions about one thing."""

from __future__ import annotations

from collections.abc import Iterator

from massage_claim.errors import Problem, Where
from massage_claim.models.case import Case
from massage_claim.models.decision import Decision
from massage_claim.models.record import Record
from massage_claim.store.folder import kind_of

Link = tuple[Record, tuple[str | int, ...], str | None]


def broken_links(case: Case, unread: frozenset[str] = frozenset()) -> list[Problem]:
    """Every name that leads to no record, and two current decisions about one thing.

    `unread` are the ids of records that are there but have Problems of their own.
    """
    known = {record.record_id for record in case.everything()} | unread
    problems = [
        _leads_nowhere(path, target, case.where(record, *path))
        for record, path, target in _links(case)
        if target is not None and target not in known
    ]
    return problems + list(_two_current_decisions(case))


def _leads_nowhere(path: tuple[str | int, ...], target: str, where: Where) -> Problem:
    field = path[-1] if isinstance(path[-1], str) else path[-2]
    if kind_of(target) is None:  # something else was written there, and no message repeats it
        return Problem(f"`{field}` does not name a record.", "Write folder/name, such as sessions/2026-01-14.", where)
    says = f"`{field}` names {target}, and there is no such record."
    return Problem(says, f"Correct the name, or add {target}.yaml.", where)


def _links(case: Case) -> Iterator[Link]:
    for condition in case.conditions:
        for number, diagnosis in enumerate(condition.diagnoses):
            yield condition, ("diagnoses", number, "by"), diagnosis.by
    for check in case.licence_checks:
        yield check, ("provider",), check.provider
    for order in case.prescriptions:
        yield order, ("referring",), order.referring
        yield order, ("condition",), order.condition
    for session in case.sessions:
        yield session, ("rendering",), session.rendering
        yield session, ("prescription",), session.prescription
    for payment in case.payments:
        for number, share in enumerate(payment.for_):
            yield payment, ("for", number, "session"), share.session
    for measure in case.measures:
        yield measure, ("condition",), measure.condition
    for claim in case.claims:
        yield claim, ("replaces",), claim.replaces
    for contact in case.contacts:
        yield contact, ("answers",), contact.answers
        yield contact, ("proof",), contact.proof
        for number, paper in enumerate(contact.papers):
            yield contact, ("papers", number), paper
    for decision in case.decisions:
        yield decision, ("about",), decision.about
        yield decision, ("replaces",), decision.replaces
    for appeal in case.appeals:
        yield appeal, ("decision",), appeal.decision
        for number, criterion in enumerate(appeal.criteria):
            yield appeal, ("criteria", number, "source"), criterion.source
            yield appeal, ("criteria", number, "exhibit"), criterion.exhibit
    for attachment in case.attachments:
        for number, target in enumerate(attachment.for_):
            yield attachment, ("for", number), target


def _two_current_decisions(case: Case) -> Iterator[Problem]:
    replaced = {decision.replaces for decision in case.decisions}
    current: dict[str, list[Decision]] = {}
    for decision in case.decisions:
        if decision.record_id in replaced or kind_of(decision.about) is None:
            continue
        others = current.setdefault(decision.about, [])
        earlier = next((one for one in others if one.decides_the_same(decision)), None)
        others.append(decision)
        if earlier is not None:
            both = f"{earlier.record_id} and {decision.record_id} both decide {decision.about}"
            yield Problem(
                f"{both}, and neither replaces the other.",
                f"Add `replaces: {earlier.record_id}` here, or delete the wrong one.",
                case.where(decision, "about"),
            )
