"""The guide's steps 5 to 7: the packet, whether it was sent, what came back, the appeal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from massage_claim.cli.form import Tree
from massage_claim.cli.guide import forms
from massage_claim.cli.guide.run import OPTIONS, Run
from massage_claim.cli.guide.scans_part import attach_one
from massage_claim.command_text import spell
from massage_claim.errors import NotReady

if TYPE_CHECKING:
    from massage_claim.actions.guide.interview import Interview
    from massage_claim.models.case import Case


def claim(run: Run, part: Interview) -> None:
    """Whether the packet was sent; else builds it, unless something must be fixed first."""
    from massage_claim.actions.packets.claim_packets import build_packet

    run.leave(part)
    waiting = _waiting(run)
    if waiting and _sent(run, waiting[0]):
        return
    if waiting and not run.asker.part(lambda: run.asker.gate("Build the packet again from what is written now?")):
        run.nothing_more = f"Sign the packet, send it, then: {spell('guide')}"
        return
    run.say("")
    run.say("Building the packet.")
    built = run.keep(build_packet(run.project))
    if built.code:
        run.nothing_more = f"{spell('check')}   (what must be fixed, and where)"
        return  # each of the things was shown before
    for reference in _waiting(run):
        if waiting or not _sent(run, reference):
            run.nothing_more = f"Sign the packet, send it, then: {spell('guide')}"


def _waiting(run: Run) -> list[str]:
    """Packets in out/ that no claim was recorded for."""
    taken = {one.id for one in run.opened().case.claims}
    found = sorted(path.parent.name for path in (run.project / "out").glob("*/manifest.yaml"))
    return [name for name in found if name not in taken and not name.startswith("appeal-")]


_ON_PAPER = frozenset({"mail", "certified-mail", "fax", "hand"})


def _sent(run: Run, reference: str, *, appeal: bool = False) -> bool:
    """Asks whether it was sent, and records how."""
    from massage_claim.actions.appeals.one_round import folder_name
    from massage_claim.actions.project import iso_day
    from massage_claim.actions.send.submission import submit
    from massage_claim.models.claim import Submission

    case = run.opened().case
    folder = folder_name(next(one for one in case.appeals if one.stem == reference)) if appeal else reference

    _show_checklist(run, reference, appeal=appeal)

    def ask() -> tuple[Tree, bool] | None:
        what = "appeal" if appeal else "packet"
        sentence = f"Its PDF lies in out/{folder}. This program sends nothing itself."
        if not run.asker.gate(f"Have you signed and sent the {what}?", sentence):
            return None
        method = how_it_was_sent(run)
        to = _where_to(run.opened().case, method or "", appeal=appeal)
        form = forms.submission(run.asker.today, to)
        tree = run.asker.fill(Submission, {"method": method}, form)
        if method in _ON_PAPER:
            return tree, True  # it was signed and sent, and what is sent on paper is signed on paper
        return tree, run.asker.gate("Was the print signed in ink where a signature line is?", usual=True)

    answers = run.asker.part(ask)
    if answers is None or run.asker.open:
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
    if text["date"] == run.asker.today:
        about = str(done.data.get("appeal") or f"claims/{reference}")
        run.passed.add(f"decision:{about}")  # nobody has an answer on the day it was sent
    return True


def how_it_was_sent(run: Run) -> str | None:
    """The way it was sent, from the list of ways."""
    from massage_claim.models.claim import Submission
    from massage_claim.models.field import at

    method = at(Submission, ("method",))
    return run.asker.choose("How it was sent", "", method.words if method else (), required=True)


def _show_checklist(run: Run, reference: str, *, appeal: bool) -> None:
    """What to see to before it goes out; nothing of a packet that is no longer what the records would make."""
    from massage_claim.actions.send.submission import before_sending

    try:
        shown = before_sending(run.project, claim=None if appeal else reference, appeal=reference if appeal else None)
    except NotReady:
        return  # `submit` says why, should it have been sent
    run.say("")
    for line in shown.says:
        run.say(line)


def _where_appeals_go(run: Run, decision: str) -> None:
    """Asks for the address or fax of the decision letter, where none is written down."""
    from massage_claim.actions.guide.compound_answers import where_appeals_go
    from massage_claim.actions.record import record_change
    from massage_claim.actions.record.answer_forms import AnswerError

    case = run.opened().case
    if case.plan.rules.appeals_address or case.plan.rules.appeals_fax:
        return

    def check(answer: str) -> tuple[str, str] | None:
        try:
            where_appeals_go(answer)
        except AnswerError as error:
            return f"{error.says[:1].upper()}{error.says[1:]}", error.fix
        return None

    sentence = (
        "On the decision letter, under appeal: a postal address on one line or a fax number; both with ; between."
    )
    answer = run.asker.part(lambda: run.asker.one("Where appeals go", sentence, check=check))
    if answer is None:
        return
    notice = next(one.notice_date for one in case.decisions if one.record_id == decision)
    made = where_appeals_go(answer)
    for rule in dict.fromkeys(".".join(path.split(".")[:2]) for path in made):
        made |= {f"{rule}.source": f"decision letter of {notice}", f"{rule}.said_on": notice.isoformat()}
    run.note(record_change.set_fields(record_change.open_record(run.project, "plan"), list(made.items())).written)


def _where_to(case: Case, method: str, *, appeal: bool) -> str | None:
    """Where the plan takes it, by the way it was sent."""
    rules = case.plan.rules
    mail = rules.appeals_address if appeal else rules.claims_address
    fax = rules.appeals_fax if appeal else rules.fax
    if method in ("mail", "certified-mail"):
        return mail.address.one_line if mail and mail.address else None
    if method == "fax":
        return fax.value if fax else None
    return rules.portal.value if method == "portal" and rules.portal else None


def decision(run: Run, part: Interview) -> None:
    """What came back."""
    from massage_claim.actions.record.payer_notice import record_decision
    from massage_claim.cli.notice_questions import choose, confirm_doubts
    from massage_claim.models.decision import Decision

    def ask() -> tuple[Tree, list[str]] | None:
        sentence = f"About {part.about}: a letter, or a table called explanation of benefits (EOB)."
        if not run.has_answer and not run.asker.gate("Has the plan answered?", sentence):
            return None
        tree = run.asker.fill(Decision, {"about": part.about}, forms.decision())
        return tree, [] if tree.get("adjustments") else choose(run.asker, tree)

    answers = run.ask(part, ask)
    run.leave(part)
    if run.asker.open:
        return
    if answers is None:
        run.done(part)
        run.nothing_more = f"When the plan's answer comes: {spell('guide')}"
        return
    run.has_answer = False
    tree, means = answers

    def confirm(doubts: tuple[str, ...]) -> None:
        run.asker.part(lambda: confirm_doubts(run.asker, doubts))

    done = run.keep(record_decision(run.project, tree, options=OPTIONS, means=means, confirm=confirm))
    run.done(part)
    notice = "denial" if (done.next or "").startswith(spell("appeal")) else "eob"
    attach_one(run, "Scan of the notice", notice, [str(done.data["record"])])


_NEW = "What is new since the last decision"
_NEW_IS = "A new paper or measurement, or the point that the last letter passed over."


def appeal(run: Run, part: Interview) -> None:
    """The letter against a denial, and whether it was sent."""
    from massage_claim.actions.appeals.appeal_packet import appeal as action
    from massage_claim.actions.appeals.one_round import folder_name
    from massage_claim.actions.appeals.round_choice import lacks_something_new

    run.leave(part)
    case = run.opened().case
    before = [one for one in case.appeals if one.decision == part.about and not one.submission]
    if before and (run.project / "out" / folder_name(before[-1])).is_dir() and _sent(run, before[-1].stem, appeal=True):
        return
    sentence = f"{part.about} refused something that can be answered. The letter is built from what is written down."
    if not run.asker.part(lambda: run.asker.gate("Build the appeal now?", sentence, usual=not before)):
        run.nothing_more = spell("appeal")
        return
    about = next(one.about for one in case.decisions if one.record_id == part.about)
    if about.startswith("claims/"):
        _where_appeals_go(run, part.about)
    try:
        lacking = lacks_something_new(run.project, part.about, None)
        new = None if lacking is None else run.asker.part(lambda: run.asker.one(_NEW, f"{_NEW_IS} {lacking}".strip()))
        built = run.keep(action(run.project, decision=part.about, whats_new=new))
    except NotReady as stopped:
        for problem in stopped.problems:
            run.say(f"{problem.says} {problem.fix}")
        run.nothing_more = spell("appeal", decision=part.about)
        return
    if built.code:
        for finding in built.findings:
            run.say(f"Must be fixed: {finding.says} Fix: {finding.fix}")
        for words in built.says if not built.findings else ():
            run.say(words)
        run.nothing_more = spell("check", step="7") if built.findings else built.next or spell("status")
        return
    made = next(one for one in reversed(run.opened().case.appeals) if one.decision == part.about)
    if before or not _sent(run, made.stem, appeal=True):
        run.nothing_more = f"Read the letter, sign it, send it, then: {spell('guide')}"
