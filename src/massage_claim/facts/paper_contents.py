"""The kinds of fact about papers: what an order and a letter should say, and the place of each paper in a packet."""

from typing import Literal, get_args

from massage_claim.facts.fact import Fact
from massage_claim.frozen import dataclass

Reader = Literal["insurer", "hsa"]
Need = Literal["must", "should", "no"]
READERS: tuple[str, ...] = get_args(Reader)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterContent(Fact, file="letter_contents", section="contents", key="paper id"):
    """One thing that a reader looks for. `words` continue "it says …". `insurer`, `hsa`: must, should or no."""

    id: str
    paper: Literal["order", "letter"]
    words: str
    why: str
    insurer: Need
    hsa: Need

    def level(self, reader: str) -> Need:
        """must, should or no for that reader."""
        return self.hsa if reader == "hsa" else self.insurer


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideLetter(Fact, file="letter_contents", section="beside", key="id"):
    """What the patient is told when a letter for that reader is made. Never part of the letter."""

    id: str
    reader: Reader
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TellFirst(Fact, file="letter_contents", section="tell_first", key="id"):
    """Something a doctor must hear of before massage is ordered."""

    id: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketPart(Fact, file="packet_order", key="packet kind"):
    """A kind of paper or attachment and its place in a packet. `when`: first, on-request, exhibit or never."""

    kind: str
    packet: Literal["claim", "appeal"]
    rank: int
    title: str
    when: Literal["first", "on-request", "exhibit", "never"] = "first"


@dataclass(frozen=True)
class PacketOrder:
    """One scale for papers and attachments."""

    parts: tuple[PacketPart, ...]

    def part(self, packet: str, kind: str) -> PacketPart | None:
        """The place of `kind` in a packet ("claim" or "appeal"); None when it has none there."""
        return next((part for part in self.parts if (part.packet, part.kind) == (packet, kind)), None)

    def rank(self, packet: str, kind: str) -> int | None:
        part = self.part(packet, kind)
        return part.rank if part else None

    def kinds(self, packet: str) -> tuple[str, ...]:
        """The kinds of a packet in order."""
        return tuple(part.kind for part in sorted(self.parts, key=lambda part: part.rank) if part.packet == packet)
