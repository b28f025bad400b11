"""Small real records for every test: sensible defaults, each field overridable by its name.

`a_case()` is a complete case of one session that no check should have anything against on `TODAY`. Every builder goes
through text and the models, exactly as a file does: numbers, dates and Decimals may be given as such or as typed text,
`None` takes a field away, and `for_`, `from_`, `with_` stand for `for`, `from`, `with`. A wrong value raises
`UnreadableRecordError` with the Problems. `record_id` may be given with or without its folder.

    a_case(sessions=(a_session(minutes=38), a_session(date="2026-03-17")))     # payments and proofs follow
    a_case(plan=a_plan(kind="medicare"), prepared_by="patient")
    write_case(tmp_path, a_case())                                             # a folder that read_case reads back equal
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from massage_claim import yamltext
from massage_claim.models.appeal import Appeal
from massage_claim.models.attachment import Attachment
from massage_claim.models.case import RECORD_KINDS, Case, CaseSettings
from massage_claim.models.claim import Amendment, Claim, Statement
from massage_claim.models.condition import Condition
from massage_claim.models.contact import Contact
from massage_claim.models.coverage import Authorization, Coverage, LicenceCheck
from massage_claim.models.csv_import import Import
from massage_claim.models.decision import Decision
from massage_claim.models.measure import Measure
from massage_claim.models.payment import Payment
from massage_claim.models.people import Patient
from massage_claim.models.plan import Plan
from massage_claim.models.prescription import Prescription
from massage_claim.models.providers import Provider
from massage_claim.models.record import Block, Record, from_tree, to_tree
from massage_claim.models.session import Session
from massage_claim.private_numbers import find_masked, mask
from massage_claim.yamltext import Node

RecordT = TypeVar("RecordT", bound=Record)

TODAY = date(2026, 3, 20)
"""The day on which `a_case()` is complete."""
FIRST_SESSION = "2026-03-10"
ORDER_DATE = "2026-03-02"

_FILES: dict[str, bytes] = {}
"""Digest → content of every attachment built here, for `write_case`."""


class UnreadableRecordError(ValueError):
    """A builder was given a value that the models refuse."""


def a_record(
    kind: type[RecordT], record_id: str, defaults: Mapping[str, object], fields: Mapping[str, object]
) -> RecordT:
    """A record of `kind` from `defaults`, overridden by `fields`."""
    merged = {name.rstrip("_"): value for name, value in {**defaults, **fields}.items()}
    full = record_id if "/" in record_id or not kind.FOLDER else f"{kind.FOLDER}/{record_id}"
    tree = {name: _text(value) for name, value in merged.items() if value is not None}
    text = yamltext.write(tree)
    on_file = yamltext.read(text, f"{full}.yaml")
    record, problems = from_tree(kind, on_file, full)
    if record is None:
        raise UnreadableRecordError([(str(problem.where), problem.says) for problem in problems])
    if mask(text) != text:
        _ON_FILE[id(record)] = (record, on_file)
    return record


_ON_FILE: dict[int, tuple[Record, yamltext.Tree]] = {}
"""The text that each record was made from; a private number in it is not in the record."""


def _text(value: object) -> Node:
    if isinstance(value, Block):
        return dict(to_tree(value))
    if isinstance(value, Mapping):
        return {str(key).rstrip("_"): _text(item) for key, item in value.items() if item is not None}
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return [_text(item) for item in value]
    return None if value is None else str(value)


def _dollars(value: object) -> str:
    return f"{Decimal(str(value)):.2f}"


# --- who and which plan


def a_patient(**fields: object) -> Patient:
    """Zoë Nuñez-Okafor of Tacoma, who holds her own policy."""
    defaults = {
        "name": "Zoë Nuñez-Okafor",
        "birth_date": "1984-05-21",
        "sex": "F",
        "address": {"street": "418 Alder Street", "unit": "Apt 3", "city": "Tacoma", "state": "WA", "zip": "98402"},
        "phone": "253-555-0142",
        "relation_to_subscriber": "self",
    }
    return a_record(Patient, "patient", defaults, fields)


def a_plan(**fields: object) -> Plan:
    """An insured employer plan in Washington that pays a massage therapist outside its network, with an order."""
    said = {"source": "Plan booklet, page 31", "said_on": "2026-01-01"}
    address = {"street": "PO Box 5550", "city": "Spokane", "state": "WA", "zip": "99210"}
    defaults = {
        "payer": "Cascade Harbor Health Plan",
        "plan_name": "Harbor Open Access 1500",
        "kind": "employer-insured",
        "state": "WA",
        "member_id": "CHX00412207",
        "group_number": "007731",
        "card_phone": "800-555-0119",
        "plan_year_start": "01-01",
        "other_coverage": {"has": "no"},
        "accident": {"work": "no", "auto": "no", "other": "no"},
        "rules": {
            "filing_limit": {"days": 365, **said},
            "claim_form": {"value": "none", **said},
            "originals": {"value": "no", **said},
            "claims_address": {"department": "Member Claims", "address": address, **said},
            "fax": {"value": "800-555-0187", **said},
            "pays_to": {"value": "member", **said},
            "appeals_address": {"department": "Appeals", "address": {**address, "street": "PO Box 5551"}, **said},
            "appeal_limit": {"days": 180, **said},
            "requires_order": {"value": "yes", **said},
            "requires_letter": {"value": "no", **said},
            "requires_authorization": {"value": "no", **said},
            "requires_notes": {"value": "no", **said},
            "massage_covered": {"value": "yes", **said},
            "massage_therapist_accepted": {"value": "yes", **said},
            "only_within_therapy": {"value": "no", **said},
            "out_of_network": {"value": "yes", **said},
            "visit_limit": {"value": 24, **said},
        },
    }
    return a_record(Plan, "plan", defaults, fields)


def a_provider(record_id: str = "ana-petrova", **fields: object) -> Provider:
    """The licensed massage therapist who treats."""
    defaults = {
        "name": "Ana Petrova",
        "roles": ["rendering"],
        "credential": "LMT",
        "npi": "2123456784",
        "licence": {"number": "MA60012345", "state": "WA", "kind": "license"},
        "taxonomy": "225700000X",
        "address": {"street": "77 Market Street", "city": "Tacoma", "state": "WA", "zip": "98402"},
        "phone": "253-555-0117",
        "network": {"status": "out", "source": "The plan's directory", "date": "2026-02-20"},
    }
    return a_record(Provider, record_id, defaults, fields)


def a_practice(record_id: str = "calm-hands", **fields: object) -> Provider:
    """The practice that bills."""
    defaults = {
        "name": "Calm Hands LLC",
        "roles": ["billing"],
        "npi": "2000000002",
        "ein": "91-0000123",
        "address": {"street": "77 Market Street", "city": "Tacoma", "state": "WA", "zip": "98402"},
        "phone": "253-555-0117",
        "fax": "253-555-0118",
    }
    return a_record(Provider, record_id, defaults, fields)


def a_doctor(record_id: str = "dr-okoye", **fields: object) -> Provider:
    """The doctor who ordered."""
    defaults = {
        "name": "Ngozi Okoye",
        "roles": ["referring"],
        "credential": "MD",
        "npi": "2345678900",
        "address": {"street": "900 Pine Avenue", "city": "Tacoma", "state": "WA", "zip": "98405"},
        "phone": "253-555-0160",
        "fax": "253-555-0161",
    }
    return a_record(Provider, record_id, defaults, fields)


def a_licence_check(
    provider: str = "ana-petrova", date: object = ORDER_DATE, *, record_id: str | None = None, **fields: object
) -> LicenceCheck:
    """The therapist's licence was looked up and is active."""
    defaults = {
        "provider": provider,
        "date": date,
        "what": "license MA60012345",
        "where": "The state health department's provider search",
        "result": "active",
        "valid_until": "2027-03-31",
    }
    return a_record(LicenceCheck, record_id or str(date), defaults, fields)


