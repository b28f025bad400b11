"""What goes into a packet: by what the person wants (`packet:` in case.yaml), what it belongs to, and what takes another's place.

A name in case.yaml is a kind of paper or attachment, or one attachment's record; what the packet can't go without is never
left out. A superbill or letter that its signer signed replaces the draft of it; one for other visits, or for the claim that
is being corrected, does not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Set

from massage_claim.calc.rounds import tell_story
from massage_claim.command_text import spell
from massage_claim.documents.scene import Scene
from massage_claim.errors import Problem, Unreadable, Where
from massage_claim.frozen import dataclass
from massage_claim.models.attachment import Attachment
from massage_claim.models.case import Case, PacketSettings
from massage_claim.models.claim import Claim

LEFT_OUT = "case.yaml leaves it out (`leave_out`)"
IN_VAIN = "there is nothing of it for this packet, though case.yaml asks for it (`include`)"
_NEVER_OUT = frozenset({"cover-sheet", "appeal-letter", "exhibit-list", "superbill"})
_FIELDS = ("include", "leave_out", "order")

STANDS_FOR: dict[str, frozenset[str]] = {
    "superbill": frozenset({"superbill"}),
    "letter_of_medical_necessity": frozenset({"letter"}),
    "therapist_note": frozenset({"therapist-note"}),
    "session_log": frozenset({"diary"}),
}
"""Paper → the kinds of attachment that replace it."""
SIGNED_BY = {"superbill": "the therapist", "letter": "the doctor"}
"""Kinds that count in a claim only when they are signed → by whom."""
_SERVE_ALL = frozenset({"prescription", "letter", "authorization", "licence", "plan-page"})
"""Kinds that count in any packet without naming what they are for."""
_SERVE_AN_APPEAL = frozenset({"denial", "payer-letter", "recommendation", "article", "diary"})
"""Kinds that besides count in any appeal; what is about certain visits or payments counts for those it names alone."""


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


def read_wish(scene: Scene, papers: Collection[str]) -> Wish:
    """The choices of case.yaml. `papers`: the names of all papers that can be drawn. Raises Unreadable for a wrong name."""
    settings = scene.case.settings.packet
    if settings is None:
        return Wish()
    order = scene.facts.packet_order
    known = {hyphenate(name) for name in papers} | {hyphenate(part.kind) for part in order.parts}
    known |= {one.record_id for one in scene.case.attachments}
    problems = tuple(_find_problems(scene.case, settings, known))
    if problems:
        raise Unreadable(problems)
    return Wish(*(tuple(hyphenate(name) for name in getattr(settings, field)) for field in _FIELDS))


def list_names(paper: str, attachment: Attachment | None = None) -> tuple[str, ...]:
    """What case.yaml may call a paper: its kind, and an attachment's record."""
    return (hyphenate(paper), attachment.record_id) if attachment else (hyphenate(paper),)


def hyphenate(name: str) -> str:
    """Papers are named with underscores, kinds of attachments with hyphens; a person may write either."""
    return name.strip().lower().replace("_", "-") if not name.startswith("attachments/") else name.strip()


def _find_problems(case: Case, settings: PacketSettings, known: Collection[str]) -> Iterator[Problem]:
    for field in _FIELDS:
        for number, name in enumerate(getattr(settings, field)):
            where = case.where(case.settings, "packet", field, number)
            if hyphenate(name) not in known:
                says = f"`packet`, `{field}`: this names no kind of paper and no attachment of this case."
                fix = "Write a kind, such as therapist-note or receipt, or a record, such as attachments/scan-3."
                yield Problem(says, fix, where)
            elif field == "leave_out" and hyphenate(name) in _NEVER_OUT:
                yield Problem("A packet can't go without this paper.", "Delete it from `leave_out`.", where)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that is not in the packet, and why."""

    what: str
    why: str


def is_replaced(name: str, attached: list[Attachment]) -> bool:
    """True when one of the packet's attachments takes the place of the paper of that name."""
    return any(attachment.kind in STANDS_FOR.get(name, frozenset()) for attachment in attached)


def belongs(scene: Scene, attachment: Attachment) -> bool:
    """True when it is for one of the packet's records, or for nothing and of a kind that serves every packet."""
    if attachment.for_:
        return bool(_find_subject(scene) & set(attachment.for_))
    return attachment.kind in _SERVE_ALL or (scene.appeal is not None and attachment.kind in _SERVE_AN_APPEAL)


