"""What the payer decided. Takes texts, gives records."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, model_validator

from massage_claim.models.kinds import Count, Day, DecisionId, Line, Money, ProcedureCode, Words
from massage_claim.models.record import Block, Record


def _code(value: object) -> object:
    return value.strip().upper() if isinstance(value, str) else value


ReasonCode = Annotated[Line, BeforeValidator(_code)]


class Adjustment(Block):
    """Why a line was not paid in full: group code, reason code (CARC), remark codes (RARC)."""

    group: Literal["CO", "PR", "OA", "PI", "CR"] | None = Field(
        None, description="The two letters before the reason code."
    )
    carc: ReasonCode | None = Field(None, description="The reason code, such as 50.")
    rarcs: tuple[ReasonCode, ...] = Field((), description="The remark codes, such as N290.")
    amount: Money | None = Field(None, description="The amount it took off.")


class DecisionLine(Block):
    """One line of the EOB."""

    service_date: Day = Field(description="The date of service on the EOB.")
    code: ProcedureCode | None = Field(None, description="The procedure code on the EOB.")
    units: Count | None = Field(None, description="The units that the plan counted.")
    billed: Money | None = Field(None, description="What was billed.")
    allowed: Money | None = Field(None, description="The amount the plan allows.")
    deductible: Money | None = Field(None, description="What went to the deductible.")
    coinsurance: Money | None = Field(None, description="Your share in per cent, as an amount.")
    copay: Money | None = Field(None, description="Your fixed share.")
    paid: Money | None = Field(None, description="What the plan paid.")
    patient_owes: Money | None = Field(None, description="What the plan says is yours to pay.")
    adjustments: tuple[Adjustment, ...] = Field((), description="The reason codes of this line.")


class PayerCode(Block):
    """A remark code of the payer's own, printed as it stands."""

    code: Line = Field(description="The code on the letter.")
    text: Words | None = Field(None, description="Its words on the letter.")
    means: Line | None = Field(None, description="What it comes down to, by the list of `record-decision --means`.")


class Decision(Record):
    """An EOB or a decision letter about a claim or an appeal (FHIR ExplanationOfBenefit)."""

    FOLDER: ClassVar[str] = "decisions"
    TITLE: ClassVar[str] = "decision"
    IDENTIFYING: ClassVar[tuple[str, ...]] = ("about", "notice_date")

    about: Line = Field(description="What it decides: the claim's or appeal's record name, such as claims/2026-01-06.")
    notice_date: Day = Field(description="The date on the notice.")
    received_date: Day | None = Field(None, description="The day it reached you.")
    total_paid: Money | None = Field(None, description="What the plan paid in all; 0.00 for a denial.")
    outcome: (
        Literal["paid", "partly-paid", "denied", "unprocessable", "upheld", "overturned", "partly-overturned"] | None
    ) = Field(None, description="What was decided in one word.")
    reason_as_written: Words | None = Field(None, description="The reason, word for word as printed on the notice.")
    means: tuple[Line, ...] = Field(
        (), description="What the reason comes down to, by the list of `record-decision --means`."
    )
    adjustments: tuple[Adjustment, ...] = Field(
        (), description="Reason codes for the whole claim, if there are no lines."
    )
    payer_codes: tuple[PayerCode, ...] = Field((), description="The payer's own remark codes.")
    plan_provision: Words | None = Field(None, description="The plan rule the notice names, word for word.")
    notice_elements: tuple[Line, ...] = Field((), description="What the notice contains, from the checklist.")
    appeal_by: Day | None = Field(None, description="The last day to appeal, if the notice names one.")
    claim_number: Line | None = Field(None, description="The claim number on the notice.")
    lines: tuple[DecisionLine, ...] = Field((), description="The lines, if you want the arithmetic checked.")
    replaces: DecisionId | None = Field(None, description="The decision this one replaces.")
    scan: Line | None = Field(None, description="The attachment with the notice.")

    @model_validator(mode="after")
    def _received_after_it_was_written(self) -> Decision:
        if self.received_date and self.received_date < self.notice_date:
            raise ValueError(
                "was received before it was written | Correct the day on the notice, or the day it reached you"
            )
        return self

    def all_adjustments(self) -> tuple[Adjustment, ...]:
        """The adjustments of the whole and of its lines."""
        return self.adjustments + tuple(item for line in self.lines for item in line.adjustments)

    def decides_the_same(self, other: Decision) -> bool:
        """Whether both decide the same thing. A payer may split a packet: other lines, or another claim number, are another part."""
        if self.about != other.about:
            return False
        if self.lines and other.lines:
            theirs = {(line.service_date, line.code) for line in other.lines}
            return any((line.service_date, line.code) in theirs for line in self.lines)
        return not (self.claim_number and other.claim_number and self.claim_number != other.claim_number)

    def all_meanings(self) -> tuple[str, ...]:
        """What the person chose for the reason as printed and for the payer's own codes, each once."""
        return tuple(dict.fromkeys((*self.means, *(code.means for code in self.payer_codes if code.means))))

    @property
    def paid_nothing(self) -> bool:
        """True when the notice says that nothing was paid."""
        return self.total_paid == Decimal("0.00")