def a_coverage(date: object = "2026-02-20", *, record_id: str | None = None, **fields: object) -> Coverage:
    """A call in which all six knock-out questions were answered well."""
    defaults = {
        "date": date,
        "source": "call",
        "representative": "Dana",
        "reference_number": "REF-20260220-118",
        "answers": {
            "coverage_active": "yes",
            "out_of_network_benefit": "yes",
            "massage_excluded": "no",
            "massage_therapist_accepted": "yes",
            "only_within_other_therapy": "no",
            "approval_or_order_first": "yes",
            "order_required": "yes",
            "letter_required": "no",
            "authorization_required": "no",
            "visit_limit": "24",
            "visits_used": "0",
            "code_97124": "yes",
        },
    }
    return a_record(Coverage, record_id or str(date), defaults, fields)


def an_authorization(number: str = "AUTH-5521", *, record_id: str = "2026-03-03", **fields: object) -> Authorization:
    """An approval for twelve visits. Not part of `a_case()`: its plan wants none."""
    defaults = {
        "number": number,
        "codes": ["97124"],
        "visits": 12,
        "from": "2026-03-03",
        "until": "2026-06-30",
        "source": "Approval letter",
    }
    return a_record(Authorization, record_id, defaults, fields)


# --- what hurts, what was ordered, what was done, what was paid


