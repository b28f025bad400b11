"""One encounter on one date of service. Takes texts, gives a record."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator

from massage_claim.models.kinds import (
    Clock,
    Count,
    Day,
    Icd10,
    Line,
    Minutes,
    Modifier,
    Money,
    PainScore,
    PlaceOfService,
    PrescriptionId,
    ProviderId,
    ServiceCode,
    Words,
)
from massage_claim.models.record import Block, Record


def _at_most_four(modifiers: tuple[str, ...]) -> tuple[str, ...]:
    if len(modifiers) > 4:
        raise ValueError("has more than four modifiers | A service line takes at most four")
    return modifiers


class Service(Block):
    """One service of the visit (CMS-1500 item 24D–G)."""

    code: ServiceCode = Field(description="The procedure code the therapist gave, such as 97124; unknown until then.")
    minutes: Minutes | None = Field(
        None, description="Hands-on minutes for this code, not the length of the appointment."
    )
    units: Count | None = Field(None, description="Units as the therapist billed them.")
    modifiers: Annotated[tuple[Modifier, ...], AfterValidator(_at_most_four)] = Field(
        (), description="Modifiers, only as the plan asked for them."
    )
    pointers: tuple[Icd10, ...] = Field((), description="The diagnoses this service is for; default: the order's.")
    charge: Money | None = Field(None, description="The price of this service in dollars and cents.")
    regions: tuple[Line, ...] = Field((), description="The body regions of this service, if they differ.")


class Note(Block):
    """What was written about the visit, and by whom."""

    author: Literal["therapist", "patient"] = Field(description="Who wrote it: therapist or patient.")
    text: Words | None = Field(None, description="The note as one text.")
    s: Words | None = Field(None, description="What the patient said.")
    o: Words | None = Field(None, description="What the therapist found and did.")
    a: Words | None = Field(None, description="How the patient responded.")
    p: Words | None = Field(None, description="The plan from here.")
    signed_on: Day | None = Field(None, description="The day the author signed it.")

    @property
    def empty(self) -> bool:
        """True when nothing is written."""
        return not any((self.text, self.s, self.o, self.a, self.p))


class Pain(Block):
    """Pain from 0 (none) to 10 (worst)."""

    before: PainScore | None = Field(None, description="Pain before the session, 0 to 10.")
    after: PainScore | None = Field(None, description="Pain after the session, 0 to 10.")


class Session(Record):
    """One encounter on one date of service (FHIR Encounter)."""

    FOLDER: ClassVar[str] = "sessions"
    TITLE: ClassVar[str] = "session"
    IDENTIFYING: ClassVar[tuple[str, ...]] = ("date", "services")

    date: Day = Field(description="The date of service.")
    services: tuple[Service, ...] = Field(description="What was done: one entry for each procedure code.")
    rendering: ProviderId | None = Field(None, description="Who treated: the therapist's record name.")
    prescription: PrescriptionId | None = Field(None, description="The order this visit belongs to.")
    start: Clock | None = Field(None, description="When the hands-on work began.")
    end: Clock | None = Field(None, description="When it ended.")
    place: PlaceOfService | None = Field(None, description="Place of service: 11 is an office, 12 your home.")
    purpose: Literal["treatment", "relaxation"] = Field(
        "treatment", description="treatment, or relaxation (never in a claim)."
    )
    regions: tuple[Line, ...] = Field((), description="The body regions that were worked on.")
    note: Note | None = Field(None, description="The note about the visit.")
    pain: Pain | None = Field(None, description="Pain before and after.")
    price_agreed: Money | None = Field(None, description="The price you agreed on for the visit, without tip.")

    @model_validator(mode="after")
    def _has_services_and_time_runs_forward(self) -> Session:
        if not self.services:
            raise ValueError("names no service | Add at least one entry under `services:`")
        if self.start and self.end and self.end <= self.start:
            raise ValueError("ends before it starts | Correct `start` and `end`")
        return self

    @property
    def charge(self) -> Decimal | None:
        """The sum of the services' charges, or None while one is missing."""
        charges = [service.charge for service in self.services]
        return sum((c for c in charges if c is not None), Decimal("0.00")) if None not in charges else None

    @property
    def minutes(self) -> int | None:
        """Hands-on minutes of all services, or None while one is missing."""
        minutes = [service.minutes for service in self.services]
        return sum(m for m in minutes if m is not None) if None not in minutes else None
