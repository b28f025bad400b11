"""The triage before an appeal in sentences: what the decision asks for, and the one next command when that is no appeal.

Takes the path that was found and the round, gives lines for the screen or a result; decides nothing, writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from massage_claim.actions.appeals.round_choice import WHAT_IS_LEFT
from massage_claim.actions.look.verdict_words import PATHS, verdict_data, verdict_lines
from massage_claim.actions.project import Opened
from massage_claim.actions.result import Result
from massage_claim.calc.appeal_path import AppealPath
from massage_claim.calc.appeal_place import appeal_place
from massage_claim.calc.decided_claims import claim_decided
from massage_claim.errors import ExitCode, Problem
from massage_claim.facts.appeal_kinds import AppealLevel
from massage_claim.models.appeal import Appeal
from massage_claim.models.decision import Decision
from massage_claim.writing.formats import money

INSTEAD = frozenset({"correct", "send", "route", "ask", "wait", "dead-end"})
_SAYS = {
    "correct": "First move: send a corrected claim, no appeal.",
    "send": "First move: send what is missing, no appeal.",
    "route": "First move: another insurance is to pay first.",
    "ask": "First move: ask the plan for its reason in writing.",
    "wait": "First move: wait; nothing is decided yet.",
    "dead-end": "Nothing more is to be had from this plan by an appeal.",
    "share": "This is your own share, not a denial.",
    "as-expected": "This was paid as expected.",
}
_NO_OUTSIDE = "A later outside review is not open for it: that reviewer decides medical questions, not the contract."


def triage_lines(denial: Decision, path: AppealPath) -> tuple[str, ...]:
    """What each part of the decision asks for."""
    if path.by_choice:
        found: tuple[str, ...] = (f"By the reason you chose: {PATHS[path.path]}. {' '.join(path.because)}",)
    else:
        found = verdict_lines(denial, path.verdicts)
    return (*found, _NO_OUTSIDE) if path.path == "appeal" and not path.outside else found


def instead_of_an_appeal(opened: Opened, denial: Decision, path: AppealPath) -> Result:
    """What to do, with its reason and source, and what stays possible beside it."""
    facts = opened.facts.on(denial.notice_date)
    says = [_SAYS[path.path], *triage_lines(denial, path)]
    told = set(" ".join(says).split(". "))
    says += [one for one in path.because if one.rstrip(".") not in told and one not in " ".join(says)]
    if path.source:
        says.append(f"Source: {path.source}.")
    families = list(dict.fromkeys(one.family for one in path.verdicts if one.family))
    if path.path == "ask" and not families:
        says.append("If you know what the printed reason comes down to, choose it with --reason:")
        says += [f"  {one.name}: {one.words}" for one in facts.denial_families.values()]
    elif path.path in ("correct", "send", "route", "ask") and path.rounds:
        named = " ".join(f"--reason {name}" for name in families) or "--reason NAME"
        says.append(f"To appeal all the same: massage-claim appeal --decision {denial.record_id} {named}")
    if path.send_by is not None and path.path in ("correct", "send", "route", "ask"):
        day = path.send_by.recommended if not path.late else path.send_by.date
        words = "The last day to appeal was" if path.late else "That stops no clock: an appeal must be sent by"
        says.append(f"{words} {day.isoformat()}.")
    return Result(
        says=tuple(dict.fromkeys(says)),
        notes=opened.notes,
        next=_next(opened, denial, path),
        data={
            "decision": denial.record_id,
            "path": path.path,
            "because": list(path.because),
            "resend": path.resend,
            "send_by": path.send_by.date.isoformat() if path.send_by else None,
            "late": path.late,
            "outside_review": path.outside,
            "lines": verdict_data(path.verdicts),
        },
        code=ExitCode.NOT_READY,
    )


def round_lines(opened: Opened, level: AppealLevel, requested: Decimal) -> Iterator[str]:
    """Who decides this round, and what it needs: form, least amount, whether the plan sends it there itself."""
    yield f"This round is {level.called}. Who decides: {level.to}"
    yield f"Where to: {level.where}"
    if level.form:
        yield f"The official form is {level.form}; a letter that says the same is taken too."
    if level.words:
        yield level.words
    least = opened.facts.deadlines.amounts.get(level.amount) if level.amount else None
    if least is not None and requested < least.dollars:
        says = (
            f"{least.words.rstrip('.')} is {money(least.dollars)} in {opened.today.year}; this has {money(requested)}."
        )
        yield f"{says} Ask whether claims can be added together." + ("" if least.may_be_quoted else f" {least.note}")
    if not level.may_be_quoted and level.note:
        yield level.note


def where_to_lines(opened: Opened, record: Appeal) -> Iterator[str]:
    """What to do where no address is known for this round."""
    if appeal_place(opened.case, opened.facts, record.level, record).elsewhere:
        yield "It does not go to the plan's appeals desk. Copy the address of the last letter to letter and cover sheet."
        yield f"To print it: massage-claim edit {record.record_id} --set send_to.fax=NUMBER, or send_to.address."
        return
    yield "The appeals address is on the decision letter: write it on the blank line of letter and cover sheet."
    yield "To print it, write it in plan.yaml under rules, appeals_address, and build the appeal again."


def a_court_case(opened: Opened, denial: Decision) -> Problem:
    """The round is in court: no letter of this program belongs there."""
    says = "The next round is a case in court, for which this program builds no papers."
    return Problem(says, f"Ask a lawyer. {WHAT_IS_LEFT}", opened.case.where(denial))


def _next(opened: Opened, denial: Decision, path: AppealPath) -> str:
    claim = claim_decided(opened.case, denial.about)
    about = claim.record_id if claim else denial.about
    match path.path:
        case "correct":
            return f"massage-claim build-packet --corrects {about}"
        case "send":
            return f"massage-claim log-contact --about {about}"
        case "route":
            return f"massage-claim log-contact --script --about {about}"
        case "ask":
            return f"massage-claim paper claim-file-request --for {denial.record_id}"
        case "wait":
            return "massage-claim deadlines"
        case "dead-end":
            return "massage-claim paper what-is-left"
    return "massage-claim status"
