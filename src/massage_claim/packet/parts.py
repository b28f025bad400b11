"""The pieces a packet is merged from and what comes back: plain frozen records; no behavior, no disk."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Kind = Literal["drawn", "pdf", "jpeg", "png", "tiff", "webp", "heic"]


@dataclass(frozen=True, slots=True)
class Part:
    """One paper of the packet.

    `key` is stable across builds, `title` becomes the bookmark. `drawn` is a PDF of our own, placed at full size with
    its bottom 30 points left free for the footer. An attachment is scaled above the footer band; with `stamp=False`
    it is fitted on the whole letter page without a footer; `untouched` (a signed PDF) keeps its own pages and sizes
    and gets no footer. `pages` chooses 1-based pages, in that order. `sha256` refuses a file changed since.
    """

    key: str
    title: str
    source: bytes | Path
    kind: Kind
    stamp: bool = True
    untouched: bool = False
    letter: str | None = None
    pages: tuple[int, ...] | None = None
    sha256: str | None = None
    password: str | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """What a message calls it: the file's own name, or the title."""
        return self.source.name if isinstance(self.source, Path) else self.title


@dataclass(frozen=True, slots=True)
class PageRange:
    """Where a part lies in the packet; `first` and `last` are 1-based and inclusive, `sha256` is of its source."""

    key: str
    title: str
    first: int
    last: int
    letter: str | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Merged:
    """The packet. `notes` are plain words for the person, each naming the file it is about."""

    pdf: bytes
    ranges: tuple[PageRange, ...]
    notes: tuple[str, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages the packet has."""
        return self.ranges[-1].last if self.ranges else 0
