"""The forms in which a packet goes out, beside the packet itself: for the fax, in parts, encrypted, and the signed files.

No packet can carry a digital signature, so signed files go along as they are. Of a packet in parts none is larger than
the plan's fax, portal or mail takes; each has its own cover and page count. A paper stays whole where it can; one that is
too large by itself goes on in the next part, and says which pages it holds. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Literal

from massage_claim.actions.packets.assembly import Original, Packet
from massage_claim.actions.packets.one_claim import Built, Progress, assemble_claim
from massage_claim.actions.packets.pieces import Piece
from massage_claim.actions.project import Opened
from massage_claim.actions.result import Result
from massage_claim.calc.sending_rules import MEGABYTE
from massage_claim.errors import AttachmentUnusable, NotReady, Problem, UsageProblem, Where
from massage_claim.frozen import dataclass
from massage_claim.packet.file_bytes import read_file, sha256
from massage_claim.packet.refusals import refusal
from massage_claim.packet.weights import Weights, weigh_together
from massage_claim.writing.formats import listed, plural
from massage_claim.writing.shelf import Library

_TRIES = 8
_TIGHTER = 0.93
Again = Callable[[Sequence[Piece], int, int], Packet]
"""Puts a part together: its pieces, its number, how many parts."""

SHORTEST = 8
"""Letters of a password; a shorter one is guessed in hours by whoever finds the file."""
Form = Literal["fax", "part", "encrypted", "signed"]

_FORMS = {"fax": "For the fax", "part": "To send by itself", "encrypted": "Encrypted", "signed": "Digitally signed"}
_BY_PHONE = (
    "Give the plan the password by phone, never in the same message. It is kept nowhere: whoever forgets it builds again. "
    "The packet without one stays beside it, for you."
)


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


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the packet is to be sent. The password is never shown and never kept."""

    fax: bool = False
    limit: Limit = Limit()
    password: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.fax and self.password is not None:
            says = "--fax and --encrypt: a fax machine can't open an encrypted file."
            raise UsageProblem(Problem(says, "Leave one of them out."))
        if self.password is not None and not _is_usable(self.password):
            says = f"--encrypt: the password has fewer than {SHORTEST} letters, or more than a PDF takes."
            raise UsageProblem(Problem(says, "Choose a few words in a row, such as four that don't belong together."))


def _is_usable(password: str) -> bool:
    from massage_claim.packet.password import can_lock

    return len(password) >= SHORTEST and can_lock(password)


@dataclass(frozen=True, slots=True)
class Copy:
    """A file that lies beside the packet. `says`: what to know of it."""

    name: str
    data: bytes = field(repr=False)
    form: Form
    pages: int
    says: str = ""

    def listed(self) -> dict[str, object]:
        """Its entry in the manifest."""
        return {"file": self.name, "form": self.form, "pages": self.pages, "sha256": sha256(self.data)}


def make_copies(
    opened: Opened, library: Library, built: Built, wanted: Wanted, progress: Progress | None = None
) -> tuple[Copy, ...]:
    """The further files of one claim. Raises NotReady and AttachmentUnusable for what can't be parted so small."""
    stem = built.pdf_name.removesuffix(".pdf")
    made = list(_make_to_send(opened, library, built, wanted, stem, progress))
    if wanted.password is not None:
        made = [_encrypt(one, wanted.password) for one in made or [_copy_whole(built)]]
    return (*made, *copy_originals(built.packet.originals))


def copy_originals(signed: Sequence[Original]) -> tuple[Copy, ...]:
    """The signed files themselves, byte for byte. Raises AttachmentUnusable for one that was changed since."""
    found: list[Copy] = []
    for number, one in enumerate(signed, start=1):
        data = read_file(one.path)
        if sha256(data) != one.sha256:
            raise refusal("changed", one.path.name)
        says = f"The signature of {one.title} (from page {one.first}) can be checked in this file only. "
        says += "Send it along where files are taken; on paper or by fax the pages in the packet are a copy."
        found.append(Copy(f"signed-{number}.pdf", data, "signed", 0, says))
    return tuple(found)


def _make_to_send(
    opened: Opened, library: Library, built: Built, wanted: Wanted, stem: str, progress: Progress | None
) -> Iterator[Copy]:
    from massage_claim.packet.fax import Faxed, to_fax
    from massage_claim.packet.weights import weigh_pages

    whole = built.packet.merged
    fax: Faxed | None = None
    if wanted.fax:
        fax = to_fax(whole.pdf, whole.ranges, title="Fax", progress=progress)
    goes_out = fax.pdf if fax else whole.pdf
    if not wanted.limit or wanted.limit.holds(whole.pages, len(goes_out)):
        if fax:
            yield Copy(
                f"{stem}-fax.pdf", fax.pdf, "fax", whole.pages, f"Black and white. {_tell_to_sign(built.packet)}"
            )
        return

    def again(group: Sequence[Piece], part: int, parts: int) -> Packet:
        fronts, draft = built.choice.front, built.draft
        return assemble_claim(
            opened, library, built.scene, group, fronts, draft=draft, progress=progress, part=part, parts=parts
        )

    sent: dict[int, bytes] = {}

    def weigh(packet: Packet) -> int:
        merged = packet.merged
        pdf = to_fax(merged.pdf, merged.ranges, title="Fax", progress=progress).pdf if wanted.fax else merged.pdf
        sent[id(packet)] = pdf
        return len(pdf)

    weights = tuple({-number: size} for number, size in enumerate(fax.sizes, 1)) if fax else weigh_pages(whole.pdf)
    parts = divide(built, wanted.limit, weights, again, weigh)
    kind = "-fax" if wanted.fax else ""
    for number, packet in enumerate(parts, start=1):
        name = f"{stem}{kind}-part-{number}-of-{len(parts)}.pdf"
        says = "Black and white. " if wanted.fax else ""
        yield Copy(name, sent[id(packet)], "part", packet.merged.pages, says + _tell_to_sign(packet))


