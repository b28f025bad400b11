"""What an edited letter rests on: the letter of a round as Markdown, and a digest for each kind of fact behind it.

A digest is the first 16 signs of SHA-256 over the values as text: enough to see that something changed, and it gives
nothing away of the values themselves beyond that. Reads no disk.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping

from massage_claim.documents.build import fill
from massage_claim.documents.scene import Scene
from massage_claim.frozen import dataclass
from massage_claim.models.record import Block as RecordBlock
from massage_claim.models.record import to_tree
from massage_claim.writing.shelf import Library

KINDS = {
    "patient_and_plan": "who the patient is, or the plan and its rules",
    "decision": "the plan's decision",
    "claim_and_visits": "the claim and its visits",
    "order_and_condition": "the doctor's order, or the condition",
    "therapist_and_practice": "the therapist or the practice",
    "measures": "what was measured",
    "contacts_and_dates": "calls, letters and other dates",
    "round": "the reasons, the criteria, or what is new",
    "studies_and_law": "the studies or the law that the letter names",
    "proof_pages": "the proof pages (exhibits)",
    "template": "the letter's template",
}
"""The kinds of facts behind a letter, in plain words."""


@dataclass(frozen=True, slots=True)
class Behind:
    """The letter as the program would write it, its digest, and the digest of each kind of fact."""

    text: str
    digest: str
    values: Mapping[str, str]


def find_behind(library: Library, name: str, scene: Scene) -> Behind:
    """What the letter of that template says in this scene, and what it rests on. Raises Unreadable."""
    text = fill(library, name, scene)
    case, appeal = scene.case, scene.appeal
    parts: dict[str, object] = {
        "patient_and_plan": (case.patient, case.plan),
        "decision": scene.decision,
        "claim_and_visits": (scene.claim, scene.sessions),
        "order_and_condition": (scene.orders, scene.condition, scene.prescriber),
        "therapist_and_practice": (scene.therapist, scene.practice, scene.sender),
        "measures": appeal.changes if appeal else (),
        "contacts_and_dates": [(one.day, one.words) for one in appeal.timeline] if appeal else (),
        "round": (appeal.level, appeal.reasons, appeal.criteria, appeal.whats_new) if appeal else (),
        "studies_and_law": (appeal.citations, appeal.rights, appeal.notice_missing) if appeal else (),
        "proof_pages": [(one.letter, one.title) for one in appeal.exhibits] if appeal else (),
        "template": library.source(name),
    }
    return Behind(text, _digest(text), {kind: _digest(_canonical(value)) for kind, value in parts.items()})


def list_changed(then: Mapping[str, str], now: Behind) -> tuple[str, ...]:
    """The kinds of facts that are not what they were, in words."""
    return tuple(words for kind, words in KINDS.items() if then.get(kind) != now.values[kind])


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _canonical(value: object) -> str:
    """A value as text, the same each time: records and views by their fields, everything else as it is said."""
    if isinstance(value, RecordBlock):
        return _canonical(to_tree(value))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        named = ((field.name, getattr(value, field.name)) for field in dataclasses.fields(value))
        return "{" + ",".join(f"{name}:{_canonical(one)}" for name, one in named) + "}"
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{name}:{_canonical(one)}" for name, one in value.items()) + "}"
    if isinstance(value, (tuple, list)):
        return "[" + ",".join(map(_canonical, value)) + "]"
    return repr(str(value))
