"""A call, letter or message with the payer or a provider. Takes texts, gives a record."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from massage_claim.models.claim import ClaimNumber
from massage_claim.models.kinds import AttachmentId, Clock, ContactId, Day, Line, Phone, Words
from massage_claim.models.record import Record


class Contact(Record):
    """One line of the contact log."""

    FOLDER: ClassVar[str] = "contacts"
    TITLE: ClassVar[str] = "contact"
    IDENTIFYING: ClassVar[tuple[str, ...]] = ("date", "way", "with")

    date: Day = Field(description="The day of the contact.")
    way: Literal["call", "letter", "fax", "portal", "email", "in-person"] = Field(
        description="How: call, letter, fax …"
    )
    with_: Line = Field(alias="with", description="Whom it was with: the plan, the therapist, the doctor, the state.")
    about: Line | None = Field(None, description="The claim, appeal or record it was about.")
    time: Clock | None = Field(None, description="The time of day it began.")
    person: Line | None = Field(None, description="The name of the person you spoke to.")
    title: Line | None = Field(None, description="That person's title or department.")
    phone: Phone | None = Field(None, description="The number you called.")
    reference: Line | None = Field(None, description="The reference number.")
    said: Words | None = Field(None, description="What was said.")
    received_on: Day | None = Field(None, description="The day on which, they say, your papers reached them.")
    claim_numbers: tuple[ClaimNumber, ...] = Field(
        (), description="The payer's claim numbers that you learned, and the dates each covers."
    )
    promised: Words | None = Field(None, description="What was promised.")
    next_date: Day | None = Field(None, description="The day to follow up.")
    asked_for: Words | None = Field(None, description="What they asked you to send.")
    answer_by: Day | None = Field(None, description="The day by which they want it.")
    answers: ContactId | None = Field(None, description="The contact in which they asked for what you send here.")
    sent: Line | None = Field(None, description="What you sent, and when.")
    papers: tuple[AttachmentId, ...] = Field((), description="The attachments you sent.")
    confirmation: Line | None = Field(None, description="The confirmation or tracking number of what you sent.")
    proof: AttachmentId | None = Field(None, description="The attachment that proves the sending.")
