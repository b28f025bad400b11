"""A shipped example as its folder looked on one day: only what had happened by then. For tests that play it through."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

from massage_claim.models.record import Record
from massage_claim.shipped import shipped
from massage_claim.store.read import read_case


def as_of(name: str, day: date, folder: Path) -> Path:
    """A copy in `folder`, without the records of later days. A claim's number is known once somebody named it."""
    copy = Path(shutil.copytree(shipped("examples") / name, folder))
    case = read_case(copy)
    later = [record for record in case.everything() if (when := _when(record)) is not None and when > day]
    gone = {record.record_id for record in later}
    gone |= {item.record_id for item in case.attachments if gone & set(item.for_)}
    for record_id in gone:
        (copy / f"{record_id}.yaml").unlink()
    for item in case.attachments:
        if item.record_id in gone:
            (copy / "attachments" / item.file).unlink()
    named = {d.about for d in case.decisions if d.record_id not in gone}
    named |= {c.about for c in case.contacts if c.record_id not in gone and c.about}
    for claim in case.claims:
        if claim.record_id not in gone and claim.record_id not in named:
            path = copy / f"{claim.record_id}.yaml"
            path.write_text(re.sub(r"claim_numbers:\n(  .*\n)+", "", path.read_text("utf-8")), encoding="utf-8")
    for contact in case.contacts:
        told = re.search(r"\d{4}-\d{2}-\d{2}", contact.sent or "")
        if contact.record_id not in gone and told and date.fromisoformat(told[0]) > day:
            path = copy / f"{contact.record_id}.yaml"
            path.write_text(re.sub(r"^sent: .*\n", "", path.read_text("utf-8"), flags=re.MULTILINE), encoding="utf-8")
    return copy


def _when(record: Record) -> date | None:
    """The day on which the person could write it down."""
    sent = getattr(record, "submission", None)
    if sent is not None:
        return date.fromisoformat(str(sent.date))
    for field in ("received_date", "notice_date", "date"):
        value = getattr(record, field, None)
        if isinstance(value, date):
            return value
    return None
