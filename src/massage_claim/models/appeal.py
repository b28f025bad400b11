"""A round of appeal."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from massage_claim.models.choices import AppealLevel
from massage_claim.models.claim import Submission
from massage_claim.models.kinds import AttachmentId, DecisionId, Line, Phone, Words
from massage_claim.models.people import Address
from massage_claim.models.record import Block, Record


class Criterion(Block):
    """One of the payer's own criteria, and the page that answers it."""

    criterion: Words = Field(description="The payer's criterion, from the policy or plan page you attached.")
    source: AttachmentId | None = Field(None, description="The attachment with the policy page.")
    evidence: Words | None = Field(None, description="What answers it, in your words.")
    exhibit: AttachmentId | None = Field(None, description="The attachment that shows it.")


class SendTo(Block):
    """Where this round goes, when the last letter names another place than the plan's appeals address."""

    department: Line | None = Field(None, description="The office's or department's name.")
    address: Address | None = Field(None, description="Its postal address, as on the last letter.")
    fax: Phone | None = Field(None, description="Its fax number, as on the last letter.")


class Appeal(Record):
    """One round: internal 1, internal 2, external review, or a program's own level."""

    FOLDER: ClassVar[str] = "appeals"
    TITLE: ClassVar[str] = "appeal"
    IDENTIFYING: ClassVar[tuple[str, ...]] = ("decision", "level")
    LISTED: ClassVar[tuple[str, ...]] = ("decision", "level", "submission.date")

    decision: DecisionId = Field(description="The decision it is against.")
    level: AppealLevel = Field(description="1 for the first appeal.")
    reasons: tuple[Line, ...] = Field((), description="The reason families the letter answers.")
    criteria: tuple[Criterion, ...] = Field((), description="The payer's criteria and what answers each.")
    whats_new: Words | None = Field(None, description="What is new since the last round (from round 2).")
    good_cause: Words | None = Field(
        None, description="Why it comes after its last day, if it does; only what is true."
    )
    send_to: SendTo | None = Field(None, description="Where it goes, if not to the plan's appeals address.")
    evidence: tuple[Line, ...] = Field((), description="The citations to use, by their name in the list.")
    submission: Submission | None = Field(None, description="How and when it was sent.")
