"""How the person is doing, in numbers."""

from __future__ import annotations

from typing import Annotated, ClassVar

from massage_claim.models.field import Names, Shown, asked
from massage_claim.models.kinds import ConditionId, Line, Number, PastDay, Words
from massage_claim.models.record import Record


class Measure(Record):
    """One value of an outcome measure (FHIR Observation). Works before the first session and without one."""

    FOLDER: ClassVar[str] = "measures"
    TITLE: ClassVar[str] = "measure"
    IDENTIFYING: ClassVar[tuple[str, ...]] = ("date", "measure")
    LISTED: ClassVar[tuple[str, ...]] = ("measure", "score", "unit")

    date: PastDay = asked("The day it was measured.", label="Measured on", usual="today")
    measure: Line = asked(
        "The measure's name, such as pain, peg, odi, or your own, such as sitting minutes.",
        label="What is measured",
        metavar="NAME",
    )
    score: Number | None = asked(
        "The value in digits, such as 30 or 7.5: the total score, or your number.", None, label="The number"
    )
    items: tuple[Number, ...] = asked("The single answers in their order.", (), label="The answers", metavar="N,N,…")
    activities: tuple[Line, ...] = asked(
        "The activities you named, in the order of the answers.",
        (),
        label="The activities",
        option="activity",
        metavar="ACTIVITY=N",
        prompt=False,
    )
    unit: Line | None = asked("The unit of your own measure, such as minutes.", None, label="Its unit")
    condition: ConditionId | None = asked("The condition it is about.", None, label="About", metavar="NAME")
    by: Annotated[Line, Names("patient"), Names("providers"), Shown("WHO")] | None = asked(
        "Who measured: patient, or a provider's record name.", None, label="Measured by", prompt=False
    )
    note: Words | None = asked(
        "What explains the value, or a line of diary.", None, label="A line about it", where="In your words."
    )
