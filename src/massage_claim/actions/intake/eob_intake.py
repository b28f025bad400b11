"""`import-eob`: adds the decision that an insurer's notice tells, downloaded as FHIR (ExplanationOfBenefit).

First which notice of the file is meant and which claim it is about, then what was understood of it, for a person to
confirm. The decision is added as `record-decision` adds it; the file itself is not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from massage_claim.actions.intake.eob_contents import (
    describe,
    describe_briefly,
    find_file_doubts,
    make_data,
    make_decision,
    settle,
)
from massage_claim.actions.intake.named_file import read_named_file
from massage_claim.actions.project import Opened, open_case
from massage_claim.actions.record import drafts
from massage_claim.actions.record.payer_notice import record_decision
from massage_claim.actions.result import Result
from massage_claim.calc.claim_numbers import numbers_of
from massage_claim.calc.decisions import current_decisions, sent_claims
from massage_claim.calc.eob_doubts import Printed
from massage_claim.command_text import spell
from massage_claim.errors import NotReady, Problem, UsageProblem
from massage_claim.exchange.eob import read_notices
from massage_claim.exchange.json_file import MOST_BYTES, read_json
from massage_claim.exchange.notice import Notice
from massage_claim.frozen import dataclass
from massage_claim.models.claim import Claim
from massage_claim.models.decision import Decision
from massage_claim.models.record import from_tree
from massage_claim.yamltext import Node, Tree

_SHOWN = 20

OPTIONS = {
    "about": "--claim",
    "notice_date": "--notice-date",
    "received_date": "--received",
    "replaces": "--replaces",
}
Confirm = Callable[[tuple[str, ...], tuple[str, ...]], None]
"""Shows what was understood and what does not fit, and returns when it is confirmed; raises NotReady otherwise."""


@dataclass(frozen=True)
class Looked:
    """A file that was read. `fitting`: its notices about a day on which the case has a visit, all when there are none."""

    project: Path | None
    opened: Opened
    file: str
    notices: tuple[Notice, ...]
    fitting: tuple[Notice, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """The notices to choose from."""
        more = len(self.fitting) - _SHOWN
        return (
            *(describe_briefly(one) for one in self.fitting[:_SHOWN]),
            *((f"… and {more} more",) if more > 0 else ()),
        )


def look(project: Path | None, file: Path) -> Looked:
    """Every notice of the file. Raises UsageProblem for a file that is not there, Unreadable for one that can't be used."""
    opened = open_case(project)
    notices = read_notices(read_json(read_named_file(file, "JSON", MOST_BYTES), file.name), file.name)
    visits = {session.date for session in opened.case.sessions}
    fitting = tuple(sorted((one for one in notices if visits & set(one.days)), key=lambda one: (one.days, one.number)))
    return Looked(project, opened, file.name, notices, fitting or notices)


def chosen(looked: Looked, number: int | None) -> Notice:
    """The notice of that number; without one, the only one that fits. Raises UsageProblem listing them."""
    if number is not None:
        found = next((one for one in looked.notices if one.number == number), None)
        if found is None:
            says = f"--number: the file has no notice {number}."
            raise UsageProblem(Problem(says, f"Name one from 1 to {len(looked.notices)}."))
        return found
    if len(looked.fitting) == 1:
        return looked.fitting[0]
    says = f"The file holds {len(looked.fitting)} notices that could be meant."
    each = [
        Problem(describe_briefly(one), f"Take it in with --number {one.number}.") for one in looked.fitting[:_SHOWN]
    ]
    raise UsageProblem([Problem(says, "Take them in one by one, each with --number N."), *each])


def choose_subject(looked: Looked, notice: Notice, name: str | None) -> str:
    """The record that the notice decides: as named, else the claim with the most of its lines. Raises NotReady, UsageProblem."""
    if name is not None:
        return name
    case = looked.opened.case
    claims = sent_claims(case)
    ranked = sorted(
        ((_compare(looked, claim, notice), claim) for claim in claims), key=lambda pair: pair[0], reverse=True
    )
    best = [claim for likeness, claim in ranked if any(likeness) and likeness == ranked[0][0]]
    if len(best) == 1:
        return best[0].record_id
    if best:
        fix = f"Name it: --claim {' or --claim '.join(claim.record_id for claim in best)}."
        raise UsageProblem(Problem("The notice fits several claims that were sent.", fix))
    days = {session.date for session in case.sessions} & set(notice.days)
    if not claims:
        says = "No claim was sent yet, so there is nothing that the notice could decide."
        raise NotReady(Problem(says, f"Write down first that you sent it: {spell('submit')}."))
    says = "No line of the notice is a visit of a claim that was sent."
    if days:
        says += f" Visits of these days are here, but in no such claim: {', '.join(map(str, sorted(days)))}."
    fix = f"Look whose notice it is. If it is yours, name the claim with --claim: {', '.join(c.record_id for c in claims)}."
    raise NotReady(Problem(says, fix))


def find_claim(looked: Looked, about_: str) -> Claim | None:
    """The claim of that name, with or without its folder; None for an appeal."""
    return looked.opened.case.find(Claim, about_)


