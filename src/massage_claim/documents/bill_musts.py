"""What a bill cannot go without: who is insured, who is paid, who treated, who ordered, and each line. Takes a scene,
gives what is missing with the place to fill it in, worded for who prepares the case: the patient or the practice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from massage_claim.documents.scene import Scene
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


def insured(scene: Scene) -> Iterator[Missing]:
    patient, plan = scene.case.patient, scene.case.plan
    card = _card(scene)
    for what, value, field in (
        ("the patient's legal name", patient.name, "name"),
        ("the patient's birth date", patient.birth_date, "birth_date"),
    ):
        if not value:
            yield Missing(what, at(scene, "patient", field), card)
    for what, value, field in (
        ("the payer's name", plan.payer, "payer"),
        ("the member ID", plan.member_id, "member_id"),
    ):
        if not value:
            yield Missing(what, at(scene, "plan", field), card)


def patient_details(scene: Scene) -> Iterator[Missing]:
    patient = scene.case.patient
    if not (patient.address and patient.address.complete):
        yield Missing(
            "the patient's full address", at(scene, "patient", "address"), "Write it as the insurer has it on file."
        )
    if not patient.sex:
        yield Missing(
            "the patient's sex as on file", at(scene, "patient", "sex"), "Write it as the insurer has it on file."
        )
    if not patient.relation_to_subscriber:
        where = at(scene, "patient", "relation_to_subscriber")
        yield Missing("the relation to the policy holder", where, "Write self, spouse, child or other.")
    if patient.relation_to_subscriber not in (None, "self") and not (patient.subscriber and patient.subscriber.name):
        yield Missing("the policy holder's name", at(scene, "patient", "subscriber"), _card(scene))
    if scene.case.plan.other_coverage is None:
        where = at(scene, "plan", "other_coverage")
        yield Missing("whether there is other health insurance", where, "Write other_coverage: {has: no}, or yes.")
    if scene.case.plan.accident is None:
        where = at(scene, "plan", "accident")
        yield Missing(
            "whether it comes from work or an accident", where, "Write accident: {work: no, auto: no, other: no}."
        )


def practice(scene: Scene) -> Iterator[Missing]:
    practice = scene.practice
    if practice is None:
        where = Where("providers/")
        yield Missing("who is paid", where, "Add the practice: massage-claim add-provider --role billing.")
        return
    if not (practice.address and practice.address.complete):
        ask = "Write it in this record." if scene.case.by_practice else "Ask the practice, or look at its receipt."
        yield Missing("the practice's full address", scene.case.where(practice, "address"), ask)
    yield from _fields(scene, practice, (("the practice's phone", "phone"),))
    if not practice.ein:
        ask = "it is free to get from the IRS. Never an SSN."
        ask = f"Write down your EIN; {ask}" if scene.case.by_practice else f"Ask the practice for its EIN; {ask}"
        yield Missing("the practice's EIN", scene.case.where(practice, "ein"), ask)


def therapist(scene: Scene) -> Iterator[Missing]:
    therapist = scene.therapist
    if therapist is None:
        where = Where("providers/")
        yield Missing("who treated", where, "Add the therapist: massage-claim add-provider --role rendering.")
        return
    yield from _fields(
        scene,
        therapist,
        (
            ("the therapist's credential", "credential"),
            ("the therapist's individual NPI", "npi"),
        ),
    )
    yield from licence(scene, therapist)


def licence(scene: Scene, therapist: Provider) -> Iterator[Missing]:
    if not (therapist.licence and therapist.licence.number and therapist.licence.state):
        ask = "look it up in the state's license search."
        ask = f"Write it down, or {ask}" if scene.case.by_practice else f"Ask the therapist, or {ask}"
        yield Missing("the therapist's license number and state", scene.case.where(therapist, "licence"), ask)


def treated_by(scene: Scene) -> Iterator[Missing]:
    """A receipt and a note need no NPI: the therapist's name, credential and license are enough."""
    yield from (item for item in therapist(scene) if "NPI" not in item.what)


def prescriber(scene: Scene) -> Iterator[Missing]:
    if not scene.orders:
        if not scene.case.by_practice:  # a practice's own superbill needs the diagnosis; the plan may not want an order
            where = Where("prescriptions/")
            yield Missing("the doctor's order", where, "Record it: massage-claim add-prescription.")
    elif scene.prescriber:
        wanted = (("the prescriber's credential", "credential"), ("the prescriber's NPI", "npi"))
        yield from _fields(scene, scene.prescriber, wanted)
    if scene.claim is None or not scene.claim.diagnoses:
        yield Missing("the prescriber's diagnosis", Where("conditions/"), "Ask the prescriber; it is on the order.")


def lines(scene: Scene) -> Iterator[Missing]:
    """What the same lines lack alike, on however many days, is said once."""
    if scene.claim is None or not scene.claim.lines:
        yield Missing("the sessions", Where("sessions/"), "Add them: massage-claim add-session.")
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
    named = " ".join(records) if len(records) <= MOST_DAYS else f"{records[0]} …"
    each = " Name every visit it is true of." if len(records) > 1 else ""
    if scene.case.by_practice and lacking == (PLACE,):
        return f"Write it down (11 is an office): `massage-claim edit {named} --set place=NN`.{each}"
    if scene.case.by_practice:
        return f"Write it down: `massage-claim edit {named} --set FIELD=VALUE`.{each}"
    return f"Ask the therapist, then write it down: `massage-claim edit {named} --set FIELD=VALUE`.{each}"


def _card(scene: Scene) -> str:
    whose = "the patient's" if scene.case.by_practice else "your"
    return f"Look at {whose} insurance card."


def _fields(scene: Scene, provider: Provider, wanted: tuple[tuple[str, str], ...]) -> Iterator[Missing]:
    for what, field in wanted:
        if not getattr(provider, field):
            own = scene.case.by_practice and "referring" not in provider.roles
            ask = "Write it in this record." if own else "Ask the office; these numbers are public."
            yield Missing(what, scene.case.where(provider, field), ask)


def at(scene: Scene, record: str, field: str) -> Where:
    return scene.case.where(record, field)
