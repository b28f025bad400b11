"""What was paid, when and how."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from pydantic import model_validator

from massage_claim.models.choices import PaidFrom
from massage_claim.models.field import asked
from massage_claim.models.kinds import Count, Line, Money, PastDay, SessionId
from massage_claim.models.record import Block, Record

if TYPE_CHECKING:
    from massage_claim.models.field import Answers


def _no_method(answers: Answers) -> bool:
    return not answers.get("method")


class Share(Block):
    """The part of a payment that is for one session."""

    session: SessionId = asked("The session that was paid for.", label="For the visit")
    amount: Money = asked(
        "How much of the payment is for it, without tip.",
        label="Paid for it",
        where="Enter: what is open, or its part of the package.",
    )


class OtherItem(Block):
    """Something that is not care: a product, a gift card, a missed appointment."""

    what: Line = asked("What it was.", label="Something that was not care")
    amount: Money = asked("What it cost.", label="Its price", must=True)


class Package(Block):
    """A number of visits that was paid in advance: a package, or a month of a membership."""

    visits: Count = asked(
        "How many visits were paid for in advance.",
        label="Package: how many visits",
        where="Only for a package or a membership; Enter for visits paid one by one.",
        option="",
        metavar="VISITS",
    )

    @model_validator(mode="after")
    def _has_a_visit(self) -> Package:
        if self.visits < 1:
            raise ValueError("has no visit | Write how many visits it pays for, such as 10")
        return self


class Payment(Record):
    """Money that the patient paid. One payment may cover several sessions."""

    FOLDER: ClassVar[str] = "payments"
    TITLE: ClassVar[str] = "payment"
    IDENTIFYING: ClassVar[tuple[str, ...]] = ("date", "amount")
    LISTED: ClassVar[tuple[str, ...]] = ("amount", "method", "for")

    date: PastDay = asked("The day you paid.", label="Paid on", usual="today")
    amount: Money = asked("The total you paid, tip included.", label="Amount")
    method: Line | None = asked(
        "How you paid, such as card ending 4242, cash or check 1021.", None, label="How", metavar="METHOD"
    )
    tip: Money | None = asked("The tip in it. A tip is never claimed.", None, label="Tip")
    other_items: tuple[OtherItem, ...] = asked(
        "Anything in it that was not care.", (), label="item", option="other-item", row="WHAT=AMOUNT", guide=False
    )
    package: Package | None = asked(
        "For visits paid in advance: how many. `for` names those used.", None, label="Package", guide=False
    )
    for_: tuple[Share, ...] = asked(
        "The sessions it was for, each with its amount.", (), alias="for", label="visit", row="SESSION=AMOUNT"
    )
    from_: PaidFrom | None = asked(
        "What it was paid from.",
        None,
        alias="from",
        label="Paid from",
        metavar="SOURCE",
        when=_no_method,
        guide=False,
    )

    @model_validator(mode="after")
    def _parts_fit_in_the_whole(self) -> Payment:
        parts = sum((share.amount for share in self.for_), Decimal("0.00")) + (self.tip or Decimal("0.00"))
        parts += sum((item.amount for item in self.other_items), Decimal("0.00"))
        if parts > self.amount:
            raise ValueError("gives out more than was paid | Correct `amount`, `tip`, `other_items` or `for`")
        if self.package and len(self.for_) > self.package.visits:
            raise ValueError("names more visits than the package has | Correct `visits` of the package, or `for`")
        return self