def a_condition(record_id: str = "low-back", **fields: object) -> Condition:
    """Low back pain, with the doctor's diagnosis."""
    defaults = {
        "name": "low back pain",
        "diagnoses": [{"code": "M54.59", "words": "other low back pain", "by": "dr-okoye"}],
        "onset": "2025-11-03",
        "cause": {"text": "Began after moving house.", "said_by": "patient"},
        "treatments_tried": [
            {
                "what": "physical therapy",
                "from": "2025-12",
                "to": "2026-01",
                "result": "helped for a day",
                "said_by": "patient",
            }
        ],
        "limits": [{"activity": "sitting at work", "now": "20 minutes", "before": "2 hours", "said_by": "patient"}],
        "goals": [{"measure": "sitting minutes", "target": "60", "by": "2026-05-31", "said_by": "dr-okoye"}],
    }
    return a_record(Condition, record_id, defaults, fields)


def a_prescription(date: object = ORDER_DATE, *, record_id: str | None = None, **fields: object) -> Prescription:
    """A signed order for twelve visits, once a week, complete in every part."""
    defaults = {
        "date": date,
        "referring": "dr-okoye",
        "condition": "low-back",
        "service": "massage therapy",
        "regions": ["low back"],
        "minutes_per_visit": 60,
        "per_week": 1,
        "weeks": 12,
        "visits": 12,
        "valid_until": "2026-05-31",
        "goals": ["sitting for 60 minutes at work"],
        "precautions": ["none known"],
        "signed": "yes",
    }
    return a_record(Prescription, record_id or str(date), defaults, fields)


def a_session(
    date: object = FIRST_SESSION,
    *,
    minutes: object = 52,
    code: object = "97124",
    units: object = "counted",
    charge: object = "96.00",
    record_id: str | None = None,
    **fields: object,
) -> Session:
    """A visit of one service; `minutes`, `code` and `charge` are that service's; `units` None: none billed. Give `services=[…]` for several."""
    services = fields.pop("services", None)
    if services is None:
        if units == "counted":
            units = _units(minutes) if code == "97124" and isinstance(minutes, int) else None
        price = None if charge is None else _dollars(charge)
        services = [{"code": code, "minutes": minutes, "units": units, "charge": price}]
    defaults = {
        "date": date,
        "services": services,
        "rendering": "ana-petrova",
        "prescription": ORDER_DATE,
        "start": "10:00",
        "end": "11:00",
        "place": "11",
        "regions": ["low back"],
        "note": {
            "author": "therapist",
            "s": "Pain 6 of 10 after a day at the desk.",
            "o": "Tight lumbar muscles on both sides; slow stroking and kneading.",
            "a": "Less guarding, bends further forward.",
            "p": "Again in a week.",
            "signed_on": date,
        },
        "pain": {"before": 6, "after": 4},
        "price_agreed": _sum_of_charges(services),
    }
    return a_record(Session, record_id or str(date), defaults, fields)


def _sum_of_charges(services: object) -> str | None:
    charges = [_service_charge(service) for service in services] if isinstance(services, (list, tuple)) else [None]
    return None if None in charges else _dollars(sum(Decimal(str(charge)) for charge in charges))


