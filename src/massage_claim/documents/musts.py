"""What a paper cannot go without (its **must** elements): what is missing in its scene, in words, with the place to fill it in.

Worded for who prepares the case: the patient or the practice. A paper that is not listed here has no must elements of its
own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from massage_claim.calc.claim_lines import list_prescribed
from massage_claim.calc.visits import visits_ordered
from massage_claim.command_text import spell
from massage_claim.documents.clinicians import Planned
from massage_claim.documents.scene import Scene
from massage_claim.documents.tax_summary import ForExpenses
from massage_claim.errors import Where
from massage_claim.frozen import dataclass
from massage_claim.models.claim import ServiceLine
from massage_claim.models.kinds import UNKNOWN_CODE
from massage_claim.models.providers import Provider

PLACE = "place of service"
MOST_DAYS = 3
"""So many days or records are named; of more, the first and last day."""


@dataclass(frozen=True, slots=True)
class Missing:
    """An element that is not there. `ask` says who knows it."""

    what: str
    where: Where
    ask: str


def _insured(scene: Scene) -> Iterator[Missing]:
    patient, plan = scene.case.patient, scene.case.plan
    card = _card(scene)
    for what, value, field in (
        ("the patient's legal name", patient.name, "name"),
        ("the patient's birth date", patient.birth_date, "birth_date"),
    ):
        if not value:
            yield Missing(what, _at(scene, "patient", field), card)
    for what, value, field in (
        ("the payer's name", plan.payer, "payer"),
        ("the member ID", plan.member_id, "member_id"),
    ):
        if not value:
            yield Missing(what, _at(scene, "plan", field), card)


def _patient_details(scene: Scene) -> Iterator[Missing]:
    patient = scene.case.patient
    if not (patient.address and patient.address.complete):
        yield Missing(
            "the patient's full address", _at(scene, "patient", "address"), "Write it as the insurer has it on file."
        )
    if not patient.sex:
        yield Missing(
            "the patient's sex as on file", _at(scene, "patient", "sex"), "Write it as the insurer has it on file."
        )
    if not patient.relation_to_subscriber:
        where = _at(scene, "patient", "relation_to_subscriber")
        yield Missing("the relation to the policy holder", where, "Write self, spouse, child or other.")
    if patient.relation_to_subscriber not in (None, "self") and not (patient.subscriber and patient.subscriber.name):
        yield Missing("the policy holder's name", _at(scene, "patient", "subscriber"), _card(scene))
    if scene.case.plan.other_coverage is None:
        where = _at(scene, "plan", "other_coverage")
        yield Missing("whether there is other health insurance", where, "Write other_coverage: {has: no}, or yes.")
    if scene.case.plan.accident is None:
        where = _at(scene, "plan", "accident")
        yield Missing(
            "whether it comes from work or an accident", where, "Write accident: {work: no, auto: no, other: no}."
        )


def _practice(scene: Scene) -> Iterator[Missing]:
    practice = scene.practice
    if practice is None:
        where = Where("providers/")
        yield Missing("who is paid", where, f"Add the practice: {spell('add-provider', role='billing')}.")
        return
    if not (practice.address and practice.address.complete):
        ask = "Write it in this record." if scene.case.by_practice else "Ask the practice, or look at its receipt."
        yield Missing("the practice's full address", scene.case.where(practice, "address"), ask)
    yield from _fields(scene, practice, (("the practice's phone", "phone"),))
    if not practice.ein:
        ask = "it is free to get from the IRS. Never an SSN."
        ask = f"Write down your EIN; {ask}" if scene.case.by_practice else f"Ask the practice for its EIN; {ask}"
        yield Missing("the practice's EIN", scene.case.where(practice, "ein"), ask)


def _therapist(scene: Scene) -> Iterator[Missing]:
    therapist = scene.therapist
    if therapist is None:
        where = Where("providers/")
        yield Missing("who treated", where, f"Add the therapist: {spell('add-provider', role='rendering')}.")
        return
    yield from _fields(
        scene,
        therapist,
        (
            ("the therapist's credential", "credential"),
            ("the therapist's individual NPI", "npi"),
        ),
    )
    yield from _licence(scene, therapist)


def _licence(scene: Scene, therapist: Provider) -> Iterator[Missing]:
    if not (therapist.licence and therapist.licence.number and therapist.licence.state):
        ask = "look it up in the state's license search."
        ask = f"Write it down, or {ask}" if scene.case.by_practice else f"Ask the therapist, or {ask}"
        yield Missing("the therapist's license number and state", scene.case.where(therapist, "licence"), ask)


def _treated_by(scene: Scene) -> Iterator[Missing]:
    """A receipt and a note need no NPI: the therapist's name, credential and license are enough."""
    yield from (item for item in _therapist(scene) if "NPI" not in item.what)


