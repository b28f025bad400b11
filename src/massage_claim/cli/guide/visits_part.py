"""The guide's step 4, visits and payments, and what must be fixed before a claim."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from massage_claim.cli.form import Node, Tree
from massage_claim.cli.guide import forms
from massage_claim.cli.guide.run import OPTIONS, Run
from massage_claim.cli.guide.values import ask_values
from massage_claim.errors import WouldOverwrite

if TYPE_CHECKING:
    from massage_claim.actions.guide.interview import Interview


def visit(run: Run, part: Interview) -> None:
    """One visit and what was paid on the spot; asked again until there is none left."""
    from massage_claim.actions.record.last_visits import usual
    from massage_claim.actions.record.new_session import add_session
    from massage_claim.models.payment import Payment
    from massage_claim.models.session import Session

    last = usual(run.project)
    first = not run.opened().case.sessions
    taken_over = any(session.purpose == "treatment" for session in last.sessions)

    def ask() -> tuple[Tree, Tree] | None:
        question = "Is there a visit to write down?" if first else "Another visit to write down?"
        if not run.asker.gate(question, usual=first):
            return None
        if taken_over:
            run.say("Enter takes what the last visit had, as it stands in [brackets]. Change what was not so.")
        tree = run.asker.fill(Session, {}, forms.visit(last, run.asker.today, run.price))
        if last.by_practice and isinstance(tree.get("note"), dict):
            tree = {**tree, "note": {"author": "therapist", **tree["note"]}}  # type: ignore[dict-item]
        paid = run.asker.fill(Payment, {"date": tree.get("date")}, forms.on_the_spot(_charged(tree)))
        return tree, {name: value for name, value in paid.items() if name != "date"}

    answers = run.ask(part, ask)
    if answers is None:
        run.leave(part)
        if not run.asker.open:
            run.done(part)
        return
    write = partial(add_session, run.project, answers[0], paid=answers[1] or None, options=OPTIONS)
    try:
        run.keep(write())
    except WouldOverwrite as there:
        run.say(there.problems[0].says)
        if run.asker.part(lambda: run.asker.gate("Were there two visits on that day?")):
            run.keep(write(second_visit=True))
    run.done(part)


def _charged(tree: Tree) -> str | None:
    """The sum of the services' prices; None when one has none."""
    services = tree.get("services")
    prices = [item.get("charge") for item in services if isinstance(item, dict)] if isinstance(services, list) else []
    return None if None in prices else f"{sum((Decimal(str(price)) for price in prices), Decimal(0)):.2f}"


def payment(run: Run, part: Interview) -> None:
    """A payment made at another time than the visit."""
    from massage_claim.actions.record.new_payment import add_payment
    from massage_claim.calc.money import money_of, payments_by_session
    from massage_claim.calc.visits import unclaimed_sessions
    from massage_claim.models.payment import Payment
    from massage_claim.writing.formats import money as dollars

    case = run.opened().case
    by_session = payments_by_session(case)
    unpaid: dict[str, Decimal] = {}
    for session in unclaimed_sessions(case):
        money = money_of(case, session, by_session)
        if money.charge and not money.paid_in_full:
            unpaid[session.record_id] = money.charge - money.paid
    names = ", ".join(f"{name.partition('/')[2]} ({dollars(open_)})" for name, open_ in list(unpaid.items())[:6])

    owed = f"{sum(unpaid.values(), Decimal(0)):.2f}"

    def ask() -> Tree | None:
        sentence = f"Not paid in full by what is written down: {names}. Insurers repay only what was paid."
        if not run.asker.gate("Was it paid by now?", sentence):
            return None
        tree = run.asker.fill(Payment, {}, forms.payment(run.asker.today, owed))
        return {**tree, "for": _shared_out(tree, unpaid)}

    tree = run.ask(part, ask)
    if tree is None:
        run.leave(part)
        if not run.asker.open:
            run.done(part)
        return
    run.keep(add_payment(run.project, tree, options=OPTIONS))
    run.done(part)
    run.asker.forget("Paid at the visit")


def _shared_out(tree: Tree, unpaid: dict[str, Decimal]) -> list[Node]:
    """The payment without its tip, over the visits in order of their dates, each up to what is open."""
    if not tree.get("amount"):
        return []
    rest = Decimal(str(tree.get("amount"))) - Decimal(str(tree.get("tip") or "0.00"))
    shares: list[Node] = []
    for name, open_ in unpaid.items():
        share = min(rest, open_)
        if share > 0:
            shares.append({"session": name, "amount": f"{share:.2f}"})
            rest -= share
    return shares


def patient(run: Run, part: Interview) -> None:
    run.leave(part)
    run.say("A claim is matched by these: write them exactly as the insurer has them on file.")
    ask_values(run, part.questions)


def mend(run: Run, part: Interview) -> None:
    """One thing that must be fixed, with the question that mends it when it is a plain field."""
    run.leave(part)
    finding = part.finding
    if finding is None:
        return
    place = f" [{finding.where}]" if finding.where else ""
    run.say("")
    run.say(f"Must be fixed: {finding.says}{place}")
    ahead = [question for question in part.questions if not run.just_asked(question.record, question.path)]
    if ahead:
        ask_values(run, ahead)
    elif part.questions:
        run.say("It was asked for just now, and stays on the list of what to find out.")
    else:
        run.say(f"Fix: {finding.fix}")
