"""What was paid, when and how. Takes texts, gives a record."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from massage_claim.models.kinds import Count, Day, Line, Money, SessionId
from massage_claim.models.record import Block, Record

PaidFrom = Literal["card", "cash", "check", "hsa", "fsa", "hra", "package", "other"]


class Share(Block):
    """The part of a payment that is for one session."""

    session: SessionId = Field(description="The session that was paid for.")
    amount: Money = Field(description="How much of the payment is for it, without tip.")


class OtherItem(Block):
    """Something that is not care: a product, a gift card, a missed appointment."""

    what: Line = Field(description="What it was.")
    amount: Money = Field(description="What it cost.")


class Package(Block):
    """A number of visits that was paid in advance: a package, or a month of a membership."""

    visits: Count = Field(description="How many visits were paid for.")

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

    date: Day = Field(description="The day you paid.")
    amount: Money = Field(description="The total you paid, tip included.")
    method: Line | None = Field(None, description="How you paid, such as card ending 4242, cash or check 1021.")
    tip: Money | None = Field(None, description="The tip in it. A tip is never claimed.")
    other_items: tuple[OtherItem, ...] = Field((), description="Anything in it that was not care.")
    for_: tuple[Share, ...] = Field((), alias="for", description="The sessions it was for, each with its amount.")
    from_: PaidFrom | None = Field(
        None, alias="from", description="card, cash, check, hsa, fsa, hra, package or other."
    )
    package: Package | None = Field(None, description="For visits paid in advance: how many. `for` names those used.")

    @model_validator(mode="after")
    def _parts_fit_in_the_whole(self) -> Payment:
        parts = sum((share.amount for share in self.for_), Decimal("0.00")) + (self.tip or Decimal("0.00"))
        parts += sum((item.amount for item in self.other_items), Decimal("0.00"))
        if parts > self.amount:
            raise ValueError("gives out more than was paid | Correct `amount`, `tip`, `other_items` or `for`")
        if self.package and len(self.for_) > self.package.visits:
            raise ValueError("names more visits than the package has | Correct `visits` of the package, or `for`")
        return self
