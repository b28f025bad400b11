"""The doctor's order. Takes texts, gives a record."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from massage_claim.models.kinds import ConditionId, Count, Day, Line, Minutes, ProviderId, Words, YesNo
from massage_claim.models.record import Record


class Prescription(Record):
    """An order for massage therapy from a doctor or another prescriber (FHIR ServiceRequest)."""

    FOLDER: ClassVar[str] = "prescriptions"
    TITLE: ClassVar[str] = "prescription"
    IDENTIFYING: ClassVar[tuple[str, ...]] = ("date", "referring")

    date: Day = Field(description="The date on the order. It must not be later than the first visit.")
    referring: ProviderId = Field(description="Who ordered it: the provider's record name.")
    condition: ConditionId | None = Field(None, description="The condition it is for.")
    service: Line | None = Field(None, description="What is ordered, such as massage therapy.")
    regions: tuple[Line, ...] = Field((), description="The body regions to treat.")
    minutes_per_visit: Minutes | None = Field(None, description="Minutes of hands-on work at each visit.")
    per_week: Count | None = Field(None, description="Visits a week.")
    weeks: Count | None = Field(None, description="For how many weeks.")
    visits: Count | None = Field(None, description="How many visits in all.")
    valid_until: Day | None = Field(None, description="The last day the order covers.")
    goals: tuple[Line, ...] = Field((), description="The goals on the order.")
    precautions: tuple[Line, ...] = Field((), description="What the therapist must take care of.")
    signed: YesNo | None = Field(None, description="Did the prescriber sign it? yes or no.")
    signed_on: Day | None = Field(None, description="The day beside the signature, if it is not the date on the order.")
    note: Words | None = Field(None, description="Anything else on the order.")
