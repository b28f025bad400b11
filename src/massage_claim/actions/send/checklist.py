"""What to see to before a packet goes out: who signs where, how many pages it truly has, how the plan wants it sent, until when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from massage_claim.actions.packets.assembly import SignHere
from massage_claim.actions.project import Opened
from massage_claim.actions.send.packet_in_out import InOut
from massage_claim.calc.clocks import Deadline
from massage_claim.calc.rounds import Place
from massage_claim.calc.sending_rules import MEGABYTE, guidelines, wanted_order, who_said
from massage_claim.command_text import spell
from massage_claim.documents.views import UploadView
from massage_claim.frozen import dataclass
from massage_claim.writing.formats import phone, plural


@dataclass(frozen=True)
class Checklist:
    """`lines` for a person, in order; `data` the same for `--json`."""

    lines: tuple[str, ...]
    data: dict[str, object]


def make_checklist(
    opened: Opened,
    packet: InOut,
    signatures: Sequence[SignHere],
    due: Deadline | None,
    day: date,
    *,
    place: Place | None = None,
) -> Checklist:
    """The list. `due`: its last day, None where it isn't known; `day`: the day on which it is looked at.

    `place`: where a round of appeal goes; None for a claim.
    """
    pages, size, appeal = count_pages(packet), write_megabytes(packet), place is not None
    ways = tuple(_tell_ways_to(opened, place, pages) if place else _tell_ways(opened, pages, len(packet.pdf)))
    rules = () if appeal else guidelines(opened.case.plan)
    name = packet.pdf_name
    private = find_private_parts(opened, name)
    lines = [f"Before it goes out: {packet.folder}/{name}, {plural(pages, 'page')}, {size} MB."]
    lines += [
        f"  [ ] Sign page {spot.page} ({spot.paper}): {spot.who or 'the sender'} – {spot.label}" for spot in signatures
    ]
    lines += [f"  [ ] {rule.words}{_write_source(rule.said)}" for rule in rules]
    lines += (
        [f"  [ ] Not understood in the plan's order of papers: {word}." for word in _find_unknown(opened)]
        if not appeal
        else []
    )
    lines += [f"  [ ] {way}" for way in ways] or [
        "  [ ] Copy the address of the last letter: this round does not go to the plan's appeals desk."
        if place and place.elsewhere
        else "  [ ] Where it goes is not known: ask the plan, and write it in plan.yaml."
    ]
    lines.append(
        f"  [ ] Rename the file: its name holds {', '.join(private)}."
        if private
        else f"  [ ] Send the file under this name: it holds no private data ({name})."
    )
    if due is not None:
        left = (due.date - day).days
        when = (
            f"in {plural(left, 'day')}" if left > 0 else "today" if left == 0 else f"passed {plural(-left, 'day')} ago"
        )
        verb = "arrive" if due.received_by or not appeal else "be sent"
        ask = "" if due.verified and not due.assumed else " Check with your plan."
        lines.append(f"  [ ] It must {verb} by {due.date.isoformat()}, {when}.{ask}")
    lines.append("  [ ] Keep a copy of what you send, and the proof that you sent it.")
    return Checklist(
        tuple(lines),
        {
            "file": f"{packet.folder}/{name}",
            "pages": pages,
            "size_mb": size,
            "signatures": [{"page": s.page, "paper": s.paper, "who": s.who, "label": s.label} for s in signatures],
            "rules": [{"name": rule.name, "words": rule.words, "said": rule.said} for rule in rules],
            "ways": list(ways),
            "last_day": due.date if due else None,
        },
    )


def list_uploads(packet: InOut) -> tuple[UploadView, ...]:
    """The files to upload, with their true size."""
    return (UploadView(packet.pdf_name, count_pages(packet), write_megabytes(packet)),)


def count_pages(packet: InOut) -> int:
    """How many pages the manifest counted."""
    count = str(packet.manifest.get("pages") or "")
    return int(count) if count.isdigit() else 0


def write_megabytes(packet: InOut) -> str:
    """Megabytes with one place, never rounded down to nothing."""
    tenths = max(-(-len(packet.pdf) * 10 // MEGABYTE), 1)
    return f"{tenths // 10}.{tenths % 10}"


def find_private_parts(opened: Opened, name: str) -> list[str]:
    """Which of the patient's own data stand in a file's name, in words; never the data itself."""
    patient, plan = opened.case.patient, opened.case.plan
    bare = name.lower()
    found = []
    if any(len(part) > 2 and part in bare for part in (patient.name or "").lower().split()):
        found.append("the patient's name")
    if plan.member_id and plan.member_id.lower() in bare:
        found.append("the member ID")
    if patient.birth_date and patient.birth_date.isoformat() in bare:
        found.append("the birth date")
    return found


def _write_source(said: str) -> str:
    return f" ({said})" if said else ""


def _find_unknown(opened: Opened) -> tuple[str, ...]:
    """What the plan's order names and no kind of paper is called."""
    known = {kind.replace("_", "-") for kind in opened.facts.packet_order.kinds("claim")}
    return tuple(word for word in wanted_order(opened.case.plan) if word not in known)


def _tell_ways_to(opened: Opened, place: Place, pages: int) -> Iterator[str]:
    """Each way to where a round of appeal goes."""
    rules = opened.case.plan.rules
    mail, fax = (None, None) if place.elsewhere else (rules.appeals_address, rules.appeals_fax)
    if place.address:
        to = ", ".join((*([place.department] if place.department else []), *place.address))
        yield f"By certified mail to {to}{_write_source(who_said(mail)) if mail else ''}. Keep the receipt with its tracking number."
    if place.fax:
        yield _tell_fax(opened, place.fax, _write_source(who_said(fax)) if fax else "", pages)


def _tell_fax(opened: Opened, number: str, said: str, pages: int) -> str:
    most = opened.case.plan.rules.max_pages
    if most is not None and pages > most.value:
        return f"Not by fax: the plan takes {plural(most.value, 'page')} in one sending, and this has {pages}."
    return f"By fax to {phone(number)}{said}. Keep the fax log; it must say {plural(pages, 'page')} and OK."


def _tell_ways(opened: Opened, pages: int, size_bytes: int) -> Iterator[str]:
    """Each way the plan takes a claim, with what to keep."""
    rules = opened.case.plan.rules
    mail, fax = rules.claims_address, rules.fax
    if mail and mail.address:
        to = f"{mail.department}, {mail.address.one_line}" if mail.department else mail.address.one_line
        yield f"By certified mail to {to}{_write_source(who_said(mail))}. Keep the receipt with its tracking number."
    if fax:
        yield _tell_fax(opened, fax.value, _write_source(who_said(fax)), pages)
    if rules.portal:
        most_mb = rules.max_mb.value if rules.max_mb else None
        if most_mb is not None and size_bytes > most_mb * MEGABYTE:
            yield f"Not by upload: the plan takes no file above {most_mb} MB."
            return
        where = f"By upload at {rules.portal.value}{_write_source(who_said(rules.portal))}."
        yield f"{where} `{spell('submit', portal=True)}` shows what to copy. Keep the confirmation page."
