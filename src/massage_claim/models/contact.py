"""A call, letter or message with the payer or a provider."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from massage_claim.models.choices import ContactWay
from massage_claim.models.claim import ClaimNumber
from massage_claim.models.field import NotBefore, asked
from massage_claim.models.kinds import (
    AttachmentId,
    Clock,
    ContactId,
    Day,
    Identifier,
    Line,
    Name,
    PastDay,
    Phone,
    Words,
)
from massage_claim.models.record import Record

if TYPE_CHECKING:
    from massage_claim.models.field import Answers


def _spoken(answers: Answers) -> bool:
    return answers.get("way") in ("call", "in-person")


def _called(answers: Answers) -> bool:
    return answers.get("way") == "call"


def _by_name(answers: Answers) -> bool:
    return bool(answers.get("person"))


def _asked_for(answers: Answers) -> bool:
    return bool(answers.get("asked_for"))


def _sent(answers: Answers) -> bool:
    return bool(answers.get("sent"))


_BEFORE = "That is before the contact itself."


class Contact(Record):
    """One line of the contact log."""

    FOLDER: ClassVar[str] = "contacts"
    TITLE: ClassVar[str] = "contact"
    IDENTIFYING: ClassVar[tuple[str, ...]] = ("date", "way", "with")
    LISTED: ClassVar[tuple[str, ...]] = ("way", "with", "person", "reference")

    date: PastDay = asked("The day of the contact.", label="Day of the contact", usual="today")
    way: ContactWay = asked("How it was made.", label="How", metavar="WAY", usual=lambda _: "call")
    with_: Line = asked(
        "Whom it was with: the plan, the therapist, the doctor, the state.",
        alias="with",
        label="With whom",
        metavar="WHO",
        usual=lambda _: "the plan",
    )
    about: Line | None = asked(
        "The claim, appeal or record it was about, or the payer's number.", None, label="About", metavar="RECORD"
    )
    time: Clock | None = asked("The time of day it began.", None, label="Time", when=_spoken)
    person: Name | None = asked("The name of the person you spoke to.", None, label="Name", metavar="NAME")
    title: Line | None = asked("That person's title or department.", None, label="Title", when=_by_name)
    phone: Phone | None = asked("The number you called.", None, label="Number called", when=_called)
    reference: Identifier | None = asked(
        "The reference number. Always ask for one.", None, label="Reference number", metavar="NUMBER"
    )
    said: Words | None = asked("What was said.", None, label="What was said")
    received_on: PastDay | None = asked(
        "The day on which, they say, your papers reached them.", None, label="Arrived on"
    )
    claim_numbers: tuple[ClaimNumber, ...] = asked(
        "The payer's claim numbers that you learned, and the dates each covers.",
        (),
        label="claim number",
        option="claim-number",
        row="NUMBER[=DATE,…]",
    )
    promised: Words | None = asked("What was promised.", None, label="Promised")
    asked_for: Words | None = asked("What they asked you to send.", None, label="Asked you to send")
    answer_by: Annotated[Day, NotBefore("date", _BEFORE)] | None = asked(
        "The day by which they want it.", None, label="Wanted by", when=_asked_for
    )
    sent: Line | None = asked("What you sent, and when.", None, label="You sent")
    answers: ContactId | None = asked(
        "The contact in which they asked for what you send here.", None, label="It answers", when=_sent
    )
    papers: tuple[AttachmentId, ...] = asked(
        "The attachments you sent.", (), label="Papers sent", option="paper", when=_sent
    )
    confirmation: Identifier | None = asked(
        "The confirmation or tracking number of what you sent.",
        None,
        label="Confirmation",
        metavar="NUMBER",
        when=_sent,
    )
    proof: AttachmentId | None = asked(
        "The attachment that proves the sending.", None, label="Proof of sending", when=_sent
    )
    next_date: Annotated[Day, NotBefore("date", _BEFORE)] | None = asked(
        "The day to follow up.", None, label="Follow up on"
    )
