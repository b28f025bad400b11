"""What the plan answered about coverage, who was approved for what, and whose license was checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import AfterValidator, Field

from massage_claim.models.choices import CoverageSource, LicenceResult
from massage_claim.models.field import NotBefore, NotLater, asked
from massage_claim.models.kinds import Count, Day, Identifier, Line, Name, PastDay, ProcedureCode, ProviderId, Words
from massage_claim.models.record import Record

if TYPE_CHECKING:
    from massage_claim.models.field import Answers


def _question_ids(answers: dict[str, str]) -> dict[str, str]:
    for key in answers:
        if not key.replace("-", "").replace("_", "").isalnum():
            raise ValueError("has an answer without a question's name | Use the names on the call sheet")
    return answers


def _by_phone(answers: Answers) -> bool:
    return answers.get("source") == "call"


def _not_of_a_booklet(answers: Answers) -> bool:
    """A booklet may be of the year to come."""
    return answers.get("source") != "booklet"


class Coverage(Record):
    """One dated verification of coverage. A phone answer is no promise."""

    FOLDER: ClassVar[str] = "coverage"
    TITLE: ClassVar[str] = "coverage verification"
    IDENTIFYING: ClassVar[tuple[str, ...]] = ("date", "source")
    LISTED: ClassVar[tuple[str, ...]] = ("source", "representative", "reference_number")

    source: CoverageSource = asked(
        "Where the answers come from.", label="Where the answers come from", metavar="SOURCE"
    )
    date: Annotated[Day, NotLater("Write the day on which it was said or printed.", when=_not_of_a_booklet)] = asked(
        "The day of the call, or the date of the booklet or letter.", label="Day of the answers", usual="today"
    )
    representative: Name | None = asked(
        "The name of the person you spoke to, and a number if there is one.",
        None,
        label="Whom you spoke to",
        metavar="NAME",
        when=_by_phone,
    )
    reference_number: Identifier | None = asked(
        "The call's reference number. Without it nobody can prove what was said: always ask for one.",
        None,
        label="Reference number of the call",
        option="reference",
        metavar="NUMBER",
        when=_by_phone,
    )
    answers: Annotated[dict[str, Words], AfterValidator(_question_ids)] = Field(
        default_factory=dict, description="The question's name, then the answer as it was given."
    )
    note: Words | None = asked("Anything else that was said.", None, label="Anything else that was said")


class Authorization(Record):
    """An approval that the plan gave before care (CMS-1500 item 23)."""

    FOLDER: ClassVar[str] = "authorizations"
    TITLE: ClassVar[str] = "authorization"
    IDENTIFYING: ClassVar[tuple[str, ...]] = ("number",)
    LISTED: ClassVar[tuple[str, ...]] = ("number", "visits", "until")

    number: Identifier = asked(
        "The approval's number, as on the plan's letter.", label="Approval number", metavar="NUMBER"
    )
    codes: tuple[ProcedureCode, ...] = asked(
        "The procedure codes that were approved.", (), label="Approved codes", option="code"
    )
    visits: Count | None = asked("How many visits were approved.", None, label="Approved visits")
    from_: Day | None = asked("The first day it covers.", None, alias="from", label="First day")
    until: Annotated[Day, NotBefore("from", "It would end before its first day.")] | None = asked(
        "The last day it covers.", None, label="Last day"
    )
    source: Line | None = asked("The letter, portal or person it comes from.", None, label="Where it comes from")


def _active(answers: Answers) -> bool:
    return answers.get("result") == "active"


class LicenceCheck(Record):
    """A look at the state's license register."""

    FOLDER: ClassVar[str] = "licence-checks"
    TITLE: ClassVar[str] = "license check"
    IDENTIFYING: ClassVar[tuple[str, ...]] = ("provider", "date")
    LISTED: ClassVar[tuple[str, ...]] = ("provider", "result", "valid_until")

    provider: ProviderId = asked("Whose license was checked.", label="Therapist")
    date: PastDay = asked("The day you looked.", label="The day you looked", usual="today", must=True)
    what: Line | None = asked(
        "What was checked: license, certification or registration, and its number.",
        None,
        label="What you looked up",
        guide=False,
    )
    where: Line | None = asked("Where you looked, such as the state board's web page.", None, label="Where you looked")
    result: LicenceResult | None = asked(
        "What it said.", None, label="What the register said", metavar="WORD", must=True
    )
    valid_until: (
        Annotated[
            Day,
            NotBefore(
                "date",
                "An active license can't have run out before the day you looked.",
                "Write the last day as the register has it; if it has passed, the result is expired.",
                when=_active,
            ),
        ]
        | None
    ) = asked("The day the license runs out.", None, label="License valid until")
