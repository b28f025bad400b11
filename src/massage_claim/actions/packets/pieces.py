"""Which papers and attachments a packet is made of, in which order, what is left out and why, and what is lacking.

The order and what is wanted at first come from facts (`packet_order.yaml`): a first claim is lean, notes and letters
only when the plan asks (minimum necessary, 45 CFR 164.502(b)).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count

from massage_claim.actions.packets.inclusion import (
    IN_VAIN,
    LEFT_OUT,
    LeftOut,
    Wish,
    belongs,
    explain_not_counting,
    find_missing_papers,
    hyphenate,
    is_replaced,
    list_names,
    read_wish,
)
from massage_claim.calc.money import proofs_of
from massage_claim.calc.sending_rules import wanted_order
from massage_claim.documents.build import applies, make_paper
from massage_claim.documents.claims import orders_of
from massage_claim.documents.papers import Paper
from massage_claim.documents.scene import Scene
from massage_claim.errors import Problem
from massage_claim.frozen import dataclass
from massage_claim.models.attachment import Attachment
from massage_claim.writing.formats import money
from massage_claim.writing.shelf import Library

LAST = 800
"""The rank of a paper that the shipped order does not know: after all others."""

_OWN_ORDER = -1000
"""What the person names comes before that."""
_PLAN_ORDER = -100
"""What the plan names comes after the cover sheet, in the plan's order, and before all the rest."""

OWN_NAME = "article"
"""Attachments of this kind stand in a packet under their own name, never under that of their kind."""

FRONT = frozenset({"cover_sheet", "appeal_letter", "external_review_request", "exhibit_list"})
"""Papers that name the pages of the others, so they are made last."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a packet: a paper of ours or an attachment; `letter` when it is an exhibit.

    `pages` are those of its pages (1-based) that stand in this part, when a packet is sent in several.
    """

    key: str
    title: str
    rank: int
    paper: Paper | None = None
    attachment: Attachment | None = None
    letter: str | None = None
    pages: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The body of a packet; `front` are the papers before it (name → title), which name the others' pages.

    `required` are the papers that must be in it before it can be sent, and are not.
    """

    pieces: tuple[Piece, ...]
    left_out: tuple[LeftOut, ...]
    front: Mapping[str, str]
    required: tuple[Problem, ...] = ()


def choose(library: Library, scene: Scene, packet: str, *, draft: bool) -> Choice:
    """The body of the packet ("claim" or "appeal"). With `draft`, unsigned papers of others are in it, marked."""
    left_out: list[LeftOut] = []
    wished = read_wish(scene, library.names())
    attached = list(_tell_apart(list(_choose_attachments(scene, packet, wished, left_out))))
    records = [piece.attachment for piece in attached if piece.attachment]
    drawn = list(_draw_papers(library, scene, packet, wished, records, draft, left_out))
    pieces = sorted((*drawn, *attached), key=_sort_key)
    if packet == "appeal":
        letters = map(number_exhibit, count())
        pieces = [replace(piece, letter=next(letters)) for piece in pieces]
    front = [name for name in library.names() if name in FRONT and packet in library.front(name).packets]
    front = [name for name in front if applies(library, name, scene)]
    in_order = sorted(front, key=lambda name: find_rank(scene, packet, name))
    titles = {name: library.front(name).title for name in in_order}
    held = {piece.paper.name for piece in drawn if piece.paper} | {record.kind for record in records}
    required = tuple(find_missing_papers(scene, held)) if packet == "claim" else ()
    left_out += _find_vain_wishes(library, scene, wished, pieces, left_out)
    return Choice(tuple(pieces), tuple(dict.fromkeys(left_out)), titles, required)


def _find_vain_wishes(
    library: Library, scene: Scene, wished: Wish, pieces: Sequence[Piece], left_out: Sequence[LeftOut]
) -> list[LeftOut]:
    """What the person wants in, and is neither in the packet nor left out for a reason that was told."""
    there = {name for one in pieces for name in _list_names(one)} | {hyphenate(name) for name in FRONT}
    told = {one.what for one in left_out}
    papers = {hyphenate(name): library.front(name).title for name in library.names()}
    found = []
    for name in wished.include:
        titles = {one.title or one.file for one in scene.case.attachments if name in list_names(one.kind, one)}
        if name not in there and not told & {*titles, papers.get(name)}:
            found.append(LeftOut(papers.get(name, name), IN_VAIN))
    return found


def _list_names(piece: Piece) -> tuple[str, ...]:
    if piece.attachment:
        return list_names(piece.attachment.kind, piece.attachment)
    return list_names(piece.paper.name) if piece.paper else ()


def _sort_key(piece: Piece) -> tuple[int, str, str]:
    """By kind, then by the date on the paper, then by name."""
    dated = piece.attachment.date if piece.attachment else None
    return (piece.rank, dated.isoformat() if dated else "", piece.key)


def number_exhibit(number: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    return ("" if number < 26 else number_exhibit(number // 26 - 1)) + chr(ord("A") + number % 26)


def find_rank(scene: Scene, packet: str, kind: str) -> int:
    """The place of a paper or attachment kind in the packet."""
    wanted = wanted_order(scene.case.plan) if packet == "claim" and kind not in FRONT else ()
    if kind.replace("_", "-") in wanted:
        return _PLAN_ORDER + wanted.index(kind.replace("_", "-"))
    rank = scene.facts.packet_order.rank(packet, kind)
    return LAST if rank is None else rank


def _choose_rank(scene: Scene, packet: str, wished: Wish, kind: str, attachment: Attachment | None = None) -> int:
    """The place that the person chose, else the plan's, else the shipped one."""
    place = wished.place(list_names(kind, attachment))
    return find_rank(scene, packet, kind) if place is None else _OWN_ORDER + place


