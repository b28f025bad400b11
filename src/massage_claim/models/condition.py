"""What hurts, since when, what was tried, and what it stops the person from doing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from massage_claim.models.field import Names, NotBefore, NotLater, Shown, asked
from massage_claim.models.kinds import Day, Icd10, Line, Name, PastDay, PastRoughDay, ProviderId, RoughDayWords, Words
from massage_claim.models.record import Block, Record

if TYPE_CHECKING:
    from massage_claim.models.field import Answers

SaidBy = Annotated[Line, Names("patient"), Names("providers"), Names("attachments"), Shown("WHO")]
"""Who said it: `patient`, a provider's or an attachment's record name."""

_WHO_SAID = "Who said so: patient, a provider or an attachment."


def _begun(answers: Answers) -> bool:
    return bool(answers.get("onset"))


def _told_cause(answers: Answers) -> bool:
    return bool(answers.get("cause"))


def _told_history(answers: Answers) -> bool:
    return bool(answers.get("history"))


class Diagnosis(Block):
    """A diagnosis from the prescriber (CMS-1500 item 21)."""

    code: Icd10 = asked("The ICD-10-CM code from the order, such as M54.50.", label="Diagnosis code", who="doctor")
    words: Line | None = asked("The diagnosis in words.", None, label="The diagnosis in words", who="doctor")
    by: ProviderId | None = asked(
        "The provider who made it. A massage therapist does not diagnose.", None, label="Diagnosed by", who="doctor"
    )


class Treatment(Block):
    """Something that was tried before."""

    what: Line = asked("What was tried, such as physical therapy.", label="Tried so far")
    from_: Annotated[RoughDayWords, NotLater()] | None = asked(
        "When it began: a date, a month or a year.", None, alias="from", label="Tried from when"
    )
    to: Annotated[RoughDayWords, NotBefore("from", "A treatment ends before it begins.")] | None = asked(
        "When it ended: a date, a month or a year.", None, label="Tried until when", guide=False
    )
    result: Line | None = asked("What came of it.", None, label="What came of it")
    said_by: SaidBy | None = asked(_WHO_SAID, None, label="Said by", guide=False)


class Limit(Block):
    """Something the condition stops the person from doing."""

    activity: Line = asked("The activity, such as sitting at work.", label="What it stops you from doing")
    now: Line | None = asked("What is possible now, with a number: 20 minutes.", None, label="Possible now")
    before: Line | None = asked("What was possible before.", None, label="Possible before it began")
    said_by: SaidBy | None = asked(_WHO_SAID, None, label="Said by", guide=False)


class Goal(Block):
    """What the treatment should reach, measurable and dated."""

    measure: Line = asked("What is measured, such as sitting time.", label="What should get better")
    target: Line | None = asked("The value to reach.", None, label="The value to reach")
    by: Day | None = asked("By when.", None, label="By when")
    said_by: SaidBy | None = asked(_WHO_SAID, None, label="Said by", guide=False)


class Told(Block):
    """A statement with its speaker."""

    text: Words = asked("What was said.", label="What was said", option="")
    said_by: SaidBy | None = asked(_WHO_SAID, None, label="Said by", option="by", guide=False)


class Declined(Block):
    """The doctor would not order massage."""

    on: PastDay = asked("The day the doctor said so.", label="When the doctor said no", option="")
    by: ProviderId | None = asked(
        "The doctor who said so: the provider's record name.", None, label="Which doctor", guide=False
    )
    reason: Words | None = asked(
        "Why, and what the doctor advises instead.",
        None,
        label="Why, and what the doctor advises instead",
        where="In a sentence; it stays in your folder.",
    )


class Cause(Told):
    """How it began, with its speaker."""

    text: Words = asked("How it began.", label="How it began", where="In a sentence, in your words.", option="")
    said_by: SaidBy | None = asked(_WHO_SAID, None, label="Said by", option="by", when=_told_cause, guide=False)


class History(Told):
    """What happened since, with its speaker."""

    text: Words = asked("What happened since.", label="What happened since", option="", guide=False)
    said_by: SaidBy | None = asked(_WHO_SAID, None, label="Said by", option="by", when=_told_history, guide=False)


class Condition(Record):
    """One condition that is treated (FHIR Condition)."""

    FOLDER: ClassVar[str] = "conditions"
    TITLE: ClassVar[str] = "condition"
    IDENTIFYING: ClassVar[tuple[str, ...]] = ("name",)
    LISTED: ClassVar[tuple[str, ...]] = ("name", "diagnoses", "onset")

    name: Name = asked("The condition in plain words, such as low back pain.", label="What hurts")
    diagnoses: tuple[Diagnosis, ...] = asked(
        "The prescriber's diagnoses, with their codes.",
        (),
        label="diagnosis",
        option="diagnosis",
        metavar="CODE",
        guide=False,
    )
    onset: PastRoughDay | None = asked("The day it began, as near as you know.", None, label="When it began")
    onset_said_by: SaidBy | None = asked(
        "Who said when it began: patient, a provider or an attachment.",
        None,
        label="Said by",
        option="onset-by",
        when=_begun,
        guide=False,
    )
    cause: Cause | None = asked("How it began.", None, label="Cause")
    history: History | None = asked("What happened since.", None, label="History")
    treatments_tried: tuple[Treatment, ...] = asked(
        "What was tried before, when, with what result.", (), label="treatment", option="tried", metavar="WHAT"
    )
    limits: tuple[Limit, ...] = asked(
        "What you cannot do, with numbers.", (), label="limit", option="limit", metavar="ACTIVITY"
    )
    goals: tuple[Goal, ...] = asked(
        "What should get better, by when.", (), label="goal", option="goal", metavar="MEASURE"
    )
    declined: Declined | None = asked(
        "Only when the doctor would not order massage: when, who, why.", None, label="Declined", prompt=False
    )
