"""What the payer decided."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, model_validator

from massage_claim.models.choices import AdjustmentGroup, Outcome
from massage_claim.models.field import Names, NotBefore, Shown, asked
from massage_claim.models.kinds import Count, Day, DecisionId, Identifier, Line, Money, PastDay, ProcedureCode, Words
from massage_claim.models.record import Block, Record


def _code(value: object) -> object:
    return value.strip().upper() if isinstance(value, str) else value


ReasonCode = Annotated[Line, BeforeValidator(_code)]


class Adjustment(Block):
    """Why a line was not paid in full: group code, reason code (CARC), remark codes (RARC)."""

    carc: ReasonCode | None = asked(
        "The reason code, such as CO-50 or 50.",
        None,
        label="Reason code",
        where="Below the table on the notice.",
        who="plan",
    )
    group: AdjustmentGroup | None = asked("The two letters before the reason code.", None, label="Group", guide=False)
    rarcs: tuple[ReasonCode, ...] = asked(
        "The remark codes, such as N290.", (), label="Remark codes with it", who="plan"
    )
    amount: Money | None = asked("The amount it took off.", None, label="Its amount", prompt=False, guide=False)


class DecisionLine(Block):
    """One line of the EOB."""

    service_date: PastDay = asked("The date of service on the EOB.", label="Line: date of service")
    code: ProcedureCode | None = asked("The procedure code on the EOB.", None, label="Line: procedure code")
    units: Count | None = asked("The units that the plan counted.", None, label="Line: units", prompt=False)
    billed: Money | None = asked("What was billed.", None, label="Line: billed")
    allowed: Money | None = asked("The amount the plan allows.", None, label="Line: allowed")
    deductible: Money | None = asked("What went to the deductible.", None, label="Line: deductible")
    coinsurance: Money | None = asked("Your share in per cent, as an amount.", None, label="Line: coinsurance")
    copay: Money | None = asked("Your fixed share.", None, label="Line: copay")
    paid: Money | None = asked("What the plan paid.", None, label="Line: paid")
    patient_owes: Money | None = asked("What the plan says is yours to pay.", None, label="Line: yours to pay")
    adjustments: tuple[Adjustment, ...] = asked(
        "The reason codes of this line.", (), label="Line: reason codes", prompt=False
    )


class PayerCode(Block):
    """A remark code of the payer's own, printed as it stands."""

    code: Line = asked("The code on the letter.", label="The payer's own code")
    text: Words | None = asked("Its words on the letter.", None, label="Its words")
    means: Line | None = asked(
        "What it comes down to, by the list of `record-decision --means`.", None, label="What it means"
    )


class Decision(Record):
    """An EOB or a decision letter about a claim or an appeal (FHIR ExplanationOfBenefit)."""

    FOLDER: ClassVar[str] = "decisions"
    TITLE: ClassVar[str] = "decision"
    IDENTIFYING: ClassVar[tuple[str, ...]] = ("about", "notice_date")
    LISTED: ClassVar[tuple[str, ...]] = ("about", "total_paid", "outcome")

    about: Annotated[Line, Names("claims"), Names("appeals"), Shown("CLAIM")] = asked(
        "The claim or appeal that it decides, such as claims/2026-01-06.", label="What it decides"
    )
    notice_date: PastDay = asked("The date on the notice.", label="Date on the notice")
    received_date: (
        Annotated[
            PastDay,
            NotBefore(
                "notice_date",
                "It would have reached you before it was written.",
                "Correct the day on the notice, or the day it reached you.",
            ),
        ]
        | None
    ) = asked("The day it reached you.", None, label="Received on", option="received")
    total_paid: Money | None = asked("What the plan paid in all; 0.00 for a denial.", None, label="Paid in all")
    outcome: Outcome | None = asked("What was decided in one word.", None, label="Outcome", metavar="WORD")
    reason_as_written: Words | None = asked(
        "The reason, word for word as printed on the notice.", None, label="Reason as printed", option="reason"
    )
    means: tuple[Line, ...] = asked(
        "What the reason, or a code of the payer's own, comes down to; ? lists the words.",
        (),
        label="What the reason comes down to",
        option="means",
        metavar="[CODE=]MEANING",
        prompt=False,
        guide=False,
    )
    adjustments: tuple[Adjustment, ...] = asked(
        "Reason codes for the whole claim, if there are no lines.",
        (),
        label="reason code",
        option="reason-code",
        metavar="CODE",
    )
    payer_codes: tuple[PayerCode, ...] = asked(
        "The payer's own remark codes.",
        (),
        label="code of the payer's own",
        option="payer-code",
        row="CODE=TEXT",
        prompt=False,
        guide=False,
    )
    plan_provision: Words | None = asked(
        "The plan rule the notice names, word for word.", None, label="Plan rule named", option="provision", guide=False
    )
    notice_elements: tuple[Line, ...] = asked(
        "Something that the notice contains, from the checklist.",
        (),
        label="What the notice contains",
        option="notice-element",
        prompt=False,
        guide=False,
    )
    appeal_by: Annotated[Day, NotBefore("notice_date", "That is before the notice was written.")] | None = asked(
        "The last day to appeal, if the notice names one.", None, label="Last day to appeal"
    )
    claim_number: Identifier | None = asked(
        "The claim number on the notice.", None, label="Claim number", metavar="NUMBER"
    )
    lines: tuple[DecisionLine, ...] = asked(
        "The lines, if you want the arithmetic checked.",
        (),
        label="line",
        option="line",
        row="DATE,CODE,…",
        guide=False,
    )
    replaces: DecisionId | None = asked(
        "The decision this one replaces.", None, label="Replaces", prompt=False, guide=False
    )
    scan: Annotated[Line, Names("attachments"), Shown("ATTACHMENT")] | None = asked(
        "The attachment with the notice.", None, label="Scan of the notice", guide=False
    )

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
