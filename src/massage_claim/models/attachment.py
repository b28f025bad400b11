"""A scan or PDF of the person's, and what it is. Takes texts, gives a record."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from massage_claim.models.kinds import AttachmentKind, Day, FileName, Line, Money, RecordId, Sha256
from massage_claim.models.record import Record


class Attachment(Record):
    """A file that proves something. The link points from the attachment to the record it is for."""

    FOLDER: ClassVar[str] = "attachments"
    TITLE: ClassVar[str] = "attachment"
    IDENTIFYING: ClassVar[tuple[str, ...]] = ("file", "sha256")

    file: FileName = Field(description="The file's name in attachments/.")
    sha256: Sha256 | None = Field(None, description="The file's digest when it was examined.")
    kind: AttachmentKind = Field("other", description="What it is, such as prescription, receipt or denial.")
    for_: tuple[RecordId, ...] = Field((), alias="for", description="The records it belongs to.")
    title: Line | None = Field(None, description="What a reader should call it, such as Order of Dr. Okafor.")
    date: Day | None = Field(None, description="The date on it.")
    amount: Money | None = Field(None, description="The amount on it, for a receipt.")
    signed_by: Line | None = Field(None, description="Who signed it: therapist, prescriber, patient.")
    letter_for: Literal["insurer", "hsa"] | None = Field(
        None, description="Who a doctor's letter is written for: insurer or hsa (an HSA or FSA)."
    )
    contains: tuple[Line, ...] = Field(
        (), description="What a signed order or letter says, as you found it: names of the checklist, or none."
    )
    pages: Line | None = Field(None, description="Which pages to use, such as 1-2; default: all.")
    examined: dict[str, object] | None = Field(None, description="What the program found when it examined the file.")

    @property
    def page_count(self) -> int | None:
        """How many pages the file had when it was examined."""
        count = (self.examined or {}).get("pages")
        return int(str(count)) if count is not None and str(count).isdigit() else None
