"""What a paper about the patient should mention, in the spellings that offices use.

Labels are what a record may keep: which of the patient's data a paper shows, never the data. Beside them it keeps a
digest of what was looked for, so that a later change of the patient's data is noticed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date

from massage_claim.models.people import Patient
from massage_claim.models.plan import Plan

NAME, BIRTH_DATE, MEMBER_ID, ADDRESS = "name", "birth date", "member ID", "address"


def list_spellings(patient: Patient, plan: Plan) -> dict[str, tuple[str, ...]]:
    """Label → spellings, only for what is known."""
    street = patient.address.street if patient.address else None
    found = {
        NAME: _names(patient.name) if patient.name else (),
        BIRTH_DATE: _dates(patient.birth_date) if patient.birth_date else (),
        MEMBER_ID: (plan.member_id,) if plan.member_id else (),
        ADDRESS: (" ".join(street.split()[:2]),) if street else (),  # "418 Alder", whatever follows
    }
    return {label: spellings for label, spellings in found.items() if spellings}


def digest_of(look_for: Mapping[str, Sequence[str]], sha256: str) -> str:
    """SHA-256 of what was looked for, salted with the digest of the file, so that no two files show the same one."""
    told = json.dumps([sha256, sorted((label, list(texts)) for label, texts in look_for.items())])
    return hashlib.sha256(told.encode("ascii")).hexdigest()


def _names(name: str) -> tuple[str, ...]:
    """As typed; first and last name; last name first; with or without what stands between."""
    parts = name.replace(",", " ").split()
    first, last = parts[0], parts[-1]
    initials = " ".join([first, *(part[0] for part in parts[1:-1]), last])
    turned = [f"{last} {' '.join(parts[:-1])}", f"{last} {first}"]
    return tuple(dict.fromkeys([name, f"{first} {last}", initials, *turned]))


def _dates(day: date) -> tuple[str, ...]:
    """The ways an American or an international paper writes a day; a bare month and day never stand for it."""
    month, number, year = day.month, day.day, day.year
    short, long = _MONTHS[month - 1][:3], _MONTHS[month - 1]
    spelled = [f"{name} {number} {year}" for name in (long, short)] + [
        f"{number} {name} {year}" for name in (long, short)
    ]
    padded = [f"{name} {number:02d} {year}" for name in (long, short)] + [f"{number:02d} {short} {year}"]
    figures = [f"{month:02d}/{number:02d}/{year}", f"{month}/{number}/{year}", f"{month}/{number:02d}/{year}"]
    figures += [f"{month:02d}/{number}/{year}", f"{month:02d}/{number:02d}/{year % 100:02d}", day.isoformat()]
    return tuple(dict.fromkeys([*spelled, *padded, *figures]))


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
