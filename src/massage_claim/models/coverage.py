"""What the plan answered about coverage, who was approved for what, and whose licence was checked. Takes texts, gives records."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from massage_claim.models.kinds import Count, Day, Line, ProcedureCode, ProviderId, Words
from massage_claim.models.record import Record


def _question_ids(answers: dict[str, str]) -> dict[str, str]:
    for key in answers:
        if not key.replace("-", "").replace("_", "").isalnum():
            raise ValueError("has an answer without a question's name | Use the names on the call sheet")
    return answers


class Coverage(Record):
    """One dated verification of coverage. A phone answer is no promise."""

    FOLDER: ClassVar[str] = "coverage"
    TITLE: ClassVar[str] = "coverage verification"
    IDENTIFYING: ClassVar[tuple[str, ...]] = ("date", "source")

    date: Day = Field(description="The day of the call, or the date of the booklet or letter.")
    source: Literal["call", "portal", "booklet", "letter"] = Field(description="Where the answers come from.")
    representative: Line | None = Field(None, description="The name of the person you spoke to.")
    reference_number: Line | None = Field(None, description="The call's reference number. Always ask for one.")
    answers: Annotated[dict[str, Words], AfterValidator(_question_ids)] = Field(
        default_factory=dict, description="The question's name, then the answer as it was given."
    )
    note: Words | None = Field(None, description="Anything else that was said.")


class Authorization(Record):
    """An approval that the plan gave before care (CMS-1500 item 23)."""

    FOLDER: ClassVar[str] = "authorizations"
    TITLE: ClassVar[str] = "authorization"
    IDENTIFYING: ClassVar[tuple[str, ...]] = ("number",)

    number: Line = Field(description="The approval's number, as on the plan's letter.")
    codes: tuple[ProcedureCode, ...] = Field((), description="The procedure codes that were approved.")
    visits: Count | None = Field(None, description="How many visits were approved.")
    from_: Day | None = Field(None, alias="from", description="The first day it covers.")
    until: Day | None = Field(None, description="The last day it covers.")
    source: Line | None = Field(None, description="The letter, portal or person it comes from.")


class LicenceCheck(Record):
    """A look at the state's licence register."""

    FOLDER: ClassVar[str] = "licence-checks"
    TITLE: ClassVar[str] = "licence check"
    IDENTIFYING: ClassVar[tuple[str, ...]] = ("provider", "date")

    provider: ProviderId = Field(description="Whose licence was checked.")
    date: Day = Field(description="The day you looked.")
    what: Line | None = Field(
        None, description="What was checked: licence, certification or registration, and its number."
    )
    where: Line | None = Field(None, description="Where you looked, such as the state board's web page.")
    result: Literal["active", "expired", "not-found", "restricted"] | None = Field(None, description="What it said.")
    valid_until: Day | None = Field(None, description="The day the licence runs out.")
