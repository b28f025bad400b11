"""A packet in several parts, none larger than the plan's fax, portal or mail takes. Takes a built claim and the limit, gives
one packet a part, each with its own cover and page count. Writes nothing.

A paper stays whole where it can; one that is too large by itself goes on in the next part, and says which pages it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from massage_claim.actions.packets.assembly import Packet
from massage_claim.actions.packets.one_claim import Built
from massage_claim.actions.packets.pieces import Piece
from massage_claim.calc.sending_rules import MEGABYTE
from massage_claim.errors import AttachmentUnusable, NotReady, Problem, UsageProblem, Where
from massage_claim.frozen import dataclass
from massage_claim.packet.weights import Weights, together

_TRIES = 8
_TIGHTER = 0.93
Again = Callable[[Sequence[Piece], int, int], Packet]
"""Puts a part together: its pieces, its number, how many parts."""


@dataclass(frozen=True, slots=True)
class Limit:
    """The most that one sending takes. `megabytes` are of 1,000,000 bytes; None means no limit."""

    pages: int | None = None
    megabytes: int | None = None

    def __post_init__(self) -> None:
        if self.pages is not None and self.pages < 2:
            says = "--max-pages: a part needs two pages, its cover and one more."
            raise UsageProblem(Problem(says, "Give the number of pages that the plan takes at once."))
        if self.megabytes is not None and self.megabytes < 1:
            raise UsageProblem(Problem("--max-mb: the least is 1.", "Give the megabytes that the plan takes at once."))

    def __bool__(self) -> bool:
        return self.pages is not None or self.megabytes is not None

    def holds(self, pages: int, size: float) -> bool:
        """Whether that many pages and bytes go out at once."""
        return pages <= (self.pages or pages) and size <= (self.megabytes or size) * MEGABYTE


def in_parts(
    built: Built, limit: Limit, weights: Weights, again: Again, weigh: Callable[[Packet], int]
) -> tuple[Packet, ...]:
    """The parts of the packet, whose pages have these `weights`; `weigh` gives a finished part's bytes as it goes out.

    Raises NotReady naming the paper when one page alone is too large, or when the cover leaves no room.
    """
    pieces = {piece.key: piece for piece in built.choice.pieces}
    body = [entry for entry in built.packet.contents if entry.key in pieces]
    cover = weights[: body[0].first - 1] if body else weights
    pages, size = 1, float(together(cover))
    for _ in range(_TRIES):
        room = _Room(limit, pages, size)
        groups = list(_grouped(built, [(pieces[e.key], weights[e.first - 1 : e.last]) for e in body], room))
        parts = tuple(again(group, number, len(groups)) for number, group in enumerate(groups, start=1))
        if all(limit.holds(part.merged.pages, weigh(part)) for part in parts):
            return parts
        longest = max(
            part.contents[len(part.contents) - len(group)].first - 1 for part, group in zip(parts, groups, strict=True)
        )
        pages = max(pages, longest)
        size += (limit.megabytes or 0) * MEGABYTE * (1 - _TIGHTER)
    raise _no_room()


@dataclass(frozen=True, slots=True)
class _Room:
    """What a part may hold beside its cover of so many `pages` and `size` bytes."""

    limit: Limit
    pages: int
    size: float

    def holds(self, weights: Weights) -> bool:
        """Whether these pages go out with the cover."""
        return self.limit.holds(self.pages + len(weights), self.size + together(weights))


def _grouped(built: Built, body: Sequence[tuple[Piece, Weights]], room: _Room) -> Iterator[list[Piece]]:
    """The pieces of each part, in order; a piece is parted when it does not fit into one of its own."""
    group: list[Piece] = []
    held: Weights = ()
    for piece, weights in body:
        if group and not room.holds((*held, *weights)) and room.holds(weights):
            yield group
            group, held = [], ()
        if room.holds((*held, *weights)):
            group.append(piece)
            held = (*held, *weights)
            continue
        numbers = built.packet.numbers[piece.key]
        taken: list[int] = []
        for number, weight in zip(numbers, weights, strict=True):
            if not room.holds((*held, weight)):
                if taken:
                    group.append(_some(piece, taken, len(numbers)))
                if group:
                    yield group
                group, held, taken = [], (), []
            if not room.limit.holds(room.pages + 1, 0):
                raise _no_room()
            if not room.holds((weight,)):
                raise _too_large(piece, number)
            taken.append(number)
            held = (*held, weight)
        group.append(_some(piece, taken, len(numbers)))
    if group:
        yield group


def _some(piece: Piece, numbers: Sequence[int], count: int) -> Piece:
    which = f"page {numbers[0]}" if len(numbers) == 1 else f"pages {numbers[0]}–{numbers[-1]}"
    return replace(piece, title=f"{piece.title} ({which} of {count})", pages=tuple(numbers))


def _no_room() -> NotReady:
    says = "The packet can't be parted so small: its cover sheet alone takes the room."
    return NotReady(Problem(says, "Allow more with --max-pages or --max-mb.", Where("out/")))


def _too_large(piece: Piece, number: int) -> NotReady | AttachmentUnusable:
    if piece.attachment is None:
        return NotReady(Problem(f"{piece.title}: page {number} alone is over --max-mb.", "Allow more megabytes."))
    says = f"Page {number} alone is larger than --max-mb allows."
    fix = "Scan it with fewer dots per inch (200 is enough), allow more megabytes, or add --fax."
    return AttachmentUnusable(Problem(says, fix, Where(f"attachments/{piece.attachment.file}")))