def _service_charge(service: object) -> object:
    return service.get("charge") if isinstance(service, Mapping) else getattr(service, "charge", None)


def a_payment(
    date: object = FIRST_SESSION,
    amount: object = "96.00",
    *,
    session: object = None,
    record_id: str | None = None,
    **fields: object,
) -> Payment:
    """A card payment of `amount` for one session (the one of its date); give `for_=[{"session": …, "amount": …}]` for several."""
    defaults = {
        "date": date,
        "amount": _dollars(amount),
        "method": "card ending 4242",
        "for": [{"session": session or str(date), "amount": _dollars(amount)}],
        "from": "card",
    }
    return a_record(Payment, record_id or str(date), defaults, fields)


def a_measure(
    date: object = ORDER_DATE,
    measure: str = "odi",
    score: object = 42,
    *,
    record_id: str | None = None,
    **fields: object,
) -> Measure:
    """A baseline, measured before the first session."""
    defaults = {"date": date, "measure": measure, "score": score, "condition": "low-back", "by": "patient"}
    return a_record(Measure, record_id or str(date), defaults, fields)


# --- what was sent, and what came back


def a_claim(sessions: Iterable[Session] | None = None, *, record_id: str | None = None, **fields: object) -> Claim:
    """The sessions as they were sent by certified mail; its id is the first date of service."""
    sent = tuple(sessions) if sessions is not None else (a_session(),)
    name = record_id or (str(min(session.date for session in sent)) if sent else FIRST_SESSION)
    defaults = {
        "id": name.rpartition("/")[2],
        "lines": [_line(session, service) for session in sent for service in session.services],
        "submission": {
            "date": "2026-03-18",
            "method": "certified-mail",
            "to": "Cascade Harbor Health Plan, Member Claims, PO Box 5550, Spokane, WA 99210",
            "tracking": "7020 0000 1111 2222 3333",
        },
    }
    return a_record(Claim, name, defaults, fields)


def _line(session: Session, service: Any) -> dict[str, object]:
    return {
        "session": session.record_id,
        "date": session.date,
        "place": session.place,
        "code": service.code,
        "modifiers": service.modifiers or None,
        "pointers": service.pointers or ["M54.59"],
        "minutes": service.minutes,
        "units": service.units or _units(service.minutes),
        "units_by": "therapist" if service.units else "minutes",
        "charge": service.charge,
        "paid": service.charge,
        "paid_on": session.date,
        "paid_by": "card ending 4242",
        "regions": session.regions,
        "rendering": session.rendering,
        "start": session.start and session.start.isoformat("minutes"),
        "end": session.end and session.end.isoformat("minutes"),
    }


def _units(minutes: int | None) -> int | None:
    """Units of a single timed service by the 8-minute rule."""
    return None if minutes is None else (minutes + 7) // 15


def a_statement(number: str = "2026-03-10", *, record_id: str | None = None, **fields: object) -> Statement:
    """A superbill that was handed out."""
    defaults = {
        "number": number,
        "version": 1,
        "issued": "2026-03-18",
        "paper": "superbill",
        "lines": [_line(session, service) for session in (a_session(),) for service in session.services],
    }
    return a_record(Statement, record_id or number, defaults, fields)


def a_contact(date: object = "2026-03-19", *, record_id: str | None = None, **fields: object) -> Contact:
    """A call to the plan."""
    defaults = {
        "date": date,
        "way": "call",
        "with": "the plan",
        "person": "Dana",
        "phone": "800-555-0119",
        "reference": "REF-20260319-042",
        "said": "The claim arrived and is being worked on.",
    }
    return a_record(Contact, record_id or str(date), defaults, fields)


def a_decision(
    about: str = f"claims/{FIRST_SESSION}",
    notice_date: object = "2026-04-10",
    *,
    record_id: str | None = None,
    **fields: object,
) -> Decision:
    """A denial of the whole claim as not medically necessary."""
    defaults = {
        "about": about,
        "notice_date": notice_date,
        "received_date": "2026-04-14",
        "total_paid": "0.00",
        "outcome": "denied",
        "reason_as_written": "We find that this care does not meet our criteria.",
        "adjustments": [{"group": "CO", "carc": "50", "amount": "96.00"}],
        "claim_number": "C-778812",
    }
    return a_record(Decision, record_id or str(notice_date), defaults, fields)


