"""What the interview asks of each record: the models' own questions, fewer than the commands ask, and what Enter takes.

Who treated, the order and the place are taken over from the last visit; its services, prices and times are offered as what Enter takes.
Its note, its pain and its body regions never are.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from massage_claim.cli.fields import form
from massage_claim.cli.form import Form, Tree

if TYPE_CHECKING:
    from massage_claim.actions.record.last_visits import Usual

Refuse = Callable[[Tree, str], tuple[str, str] | None]


def condition(by_practice: bool) -> Form:
    """What hurts. The patient's own story is for the patient to tell, so the practice is not asked for it."""
    from massage_claim.models.condition import Condition

    return form(Condition, only=("name", "onset")) if by_practice else form(Condition, guide=True)


def doctor(refuse_npi: Refuse) -> Form:
    """Who ordered."""
    from massage_claim.models.providers import Provider

    return form(
        Provider,
        only=("name", "credential", "npi"),
        label={"name": "Doctor's full name", "credential": "Letters after the doctor's name", "npi": "Doctor's NPI"},
        who={"credential": "doctor", "npi": "doctor"},
        refuse={"npi": refuse_npi},
    )


def diagnoses() -> Form:
    """The codes on the order; who made them is known."""
    from massage_claim.models.condition import Condition

    return form(Condition, only=("diagnoses",), when={"diagnoses.by": lambda _: False})


def order(several_conditions: bool, several_doctors: bool) -> Form:
    """What the signed order says."""
    from massage_claim.models.prescription import Prescription

    return form(
        Prescription,
        guide=True,
        usual={"service": lambda _: "massage therapy"},
        when={"referring": lambda _: several_doctors, "condition": lambda _: several_conditions},
    )


def declined() -> Form:
    """A doctor who would not order massage."""
    from massage_claim.models.condition import Declined

    return form(Declined, guide=True)


def therapist(state: str | None, refuse_npi: Refuse) -> Form:
    """Who treats."""
    from massage_claim.models.providers import Provider

    return form(
        Provider,
        only=("name", "credential", "npi", "licence.number", "licence.state", "network.status"),
        label={
            "name": "Therapist's full name",
            "credential": "Letters after the therapist's name",
            "npi": "Therapist's NPI",
        },
        who={"name": "therapist", "credential": "therapist"},
        usual={"licence.state": lambda _: state},
        refuse={"npi": refuse_npi},
    )


def practice(refuse_npi: Refuse) -> Form:
    """Who is paid, when that is not the therapist."""
    from massage_claim.models.providers import Provider

    return form(
        Provider,
        only=("name", "npi"),
        label={"name": "Practice's legal name", "npi": "Practice's NPI"},
        who={"name": "therapist"},
        sentence={"name": "As on the bill.", "npi": "The practice's own ten-digit number, not the therapist's."},
        refuse={"npi": refuse_npi},
    )


def paid() -> Form:
    """What a payer needs of whoever is paid."""
    from massage_claim.models.providers import Provider

    return form(Provider, only=("ein", "phone"), who={"phone": "therapist"})


def licence_check(today: str) -> Form:
    """What the state's register said."""
    from massage_claim.models.coverage import LicenceCheck

    return form(LicenceCheck, today=today, guide=True)


def visit(last: Usual, today: str, price: str | None = None) -> Form:
    """What was done."""
    from massage_claim.models.session import Session

    before = next((session for session in last.sessions if session.purpose == "treatment"), None)

    def rows(tree: Tree) -> list[object]:
        services = tree.get("services")
        return list(services) if isinstance(services, list) else []

    def code(tree: Tree) -> str | None:
        """The code of the last visit in this place of the list."""
        place = len(rows(tree))
        return before.services[place].code if before and place < len(before.services) else None

    def same(field: str) -> Callable[[Tree], str | None]:
        def value(tree: Tree) -> str | None:
            """What the last visit's service in this place had, when it is the same code; else what that code cost alone."""
            services = rows(tree)
            now = services[-1] if services else None
            if not isinstance(now, dict):
                return None
            typed = str(now.get("code") or "").upper()
            there = before.services[len(services) - 1] if before and len(services) <= len(before.services) else None
            if there is not None and there.code == typed:
                had = getattr(there, field)
                return None if had is None else str(had)
            return last.price(typed) or price if field == "charge" and len(services) == 1 else None

        return value

    def clock(field: str) -> str | None:
        value = getattr(before, field, None)
        return value.isoformat("minutes") if value is not None else None

    def until(tree: Tree) -> str | None:
        """The last visit's end, for a visit that began at the same time."""
        return clock("end") if tree.get("start") == clock("start") else None

    def by_practice(_: Tree) -> bool:
        return last.by_practice

    return form(
        Session,
        today=today,
        guide=True,
        usual={
            "services.code": code,
            "services.minutes": same("minutes"),
            "services.charge": same("charge"),
            "services.units": same("units"),
            "start": lambda _: clock("start"),
            "end": until,
        },
        when={
            "services.units": by_practice,
            "rendering": lambda _: False,
            "prescription": lambda _: False,
            "end": lambda tree: bool(tree.get("start")),
            "place": lambda _: last.place() is None,
            "note.text": lambda _: not last.by_practice,
            **dict.fromkeys(("note.s", "note.o", "note.a", "note.p"), by_practice),
            "note.author": lambda _: False,
            "note.signed_on": lambda tree: last.by_practice and bool(tree.get("note")),
        },
        label={"note.text": "Your words about the visit"},
        sentence={
            "note.text": "Your own log: how it was before, during and after. The therapist's note is a paper of its own."
        },
    )


