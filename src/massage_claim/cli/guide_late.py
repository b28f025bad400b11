"""The guide's steps 4 to 7: visits, payments, scans, the claim, the answer, the appeal. Takes a run, writes records."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from massage_claim.cli import guide_forms_later as forms
from massage_claim.cli.form import Node, Tree
from massage_claim.cli.guide_run import OPTIONS, Run
from massage_claim.cli.guide_values import ask_values

if TYPE_CHECKING:
    from massage_claim.actions.guide import Interview


def visit(run: Run, part: Interview) -> None:
    """One visit and what was paid on the spot; asked again until there is none left."""
    from massage_claim.actions.add_session import add_session
    from massage_claim.actions.last_visits import usual
    from massage_claim.models.payment import Payment
    from massage_claim.models.session import Session

    last = usual(run.project)
    first = not run.opened().case.sessions

    def ask() -> tuple[Tree, Tree] | None:
        question = "Is there a visit to write down?" if first else "Another visit to write down?"
        if not run.asker.gate(question, usual=first):
            return None
        tree = run.asker.fill(Session, {}, forms.visit(last, run.asker.today, run.not_later), force=True)
        if last.by_practice and isinstance(tree.get("note"), dict):
            tree = {**tree, "note": {"author": "therapist", **tree["note"]}}  # type: ignore[dict-item]
        paid = run.asker.fill(Payment, {"date": tree["date"]}, forms.on_the_spot(), force=True)
        return tree, {name: value for name, value in paid.items() if name != "date"}

    answers = run.asker.part(ask)
    if answers is None:
        run.leave(part)
        return
    run.keep(add_session(run.project, answers[0], paid=answers[1] or None, options=OPTIONS))


def payment(run: Run, part: Interview) -> None:
    """A payment made at another time than the visit."""
    from massage_claim.actions.add_payment import add_payment
    from massage_claim.calc.totals import money_of, payments_by_session
    from massage_claim.calc.visits import unclaimed_sessions
    from massage_claim.models.payment import Payment

    case = run.opened().case
    by_session = payments_by_session(case)
    unpaid: dict[str, Decimal] = {}
    for session in unclaimed_sessions(case):
        money = money_of(case, session, by_session)
        if money.charge and not money.paid_in_full:
            unpaid[session.record_id] = money.charge - money.paid
    names = ", ".join(f"{name.partition('/')[2]} (${open_:,.2f})" for name, open_ in list(unpaid.items())[:6])

    def ask() -> Tree | None:
        sentence = f"Not paid in full by what is written down: {names}. Insurers repay only what was paid."
        if not run.asker.gate("Was it paid by now?", sentence):
            return None
        tree = run.asker.fill(Payment, {}, forms.payment(run.asker.today, run.not_later), force=True)
        return {**tree, "for": _shared_out(tree, unpaid)}

    tree = run.asker.part(ask)
    if tree is None:
        run.leave(part)
        return
    run.keep(add_payment(run.project, tree, options=OPTIONS))


def _shared_out(tree: Tree, unpaid: dict[str, Decimal]) -> list[Node]:
    """The payment without its tip, over the visits in order of their dates, each up to what is open."""
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
    if part.questions:
        ask_values(run, part.questions)
    else:
        run.say(f"Fix: {finding.fix}")


def claim(run: Run, part: Interview) -> None:
    """Whether the packet was sent; else builds it, unless something must be fixed first."""
    from massage_claim.actions.build_packet import build_packet
    from massage_claim.cli import show

    run.leave(part)
    waiting = _waiting(run)
    if waiting and _sent(run, waiting[0]):
        return
    if waiting and not run.asker.part(lambda: run.asker.gate("Build the packet again from what is written now?")):
        run.nothing_more = "Sign the packet, send it, then: massage-claim guide"
        return
    built = build_packet(run.project, progress=show.progress)
    run.say("")
    run.keep(built)
    if built.code:
        for finding in built.findings:
            run.say(f"Must be fixed: {finding.says}")
        run.nothing_more = "massage-claim check   (what must be fixed, and where)"
        return
    for reference in _waiting(run):
        if not _sent(run, reference):
            run.nothing_more = "Sign the packet, send it, then: massage-claim guide"


def _waiting(run: Run) -> list[str]:
    """Packets in out/ that no claim was recorded for."""
    taken = {one.id for one in run.opened().case.claims}
    found = sorted(path.parent.name for path in (run.project / "out").glob("*/manifest.yaml"))
    return [name for name in found if name not in taken and not name.startswith("appeal-")]


_METHODS = (
    ("mail", "ordinary mail"),
    ("certified-mail", "certified mail"),
    ("fax", "fax"),
    ("portal", "the plan's web portal"),
    ("email", "e-mail"),
    ("hand", "handed over"),
    ("other", "another way"),
)


def _sent(run: Run, reference: str, *, appeal: bool = False) -> bool:
    """Asks whether it was sent, and records how."""
    from massage_claim.actions.opening import iso_day
    from massage_claim.actions.submit import submit
    from massage_claim.models.claim import Submission

    def ask() -> tuple[Tree, bool] | None:
        what = "appeal" if appeal else "packet"
        sentence = f"out/{reference}. This program sends nothing itself."
        if not run.asker.gate(f"Have you signed and sent the {what}?", sentence):
            return None
        method = run.asker.choose("How it was sent", "", _METHODS, required=True)
        form = forms.submission(run.asker.today, run.not_later)
        tree = run.asker.fill(Submission, {"method": method}, form, force=True)
        return tree, run.asker.gate("Was the print signed in ink where a signature line is?", usual=True)

    answers = run.asker.part(ask)
    if answers is None:
        return False
    tree, signed = answers
    text = {name: str(value) for name, value in tree.items() if value is not None}
    done = submit(
        run.project,
        claim=None if appeal else reference,
        appeal=reference if appeal else None,
        on=iso_day(text["date"]),
        method=text["method"],
        to=text.get("to"),
        confirmation=text.get("confirmation"),
        tracking=text.get("tracking"),
        signed_on_paper=signed,
    )
    run.keep(done)
    return True


def decision(run: Run, part: Interview) -> None:
    """What came back."""
    from massage_claim.actions.record_decision import record_decision
    from massage_claim.models.decision import Decision

    def ask() -> Tree | None:
        sentence = f"About {part.about}: a letter, or a table called explanation of benefits (EOB)."
        if not run.asker.gate("Has the plan answered?", sentence):
            return None
        return run.asker.fill(Decision, {"about": part.about}, forms.decision(run.not_later), force=True)

    tree = run.asker.part(ask)
    run.leave(part)
    if tree is None:
        run.nothing_more = "When the plan's answer comes: massage-claim guide"
        return
    done = run.keep(record_decision(run.project, tree, options=OPTIONS))
    from massage_claim.cli.guide_files import attach_one

    notice = "denial" if done.next == "massage-claim appeal" else "eob"
    attach_one(run, "Scan of the notice", notice, [str(done.data["record"])])


def appeal(run: Run, part: Interview) -> None:
    """The letter against a denial, and whether it was sent."""
    from massage_claim.actions.appeal import appeal as action

    run.leave(part)
    sentence = f"{part.about} refused something that can be answered. The letter is built from what is written down."
    if not run.asker.part(lambda: run.asker.gate("Build the appeal now?", sentence, usual=True)):
        run.nothing_more = "massage-claim appeal"
        return
    case = run.opened().case
    about = next(one.about for one in case.decisions if one.record_id == part.about)
    before = next((one.level for one in case.appeals if one.record_id == about), None)
    level = "1" if before is None else str(int(before) + 1) if before.isdigit() else "external"
    built = run.keep(action(run.project, decision=part.about, level=level))
    if built.code:
        for finding in built.findings:
            run.say(f"Must be fixed: {finding.says} Fix: {finding.fix}")
        run.nothing_more = "massage-claim check --step 7"
        return
    made = next(one for one in reversed(run.opened().case.appeals) if one.decision == part.about)
    if not _sent(run, made.stem, appeal=True):
        run.nothing_more = "Read the letter, sign it, send it, then: massage-claim guide"