def an_appeal(decision: str = "2026-04-10", *, record_id: str = "2026-04-20", **fields: object) -> Appeal:
    """A first appeal that has not been sent yet."""
    defaults = {"decision": decision, "level": "1", "reasons": ["medical-necessity"]}
    return a_record(Appeal, record_id, defaults, fields)


def an_amendment(
    record: str = f"sessions/{FIRST_SESSION}",
    date: object = "2026-03-19",
    *,
    record_id: str | None = None,
    **fields: object,
) -> Amendment:
    """A late correction of a session."""
    defaults = {"record": record, "date": date, "reason": "A typing mistake.", "before": "52", "after": "53"}
    return a_record(Amendment, record_id or str(date), defaults, fields)


def an_import(date: object = "2026-03-19", *, record_id: str | None = None, **fields: object) -> Import:
    """What a file of visits was read as."""
    columns = [{"field": "date", "column": "Service Date"}, {"field": "code", "column": "CPT"}]
    return a_record(Import, record_id or str(date), {"date": date, "columns": columns, "visits": 1}, fields)


# --- scans


def a_pdf(words: str = "A signed paper", pages: int = 1) -> bytes:
    """A small real PDF of letter pages with one line of text on each; the same words give the same bytes."""
    line = "".join(letter if " " <= letter <= "~" and letter not in "()\\" else " " for letter in words)
    kids = " ".join(f"{4 + 2 * page} 0 R" for page in range(pages))
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for page in range(pages):
        drawing = f"BT /F1 12 Tf 72 700 Td ({line} - page {page + 1}) Tj ET"
        resources = "<< /Font << /F1 3 0 R >> >>"
        bodies.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources {resources} /Contents {5 + 2 * page} 0 R >>"
        )
        bodies.append(f"<< /Length {len(drawing)} >>\nstream\n{drawing}\nendstream")
    text, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(text))
        text += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(bodies) + 1
    text += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{len(text)}\n%%EOF\n"
    return text.encode("ascii")


def an_attachment(
    file: str = "order.pdf",
    *,
    kind: str = "prescription",
    data: bytes | None = None,
    pages_in_file: int = 1,
    record_id: str | None = None,
    **fields: object,
) -> Attachment:
    """A scan with its digest and what was found in it. `data` is the file's content; default: a small real PDF."""
    content = data if data is not None else a_pdf(f"{kind} {file}", pages_in_file)
    digest = hashlib.sha256(content).hexdigest()
    _FILES[digest] = content
    defaults: dict[str, object] = {
        "file": file,
        "sha256": digest,
        "kind": kind,
        "for": [f"prescriptions/{ORDER_DATE}"] if kind == "prescription" else None,
        "title": kind.replace("-", " "),
    }
    if data is None:
        defaults["examined"] = {
            "sha256": digest,
            "size_bytes": len(content),
            "kind": "pdf",
            "pages": pages_in_file,
            "page_sizes": [{"width": "612.0", "height": "792.0", "pages": pages_in_file}],
            "encrypted": False,
            "needs_password": False,
            "signed": False,
            "has_form": False,
            "upright": 1,
            "width_px": 0,
            "height_px": 0,
            "text_found": True,
            "looks_dark": False,
        }
    return a_record(Attachment, record_id or Path(file).stem, defaults, fields)


# --- the whole


