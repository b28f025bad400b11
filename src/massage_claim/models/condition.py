"""What hurts, since when, what was tried, and what it stops the person from doing. Takes texts, gives a record."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from massage_claim.models.kinds import Day, Icd10, Line, ProviderId, Words
from massage_claim.models.record import Block, Record

SaidBy = Line
"""Who said it: `patient`, a provider's or an attachment's record name."""


class Diagnosis(Block):
    """A diagnosis from the prescriber (CMS-1500 item 21)."""

    code: Icd10 = Field(description="The ICD-10-CM code from the order, such as M54.50.")
    words: Line | None = Field(None, description="The diagnosis in words.")
    by: ProviderId | None = Field(None, description="The provider who made it. A massage therapist does not diagnose.")


class Treatment(Block):
    """Something that was tried before."""

    what: Line = Field(description="What was tried, such as physical therapy.")
    from_: Line | None = Field(None, alias="from", description="When it began: a date, a month or a year.")
    to: Line | None = Field(None, description="When it ended.")
    result: Line | None = Field(None, description="What came of it.")
    said_by: SaidBy | None = Field(None, description="Who said so: patient, a provider or an attachment.")


class Limit(Block):
    """Something the condition stops the person from doing."""

    activity: Line = Field(description="The activity, such as sitting at work.")
    now: Line | None = Field(None, description="What is possible now, with a number: 20 minutes.")
    before: Line | None = Field(None, description="What was possible before.")
    said_by: SaidBy | None = Field(None, description="Who said so: patient, a provider or an attachment.")


class Goal(Block):
    """What the treatment should reach, measurable and dated."""

    measure: Line = Field(description="What is measured, such as sitting time.")
    target: Line | None = Field(None, description="The value to reach.")
    by: Day | None = Field(None, description="By when.")
    said_by: SaidBy | None = Field(None, description="Who said so: patient, a provider or an attachment.")


class Told(Block):
    """A statement with its speaker."""

    text: Words = Field(description="What was said.")
    said_by: SaidBy | None = Field(None, description="Who said so: patient, a provider or an attachment.")


class Declined(Block):
    """The doctor would not order massage."""

    on: Day = Field(description="The day the doctor said so.")
    by: ProviderId | None = Field(None, description="The doctor who said so: the provider's record name.")
    reason: Words | None = Field(None, description="Why, and what the doctor advises instead.")


class Condition(Record):
    """One condition that is treated (FHIR Condition)."""

    FOLDER: ClassVar[str] = "conditions"
    TITLE: ClassVar[str] = "condition"
    IDENTIFYING: ClassVar[tuple[str, ...]] = ("name",)

    name: Line = Field(description="The condition in plain words, such as low back pain.")
    diagnoses: tuple[Diagnosis, ...] = Field((), description="The prescriber's diagnoses, with their codes.")
    onset: Day | None = Field(None, description="The day it began, as near as you know.")
    onset_said_by: SaidBy | None = Field(
        None, description="Who said when it began: patient, a provider or an attachment."
    )
    cause: Told | None = Field(None, description="How it began.")
    history: Told | None = Field(None, description="What happened since.")
    treatments_tried: tuple[Treatment, ...] = Field((), description="What was tried before, when, with what result.")
    limits: tuple[Limit, ...] = Field((), description="What you cannot do, with numbers.")
    goals: tuple[Goal, ...] = Field((), description="What should get better, by when.")
    declined: Declined | None = Field(None, description="Only when the doctor would not order massage: when, who, why.")
