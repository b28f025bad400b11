"""How the person is doing, in numbers. Takes texts, gives a record."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from massage_claim.models.kinds import ConditionId, Day, Line, Number, Words
from massage_claim.models.record import Record


class Measure(Record):
    """One value of an outcome measure (FHIR Observation). Works before the first session and without one."""

    FOLDER: ClassVar[str] = "measures"
    TITLE: ClassVar[str] = "measure"
    IDENTIFYING: ClassVar[tuple[str, ...]] = ("date", "measure")

    date: Day = Field(description="The day it was measured.")
    measure: Line = Field(
        description="The measure's name, such as nprs, psfs, odi, or your own, such as sitting minutes."
    )
    score: Number | None = Field(None, description="The total score.")
    items: tuple[Number, ...] = Field((), description="The single answers, if you have them.")
    activities: tuple[Line, ...] = Field((), description="The activities you named, in the order of the answers.")
    unit: Line | None = Field(None, description="The unit of your own measure, such as minutes.")
    condition: ConditionId | None = Field(None, description="The condition it is about.")
    by: Line | None = Field(None, description="Who measured: patient, or a provider's record name.")
    note: Words | None = Field(None, description="A line of diary.")
