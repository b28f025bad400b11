"""What a file of a practice system was read as: which column held what."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from massage_claim.models.kinds import Count, Day, Line, Sha256
from massage_claim.models.record import Block, Record


class Column(Block):
    """One column of the file and the field of a visit that it holds."""

    field: Line = Field(description="The field of a visit, such as date or minutes.")
    column: Line = Field(description="The column's heading in the file.")


class Import(Record):
    """One import of visits; the next one begins with its columns."""

    FOLDER: ClassVar[str] = "imports"
    TITLE: ClassVar[str] = "import"
    IDENTIFYING: ClassVar[tuple[str, ...]] = ("date", "columns")
    LISTED: ClassVar[tuple[str, ...]] = ("visits",)

    date: Day = Field(description="The day it was imported.")
    columns: tuple[Column, ...] = Field(description="Which column of the file held which field, as it was confirmed.")
    sha256: Sha256 | None = Field(None, description="The digest of the file.")
    visits: Count | None = Field(None, description="How many visits were added.")
