"""The guide's steps 2 and 3: what hurts, who ordered what, who treats and who is paid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from massage_claim.cli.form import Tree, get, put
from massage_claim.cli.guide import forms
from massage_claim.cli.guide.run import OPTIONS, Run, spoken_by
from massage_claim.command_text import spell

if TYPE_CHECKING:
    from massage_claim.actions.guide.interview import Interview


def condition(run: Run, part: Interview) -> None:
    from massage_claim.actions.record.new_condition import add_condition
    from massage_claim.models.condition import Condition

    by_practice = run.opened().case.by_practice
    form = forms.condition(by_practice)
    tree = run.ask(part, lambda: run.asker.fill(Condition, {}, form))
    if tree is not None:
        run.keep(add_condition(run.project, spoken_by(tree, "patient"), options=OPTIONS))
        run.done(part)


def doctor(run: Run, part: Interview) -> None:
    from massage_claim.actions.record.new_provider import add_provider
    from massage_claim.models.providers import Provider

    def ask() -> tuple[str, Tree] | None:
        sentence = "A signed order (prescription) for massage. It must be older than the first visit."
        there = run.asker.gate_or_unknown("Is there a doctor's order?", sentence, who="doctor")
        if there:
            order_by: Tree = {"roles": ["referring"]}
            return "", run.asker.fill(Provider, order_by, forms.doctor(run.refuse_npi))
        return _refusal(run) if there is False else None

    about, tree = run.ask(part, ask) or ("", None)
    if run.asker.open:
        return
    if tree is None or about:
        run.leave(part)
        if tree is not None:
            _keep_refusal(run, about, tree)
            return
        run.say("Ask the doctor before the first visit; an order can't be made older than it is.")
        _papers_for_the_doctor(run)
        return
    run.keep(add_provider(run.project, tree, options=OPTIONS))
    run.done(part)


def _refusal(run: Run) -> tuple[str, Tree] | None:
    """Whether a doctor would not order it, for which condition, and when; only what is confirmed as a whole."""
    from massage_claim.models.condition import Declined

    open_ones = [one for one in run.opened().case.conditions if one.declined is None and not one.diagnoses]
    if not open_ones:
        return None
    if not run.asker.gate("Did a doctor say no to it?", "A doctor who was asked, and would not order massage."):
        return None
    names = [(one.record_id, one.name) for one in open_ones]
    about = names[0][0] if len(names) == 1 else run.asker.choose("For what", "", names, required=True)
    tree = run.asker.fill(Declined, {}, forms.declined())
    sentence = f"A doctor would not order massage, and said so on {tree.get('on')}. It is written down as a refusal."
    return (about or "", tree) if run.asker.gate("Is that right?", sentence) else None


def _keep_refusal(run: Run, about: str, tree: Tree) -> None:
    """Puts the refusal into the condition, and says what it means."""
    from massage_claim.actions.record import record_change
    from massage_claim.cli.guide.plan_part import end_here

    changes = [(f"declined.{name}", str(value)) for name, value in tree.items() if value]
    run.keep(record_change.set_fields(record_change.open_record(run.project, about), changes))
    end_here(run, "Without an order there is nothing to claim; an order that comes later changes that.")


def _papers_for_the_doctor(run: Run) -> None:
    """The papers that help to get an order, where there is anything to put on them."""
    from massage_claim.documents.papers import paper_library

    there = paper_library(run.project).names()
    for name, title in (("for_my_appointment", "a page for the appointment"), ("prescription_request", "a request")):
        if name in there:
            run.say(f"To take along, {title}: {spell('paper', name)}")


def diagnosis(run: Run, part: Interview) -> None:
    """The doctor's codes, put into the condition that has none."""
    from massage_claim.actions.record import record_change
    from massage_claim.models.condition import Condition

    run.leave(part)
    run.say("")
    run.say("The diagnosis and its code stand on the order. Only the doctor's diagnosis can be billed.")
    case = run.opened().case
    name = next(one.name for one in case.conditions if one.record_id == part.about)
    doctors = [one.record_id for one in case.providers if "referring" in one.roles]
    tree = run.asker.part(lambda: run.asker.fill(Condition, {"name": name}, forms.diagnoses()))
    rows = tree.get("diagnoses")
    changes: list[tuple[str, str | None]] = []
    for number, row in enumerate(rows if isinstance(rows, list) else [], 1):
        by = {"by": doctors[0]} if len(doctors) == 1 else {}
        fields: Mapping[str, object] = {**row, **by} if isinstance(row, dict) else {}
        changes += [(f"diagnoses.{number}.{field}", str(value)) for field, value in fields.items()]
    if changes:
        run.keep(record_change.set_fields(record_change.open_record(run.project, part.about), changes))