def _copy_whole(built: Built) -> Copy:
    merged = built.packet.merged
    return Copy(built.pdf_name, merged.pdf, "encrypted", merged.pages, _tell_to_sign(built.packet))


def _tell_to_sign(packet: Packet) -> str:
    """A file has no ink: what waits for a signature is blank in it."""
    pages = list(dict.fromkeys(str(spot.page) for spot in packet.signatures))
    if not pages:
        return ""
    where = f"page {pages[0]}" if len(pages) == 1 else f"pages {listed(pages)}"
    return f"The lines to sign on {where} are blank: print and sign them first."


def _encrypt(one: Copy, password: str) -> Copy:
    from massage_claim.packet.password import lock

    stem = one.name.removesuffix(".pdf")
    return replace(one, name=f"{stem}-encrypted.pdf", data=lock(one.data, password), form="encrypted")


def write_size(size: int) -> str:
    """1,234,567 bytes → "1.3 MB", rounded up; small ones in kB."""
    return f"{-(-size // (MEGABYTE // 10)) / 10:.1f} MB" if size >= MEGABYTE else f"{-(-size // 1000)} kB"


def divide(
    built: Built, limit: Limit, weights: Weights, again: Again, weigh: Callable[[Packet], int]
) -> tuple[Packet, ...]:
    """The parts of the packet, whose pages have these `weights`; `weigh` counts a finished part's bytes as it goes out.

    Raises NotReady naming the paper when one page alone is too large, or when the cover leaves no room.
    """
    pieces = {piece.key: piece for piece in built.choice.pieces}
    body = [entry for entry in built.packet.contents if entry.key in pieces]
    cover = weights[: body[0].first - 1] if body else weights
    pages, size = 1, float(weigh_together(cover))
    for _ in range(_TRIES):
        room = _Room(limit, pages, size)
        groups = list(_group(built, [(pieces[e.key], weights[e.first - 1 : e.last]) for e in body], room))
        parts = tuple(again(group, number, len(groups)) for number, group in enumerate(groups, start=1))
        if all(limit.holds(part.merged.pages, weigh(part)) for part in parts):
            return parts
        longest = max(
            part.contents[len(part.contents) - len(group)].first - 1 for part, group in zip(parts, groups, strict=True)
        )
        pages = max(pages, longest)
        size += (limit.megabytes or 0) * MEGABYTE * (1 - _TIGHTER)
    raise _refuse_room()


@dataclass(frozen=True, slots=True)
class _Room:
    """What a part may hold beside its cover of so many `pages` and `size` bytes."""

    limit: Limit
    pages: int
    size: float

    def holds(self, weights: Weights) -> bool:
        """Whether these pages go out with the cover."""
        return self.limit.holds(self.pages + len(weights), self.size + weigh_together(weights))


def _group(built: Built, body: Sequence[tuple[Piece, Weights]], room: _Room) -> Iterator[list[Piece]]:
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
                    group.append(_take(piece, taken, len(numbers)))
                if group:
                    yield group
                group, held, taken = [], (), []
            if not room.limit.holds(room.pages + 1, 0):
                raise _refuse_room()
            if not room.holds((weight,)):
                raise _refuse_page(piece, number)
            taken.append(number)
            held = (*held, weight)
        group.append(_take(piece, taken, len(numbers)))
    if group:
        yield group


def _take(piece: Piece, numbers: Sequence[int], count: int) -> Piece:
    which = f"page {numbers[0]}" if len(numbers) == 1 else f"pages {numbers[0]}–{numbers[-1]}"
    return replace(piece, title=f"{piece.title} ({which} of {count})", pages=tuple(numbers))


def _refuse_room() -> NotReady:
    says = "The packet can't be parted so small: its cover sheet alone takes the room."
    return NotReady(Problem(says, "Allow more with --max-pages or --max-mb.", Where("out/")))


def _refuse_page(piece: Piece, number: int) -> NotReady | AttachmentUnusable:
    if piece.attachment is None:
        return NotReady(Problem(f"{piece.title}: page {number} alone is over --max-mb.", "Allow more megabytes."))
    says = f"Page {number} alone is larger than --max-mb allows."
    fix = "Scan it with fewer dots per inch (200 is enough), allow more megabytes, or add --fax."
    return AttachmentUnusable(Problem(says, fix, Where(f"attachments/{piece.attachment.file}")))


def tell_copies(result: Result, beside: Mapping[str, Sequence[Copy]]) -> Result:
    """The result with the further files of each claim: where they lie, how large they are, what to know of them."""
    says: list[str] = []
    for reference, files in beside.items():
        for one in files:
            pages = f"{plural(one.pages, 'page')}, " if one.pages else ""
            size = f"{pages}{write_size(len(one.data))}"
            says.append(f"{_FORMS[one.form]}: out/{reference}/{one.name} ({size}). {one.says}".rstrip())
        if any(one.form == "encrypted" for one in files):
            says.append(_BY_PHONE)
    listed = {
        reference: [{"file": one.name, "form": one.form, "pages": one.pages, "bytes": len(one.data)} for one in files]
        for reference, files in beside.items()
        if files
    }
    if not listed:
        return result
    return replace(result, says=(*result.says, *says), data={**result.data, "copies": listed})
