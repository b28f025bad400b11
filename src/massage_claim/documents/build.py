"""Makes papers: a template of the library, filled for one scene, is a `Paper` made of blocks. Draws nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from massage_claim.calc.measures import known_measure
from massage_claim.calc.open_places import mark_open_place
from massage_claim.documents.conditions import CONDITIONS
from massage_claim.documents.papers import Paper
from massage_claim.documents.scene import Scene
from massage_claim.documents.slots import SLOTS
from massage_claim.writing.blocks import Block
from massage_claim.writing.markdown import Slot
from massage_claim.writing.shelf import Library

DRAFT_FOR_PRESCRIBER = "DRAFT – for the doctor to check, complete and sign"
DRAFT_FOR_THERAPIST = "DRAFT – for the therapist to check, correct and sign"


def applies(library: Library, name: str, scene: Scene) -> bool:
    """True when the paper's `when:` holds."""
    when = library.front(name).when
    return when is None or CONDITIONS[when](scene)


def make_paper(library: Library, name: str, scene: Scene, about: str) -> Paper:
    """The paper. Raises Unreadable for a mistake in its template.

    It is made twice when it has blanks for its signer, because the list of blanks stands at its top.
    """
    front = library.front(name)
    blanks: list[str] = []
    blocks = _render(library, name, scene, blanks, ())
    if blanks:
        named = tuple(dict.fromkeys(blanks))
        blocks = _render(library, name, scene, [], named)
        blanks = list(named)
    return Paper(
        name=name,
        title=front.title,
        about=about,
        signer=front.signer,
        packets=front.packets,
        blocks=blocks,
        running=(front.title, name_patient(scene)),
        draft=draft_words(front.signer, scene),
        blanks=tuple(blanks),
    )


def draft_words(signer: str, scene: Scene) -> str | None:
    """The draft mark: a paper whose signer is not the one who prepares it is a draft until its signed scan replaces it."""
    if signer == "prescriber":
        return DRAFT_FOR_PRESCRIBER
    if signer == "rendering" and not scene.case.by_practice:
        return DRAFT_FOR_THERAPIST
    return None


def name_patient(scene: Scene) -> str:
    """Patient and member ID, for the head and foot of every page."""
    patient, plan = scene.case.patient, scene.case.plan
    parts = [patient.name, f"member ID {plan.member_id}" if plan.member_id else None]
    return " · ".join(part for part in parts if part)


def fill(library: Library, name: str, scene: Scene) -> str:
    """The paper as Markdown that a person may edit. Raises Unreadable for a mistake in its template."""
    return library.filled(name, _values(scene, [], ()))


def _render(library: Library, name: str, scene: Scene, blanks: list[str], listed: tuple[str, ...]) -> tuple[Block, ...]:
    return library.render(name, _values(scene, blanks, listed), _slots(scene))


def _values(scene: Scene, blanks: list[str], listed: tuple[str, ...]) -> dict[str, object]:
    """Every name that a template may use."""

    def blank(words: str) -> str:
        """Marks a place that only the signer can fill."""
        blanks.append(str(words))
        return mark_open_place(str(words))

    def measure_words(name: str) -> str:
        """A measure's own title, or the words that were typed."""
        known = known_measure(str(name), scene.facts)
        return known.title if known else str(name)

    def place_words(code: str) -> str:
        """A place of service with its words: 11 (Office); the bare code when they were not read in their source."""
        known = scene.facts.places_of_service.get(code)
        return f"{code} ({known.words})" if known and known.may_be_quoted else code

    words = {"measure_words": measure_words, "place_words": place_words}
    return {**scene.values(), **words, "blank": blank, "blanks": listed}


def _slots(scene: Scene) -> Mapping[str, Slot]:
    filled: dict[str, Callable[[Mapping[str, str]], tuple[Block, ...]]] = {
        name: partial(slot, scene) for name, slot in SLOTS.items()
    }
    return filled