def find_recorded(looked: Looked, decision: Decision) -> Decision | None:
    """The decision that is there already and decides the same, if the new one does not say that it replaces it."""
    if decision.replaces is not None:
        return None
    there = current_decisions(looked.opened.case)
    return next((one for one in there if one.decides_the_same(decision)), None)


def _compare(looked: Looked, claim: Claim, notice: Notice) -> tuple[bool, int, int]:
    """Whether the number is known, how many lines fit by day and code, and how many by day."""
    lines = {(one.date, one.code) for one in claim.lines}
    days = {one.date for one in claim.lines}
    number = notice.claim_number in {one.number for one in numbers_of(looked.opened.case, claim)}
    exact = sum((line.first, line.code) in lines for line in notice.lines)
    return number and bool(days & set(notice.days)), exact, len(days & set(notice.days))


def numbers(notices: Sequence[Notice]) -> tuple[int, ...]:
    """The numbers that a person may choose."""
    return tuple(one.number for one in notices)


def import_eob(
    looked: Looked,
    notice: Notice,
    *,
    claim: str | None = None,
    notice_date: date | None = None,
    received: date | None = None,
    replaces: str | None = None,
    dry_run: bool = False,
    confirm: Confirm,
) -> Result:
    """Adds decisions/NOTICE-DATE.yaml.

    `notice_date`: the day on the letter; default: the day the file names. Raises UsageProblem without any day, NotReady
    when it is not confirmed or can't be written down as a decision, CannotWrite.
    """
    kept, changes = settle(notice)
    day = notice_date or notice.created
    if day is None:
        fix = "Add --notice-date with the date on the notice or its letter."
        raise UsageProblem(Problem("The file does not say when it was decided.", fix))
    name = choose_subject(looked, kept, claim)
    tree: dict[str, Node] = {"about": name if "/" in name else f"claims/{name}", **make_decision(kept, day)}
    tree |= {"received_date": received.isoformat()} if received else {}
    tree |= {"replaces": replaces if "/" in replaces else f"decisions/{replaces}"} if replaces else {}
    there = _answer_if_there(looked, tree)
    if there is not None:
        return there
    printed = _find_names(looked, notice)
    first = record_decision(looked.project, tree, options=OPTIONS, printed=printed, dry_run=True)
    told = (*describe(kept, find_claim(looked, str(tree["about"]))), *changes)
    found = first.data.get("doubts")
    doubts = (*find_file_doubts(notice), *(map(str, found) if isinstance(found, list) else ()))
    data = {"notice": make_data(kept, day), "notices": len(looked.notices)}
    notes = _write_notes(looked, notice, notice_date)
    if dry_run:
        own = tuple(f"Please look again: {words}" for words in find_file_doubts(notice))
        return replace(
            first,
            says=(*told, *first.says),
            notes=(*first.notes, *own, *notes),
            data={**first.data, **data, "doubts": list(doubts)},
        )
    confirm(told, doubts)
    done = record_decision(looked.project, tree, options=OPTIONS, printed=printed, confirm=lambda words: None)
    return replace(done, notes=(*done.notes, *notes, _NOT_KEPT), data={**done.data, **data, "doubts": list(doubts)})


_NOT_KEPT = (
    "The JSON file is not kept: no paper can use it. Keep it yourself, and attach the notice as PDF or photo: "
    f"{spell('attach', 'FILE', kind='eob')}"
)


def _answer_if_there(looked: Looked, tree: dict[str, Node]) -> Result | None:
    """The answer when the decision is there already. Raises NotReady when another one decides the same."""
    given = {name: value for name, value in tree.items() if value != []}
    new, problems = from_tree(Decision, Tree("", given, {}))
    if new is None:
        raise UsageProblem(drafts.problems(Decision, given, OPTIONS) or problems)
    old = find_recorded(looked, new)
    if old is None:
        return None
    if (old.notice_date, old.total_paid, old.claim_number) == (new.notice_date, new.total_paid, new.claim_number):
        says = f"This notice is written down already, in {old.record_id}; nothing was written."
        return Result(says=(says,), notes=looked.opened.notes, next=spell("status"))
    says = f"{old.record_id} decided the same visits already."
    fix = f"If this notice takes its place, add --replaces {old.record_id}."
    raise NotReady(Problem(says, fix))


def _find_names(looked: Looked, notice: Notice) -> Printed:
    """Whom the file names. Of several numbers the one that is on the card, if it is among them."""
    named, card = notice.named, looked.opened.case.plan.member_id
    fitting = [number for number in named.member_ids if card and _strip(number) == _strip(card)]
    member = next(iter((*fitting, *named.member_ids)), None)
    return Printed(named.name or None, named.birth_date, member)


def _strip(number: str) -> str:
    return "".join(sign for sign in number.casefold() if sign.isalnum())


def _write_notes(looked: Looked, notice: Notice, notice_date: date | None) -> tuple[str, ...]:
    found = []
    if len(looked.notices) > 1:
        found.append(f"The file holds {len(looked.notices)} notices; this is number {notice.number}.")
    if notice_date is None:
        found.append(
            f"The notice date, {notice.created}, is the file's. If your letter bears another, use --notice-date: "
            "the days to appeal count from the letter."
        )
    return tuple(found)
