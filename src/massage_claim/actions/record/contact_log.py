"""Writes down a contact with the payer or somebody else: one line of the log that an appeal leans on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from massage_claim.actions.project import Place, open_place
from massage_claim.actions.record import drafts
from massage_claim.actions.result import Result
from massage_claim.command_text import spell
from massage_claim.errors import Failure, Problem, UsageProblem
from massage_claim.models.appeal import Appeal
from massage_claim.models.claim import Claim
from massage_claim.models.contact import Contact
from massage_claim.store.read import read_record
from massage_claim.yamltext import Node

_ENDINGS = ("pdf", "jpg", "jpeg", "png", "tif", "tiff", "webp", "heic", "yaml")


def log_contact(
    project: Path | None, tree: Mapping[str, Node], *, options: drafts.Options, dry_run: bool = False
) -> Result:
    """Adds contacts/DATE.yaml. Raises UsageProblem, CannotWrite."""
    place = open_place(project)
    full = {
        **tree,
        "about": about(place, tree.get("about")),
        "answers": _in("contacts", tree.get("answers")),
        "proof": attachment(tree.get("proof")),
        "papers": _papers(tree.get("papers")),
    }
    drafted = drafts.draft(place, Contact, full, options=options)
    _must_be_possible(drafted.record, place)
    result = drafts.write(place, drafted, dry_run=dry_run)
    record = str(result.data.get("record", ""))
    return replace(result, notes=(*result.notes, *_notes(drafted.record)), next=_next(drafted.record, record))


def about(place: Place, name: Node) -> Node:
    """A claim's or appeal's name without its folder gets it; anything else, such as a claim number, stays as typed."""
    if not isinstance(name, str) or "/" in name:
        return name
    for folder in ("claims", "appeals"):
        if drafts.exists(place, f"{folder}/{name.strip()}"):
            return f"{folder}/{name.strip()}"
    return name


def attachment(name: Node) -> Node:
    """The record of a scan, also when its file was named: attachments/log.pdf → attachments/log."""
    full = _in("attachments", name)
    if isinstance(full, str):
        stem, dot, ending = full.rpartition(".")
        return stem if dot and ending.lower() in _ENDINGS else full
    return full


def _papers(names: Node) -> Node:
    return [attachment(name) for name in names] if isinstance(names, list) else attachment(names)


def _in(folder: str, name: Node) -> Node:
    return f"{folder}/{name.strip()}" if isinstance(name, str) and name.strip() and "/" not in name else name


def _must_be_possible(contact: Contact, place: Place) -> None:
    """Raises UsageProblem for days that can't be: a contact is in the past, what was agreed lies after it."""
    wrong = []
    if contact.date > place.today:
        wrong.append(Problem("--date is in the future.", "Give the day of the contact."))
    if contact.received_on and contact.received_on > contact.date:
        wrong.append(Problem("--received-on is after the contact.", "Give the day they said it arrived."))
    sent = _sent_on(contact, place)
    if contact.received_on and sent and contact.received_on < sent:
        wrong.append(Problem("--received-on is before the day you sent it.", "Ask them for the day, or correct it."))
    for option, day in (("--next-date", contact.next_date), ("--answer-by", contact.answer_by)):
        if day is not None and day < contact.date:
            wrong.append(Problem(f"{option} is before the contact.", "Give a day after it."))
    if wrong:
        raise UsageProblem(tuple(wrong))


def _sent_on(contact: Contact, place: Place) -> date | None:
    """The day on which the claim or appeal that the contact is about was sent; None where that is not known."""
    if contact.about is None or not contact.about.startswith(("claims/", "appeals/")):
        return None
    try:
        record, _ = read_record(place.folder, contact.about)
    except Failure:
        return None  # `check` names it
    return record.submission.date if isinstance(record, Claim | Appeal) and record.submission else None


def _notes(contact: Contact) -> tuple[str, ...]:
    notes = []
    if contact.way == "call" and not contact.reference:
        notes.append("A call without a reference number is hard to prove: ask for one next time.")
    if contact.way == "call" and not contact.person:
        notes.append("Ask for the person's name next time; first name and initial are enough.")
    if contact.asked_for and not contact.answer_by and not contact.sent and not contact.papers:
        notes.append("Ask until when they wait for it, and write it down with --answer-by.")
    if (contact.sent or contact.papers) and not (contact.confirmation or contact.proof):
        notes.append(f"Keep the proof of sending: {spell('attach', 'FILE', kind='proof-of-sending')}")
    if contact.promised and not contact.next_date:
        notes.append("A promise needs a day to check it: --next-date puts it among the deadlines.")
    return tuple(notes)


def _next(contact: Contact, record: str) -> str:
    if contact.asked_for and not contact.sent and not contact.papers:
        return spell("paper", "information-request-answer", for_=record or "CONTACT")
    return spell("deadlines")