def _prescriber(scene: Scene) -> Iterator[Missing]:
    if not scene.orders:
        if not scene.case.by_practice:  # a practice's own superbill needs the diagnosis; the plan may not want an order
            where = Where("prescriptions/")
            yield Missing("the doctor's order", where, f"Record it: {spell('add-prescription')}.")
    elif scene.prescriber:
        wanted = (("the prescriber's credential", "credential"), ("the prescriber's NPI", "npi"))
        yield from _fields(scene, scene.prescriber, wanted)
    if scene.claim is None or not scene.claim.diagnoses:
        yield Missing("the prescriber's diagnosis", Where("conditions/"), "Ask the prescriber; it is on the order.")


def _lines(scene: Scene) -> Iterator[Missing]:
    """What the same lines lack alike, on however many days, is said once."""
    if scene.claim is None or not scene.claim.lines:
        yield Missing("the sessions", Where("sessions/"), f"Add them: {spell('add-session')}.")
        return
    alike: dict[tuple[str, tuple[str, ...]], list[ServiceLine]] = {}
    for line in scene.claim.lines:
        lacking = tuple(
            words
            for words, value in (
                ("procedure code", None if line.code == UNKNOWN_CODE else line.code),
                (PLACE, line.place),
                ("minutes", line.minutes),
                ("units", line.units),
                ("charge", line.charge),
                ("diagnosis", line.pointers),
            )
            if value in (None, ())
        )
        if lacking:
            alike.setdefault((line.code, lacking), []).append(line)
    for (code, lacking), found in alike.items():
        service = "the visit" if code == UNKNOWN_CODE else code
        what = f"{', '.join(lacking)} of {service} {_days(found)}"
        yield Missing(what, scene.case.where(found[0].session, "services"), _fill_in(scene, lacking, found))


def _days(found: Sequence[ServiceLine]) -> str:
    days = sorted({line.date.isoformat() for line in found})
    if len(days) <= MOST_DAYS:
        return f"on {', '.join(days)}"
    return f"on {len(days)} days from {days[0]} to {days[-1]}"


def _fill_in(scene: Scene, lacking: tuple[str, ...], found: Sequence[ServiceLine]) -> str:
    """Who knows it. A practice is not sent to its own therapist."""
    records = list(dict.fromkeys(line.session for line in found))
    records = records if len(records) <= MOST_DAYS else [records[0], "sessions/DATE"]
    each = " Name every visit it is true of." if len(records) > 1 else ""
    if scene.case.by_practice and lacking == (PLACE,):
        return f"Write it down (11 is an office): `{spell('edit', *records, set={'place': 'NN'})}`.{each}"
    if scene.case.by_practice:
        return f"Write it down: `{spell('edit', *records, set={'FIELD': 'VALUE'})}`.{each}"
    return f"Ask the therapist, then write it down: `{spell('edit', *records, set={'FIELD': 'VALUE'})}`.{each}"


def _card(scene: Scene) -> str:
    whose = "the patient's" if scene.case.by_practice else "your"
    return f"Look at {whose} insurance card."


def _fields(scene: Scene, provider: Provider, wanted: tuple[tuple[str, str], ...]) -> Iterator[Missing]:
    for what, field in wanted:
        if not getattr(provider, field):
            own = scene.case.by_practice and "referring" not in provider.roles
            ask = "Write it in this record." if own else "Ask the office; these numbers are public."
            yield Missing(what, scene.case.where(provider, field), ask)


def _at(scene: Scene, record: str, field: str) -> Where:
    return scene.case.where(record, field)


def find_missing(name: str, scene: Scene) -> tuple[Missing, ...]:
    """Everything that this paper must say and the case does not."""
    return tuple(_MUSTS[name](scene)) if name in _MUSTS else ()


def _condition(scene: Scene) -> Iterator[Missing]:
    if scene.condition is None:
        yield Missing("the condition", Where("conditions/"), f"Record it: {spell('add-condition')}.")


def _payments(scene: Scene) -> Iterator[Missing]:
    if scene.claim is None or not scene.claim.paid:
        yield Missing("a payment", Where("payments/"), f"Record it: {spell('add-payment')}.")


def _paid_in_year(scene: Scene) -> Iterator[Missing]:
    year = ForExpenses(scene).of_year
    if not year.lines:
        ask = f"Choose another year: {spell('expenses', year='YEAR')}."
        yield Missing(f"a payment for treatment in {year.year}", Where("payments/"), ask)