def order(run: Run, part: Interview) -> None:
    from massage_claim.actions.record.new_prescription import add_prescription
    from massage_claim.models.prescription import Prescription

    case = run.opened().case
    doctors = [provider.record_id for provider in case.providers if "referring" in provider.roles]
    conditions = [one.record_id for one in case.conditions]
    form = forms.order(len(conditions) > 1, len(doctors) > 1)
    known: Tree = {"referring": doctors[0]} if len(doctors) == 1 else {}
    if len(conditions) == 1:
        known["condition"] = conditions[0]
    run.say("")
    run.say("All of this stands on the order. Leave empty what does not, and never write more than it says.")

    def ask() -> Tree:
        tree = run.asker.fill(Prescription, dict(known), form)
        return {**tree, **_signature(run, str(tree.get("date") or ""))}

    tree = run.ask(part, ask)
    if tree is not None:
        run.keep(add_prescription(run.project, tree, options=OPTIONS))
        run.done(part)


def _signature(run: Run, written: str) -> Tree:
    """Whether the order is signed; with another day beside the signature than the order's own, that day too."""
    from massage_claim.models.new_values import refused
    from massage_claim.models.prescription import Prescription
    from massage_claim.models.record import problems_of

    words = {"yes": "yes", "y": "yes", "no": "no", "n": "no"}

    def check(answer: str) -> tuple[str, str] | None:
        if answer.lower() in words:
            return None
        day: Tree = {"date": written or run.asker.today, "referring": "providers/x", "signed_on": answer}
        if problems_of(Prescription, day):
            return "It is neither yes, nor no, nor a day.", "Write yes, no, or the day as 2026-01-31."
        later = refused(Prescription, day, date.fromisoformat(run.asker.today))
        return next(((says, fix) for path, says, fix in later if path == ("signed_on",)), None)

    sentence = "yes or no. If another day than the order's own stands beside the signature, write that day."
    answer = run.asker.one("Signed by the doctor", sentence, check=check, who="doctor")
    if answer is None:
        return {}
    if answer.lower() in words:
        return {"signed": words[answer.lower()]}
    return {"signed": "yes"} if answer == written else {"signed": "yes", "signed_on": answer}


def therapist(run: Run, part: Interview) -> None:
    from massage_claim.actions.record.new_provider import add_provider
    from massage_claim.models.providers import Provider

    opened = run.opened()
    home = opened.case.patient.address
    state = opened.case.plan.state or (home.state if home else None)

    def ask() -> Tree:
        tree = run.asker.fill(Provider, {"roles": ["rendering"]}, forms.therapist(state, run.refuse_npi))
        who = run.asker.choose("Who is paid for the visits", "As on the bill.", _PAID, required=True, usual="therapist")
        if who == "therapist":
            return _paid_to(run, {**tree, "roles": ["rendering", "billing"]})
        return tree

    tree = run.ask(part, ask)
    if tree is None:
        return
    licensed = opened.facts.licences.get(str(get(tree, ("licence", "state"))))
    if licensed is not None and licensed.regime in ("license", "certification", "registration"):
        tree = put(tree, ("licence", "kind"), licensed.regime)
    run.keep(add_provider(run.project, tree, options=OPTIONS))
    run.done(part)


_PAID = (("therapist", "the therapist's own business"), ("practice", "a practice or company"))


def practice(run: Run, part: Interview) -> None:
    from massage_claim.actions.record.new_provider import add_provider
    from massage_claim.models.providers import Provider

    def ask() -> Tree:
        tree = run.asker.fill(Provider, {"roles": ["billing"]}, forms.practice(run.refuse_npi))
        return _paid_to(run, tree)

    tree = run.ask(part, ask)
    if tree is not None:
        run.keep(add_provider(run.project, tree, options=OPTIONS))
        run.done(part)


def _paid_to(run: Run, tree: Tree) -> Tree:
    """Tax number, phone and address of whoever is paid."""
    from massage_claim.actions.record.address_line import read_address
    from massage_claim.actions.record.answer_forms import AnswerError
    from massage_claim.models.providers import Provider

    def check(answer: str) -> tuple[str, str] | None:
        try:
            read_address(answer)
        except AnswerError as error:
            return f"{error.says[:1].upper()}{error.says[1:]}", error.fix
        return None

    tree = run.asker.fill(Provider, tree, forms.paid())
    sentence = "On one line, as on the bill: 77 Market Street, Tacoma, WA 98402."
    where = run.asker.one("Office address", sentence, check=check, who="therapist")
    return {**tree, "address": dict(read_address(where))} if where else tree


def licence(run: Run, part: Interview) -> None:
    """Whether the register was looked at, and what it said."""
    from massage_claim.actions.record import licence_look as action
    from massage_claim.models.coverage import LicenceCheck

    def ask() -> Tree | None:
        sentence = " ".join(action.guide(run.project, part.about))
        if not run.asker.gate("Have you looked the license up?", sentence):
            return None
        return run.asker.fill(LicenceCheck, {"provider": part.about}, forms.licence_check(run.asker.today))

    run.leave(part)
    tree = run.ask(part, ask)
    if run.asker.open:
        return
    if tree is None:
        run.say(f"Look it up before the first claim: {spell('check-licence')}")
        return
    done = action.check_licence(run.project, tree, options=OPTIONS)
    run.done(part)
    run.keep(replace(done, says=done.says[:2]))  # the state's rules were said before the question