def a_case(
    *,
    prepared_by: str = "practice",
    settings: CaseSettings | None = None,
    patient: Patient | None = None,
    plan: Plan | None = None,
    folder: Path = Path("my-claim"),
    **records: Iterable[Record],
) -> Case:
    """A complete case that is quiet on `TODAY`; any of Case's fields can be given.

    When `sessions` are given and `payments` aren't, each session with a charge gets a payment of its own; when
    `attachments` aren't given, the order and every payment get a scan.
    """
    sessions = tuple(records.pop("sessions", (a_session(),)))
    paid_each = [
        _payment_of(session) for session in sessions if isinstance(session, Session) and session.charge is not None
    ]
    payments = tuple(records.pop("payments", paid_each))
    prescriptions = tuple(records.pop("prescriptions", (a_prescription(),)))
    whole: dict[str, Any] = {
        "settings": settings or a_record(CaseSettings, "case", {"format": "1", "prepared_by": prepared_by}, {}),
        "patient": patient if patient is not None else a_patient(),
        "plan": plan if plan is not None else a_plan(),
        "conditions": (a_condition(),),
        "providers": (a_provider(), a_practice(), a_doctor()),
        "licence_checks": (a_licence_check(),),
        "coverage": (a_coverage(),),
        "prescriptions": prescriptions,
        "sessions": sessions,
        "payments": payments,
        "measures": (a_measure(),),
    }
    whole["attachments"] = (
        *(_order_scan(order) for order in prescriptions),
        *(_payment_proof(payment) for payment in whole["payments"]),
    )
    whole |= {name: tuple(given) for name, given in records.items()}
    for name, listed in whole.items():
        if isinstance(listed, tuple):
            whole[name] = tuple(sorted(listed, key=lambda record: _by_number(record.record_id)))
    case = Case(folder=folder, **whole)
    trees = {record.record_id: _on_file(record) for record in case.everything()}
    return Case(folder=folder, trees=trees, **whole)


def _on_file(record: Record) -> yamltext.Tree:
    made_from = _ON_FILE.get(id(record))
    if made_from is None or made_from[0] is not record or not find_masked(yamltext.write(to_tree(record))):
        return _tree(record)
    return made_from[1]


def _by_number(record_id: str) -> tuple[str, int]:
    """`2026-03-10` before `2026-03-10-2` before `2026-03-10-10`, as the store reads them."""
    dated = re.fullmatch(r"(.*/\d{4}-\d{2}-\d{2})(?:-(\d+))?", record_id)
    return (dated[1], int(dated[2] or 1)) if dated else (record_id, 0)


def _payment_of(session: Session) -> Payment:
    return a_payment(session.date, session.charge, session=session.stem, record_id=session.stem)


def _order_scan(order: Any) -> Attachment:
    return an_attachment(
        f"order-{order.stem}.pdf", kind="prescription", for_=[order.record_id], date=order.date, signed_by="prescriber"
    )


def _payment_proof(payment: Payment) -> Attachment:
    return an_attachment(
        f"receipt-{payment.stem}.pdf",
        kind="payment-proof",
        for_=[payment.record_id],
        date=payment.date,
        amount=payment.amount,
    )


def _tree(record: Record) -> yamltext.Tree:
    return yamltext.read(yamltext.write(to_tree(record)), f"{record.record_id}.yaml")


def write_record(folder: Path, record: Record) -> Path:
    """Writes one record as YAML, with its attachment's file when it was built here. Gives the YAML's path."""
    path = folder / f"{record.record_id}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yamltext.write(to_tree(record)), encoding="utf-8")
    if isinstance(record, Attachment) and record.sha256 in _FILES:
        (path.parent / record.file).write_bytes(_FILES[record.sha256])
    return path


def write_case(folder: Path, case: Case | None = None) -> Path:
    """Writes every record of `case` (default: `a_case()`) into `folder`, attachments' files too. Gives the folder."""
    whole = case if case is not None else a_case()
    folder.mkdir(parents=True, exist_ok=True)
    for record in whole.everything():
        write_record(folder, record)
    return folder


ALL_BUILDERS = {
    Condition: a_condition,
    Provider: a_provider,
    LicenceCheck: a_licence_check,
    Coverage: a_coverage,
    Authorization: an_authorization,
    Prescription: a_prescription,
    Session: a_session,
    Payment: a_payment,
    Measure: a_measure,
    Statement: a_statement,
    Claim: a_claim,
    Contact: a_contact,
    Decision: a_decision,
    Appeal: an_appeal,
    Amendment: an_amendment,
    Import: an_import,
    Attachment: an_attachment,
}
"""A builder for every kind of record that lives in a folder."""
assert set(ALL_BUILDERS) == set(RECORD_KINDS)
