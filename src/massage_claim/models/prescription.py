"""The doctor's order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, ClassVar

from massage_claim.models.field import NotBefore, asked
from massage_claim.models.kinds import ConditionId, CountOrRange, Day, Line, Minutes, PastDay, ProviderId, Words, YesNo
from massage_claim.models.record import Record
from massage_claim.models.span import Span

if TYPE_CHECKING:
    from massage_claim.models.field import Answers


def _in_all(answers: Answers) -> str | None:
    """The visits in all, as the number a week and the weeks say."""
    each, weeks = (
        re.fullmatch(r"(\d{1,5})(?:-(\d{1,5}))?", str(answers.get(name) or "")) for name in ("per_week", "weeks")
    )
    if each is None or weeks is None:
        return None
    return str(Span(int(each[1]), int(each[2] or each[1])) * Span(int(weeks[1]), int(weeks[2] or weeks[1])))


def _signed(answers: Answers) -> bool:
    return str(answers.get("signed")).strip().lower() in ("yes", "y", "true")


class Prescription(Record):
    """An order for massage therapy from a doctor or another prescriber (FHIR ServiceRequest)."""

    FOLDER: ClassVar[str] = "prescriptions"
    TITLE: ClassVar[str] = "prescription"
    IDENTIFYING: ClassVar[tuple[str, ...]] = ("date", "referring")
    LISTED: ClassVar[tuple[str, ...]] = ("referring", "visits", "valid_until")

    date: PastDay = asked(
        "The date on the order. It must not be later than the first visit.", label="Date of the order", who="doctor"
    )
    referring: ProviderId = asked("Who ordered it: the provider's record name.", label="Ordered by")
    condition: ConditionId | None = asked("The condition it is for.", None, label="Condition")
    service: Line | None = asked("What is ordered, such as massage therapy.", None, label="Service", who="doctor")
    regions: tuple[Line, ...] = asked(
        "The body regions to treat.", (), label="Body regions to treat", option="region", metavar="REGION", who="doctor"
    )
    minutes_per_visit: Minutes | None = asked(
        "Minutes of hands-on work at each visit.", None, label="Minutes a visit", who="doctor"
    )
    per_week: CountOrRange | None = asked(
        "Visits a week; a range such as 1-2 is taken.", None, label="Visits a week", who="doctor"
    )
    weeks: CountOrRange | None = asked("For how many weeks.", None, label="Weeks", who="doctor", guide=False)
    visits: CountOrRange | None = asked(
        "How many visits in all.", None, label="Visits in all", who="doctor", usual=_in_all
    )
    valid_until: Annotated[Day, NotBefore("date", "The order would end before its date.")] | None = asked(
        "The last day the order covers.", None, label="Valid until", who="doctor"
    )
    goals: tuple[Line, ...] = asked(
        "The goals on the order.", (), label="Goals on the order", option="goal", who="doctor"
    )
    precautions: tuple[Line, ...] = asked(
        "What the therapist must take care of.", (), label="Precautions", option="precaution", who="doctor", guide=False
    )
    signed: YesNo | None = asked(
        "Did the prescriber sign it? yes or no.", None, label="Signed", who="doctor", guide=False
    )
    signed_on: PastDay | None = asked(
        "The day beside the signature, if it is not the date on the order.",
        None,
        label="Signed on",
        who="doctor",
        when=_signed,
        guide=False,
    )
    note: Words | None = asked("Anything else on the order.", None, label="Anything else", guide=False)
