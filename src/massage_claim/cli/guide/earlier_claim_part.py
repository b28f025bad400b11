"""The guide's short way for a claim that was sent without this program, and the two parts that come up when it is time:
measuring, and asking the plan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from massage_claim.cli.form import Tree
from massage_claim.cli.guide import forms
from massage_claim.cli.guide.claims_part import how_it_was_sent
from massage_claim.cli.guide.run import OPTIONS, Run, round_of
from massage_claim.cli.guide.scans_part import attach_one
from massage_claim.command_text import spell
from massage_claim.store.open_rounds import started

if TYPE_CHECKING:
    from massage_claim.actions.guide.interview import Interview


def sent_before(run: Run, part: Interview) -> None:
    """Whether a claim was sent already, and whether the plan has answered; then its visits and how it was sent."""
    run.leave(part)
    there = bool(run.opened().case.sessions)
    begun = round_of(part) in started(run.project)

    def ask() -> tuple[bool, bool]:
        which = "these visits" if there else "massage visits"
        sentence = "You, or the therapist for you, without this program. You then go straight to the plan's answer."
        if not begun and not run.asker.gate(f"Have you already sent a claim for {which}?", sentence):
            return False, False
        paper = "A denial letter, or a table called explanation of benefits (EOB)."
        return True, run.asker.gate("Do you have the plan's answer?", paper, usual=True)

    sent, answered = run.asker.part(ask)
    if not sent:
        return
    run.say("")
    run.say("First what was claimed: copy the visits from the bill or the notice.")
    if not there and not _visits(run, part):
        run.has_answer = answered
        return
    claim = _claim(run)
    if claim is None:
        return
    if answered:
        run.has_answer = True
    else:
        run.passed.add(f"decision:{claim}")
        run.nothing_more = f"When the plan's answer comes: {spell('guide')}"


def _visits(run: Run, part: Interview) -> bool:
    """Each visit of the claim, until there is no other. False while one lacks what nobody knows."""
    from massage_claim.actions.record.new_session import add_session
    from massage_claim.models.session import Session

    before: Tree = {}
    while True:

        def ask(before: Tree = before) -> Tree | None:
            if before and not run.asker.gate("Was there another visit in that claim?"):
                return None
            return run.asker.fill(Session, {}, forms.claimed_visit(before))

        tree = run.ask(part, ask)
        if tree is None:
            if not run.asker.open:
                run.done(part)
            return not run.asker.open
        run.keep(add_session(run.project, tree, options=OPTIONS, defaults=False))
        run.done(part)
        before = tree


def _claim(run: Run) -> str | None:
    """How and when it was sent; gives the claim's record. None when its visits are in a claim by now."""
    from massage_claim.actions.project import iso_day
    from massage_claim.actions.send.submission import submit
    from massage_claim.calc.visits import unclaimed_sessions
    from massage_claim.models.claim import Submission

    waiting = unclaimed_sessions(run.opened().case)
    if not waiting:
        return None
    last = waiting[-1].date.isoformat()

    def ask() -> Tree:
        method = how_it_was_sent(run)
        return run.asker.fill(Submission, {"method": method}, forms.sent_before(last))

    tree = run.asker.part(ask)
    if run.asker.open:
        return None
    done = submit(
        run.project,
        on=iso_day(str(tree["date"])),
        method=str(tree["method"]),
        without_packet=True,
    )
    run.note(done.written)
    run.say("")
    run.say(done.says[0])
    sessions = [str(name) for name in done.data["sessions"]] if isinstance(done.data["sessions"], list) else []
    attach_one(run, "Scan of what was sent", "superbill", sessions, title="The claim as it was sent")
    return f"claims/{done.data['claim']}"


def stronger(run: Run, part: Interview) -> None:
    """Whether to go through what a letter can say besides; without it the appeal comes at once."""
    run.leave(part)
    sentence = "What hurts, the doctor and the therapist: the more the letter can name, the better. About 30 questions."
    if not run.asker.part(lambda: run.asker.gate("Make the letter stronger first?", sentence, usual=True)):
        run.passed |= {"condition:", "doctor:", "order:", "therapist:"}
        run.passed |= {f"diagnosis:{one.record_id}" for one in run.opened().case.conditions}


def measure(run: Run, part: Interview) -> None:
    """A value of how the person is: before the first visit, and again when it is due."""
    from massage_claim.actions.record.measure_choice import offered
    from massage_claim.actions.record.new_measure import add_measure
    from massage_claim.cli.measure_questions import ask_measure

    offer = offered(run.project)

    def ask() -> Tree | None:
        sentence = "A number from before the first visit shows later what the massage did. It takes a minute."
        question = "Write down how you are, before the first visit?"
        if part.about:
            sentence = f"It was due on {part.about}: the same way as before, so that the numbers can be compared."
            question = "Measure again now?"
        return ask_measure(run.asker, {}, offer) if run.asker.gate(question, sentence) else None

    tree = run.ask(part, ask)
    run.leave(part)
    if tree is not None:
        run.keep(add_measure(run.project, tree, options=OPTIONS))
    if not run.asker.open:
        run.done(part)


def contact(run: Run, part: Interview) -> None:
    """A contact with the plan about what it has not answered, once it is time to ask."""
    from massage_claim.actions.record.contact_log import log_contact
    from massage_claim.models.contact import Contact

    run.leave(part)
    about = part.about if part.about.startswith(("claims/", "appeals/")) else None
    script = spell("log-contact", script=True, about=about)

    def ask() -> Tree | None:
        sentence = f"It is time to ask about {part.about}. What to ask, ready to read out: {script}"
        if not run.asker.gate("Have you asked the plan about it?", sentence):
            return None
        given: Tree = {"with": "the plan", **({"about": about} if about else {})}
        return run.asker.fill(Contact, given, forms.contact(run.asker.today))

    tree = run.ask(part, ask)
    if tree is None:
        run.nothing_more = script
        if not run.asker.open:
            run.done(part)
        return
    run.keep(log_contact(run.project, tree, options=OPTIONS))
    run.done(part)
