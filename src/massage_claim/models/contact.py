"""A call, letter or message with the payer or a provider. Takes texts, gives a record."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from massage_claim.models.kinds import Day, Line, Phone, Words
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
    person: Line | None = Field(None, description="The name of the person you spoke to.")
    phone: Phone | None = Field(None, description="The number you called.")
    reference: Line | None = Field(None, description="The reference number.")
    said: Words | None = Field(None, description="What was said.")
    promised: Words | None = Field(None, description="What was promised.")
    next_date: Day | None = Field(None, description="The day to follow up.")
    asked_for: Words | None = Field(None, description="What they asked you to send.")
    sent: Line | None = Field(None, description="What you sent, and when.")
