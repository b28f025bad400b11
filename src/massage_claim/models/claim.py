"""What was claimed, sent, and handed out: frozen snapshots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from massage_claim.models.choices import SendMethod
from massage_claim.models.field import Names, Shown, asked
from massage_claim.models.kinds import (
    ClaimId,
    Clock,
    CopiedText,
    Count,
    Day,
    Icd10,
    Identifier,
    Line,
    Minutes,
    Modifier,
    Money,
    PastDay,
    PlaceOfService,
    ProviderId,
    ServiceCode,
    SessionId,
    Sha256,
    Words,
)
from massage_claim.models.providers import Parties
from massage_claim.models.record import Block, Record

if TYPE_CHECKING:
    from massage_claim.models.field import Answers


def _confirmed(answers: Answers) -> bool:
    return answers.get("method") in ("fax", "portal", "email")


def _tracked(answers: Answers) -> bool:
    return answers.get("method") in ("mail", "certified-mail")


class ServiceLine(Block):
    """One line of a claim as it was sent (CMS-1500 item 24; FHIR Claim.item)."""

    session: SessionId = Field(description="The session this line comes from.")
    date: Day = Field(description="The date of service.")
    place: PlaceOfService | None = Field(None, description="Place of service.")
    code: ServiceCode = Field(description="The procedure code.")
    modifiers: tuple[Modifier, ...] = Field((), description="The modifiers.")
    pointers: tuple[Icd10, ...] = Field((), description="The diagnoses this line points to.")
    minutes: Minutes | None = Field(None, description="Hands-on minutes.")
    units: Count | None = Field(None, description="Units as billed.")
    units_by: Literal["therapist", "minutes"] | None = Field(
        None, description="Who set the units: the therapist, or the unit rule from the minutes."
    )
    charge: Money | None = Field(None, description="The charge.")
    paid: Money | None = Field(None, description="What the patient paid for it.")
    paid_on: Day | None = Field(None, description="The day it was paid.")
    paid_by: Line | None = Field(None, description="How it was paid.")
    regions: tuple[Line, ...] = Field((), description="The body regions in words.")
    rendering: ProviderId | None = Field(None, description="Who treated.")
    start: Clock | None = Field(None, description="When the hands-on work began.")
    end: Clock | None = Field(None, description="When it ended.")


class Submission(Block):
    """How and when something was sent, and what proves it."""

    date: PastDay = asked("The day you sent it.", label="Sent on", usual="today")
    method: SendMethod = asked("How you sent it.", label="How it was sent", metavar="METHOD")
    to: Words | None = asked("Where it went: address, fax number or portal.", None, label="Sent to", metavar="WHERE")
    confirmation: Identifier | None = asked(
        "The portal's or fax's confirmation.", None, label="Confirmation number", metavar="NUMBER", when=_confirmed
    )
    tracking: Identifier | None = asked(
        "The tracking number of the mail piece.", None, label="Tracking number", metavar="NUMBER", when=_tracked
    )
    proof: Annotated[Line, Names("attachments"), Shown("ATTACHMENT")] | None = asked(
        "The attachment that proves it.", None, label="Proof of sending", guide=False
    )
    built_on: Day | None = Field(None, description="The day that the papers in the packet bear.")
    manifest_sha256: Sha256 | None = Field(None, description="The digest of the packet's manifest.")
    sent_file: Identifier | None = Field(None, description="The PDF in sent/ that went out.")
    signed_on_paper: Line | None = Field(None, description="yes, when the print was signed in ink.")
    past_limit_confirmed: Line | None = Field(None, description="yes, when it was sent after its limit on purpose.")
    without_packet: Line | None = Field(
        None, description="yes, when it was sent without this program, so that no packet of it is kept."
    )
    changed_confirmed: Line | None = Field(
        None, description="yes, when what was sent is not what the records would make, on purpose."
    )


class ClaimNumber(Block):
    """The payer's own number for the claim, and the dates it covers."""

    number: Identifier = asked("The claim number on the payer's paper.", label="Claim number, if they gave one")
    dates: tuple[Day, ...] = asked("The dates of service it covers.", (), label="Its dates of service")


class Claim(Record):
    """Lines sent together (FHIR Claim). Its id is its first date of service."""

    FOLDER: ClassVar[str] = "claims"
    TITLE: ClassVar[str] = "claim"
    IDENTIFYING: ClassVar[tuple[str, ...]] = ("id",)
    LISTED: ClassVar[tuple[str, ...]] = ("lines", "submission.date", "submission.method")

    id: Identifier = Field(description="Our own reference: the first date of service.")
    lines: tuple[ServiceLine, ...] = Field((), description="The lines as they were sent.")
    submission: Submission | None = Field(None, description="How and when it was sent.")
    claim_numbers: tuple[ClaimNumber, ...] = Field((), description="The payer's claim numbers, when they are known.")
    parties: Parties | None = Field(None, description="Who treated, is paid and ordered, as it was printed.")
    replaces: ClaimId | None = Field(None, description="The claim this one corrects.")
    resent_as: Literal["replacement", "new"] | None = Field(
        None, description="Whether it went out as a replacement, or as a new claim after one that was not processed."
    )
    reason: Words | None = Field(None, description="What was corrected.")


class Statement(Record):
    """A superbill or receipt that was handed out. A reprint is equal to the byte; a correction is version 2."""

    FOLDER: ClassVar[str] = "statements"
    TITLE: ClassVar[str] = "statement"
    IDENTIFYING: ClassVar[tuple[str, ...]] = ("number",)
    LISTED: ClassVar[tuple[str, ...]] = ("number", "paper", "issued")

    number: Identifier = Field(description="The statement's number.")
    version: Count = Field(1, description="1 for the first, 2 for its first correction.")
    issued: PastDay | None = Field(None, description="The day it was handed out.")
    paper: Literal["superbill", "receipt"] = Field("superbill", description="superbill or receipt.")
    claim: ClaimId | None = Field(None, description="The claim it went with.")
    lines: tuple[ServiceLine, ...] = Field((), description="The lines as they were printed.")
    parties: Parties | None = Field(None, description="Who treated, is paid and ordered, as it was printed.")
    replaces: Line | None = Field(None, description="The version it replaces.")
    reason: Words | None = Field(None, description="What was corrected.")
    file: Identifier | None = Field(
        None, description="The PDF in sent/ that was handed out; a reprint is a copy of it."
    )
    sha256: Sha256 | None = Field(None, description="The digest of that PDF.")


class Amendment(Record):
    """A change to a record after a paper with it went out."""

    FOLDER: ClassVar[str] = "amendments"
    TITLE: ClassVar[str] = "amendment"
    IDENTIFYING: ClassVar[tuple[str, ...]] = ("record", "date", "reason")
    LISTED: ClassVar[tuple[str, ...]] = ("record", "reason")

    record: Identifier = Field(description="The record that was changed.")
    date: PastDay = Field(description="The day it was changed.")
    reason: Words = Field(description="Why it was changed.")
    before: CopiedText | None = Field(None, description="What it said before.")
    after: CopiedText | None = Field(None, description="What it says now.")
