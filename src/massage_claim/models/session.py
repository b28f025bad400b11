"""One encounter on one date of service."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import AfterValidator, model_validator

from massage_claim.models.choices import NoteAuthor, Purpose
from massage_claim.models.field import NotBefore, asked
from massage_claim.models.kinds import (
    UNKNOWN_CODE,
    Clock,
    Count,
    Icd10,
    Line,
    Minutes,
    Modifier,
    Money,
    PainScore,
    PastDay,
    PlaceOfService,
    PrescriptionId,
    ProviderId,
    ServiceCode,
    Words,
)
from massage_claim.models.record import Block, Record

if TYPE_CHECKING:
    from massage_claim.models.field import Answers


def _treated(answers: Answers) -> bool:
    return answers.get("purpose") != "relaxation"


def _noted(answers: Answers) -> bool:
    return bool(answers.get("note"))


def _not_as_one(answers: Answers) -> bool:
    note = answers.get("note")
    return not (isinstance(note, dict) and note.get("text"))


def _several(answers: Answers) -> bool:
    services = answers.get("services")
    return isinstance(services, list) and len(services) > 1


def _at_most_four(modifiers: tuple[str, ...]) -> tuple[str, ...]:
    if len(modifiers) > 4:
        raise ValueError("has more than four modifiers | A service line takes at most four")
    return modifiers


class Service(Block):
    """One service of the visit (CMS-1500 item 24D–G)."""

    code: ServiceCode = asked(
        "The procedure code the therapist gave, such as 97124; unknown until then.",
        label="Procedure code",
        where="It is on the therapist's bill. ? when you don't know it: we ask the therapist.",
        who="therapist",
        unknown=UNKNOWN_CODE,
    )
    minutes: Minutes | None = asked(
        "Hands-on minutes for this code, not the length of the appointment.",
        None,
        label="Hands-on minutes",
        who="therapist",
    )
    charge: Money | None = asked(
        "The price of this service in dollars and cents.", None, label="Price", metavar="PRICE", who="therapist"
    )
    units: Count | None = asked("Units as the therapist billed them.", None, label="Units billed", who="therapist")
    modifiers: Annotated[tuple[Modifier, ...], AfterValidator(_at_most_four)] = asked(
        "Modifiers, only as the plan asked for them.", (), label="Modifiers", who="plan", guide=False
    )
    pointers: tuple[Icd10, ...] = asked(
        "The diagnoses this service is for; default: the order's.",
        (),
        label="Its diagnoses",
        who="doctor",
        guide=False,
    )
    regions: tuple[Line, ...] = asked(
        "The body regions of this service, if they differ.",
        (),
        label="Its body regions",
        when=_several,
        guide=False,
    )


class Note(Block):
    """What was written about the visit, and by whom."""

    text: Words | None = asked("The note as one text.", None, label="Note", option="")
    s: Words | None = asked("What the patient said.", None, label="Note: patient said", option="--s", when=_not_as_one)
    o: Words | None = asked(
        "What the therapist found and did.", None, label="Note: found and done", option="--o", when=_not_as_one
    )
    a: Words | None = asked("How the patient responded.", None, label="Note: response", option="--a", when=_not_as_one)
    p: Words | None = asked("The plan from here.", None, label="Note: plan", option="--p", when=_not_as_one)
    author: NoteAuthor = asked(
        "Who wrote it: therapist or patient.", label="Author of the note", metavar="WHO", when=_noted, must=True
    )
    signed_on: Annotated[PastDay, NotBefore("date", "The note would be signed before the visit.")] | None = asked(
        "The day the author signed it.", None, label="Note signed on", option="--signed-on", when=_noted
    )

    @property
    def empty(self) -> bool:
        """True when nothing is written."""
        return not any((self.text, self.s, self.o, self.a, self.p))


class Pain(Block):
    """Pain from 0 (none) to 10 (worst)."""

    before: PainScore | None = asked("Pain before the session, 0 to 10.", None, label="Pain before")
    after: PainScore | None = asked("Pain after the session, 0 to 10.", None, label="Pain after")


class Session(Record):
    """One encounter on one date of service (FHIR Encounter)."""

    FOLDER: ClassVar[str] = "sessions"
    TITLE: ClassVar[str] = "session"
    IDENTIFYING: ClassVar[tuple[str, ...]] = ("date", "services")
    LISTED: ClassVar[tuple[str, ...]] = ("services",)

    date: PastDay = asked("The date of service.", label="Date of the visit", usual="today")
    services: tuple[Service, ...] = asked(
        "What was done: one entry for each procedure code.",
        label="service",
        option="service",
        row="CODE=MINUTES[:PRICE]",
    )
    purpose: Purpose = asked(
        "treatment, or relaxation (never in a claim).",
        "treatment",
        label="Purpose",
        metavar="WORD",
        usual=lambda _: "treatment",
        must=True,
    )
    rendering: ProviderId | None = asked("Who treated: the therapist's record name.", None, label="Who treated")
    prescription: PrescriptionId | None = asked(
        "The order this visit belongs to.", None, label="Doctor's order", when=_treated
    )
    start: Clock | None = asked("When the hands-on work began.", None, label="Started at", who="therapist")
    end: Clock | None = asked("When it ended.", None, label="Ended at", who="therapist")
    place: PlaceOfService | None = asked(
        "Place of service: 11 is an office, 12 your home.", None, label="Place of service", who="therapist"
    )
    regions: tuple[Line, ...] = asked(
        "The body regions that were worked on.", (), label="Body regions", option="region", metavar="REGION"
    )
    pain: Pain | None = asked("Pain before and after.", None, label="Pain")
    note: Note | None = asked("The note about the visit.", None, label="Note")
    price_agreed: Money | None = asked(
        "The price you agreed on for the visit, without tip.", None, label="Price agreed", prompt=False
    )

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