def on_the_spot(charge: str | None) -> Form:
    """What was paid at the visit. `charge`: the sum of its services; nothing above it, no tip in it."""
    from massage_claim.models.payment import Payment

    def tipped(tree: Tree) -> bool:
        return bool(tree.get("amount")) and (charge is None or _more(tree, charge))

    return form(
        Payment,
        only=("amount", "method", "tip"),
        label={"amount": "Paid at the visit", "method": "How it was paid", "tip": "Tip in it"},
        sentence={"amount": "The total, tip included; Enter if nothing was paid then."},
        when={"method": lambda tree: bool(tree.get("amount")), "tip": tipped},
        optional=("amount",),
    )


def _more(tree: Tree, charge: str) -> bool:
    amount = tree.get("amount")
    return isinstance(amount, str) and Decimal(amount) > Decimal(charge)


def payment(today: str, owed: str) -> Form:
    """What was paid later, for one visit or several. `owed`: what is open by what is written down."""
    from massage_claim.models.payment import Payment

    return form(
        Payment,
        today=today,
        only=("date", "amount", "method", "tip"),
        label={"amount": "Amount paid", "method": "How it was paid", "tip": "Tip in it"},
        when={"tip": lambda tree: _more(tree, owed)},
    )


def decision() -> Form:
    """What the notice says of a claim, or of an appeal."""
    from massage_claim.models.decision import Decision

    return form(Decision, guide=True)


def submission(today: str, to: str | None) -> Form:
    """How it was sent; asked after the method was chosen."""
    from massage_claim.models.claim import Submission

    return form(Submission, today=today, guide=True, usual={"to": lambda _: to})


def claimed_visit(before: Tree) -> Form:
    """What the bill or the notice says of a visit in a claim that was sent without this program. `before`: the last one."""
    from massage_claim.models.session import Session

    there = before.get("services")

    def same(field: str) -> Callable[[Tree], str | None]:
        def value(tree: Tree) -> str | None:
            """What the visit before had for the service in this place of the list."""
            services = tree.get("services")
            place = (len(services) if isinstance(services, list) else 0) - (field != "code")
            one = there[place] if isinstance(there, list) and 0 <= place < len(there) else None
            had = one.get(field) if isinstance(one, dict) else None
            return had if isinstance(had, str) else None

        return value

    return form(
        Session,
        only=("date", "services"),
        usual={f"services.{name}": same(name) for name in ("code", "minutes", "charge")},
        when=dict.fromkeys(
            ("services.units", "services.modifiers", "services.pointers", "services.regions"), lambda _: False
        ),
        sentence={
            "services.code": "Five characters, such as 97124: on the bill, or beside the date on the notice.",
            "services.charge": "What was billed for it.",
        },
    )


def sent_before(last: str) -> Form:
    """When it was sent. `last`: its last visit, before which it can't have been."""
    from massage_claim.models.claim import Submission

    def refuse(tree: Tree, answer: str) -> tuple[str, str] | None:
        if answer < last:
            return "This day is before the last visit of the claim.", "Write the day it was sent."
        return None

    sentence = "The day it was sent. If you don't know it: the day on which the notice says that it came in."
    return form(
        Submission, only=("date",), sentence={"date": sentence}, refuse={"date": refuse}, usual={"date": lambda _: None}
    )


def contact(today: str) -> Form:
    """One contact with the plan."""
    from massage_claim.models.contact import Contact

    only = ("date", "way", "person", "reference", "said", "received_on", "asked_for", "next_date")
    return form(Contact, today=today, only=only)
