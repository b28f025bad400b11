"""What the person wants in packets otherwise than usual (`packet:` in case.yaml). Takes the scene, gives answers about one
paper: put in, left out, its place. Reads no disk.

A name is a kind of paper or attachment, or one attachment's record; what the packet can't go without is never left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from massage_claim.documents.scene import Scene
from massage_claim.errors import Problem, Unreadable
from massage_claim.frozen import dataclass
from massage_claim.models.attachment import Attachment
from massage_claim.models.case import Case, PacketSettings

LEFT_OUT = "case.yaml leaves it out (`leave_out`)"
IN_VAIN = "there is nothing of it for this packet, though case.yaml asks for it (`include`)"
_NEVER_OUT = frozenset({"cover-sheet", "appeal-letter", "exhibit-list", "superbill"})
_FIELDS = ("include", "leave_out", "order")


@dataclass(frozen=True, slots=True)
class Wish:
    """The person's choices, each name as written with hyphens."""

    include: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    order: tuple[str, ...] = ()

    def includes(self, names: Collection[str]) -> bool:
        """Whether one of a paper's names is to be put in."""
        return any(name in self.include for name in names)

    def leaves_out(self, names: Collection[str]) -> bool:
        """Whether one of a paper's names is to be left out; an attachment that `include` names itself stays in."""
        named = {name for name in names if name.startswith("attachments/")}
        return any(name in self.leave_out for name in names) and not (named & set(self.include))

    def place(self, names: Collection[str]) -> int | None:
        """The paper's place among those that come first, or None."""
        places = [self.order.index(name) for name in names if name in self.order]
        return min(places) if places else None


def wish(scene: Scene, papers: Collection[str]) -> Wish:
    """The choices of case.yaml. `papers`: the names of all papers that can be drawn. Raises Unreadable for a wrong name."""
    settings = scene.case.settings.packet
    if settings is None:
        return Wish()
    order = scene.facts.packet_order
    known = {hyphened(name) for name in papers} | {hyphened(part.kind) for part in order.parts}
    known |= {one.record_id for one in scene.case.attachments}
    problems = tuple(_problems(scene.case, settings, known))
    if problems:
        raise Unreadable(problems)
    return Wish(*(tuple(hyphened(name) for name in getattr(settings, field)) for field in _FIELDS))


def names_of(paper: str, attachment: Attachment | None = None) -> tuple[str, ...]:
    """What case.yaml may call a paper: its kind, and an attachment's record."""
    return (hyphened(paper), attachment.record_id) if attachment else (hyphened(paper),)


def hyphened(name: str) -> str:
    """Papers are named with underscores, kinds of attachments with hyphens; a person may write either."""
    return name.strip().lower().replace("_", "-") if not name.startswith("attachments/") else name.strip()


def _problems(case: Case, settings: PacketSettings, known: Collection[str]) -> Iterator[Problem]:
    for field in _FIELDS:
        for number, name in enumerate(getattr(settings, field)):
            where = case.where(case.settings, "packet", field, number)
            if hyphened(name) not in known:
                says = f"`packet`, `{field}`: this names no kind of paper and no attachment of this case."
                fix = "Write a kind, such as therapist-note or receipt, or a record, such as attachments/scan-3."
                yield Problem(says, fix, where)
            elif field == "leave_out" and hyphened(name) in _NEVER_OUT:
                yield Problem("A packet can't go without this paper.", "Delete it from `leave_out`.", where)
