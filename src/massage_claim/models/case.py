"""The whole case as it was read: every record, and where each one stands. One frozen whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import ClassVar, TypeVar

from pydantic import Field

from massage_claim.errors import Where
from massage_claim.frozen import dataclass
from massage_claim.models.appeal import Appeal
from massage_claim.models.attachment import Attachment
from massage_claim.models.choices import ClosedBecause, PreparedBy
from massage_claim.models.claim import Amendment, Claim, Statement
from massage_claim.models.condition import Condition
from massage_claim.models.contact import Contact
from massage_claim.models.coverage import Authorization, Coverage, LicenceCheck
from massage_claim.models.csv_import import Import
from massage_claim.models.decision import Decision
from massage_claim.models.field import asked
from massage_claim.models.kinds import Day, Line
from massage_claim.models.measure import Measure
from massage_claim.models.payment import Payment
from massage_claim.models.people import Patient
from massage_claim.models.plan import Plan
from massage_claim.models.prescription import Prescription
from massage_claim.models.providers import Provider
from massage_claim.models.record import Block, Record
from massage_claim.models.session import Session
from massage_claim.yamltext import Tree

RecordT = TypeVar("RecordT", bound=Record)

FORMAT = "1"


class Closed(Block):
    """Why and when the case was closed."""

    date: Day = Field(description="The day it was closed.")
    reason: ClosedBecause = asked("Why it is closed.", label="Reason", metavar="WORD")


class PacketSettings(Block):
    """What goes into packets, and in which order, where the person wants it otherwise than usual."""

    include: tuple[Line, ...] = Field(
        (), description="Papers to put in although the plan did not ask, such as therapist-note or attachments/scan-3."
    )
    leave_out: tuple[Line, ...] = Field(
        (), description="Papers to leave out, such as receipt or attachments/scan-3; the packet's result says so."
    )
    order: tuple[Line, ...] = Field(
        (), description="Papers that come first after the cover sheet, in this order; the rest follow as usual."
    )


class CaseSettings(Record):
    """case.yaml: what kind of folder this is, and who works with it."""

    FOLDER: ClassVar[str] = ""
    TITLE: ClassVar[str] = "case"
    IDENTIFYING: ClassVar[tuple[str, ...]] = ("format",)

    format: Line = Field(description="The folder's format. Do not change it.")
    prepared_by: PreparedBy = Field(
        "patient", description="Who prepares the papers: patient, or practice (the therapist or clinic)."
    )
    practice: Line | None = Field(None, description="A practice folder shared by many cases, such as ../practice.")
    packet: PacketSettings | None = Field(None, description="What goes into packets, and in which order.")
    as_of: Day | None = Field(None, description="Examples only: the day that counts as today.")
    closed: Closed | None = Field(None, description="Set by `close`: the day and the reason.")


RECORD_KINDS: tuple[type[Record], ...] = (
    Condition,
    Provider,
    LicenceCheck,
    Coverage,
    Authorization,
    Prescription,
    Session,
    Payment,
    Measure,
    Statement,
    Claim,
    Contact,
    Decision,
    Appeal,
    Amendment,
    Import,
    Attachment,
)
"""Every kind that lives in a folder of its own, one file a record."""


@dataclass(frozen=True)
class Case:
    """Everything the folder says. Tuples are in order of their record ids, which begin with the date."""

    folder: Path
    settings: CaseSettings
    patient: Patient
    plan: Plan
    conditions: tuple[Condition, ...] = ()
    providers: tuple[Provider, ...] = ()
    licence_checks: tuple[LicenceCheck, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    authorizations: tuple[Authorization, ...] = ()
    prescriptions: tuple[Prescription, ...] = ()
    sessions: tuple[Session, ...] = ()
    payments: tuple[Payment, ...] = ()
    measures: tuple[Measure, ...] = ()
    statements: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()
    contacts: tuple[Contact, ...] = ()
    decisions: tuple[Decision, ...] = ()
    appeals: tuple[Appeal, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    imports: tuple[Import, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    trees: Mapping[str, Tree] = field(default_factory=dict, repr=False)
    attachment_sizes: Mapping[str, int] | None = field(default=None, repr=False, compare=False)
    """Bytes of every file in attachments/ by its name, without having read any; None for a case that is in no folder."""

    def where(self, record: Record | str, *path: str | int) -> Where:
        """The file and line of a field of `record` (or of the record's first line)."""
        record_id = record if isinstance(record, str) else record.record_id
        tree = self.trees.get(record_id)
        return tree.where(path) if tree else Where(f"{record_id}.yaml")

    def find(self, kind: type[RecordT], record_id: str | None) -> RecordT | None:
        """The record of that kind and id, or None. `record_id` may leave out the folder."""
        if record_id is None:
            return None
        full = record_id if "/" in record_id else f"{kind.FOLDER}/{record_id}"
        for record in self.records(kind):
            if record.record_id == full:
                return record
        return None

    def records(self, kind: type[RecordT]) -> tuple[RecordT, ...]:
        """All records of a kind."""
        found: tuple[RecordT, ...] = getattr(self, kind.FOLDER.replace("-", "_"))
        return found

    def everything(self) -> tuple[Record, ...]:
        """Every record, the three single files first."""
        listed = tuple(record for kind in RECORD_KINDS for record in self.records(kind))
        return (self.settings, self.patient, self.plan, *listed)

    @property
    def by_practice(self) -> bool:
        """True when the therapist or clinic prepares the papers."""
        return self.settings.prepared_by == "practice"
