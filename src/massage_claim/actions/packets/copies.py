"""The forms in which a packet goes out, beside the packet itself: for the fax, in parts, encrypted, and the signed files
whose signature no packet can carry. Takes a built claim and what was asked for, gives named bytes. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from typing import Literal

from massage_claim.actions.packets.assembly import Original, Packet
from massage_claim.actions.packets.one_claim import Built, Progress, assemble_claim
from massage_claim.actions.packets.pieces import Piece
from massage_claim.actions.packets.size_parts import Limit, in_parts
from massage_claim.actions.project import Opened
from massage_claim.calc.sending_rules import MEGABYTE
from massage_claim.errors import Problem, UsageProblem
from massage_claim.frozen import dataclass
from massage_claim.packet.opening import read_file, sha256
from massage_claim.packet.refusals import refusal
from massage_claim.writing.formats import listed
from massage_claim.writing.templates import Library

SHORTEST = 8
"""Letters of a password; a shorter one is guessed in hours by whoever finds the file."""
Form = Literal["fax", "part", "encrypted", "signed"]


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
    from massage_claim.packet.locking import can_lock

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


def copies(
    opened: Opened, library: Library, built: Built, wanted: Wanted, progress: Progress | None = None
) -> tuple[Copy, ...]:
    """The further files of one claim. Raises NotReady and AttachmentUnusable for what can't be parted so small."""
    stem = built.pdf_name.removesuffix(".pdf")
    made = list(_to_send(opened, library, built, wanted, stem, progress))
    if wanted.password is not None:
        made = [_encrypted(one, wanted.password) for one in made or [_whole(built)]]
    return (*made, *originals(built.packet.originals))


def originals(signed: Sequence[Original]) -> tuple[Copy, ...]:
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


def _to_send(
    opened: Opened, library: Library, built: Built, wanted: Wanted, stem: str, progress: Progress | None
) -> Iterator[Copy]:
    from massage_claim.packet.fax import Faxed, faxed
    from massage_claim.packet.weights import page_weights

    whole = built.packet.merged
    fax: Faxed | None = None
    if wanted.fax:
        fax = faxed(whole.pdf, whole.ranges, title="Fax", progress=progress)
    goes_out = fax.pdf if fax else whole.pdf
    if not wanted.limit or wanted.limit.holds(whole.pages, len(goes_out)):
        if fax:
            yield Copy(f"{stem}-fax.pdf", fax.pdf, "fax", whole.pages, f"Black and white. {_to_sign(built.packet)}")
        return

    def again(group: Sequence[Piece], part: int, parts: int) -> Packet:
        fronts, draft = built.choice.front, built.draft
        return assemble_claim(
            opened, library, built.scene, group, fronts, draft=draft, progress=progress, part=part, parts=parts
        )

    sent: dict[int, bytes] = {}

    def weigh(packet: Packet) -> int:
        merged = packet.merged
        pdf = faxed(merged.pdf, merged.ranges, title="Fax", progress=progress).pdf if wanted.fax else merged.pdf
        sent[id(packet)] = pdf
        return len(pdf)

    weights = tuple({-number: size} for number, size in enumerate(fax.sizes, 1)) if fax else page_weights(whole.pdf)
    parts = in_parts(built, wanted.limit, weights, again, weigh)
    kind = "-fax" if wanted.fax else ""
    for number, packet in enumerate(parts, start=1):
        name = f"{stem}{kind}-part-{number}-of-{len(parts)}.pdf"
        says = "Black and white. " if wanted.fax else ""
        yield Copy(name, sent[id(packet)], "part", packet.merged.pages, says + _to_sign(packet))


def _whole(built: Built) -> Copy:
    merged = built.packet.merged
    return Copy(built.pdf_name, merged.pdf, "encrypted", merged.pages, _to_sign(built.packet))


def _to_sign(packet: Packet) -> str:
    """A file has no ink: what waits for a signature is blank in it."""
    pages = list(dict.fromkeys(str(spot.page) for spot in packet.signatures))
    if not pages:
        return ""
    where = f"page {pages[0]}" if len(pages) == 1 else f"pages {listed(pages)}"
    return f"The lines to sign on {where} are blank: print and sign them first."


def _encrypted(one: Copy, password: str) -> Copy:
    from massage_claim.packet.locking import locked

    stem = one.name.removesuffix(".pdf")
    return replace(one, name=f"{stem}-encrypted.pdf", data=locked(one.data, password), form="encrypted")


def size_words(size: int) -> str:
    """1,234,567 bytes → "1.3 MB", rounded up; small ones in kB."""
    return f"{-(-size // (MEGABYTE // 10)) / 10:.1f} MB" if size >= MEGABYTE else f"{-(-size // 1000)} kB"