def explain_not_counting(scene: Scene, attachment: Attachment) -> str | None:
    """Why an attached superbill or letter does not count for this claim; None when it does, and for anything else."""
    if attachment.letter_for == "hsa":
        return "it is written for the HSA or FSA, not for the insurer"
    if attachment.kind in SIGNED_BY and not attachment.signed_by:
        return f"nothing says that {SIGNED_BY[attachment.kind]} signed it (`signed_by` in its record)"
    if attachment.kind != "superbill" or scene.claim is None:
        return None
    corrected = scene.case.find(Claim, scene.claim.corrects)
    if corrected and corrected.submission:
        if attachment.date is None:
            return "it has no date, so it may be the one that is being corrected"
        if attachment.date <= corrected.submission.date:
            return "it is the one that is being corrected"
    if scene.case.by_practice and _find_unlisted(scene, (attachment,)):
        return "it does not list every visit of this claim; the new one is to be signed"
    return None


def find_missing_papers(scene: Scene, held: Set[str]) -> Iterator[Problem]:
    """The papers that a claim cannot go without, of which `held` (names of papers, kinds of attachments) has none."""
    where = scene.case.where("plan", "rules")
    nameless = [a for a in scene.case.attachments if a.kind == "superbill" and a.signed_by and not a.for_]
    if "superbill" not in held and nameless:
        fix = f"Name them: `{spell('edit', nameless[-1].record_id, set={'for.1': 'sessions/DATE'})}`, for.2 and so on."
        says = "A superbill that the therapist signed is attached, but it names no visits."
        yield Problem(says, fix, scene.case.where(nameless[-1], "for"))
    elif "superbill" not in held:
        fix = f"Have the draft (`{spell('paper', 'superbill')}`) signed by the therapist, scan it, and attach it: "
        fix += f"`{spell('attach', 'FILE', kind='superbill', signed_by='therapist', for_='SESSION')}`."
        yield Problem("There is no superbill that the therapist signed.", fix, Where("attachments/"))
    elif not scene.case.by_practice:
        own = [a for a in scene.case.attachments if a.kind == "superbill" and belongs(scene, a)]
        absent = _find_unlisted(scene, tuple(a for a in own if not explain_not_counting(scene, a)))
        if absent:
            days = ", ".join(dict.fromkeys(s.date.isoformat() for s in scene.sessions if s.record_id in absent))
            fix = "Ask the therapist for a superbill with these visits and attach it, or name them in its `for`."
            yield Problem(f"The therapist's superbill is not for every visit: {days}.", fix, Where("attachments/"))
    asked = scene.case.plan.rules.requires_letter
    if asked and asked.value and not held & {"letter", "letter_of_medical_necessity"}:
        fix = f"Ask the doctor to sign one (`{spell('paper', 'letter-of-medical-necessity')}` is a draft), and attach it: "
        fix += f"`{spell('attach', 'FILE', kind='letter', signed_by='prescriber')}`."
        yield Problem("The plan wants a signed letter of medical necessity, and none is attached.", fix, where)


def _find_unlisted(scene: Scene, superbills: tuple[Attachment, ...]) -> frozenset[str]:
    """The packet's sessions that none of the superbills is for; one that names no session is taken to be for all."""
    wanted = frozenset(session.record_id for session in scene.sessions)
    listed: set[str] = set()
    for attachment in superbills:
        named = {one for one in attachment.for_ if one.startswith("sessions/")}
        paid = {one for one in attachment.for_ if one.startswith("payments/")}
        named |= {s.session for p in scene.case.payments if p.record_id in paid for s in p.for_}
        listed |= named or wanted
    return wanted - listed


def _find_subject(scene: Scene) -> frozenset[str]:
    """The records that the packet is about."""
    ids = {session.record_id for session in scene.sessions}
    ids |= {order.record_id for order in scene.orders}
    ids |= {provider.record_id for provider in (scene.therapist, scene.practice, scene.prescriber) if provider}
    ids |= {payment.record_id for payment in scene.case.payments if any(share.session in ids for share in payment.for_)}
    ids |= {item.record_id for item in scene.case.authorizations}
    if scene.condition:
        ids.add(scene.condition.record_id)
    if scene.claim:
        ids |= {f"claims/{scene.claim.reference}", f"statements/S-{scene.claim.reference}"}
    if scene.decision:
        ids |= {scene.decision.about, *(one.record_id for one in tell_story(scene.case, scene.decision))}
    return frozenset(ids)
