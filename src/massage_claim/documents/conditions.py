"""When a paper exists: a closed vocabulary for `when:` in front matter, each name a yes or no about a scene."""

from __future__ import annotations

from collections.abc import Callable

from massage_claim.documents.denials import clinician_says_urgent, employer_has_the_plan
from massage_claim.documents.network_search import exception_is_worth_asking
from massage_claim.documents.progress_report import has_progress
from massage_claim.documents.scene import Scene
from massage_claim.models.session import Session


def _patient_noted(scene: Scene, session: Session) -> bool:
    """Words of the patient, or the pain scores that a patient who prepares the papers wrote down."""
    if session.note and session.note.author == "patient" and not session.note.empty:
        return True
    pain = session.pain
    return not scene.case.by_practice and pain is not None and (pain.before is not None or pain.after is not None)


CONDITIONS: dict[str, Callable[[Scene], bool]] = {
    "prepared_by_practice": lambda scene: scene.case.by_practice,
    "prepared_by_patient": lambda scene: not scene.case.by_practice,
    "has_order": lambda scene: scene.order is not None,
    "has_condition": lambda scene: scene.condition is not None,
    "has_diagnosis": lambda scene: scene.claim is None or bool(scene.claim.diagnoses),
    "has_therapist_notes": lambda scene: any(
        session.note and session.note.author == "therapist" and not session.note.empty for session in scene.sessions
    ),
    "has_patient_log": lambda scene: any(_patient_noted(scene, session) for session in scene.sessions),
    "exception_worth_asking": exception_is_worth_asking,
    "waits_too_long": lambda scene: scene.sending is not None and scene.sending.waits_too_long,
    "has_history": lambda scene: any(claim.submission for claim in scene.case.claims) or bool(scene.case.contacts),
    "has_progress": has_progress,
    "clinician_says_urgent": clinician_says_urgent,
    "employer_has_the_plan": employer_has_the_plan,
    "inside_the_plan": lambda scene: scene.appeal is None or scene.appeal.level != "external",
    "outside_review": lambda scene: scene.appeal is not None and scene.appeal.level == "external",
    "has_payments": lambda scene: scene.claim is not None and scene.claim.paid > 0,
}
"""Name → question. A new condition is one line here, and its name may stand in any template."""
