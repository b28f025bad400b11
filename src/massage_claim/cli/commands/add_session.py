"""`massage-claim add-session`: one visit, and its payment if it was paid on the spot."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Annotated, NotRequired

import typer

from massage_claim.cli import show, syntax
from massage_claim.cli.fields import Entry, form, records
from massage_claim.cli.form import Tree
from massage_claim.cli.json_shapes import Recorded
from massage_claim.errors import NotReady, Problem, WouldOverwrite
from massage_claim.models.payment import Payment
from massage_claim.models.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from massage_claim.actions.record.last_visits import Usual
    from massage_claim.actions.result import Result
    from massage_claim.cli.form import Form
    from massage_claim.cli.json_shapes import RecordName, WouldWrite


class Data(Recorded):
    """The visit that was written, and its payment."""

    payment: NotRequired[
        Annotated[RecordName | WouldWrite, "The payment; with --dry-run the one that would be written."]
    ]


@records(
    Session,
    stdin="note.text",
    read={"services": syntax.services},
    service="What was done: 97124=52:95.00, or unknown=52:95.00.",
    rendering="Who treated; default: as last time.",
    prescription="The doctor's order; default: as last time.",
    place="Place of service: 11 office, 12 home; default: as last time.",
    region="Body region that was worked on, or of one service: [CODE:]REGION.",
    note_author="therapist or patient; default: who prepares the papers.",
    s="Note: what the patient said.",
    o="Note: what the therapist found and did.",
    a="Note: how the patient responded.",
    p="Note: the plan from here.",
    price_agreed="Price of the visit without tip; default: the services' sum.",
)
def add_session(
    entry: Entry,
    units: Annotated[
        list[str] | None,
        typer.Option(metavar="N", help="Units as billed, one for each --service in order. May repeat."),
    ] = None,
    modifier: Annotated[
        list[str] | None, typer.Option(metavar="[CODE:]MODIFIER", help="Modifier the plan asked for. May repeat.")
    ] = None,
    diagnosis: Annotated[
        list[str] | None,
        typer.Option(metavar="[CODE:]ICD10", help="Diagnosis of a service, if not the order's. May repeat."),
    ] = None,
    same_times: Annotated[
        bool,
        typer.Option("--same-times", help="It began and ended at the same times as the last visit of this length."),
    ] = False,
    paid: Annotated[
        str | None, typer.Option(metavar="AMOUNT", help="What was paid at the visit, tip included: adds the payment.")
    ] = None,
    method: Annotated[
        str | None, typer.Option(metavar="METHOD", help="How it was paid: card, cash, check 1021 …")
    ] = None,
    tip: Annotated[str | None, typer.Option(metavar="AMOUNT", help="The tip in it; never claimed.")] = None,
    second_visit: Annotated[
        bool, typer.Option("--second-visit", help="There were two visits that day: write down both.")
    ] = False,
) -> Result:
    """Write down one visit: what was done, for how long, what it cost.

    Without --date or --service it asks, question by question. What the last visits had (therapist, order, place,
    price) is taken over when it is not said, and named; times only with --same-times, and notes never. A code you
    don't know is `unknown`.
    """
    from massage_claim.actions.record.last_visits import usual
    from massage_claim.actions.record.new_session import add_session as action

    _refine(entry, units or (), modifier or (), diagnosis or ())
    last = cache(lambda: usual(entry.project))
    payment = _paid(paid, method, tip)

    def with_payment(tree: Tree) -> Tree:
        if payment:
            return tree
        return {**tree, "paid": entry.asker.fill(Payment, {"date": tree.get("date")}, paid_at_visit(entry.asker.today))}

    tree = dict(entry.fill(session_form(last, entry.asker.today), then=with_payment))
    asked_payment = tree.pop("paid", None)
    if isinstance(asked_payment, dict):
        payment = {key: value for key, value in asked_payment.items() if key != "date"}
    options = {**entry.options, **_OPTIONS}
    write = partial(
        action,
        entry.project,
        tree,
        paid=payment,
        options=options,
        defaults=not entry.asked,
        same_times=same_times,
        dry_run=entry.dry_run,
    )
    try:
        return write(second_visit=second_visit)
    except WouldOverwrite as there:
        if entry.silent:
            raise
        show.failure(there.problems, there.code)
        if not entry.asker.gate("Were there two visits on that day?"):
            raise NotReady(Problem("Nothing was written.", "Look at the visit that is there.")) from None
        return write(second_visit=True)


_OPTIONS = {
    "services": "--service",
    "services.units": "--units",
    "services.modifiers": "--modifier",
    "services.pointers": "--diagnosis",
    "services.regions": "--region",
    "amount": "--paid",
    "method": "--method",
    "tip": "--tip",
    "for": "--paid",
}


def _refine(entry: Entry, units: object, modifiers: object, diagnoses: object) -> None:
    """Puts into the services what the options beside --service say of them."""
    services = entry.given.get("services")
    rows = services if isinstance(services, list) else []
    rows = syntax.with_details(rows, list(units), list(modifiers), list(diagnoses))  # type: ignore[call-overload]
    regions = entry.given.pop("regions", None)
    texts = [str(one) for one in regions] if isinstance(regions, list) else []
    rows, whole = syntax.regions(rows, texts)
    for name, value in (("services", rows), ("regions", whole)):
        if value:
            entry.given[name] = value


def _paid(amount: str | None, method: str | None, tip: str | None) -> Tree:
    given = {"amount": amount, "method": method, "tip": tip}
    return {name: value for name, value in given.items() if value is not None}


def paid_at_visit(today: str) -> Form:
    """What was paid on the spot: asked after the visit."""

    def was_paid(tree: Tree) -> bool:
        return bool(tree.get("amount"))

    return form(
        Payment,
        today=today,
        only=("amount", "method", "tip"),
        label={"amount": "Paid at the visit"},
        when={"method": was_paid, "tip": was_paid},
        optional=("amount",),
        sentence={"amount": "The total you paid, tip included; Enter if you did not pay then."},
    )


def session_form(last: Callable[[], Usual], today: str) -> Form:
    """What is asked about a visit; what the last visits had is what Enter takes."""

    def price(tree: Tree) -> str | None:
        services = tree.get("services")
        only = services[0] if isinstance(services, list) and len(services) == 1 else None
        return last().price(str(only.get("code") or "")) if isinstance(only, dict) else None

    def clock(tree: Tree, which: int) -> str | None:
        """The last visit's start or end; the end only for a visit that began at the same time."""
        times = last().times(None) if _treated(tree) else None
        return times[which] if times and (which == 0 or tree.get("start") == times[0]) else None

    def in_parts(tree: Tree) -> bool:
        note = tree.get("note")
        return not (isinstance(note, dict) and note.get("text")) and last().by_practice

    def day(tree: Tree) -> str | None:
        value = tree.get("date")
        return value if isinstance(value, str) else None

    return form(
        Session,
        today=today,
        usual={
            "services.charge": price,
            "rendering": lambda tree: last().rendering() if _treated(tree) else None,
            "prescription": lambda tree: last().prescription(day(tree)),
            "start": lambda tree: clock(tree, 0),
            "end": lambda tree: clock(tree, 1),
            "place": lambda tree: last().place() if _treated(tree) else None,
            "note.author": lambda _: "therapist" if last().by_practice else "patient",
        },
        when=dict.fromkeys(("note.s", "note.o", "note.a", "note.p"), in_parts),
    )


def _treated(tree: Tree) -> bool:
    return tree.get("purpose") != "relaxation"