def _draw_papers(
    library: Library,
    scene: Scene,
    packet: str,
    wished: Wish,
    attached: list[Attachment],
    draft: bool,
    left_out: list[LeftOut],
) -> Iterator[Piece]:
    for name in library.names():
        front = library.front(name)
        if name in FRONT or packet not in front.packets:
            continue
        names = list_names(name)
        if not (wished.includes(names) or _is_wanted(scene, packet, name)):
            continue
        if wished.leaves_out(names):
            left_out.append(LeftOut(front.title, LEFT_OUT))
            continue
        if name == "receipt" and not (scene.case.by_practice and _is_unproven(scene)):
            continue
        if name != "receipt" and is_replaced(name, attached):
            continue
        for about, single in _find_subjects(front.per, scene):
            if not applies(library, name, single):
                continue
            paper = make_paper(library, name, single, about)
            if paper.draft and not draft:
                why = f"it is a draft until {_name_signer(front.signer)} has signed it"
                left_out.append(LeftOut(front.title, why))
                continue
            key = name if about in ("case", scene.claim.reference if scene.claim else "") else f"{name}-{about}"
            dated = front.per == "session" and single.session is not None
            title = f"{front.title}, {single.session.date:%m/%d/%Y}" if dated and single.session else front.title
            yield Piece(key.replace("/", "-"), title, _choose_rank(scene, packet, wished, name), paper=paper)


def _find_subjects(per: str, scene: Scene) -> Iterator[tuple[str, Scene]]:
    """What a paper is rendered for, once each."""
    if per == "prescription":
        for order in scene.orders:
            yield order.record_id, replace(scene, orders=(order,))
        if not scene.orders:
            yield "case", scene
    elif per == "session":
        for session in scene.sessions:
            if session.note and not session.note.empty:
                orders = orders_of(scene.case, (session,))
                yield session.record_id, replace(scene, session=session, sessions=(session,), orders=orders)
    else:
        yield "case", scene


def _choose_attachments(scene: Scene, packet: str, wished: Wish, left_out: list[LeftOut]) -> Iterator[Piece]:
    order = scene.facts.packet_order
    for attachment in scene.case.attachments:
        name = attachment.title or attachment.file
        names = list_names(attachment.kind, attachment)
        by_name = wished.includes(names[1:])
        if not by_name and not belongs(scene, attachment):
            if not attachment.for_:
                left_out.append(LeftOut(name, "no record is named in its `for`"))
            continue
        if wished.leaves_out(names):
            left_out.append(LeftOut(name, LEFT_OUT))
            continue
        if not (wished.includes(names) or _is_wanted(scene, packet, attachment.kind)):
            if attachment.kind not in ("card", "other"):
                left_out.append(LeftOut(name, "the plan did not ask for it with a first claim"))
            continue
        why = explain_not_counting(scene, attachment) if packet == "claim" or attachment.kind == "letter" else None
        if why:
            left_out.append(LeftOut(name, why))
            continue
        part = order.part(packet, attachment.kind)
        title = attachment.title or (attachment.file if part is None or attachment.kind == OWN_NAME else part.title)
        key = attachment.record_id.replace("/", "-")
        rank = _choose_rank(scene, packet, wished, attachment.kind, attachment)
        yield Piece(key, title, rank, attachment=attachment)


def _tell_apart(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Several of one kind that nobody gave a title: each with the date and the amount on it, as far as they are known."""
    seen = Counter(piece.title for piece in pieces)
    for piece in pieces:
        record = piece.attachment
        if record is None or record.title or seen[piece.title] < 2:
            yield piece
            continue
        dated = f"{record.date:%m/%d/%Y}" if record.date else None
        told = (piece.title, dated, money(record.amount) if record.amount is not None else None)
        yield replace(piece, title=", ".join(part for part in told if part))


def _is_wanted(scene: Scene, packet: str, kind: str) -> bool:
    part = scene.facts.packet_order.part(packet, kind)
    if part is None or part.when in ("first", "exhibit"):
        return part is not None or kind not in ("other", "card")
    if part.when != "on-request":
        return False
    rules = scene.case.plan.rules
    asked = {
        "letter": rules.requires_letter,
        "letter_of_medical_necessity": rules.requires_letter,
        "therapist_note": rules.requires_notes,
        "therapist-note": rules.requires_notes,
    }.get(kind)
    return bool(asked and asked.value)


def _is_unproven(scene: Scene) -> bool:
    """True when a payment for the packet's sessions has no receipt attached."""
    ids = {session.record_id for session in scene.sessions}
    paying = [p for p in scene.case.payments if any(share.session in ids for share in p.for_)]
    return any(not proofs_of(scene.case, payment) for payment in paying)


def _name_signer(signer: str) -> str:
    return {"prescriber": "the doctor", "rendering": "the therapist", "patient": "the patient"}.get(
        signer, "its signer"
    )