def _paid_in_span(scene: Scene) -> Iterator[Missing]:
    """Each line names who treated, with the license, so every therapist in it needs one."""
    view = scene.payments
    if view is None or not view.lines:
        ask = f"Choose other days with --from and --to, or record it: {spell('add-payment')}."
        yield Missing("a payment for treatment in that time", Where("payments/"), ask)
        return
    if any(not line.therapist for line in view.lines):
        where = Where("sessions/")
        yield Missing("who treated, for each visit", where, f"Write it down: {spell('edit', 'sessions/DATE')}.")
    for provider in scene.case.providers:
        if any(line.therapist == provider.signs_as for line in view.lines):
            yield from _licence(scene, provider)


def _searches(scene: Scene) -> Iterator[Missing]:
    if not any(contact.about and contact.about.lower().startswith("network") for contact in scene.case.contacts):
        ask = f"Write down each call to a therapist and each look into the directory: {spell('log-contact', about='network')}."
        yield Missing("your search for a therapist in the network", Where("contacts/"), ask)


def _answer(scene: Scene) -> Iterator[Missing]:
    if scene.request and not scene.request.enclosed and not scene.request.sent:
        ask = f"Attach it: `{spell('attach', 'FILE', kind='KIND', for_='CONTACT')}`, the contact in which they asked."
        yield Missing("what answers the request", Where("attachments/"), ask)


def _name(scene: Scene) -> Iterator[Missing]:
    if not scene.case.patient.name:
        yield Missing("the patient's legal name", _at(scene, "patient", "name"), "Write it in patient.yaml.")


def _named(scene: Scene) -> Iterator[Missing]:
    """A doctor's office finds a chart by name and birth date."""
    yield from _name(scene)
    if not scene.case.patient.birth_date:
        yield Missing("the patient's birth date", _at(scene, "patient", "birth_date"), "Write it in patient.yaml.")


def _order(scene: Scene) -> Iterator[Missing]:
    """A plan decides before care only about an order with its diagnosis."""
    if scene.order is None:
        ask = (
            f"Ask the doctor for one (`{spell('paper', 'prescription-request')}`), then `{spell('add-prescription')}`."
        )
        yield Missing("the doctor's order", Where("prescriptions/"), ask)
    elif not visits_ordered(scene.order):
        ask = "Ask the doctor; it is on the order."
        yield Missing("the number of visits", scene.case.where(scene.order, "visits"), ask)
    elif Planned(scene).visits == 0:
        ask = "Ask the doctor for a new order; a plan decides before care only about visits that are still to come."
        yield Missing("a visit of the order that is still to come", scene.case.where(scene.order, "visits"), ask)
    if scene.condition is None or not list_prescribed(scene.case, scene.condition):
        ask = "Ask the doctor for the diagnosis and its code; it is on the order."
        yield Missing("the prescriber's diagnosis", Where("conditions/"), ask)


def _treating(scene: Scene) -> Iterator[Missing]:
    if scene.therapist is None:
        ask = f"Add the therapist: {spell('add-provider', role='rendering')}."
        yield Missing("who will treat", Where("providers/"), ask)


def _all(*parts: Callable[[Scene], Iterator[Missing]]) -> Callable[[Scene], Iterator[Missing]]:
    def every(scene: Scene) -> Iterator[Missing]:
        for part in parts:
            yield from part(scene)

    return every


_MUSTS: dict[str, Callable[[Scene], Iterator[Missing]]] = {
    "superbill": _all(_insured, _patient_details, _practice, _therapist, _prescriber, _lines),
    "receipt": _all(_name, _treated_by, _payments),
    "statement_of_payments": _all(_name, _paid_in_span),
    "tax_and_hsa_summary": _all(_name, _paid_in_year),
    "letter_of_medical_necessity": _all(_insured, _condition),
    "letter_of_medical_necessity_hsa": _all(_named, _condition),
    "for_my_appointment": _name,
    "prescription_request": _all(_named, _condition),
    "predetermination_request": _all(_insured, _order, _treating),
    "therapist_note": _all(_name, _treated_by),
    "cover_sheet": _insured,
    "network_exception_request": _all(_insured, _searches),
    "session_log": _name,
    "progress_report": _name,
    "appeal_letter": _insured,
    "external_review_request": _insured,
    "claim_file_request": _insured,
    "expedited_request": _insured,
    "authorized_representative": _insured,
    "complaint": _insured,
    "peer_to_peer_request": _insured,
    "reviewer_points_request": _named,
    "denial_summary": _name,
    "plan_sponsor_request": _name,
    "follow_up_letter": _insured,
    "information_request_answer": _all(_insured, _answer),
    "chronology": _name,
}
