"""What a paper cannot go without (its **must** elements). Takes a paper's name and its scene, gives what is missing:
in words, with the place to fill it in. A paper that is not listed here has no must elements of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from massage_claim.calc.claim_lines import prescribed
from massage_claim.calc.visits import visits_ordered
from massage_claim.documents.bill_musts import (
    Missing,
    at,
    insured,
    licence,
    lines,
    patient_details,
    practice,
    prescriber,
    therapist,
    treated_by,
)
from massage_claim.documents.doctor import Planned
from massage_claim.documents.scene import Scene
from massage_claim.documents.tax_summary import ForExpenses
from massage_claim.errors import Where


def missing(name: str, scene: Scene) -> tuple[Missing, ...]:
    """Everything that this paper must say and the case does not."""
    return tuple(_MUSTS[name](scene)) if name in _MUSTS else ()


def _condition(scene: Scene) -> Iterator[Missing]:
    if scene.condition is None:
        yield Missing("the condition", Where("conditions/"), "Record it: massage-claim add-condition.")


def _payments(scene: Scene) -> Iterator[Missing]:
    if scene.claim is None or not scene.claim.paid:
        yield Missing("a payment", Where("payments/"), "Record it: massage-claim add-payment.")


def _paid_in_year(scene: Scene) -> Iterator[Missing]:
    year = ForExpenses(scene).of_year
    if not year.lines:
        ask = "Choose another year: massage-claim expenses --year YEAR."
        yield Missing(f"a payment for treatment in {year.year}", Where("payments/"), ask)


def _paid_in_span(scene: Scene) -> Iterator[Missing]:
    """Each line names who treated, with the license, so every therapist in it needs one."""
    view = scene.payments
    if view is None or not view.lines:
        ask = "Choose other days with --from and --to, or record it: massage-claim add-payment."
        yield Missing("a payment for treatment in that time", Where("payments/"), ask)
        return
    if any(not line.therapist for line in view.lines):
        where = Where("sessions/")
        yield Missing("who treated, for each visit", where, "Write it down: massage-claim edit sessions/DATE.")
    for provider in scene.case.providers:
        if any(line.therapist == provider.signs_as for line in view.lines):
            yield from licence(scene, provider)


def _searches(scene: Scene) -> Iterator[Missing]:
    if not any(contact.about and contact.about.lower().startswith("network") for contact in scene.case.contacts):
        ask = "Write down each call to a therapist and each look into the directory: massage-claim log-contact --about network."
        yield Missing("your search for a therapist in the network", Where("contacts/"), ask)


def _answer(scene: Scene) -> Iterator[Missing]:
    if scene.request and not scene.request.enclosed and not scene.request.sent:
        ask = "Attach it: `massage-claim attach FILE --kind KIND --for CONTACT`, the contact in which they asked."
        yield Missing("what answers the request", Where("attachments/"), ask)


def _name(scene: Scene) -> Iterator[Missing]:
    if not scene.case.patient.name:
        yield Missing("the patient's legal name", at(scene, "patient", "name"), "Write it in patient.yaml.")


def _named(scene: Scene) -> Iterator[Missing]:
    """A doctor's office finds a chart by name and birth date."""
    yield from _name(scene)
    if not scene.case.patient.birth_date:
        yield Missing("the patient's birth date", at(scene, "patient", "birth_date"), "Write it in patient.yaml.")


def _order(scene: Scene) -> Iterator[Missing]:
    """A plan decides before care only about an order with its diagnosis."""
    if scene.order is None:
        ask = "Ask the doctor for one (`massage-claim paper prescription-request`), then `massage-claim add-prescription`."
        yield Missing("the doctor's order", Where("prescriptions/"), ask)
    elif not visits_ordered(scene.order):
        ask = "Ask the doctor; it is on the order."
        yield Missing("the number of visits", scene.case.where(scene.order, "visits"), ask)
    elif Planned(scene).visits == 0:
        ask = "Ask the doctor for a new order; a plan decides before care only about visits that are still to come."
        yield Missing("a visit of the order that is still to come", scene.case.where(scene.order, "visits"), ask)
    if scene.condition is None or not prescribed(scene.case, scene.condition):
        ask = "Ask the doctor for the diagnosis and its code; it is on the order."
        yield Missing("the prescriber's diagnosis", Where("conditions/"), ask)


def _treating(scene: Scene) -> Iterator[Missing]:
    if scene.therapist is None:
        ask = "Add the therapist: massage-claim add-provider --role rendering."
        yield Missing("who will treat", Where("providers/"), ask)


def _all(*parts: Callable[[Scene], Iterator[Missing]]) -> Callable[[Scene], Iterator[Missing]]:
    def every(scene: Scene) -> Iterator[Missing]:
        for part in parts:
            yield from part(scene)

    return every


_MUSTS: dict[str, Callable[[Scene], Iterator[Missing]]] = {
    "superbill": _all(insured, patient_details, practice, therapist, prescriber, lines),
    "receipt": _all(_name, treated_by, _payments),
    "statement_of_payments": _all(_name, _paid_in_span),
    "tax_and_hsa_summary": _all(_name, _paid_in_year),
    "letter_of_medical_necessity": _all(insured, _condition),
    "letter_of_medical_necessity_hsa": _all(_named, _condition),
    "for_my_appointment": _name,
    "prescription_request": _all(_named, _condition),
    "predetermination_request": _all(insured, _order, _treating),
    "therapist_note": _all(_name, treated_by),
    "cover_sheet": insured,
    "network_exception_request": _all(insured, _searches),
    "session_log": _name,
    "progress_report": _name,
    "appeal_letter": insured,
    "external_review_request": insured,
    "claim_file_request": insured,
    "expedited_request": insured,
    "authorized_representative": insured,
    "complaint": insured,
    "peer_to_peer_request": insured,
    "reviewer_points_request": _named,
    "denial_summary": _name,
    "plan_sponsor_request": _name,
    "follow_up_letter": insured,
    "information_request_answer": _all(insured, _answer),
    "chronology": _name,
}
