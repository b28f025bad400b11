"""What is still open in records that are there: for the guide to ask again, and to mend a finding. A finding is mended by the same questions, when what it wants is a plain field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from massage_claim.actions.guide.questions import ABOUT_THE_PATIENT, CARD, RULES, Question, is_open, passed_by, question
from massage_claim.actions.record.address_line import read_address
from massage_claim.calc.visits import unclaimed_sessions
from massage_claim.checks import Finding
from massage_claim.models.attachment import Attachment
from massage_claim.models.case import Case
from massage_claim.models.field import Who
from massage_claim.models.people import Patient
from massage_claim.models.prescription import Prescription
from massage_claim.models.providers import Provider
from massage_claim.models.session import Session

_MENDED_BY: dict[str, tuple[str, ...]] = {
    "patient_and_plan_are_identified": (
        *("name", "birth_date", "address", "relation_to_subscriber", "subscriber.name", "subscriber.birth_date"),
        *("payer", "member_id"),
    ),
    "other_coverage_is_answered": ("other_coverage.has", "other_coverage.payer", "accident", "accident.state"),
    "therapist_is_identified": ("credential", "npi", "licence.number", "address", "phone"),
    "ein_is_present_and_plausible": ("ein",),
    "npi_is_valid": ("npi",),
    "prescription_is_complete": ("npi", "credential"),
    "prescription_covers_every_session": ("signed",),
    "units_match_minutes": ("services.{n}.minutes",),
    "charges_match_payments": ("services.{n}.charge",),
    "superbill_is_signed_by_the_therapist": ("signed_by",),
    "claim_form_is_signed": ("signed_by",),
    "letter_is_present_when_required": ("signed_by",),
}
"""Check → the fields that a person can simply say. What is not here takes more than one answer."""

_WRONG_NOT_MISSING = frozenset({"npi_is_valid"})


def still_open(case: Case) -> tuple[Question, ...]:
    """What was skipped or not known before, and is not asked for further on."""
    groups = [CARD, RULES] if case.coverage else [CARD]
    found = [*passed_by(case, groups)]
    for provider in case.providers:
        found += [one for one in _of_provider(provider) if is_open(case, one)]
    for order in case.prescriptions:
        found += [one for one in _of_order(order) if is_open(case, one)]
    return tuple(found)


def mending(case: Case, finding: Finding) -> tuple[Question, ...]:
    """The questions that mend a finding; none when it takes more than a plain field."""
    paths = _MENDED_BY.get(finding.check, ())
    record_id = finding.where.file.removesuffix(".yaml") if finding.where else ""
    record = next((one for one in case.everything() if one.record_id == record_id), None)
    if record is None or not paths:
        return ()
    named = {one.path: one for one in _of_record(case, record_id)}
    wanted = [named[path] for path in _numbered(paths, record) if path in named]
    if finding.check in _WRONG_NOT_MISSING:
        return tuple(wanted)
    return tuple(one for one in wanted if is_open(case, one))


def _numbered(paths: tuple[str, ...], record: object) -> Iterator[str]:
    for path in paths:
        if "{n}" in path and isinstance(record, Session):
            yield from (path.format(n=number) for number, _ in enumerate(record.services, 1))
        else:
            yield path


def _of_record(case: Case, record_id: str) -> Iterator[Question]:
    folder = record_id.partition("/")[0]
    if folder == "patient":
        yield question(Patient, "patient", "name")
    yield from (one for one in (*CARD, *ABOUT_THE_PATIENT) if one.record == record_id)
    if provider := case.find(Provider, record_id):
        yield from _of_provider(provider)
    if order := case.find(Prescription, record_id):
        yield from _of_order(order)
    for session in unclaimed_sessions(case):
        if session.record_id == record_id:
            yield from _of_session(session)
    if folder == "attachments":
        where = "Look at the paper; Enter if nobody did."
        yield question(Attachment, record_id, "signed_by", where=where)


def _of_provider(provider: Provider) -> Iterator[Question]:
    """What papers need of this provider, by its roles."""
    orders = provider.roles == ("referring",)
    treats, paid = "rendering" in provider.roles, "billing" in provider.roles
    who: Who = "doctor" if orders else "therapist"
    wanted = {
        "credential": treats or orders,
        "npi": True,
        "licence.number": treats,
        "ein": paid,
        "address": paid,
        "phone": paid,
    }
    for path, needed in wanted.items():
        if not needed:
            continue
        asked = question(Provider, provider.record_id, path, who=who, when=_always)
        label = f"{asked.label} of {provider.name}"
        if path == "address":
            yield replace(
                asked, label=label, meaning="", where="On one line: 77 Market Street, Tacoma, WA 98402.", spread=_office
            )
        else:
            yield replace(asked, label=label)


def _always(case: Case) -> bool:
    return True


def _office(text: str) -> dict[str, str]:
    return {f"address.{name}": words for name, words in read_address(text).items()}


def _of_order(order: Prescription) -> Iterator[Question]:
    for path in ("visits", "per_week", "valid_until", "signed"):
        asked = question(Prescription, order.record_id, path)
        yield replace(asked, label=f"{asked.label} (order of {order.date})")


def _of_session(session: Session) -> Iterator[Question]:
    for number, service in enumerate(session.services, 1):
        for path in ("minutes", "charge"):
            asked = question(Session, session.record_id, f"services.{number}.{path}")
            yield replace(asked, label=f"{asked.label} of {service.code} (visit of {session.date})")
