"""Notices as insurers offer them for download: ExplanationOfBenefit resources of invented people, in three profiles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

HL7 = "http://terminology.hl7.org/CodeSystem/adjudication"
CARIN = "http://hl7.org/fhir/us/carin-bb/CodeSystem/C4BBAdjudication"
CARC = "https://x12.org/codes/claim-adjustment-reason-codes"
RARC = "https://x12.org/codes/remittance-advice-remark-codes"


def amount(code: str, value: str, system: str = HL7, currency: str = "USD") -> dict[str, Any]:
    return {
        "category": {"coding": [{"system": system, "code": code}]},
        "amount": {"value": float(value), "currency": currency},
    }


def reason(code: str, system: str = CARC, words: str = "", value: str | None = None) -> dict[str, Any]:
    found: dict[str, Any] = {
        "category": {"coding": [{"system": f"{CARIN}Discriminator", "code": "denialreason"}]},
        "reason": {"coding": [{"system": system, "code": code, **({"display": words} if words else {})}]},
    }
    return found | ({"amount": {"value": float(value), "currency": "USD"}} if value else {})


def item(day: str, code: str, *adjudication: dict[str, Any], **fields: Any) -> dict[str, Any]:
    coding = {"system": "http://www.ama-assn.org/go/cpt", "code": code}
    return {
        "sequence": 1,
        "productOrService": {"coding": [coding]},
        "servicedDate": day,
        "adjudication": list(adjudication),
        **fields,
    }


def paid_item(
    day: str, code: str = "97124", billed: str = "96.00", allowed: str = "84.00", share: str = "33.60"
) -> dict[str, Any]:
    """A line of which the plan paid what it allows without your share in per cent."""
    paid = f"{float(allowed) - float(share):.2f}"
    amounts = (amount("submitted", billed), amount("eligible", allowed), amount("coinsurance", share, CARIN))
    return item(day, code, *amounts, amount("deductible", "0.0"), amount("paidtopatient", paid, CARIN))


def an_eob(*items: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "resourceType": "ExplanationOfBenefit",
        "id": "eob-1",
        "status": "active",
        "use": "claim",
        "outcome": "complete",
        "created": "2026-04-10T08:30:00-04:00",
        "identifier": [{"type": {"coding": [{"system": "C4BBIdentifierType", "code": "uc"}]}, "value": "C-778812"}],
        "patient": {"reference": "Patient/p1"},
        "insurance": [{"focal": True, "coverage": {"reference": "Coverage/c1"}}],
        "insurer": {"display": "Example Health"},
        "item": list(items),
        **fields,
    }


def a_person(
    name: str = "Zoë Nuñez-Okafor", born: str = "1984-05-21", member: str = "CHX00412207"
) -> list[dict[str, Any]]:
    """The patient and the coverage that `an_eob` leads to."""
    given, _, family = name.partition(" ")
    patient = {"resourceType": "Patient", "id": "p1", "name": [{"family": family, "given": [given]}], "birthDate": born}
    return [patient, {"resourceType": "Coverage", "id": "c1", "subscriberId": member}]


def a_bundle(*resources: dict[str, Any], **fields: Any) -> dict[str, Any]:
    entries = [
        {"fullUrl": f"https://example.org/fhir/{one['resourceType']}/{one['id']}", "resource": one} for one in resources
    ]
    return {"resourceType": "Bundle", "type": "searchset", "entry": entries, **fields}


def as_json(resource: object) -> bytes:
    return json.dumps(resource, indent=1, ensure_ascii=False).encode()


def write_eob(folder: Path, resource: object, name: str = "eob.json") -> Path:
    file = folder / name
    file.write_bytes(as_json(resource))
    return file
