"""A scan or PDF of the person's, and what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from massage_claim.models.choices import AttachmentKind, LetterReader
from massage_claim.models.field import asked
from massage_claim.models.kinds import FileName, Line, Money, PastDay, RecordId, Sha256
from massage_claim.models.record import Record

if TYPE_CHECKING:
    from massage_claim.models.field import Answers


def _a_letter(answers: Answers) -> bool:
    return answers.get("kind") == "letter"


class Attachment(Record):
    """A file that proves something. The link points from the attachment to the record it is for."""

    FOLDER: ClassVar[str] = "attachments"
    TITLE: ClassVar[str] = "attachment"
    IDENTIFYING: ClassVar[tuple[str, ...]] = ("file", "sha256")
    LISTED: ClassVar[tuple[str, ...]] = ("kind", "title", "for")

    file: FileName = Field(description="The file's name in attachments/.")
    sha256: Sha256 | None = Field(None, description="The file's digest when it was examined.")
    kind: AttachmentKind = asked("What it is.", "other", label="Kind of paper", metavar="KIND", must=True)
    for_: tuple[RecordId, ...] = asked(
        "The records it belongs to; unclaimed: every visit not claimed.",
        (),
        alias="for",
        label="For which records",
        where="Such as sessions/2026-01-14 or prescriptions/2026-01-02.",
    )
    title: Line | None = asked("What a reader should call it, such as Order of Dr. Okafor.", None, label="Title")
    date: PastDay | None = asked("The date on it.", None, label="Date on it")
    amount: Money | None = asked("The amount on it, for a receipt.", None, label="Amount on it")
    signed_by: Line | None = asked(
        "Who signed it: therapist, prescriber, patient.", None, label="Signed by", metavar="WHO"
    )
    letter_for: LetterReader | None = asked(
        "Who a doctor's letter is written for: insurer or hsa (an HSA or FSA).",
        None,
        label="Letter for",
        metavar="READER",
        when=_a_letter,
        usual=lambda _: "insurer",
    )
    contains: tuple[Line, ...] = asked(
        "What a signed order or letter says, as you found it: names of the checklist, all or none.",
        (),
        label="What it says",
        option="contains",
        metavar="ITEM",
        prompt=False,
    )
    pages: Line | None = asked("Which pages to use, such as 1-2; default: all.", None, label="Pages", metavar="PAGES")
    examined: dict[str, object] | None = Field(None, description="What the program found when it examined the file.")

    @property
    def page_count(self) -> int | None:
        """How many pages the file had when it was examined."""
        count = (self.examined or {}).get("pages")
        return int(str(count)) if count is not None and str(count).isdigit() else None
