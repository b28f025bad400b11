"""Takes in a notice that was downloaded as FHIR (ExplanationOfBenefit). Takes a file's notice and the claim it decides, shows
what was understood, and adds the decision as `record-decision` does. The file itself is not kept. Nothing is written until
it is confirmed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from massage_claim.actions.intake.eob_choice import Looked, about, claim_of, recorded
from massage_claim.actions.intake.eob_record import decision_tree, settled
from massage_claim.actions.intake.eob_words import as_data, file_doubts, understood
from massage_claim.actions.record import drafts
from massage_claim.actions.record.notice import record_decision
from massage_claim.actions.result import Result
from massage_claim.calc.eob_doubts import Printed
from massage_claim.errors import NotReady, Problem, UsageProblem
from massage_claim.exchange.eob_shapes import Notice
from massage_claim.models.decision import Decision
from massage_claim.models.record import from_tree
from massage_claim.yamltext import Node, Tree

OPTIONS = {
    "about": "--claim",
    "notice_date": "--notice-date",
    "received_date": "--received",
    "replaces": "--replaces",
}
Confirm = Callable[[tuple[str, ...], tuple[str, ...]], None]
"""Shows what was understood and what does not fit, and returns when it is confirmed; raises NotReady otherwise."""


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
    kept, changes = settled(notice)
    day = notice_date or notice.created
    if day is None:
        fix = "Add --notice-date with the date on the notice or its letter."
        raise UsageProblem(Problem("The file does not say when it was decided.", fix))
    name = about(looked, kept, claim)
    tree: dict[str, Node] = {"about": name if "/" in name else f"claims/{name}", **decision_tree(kept, day)}
    tree |= {"received_date": received.isoformat()} if received else {}
    tree |= {"replaces": replaces if "/" in replaces else f"decisions/{replaces}"} if replaces else {}
    there = _there(looked, tree)
    if there is not None:
        return there
    printed = _printed(looked, notice)
    first = record_decision(looked.project, tree, options=OPTIONS, printed=printed, dry_run=True)
    told = (*understood(kept, claim_of(looked, str(tree["about"]))), *changes)
    found = first.data.get("doubts")
    doubts = (*file_doubts(notice), *(map(str, found) if isinstance(found, list) else ()))
    data = {"notice": as_data(kept, day), "notices": len(looked.notices)}
    notes = _notes(looked, notice, notice_date)
    if dry_run:
        own = tuple(f"Please look again: {words}" for words in file_doubts(notice))
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
    "massage-claim attach FILE --kind eob"
)


def _there(looked: Looked, tree: dict[str, Node]) -> Result | None:
    """The answer when the decision is there already. Raises NotReady when another one decides the same."""
    given = {name: value for name, value in tree.items() if value != []}
    new, problems = from_tree(Decision, Tree("", given, {}))
    if new is None:
        raise UsageProblem(drafts.problems(Decision, given, OPTIONS) or problems)
    old = recorded(looked, new)
    if old is None:
        return None
    if (old.notice_date, old.total_paid, old.claim_number) == (new.notice_date, new.total_paid, new.claim_number):
        says = f"This notice is written down already, in {old.record_id}; nothing was written."
        return Result(says=(says,), notes=looked.opened.notes, next="massage-claim status")
    says = f"{old.record_id} decided the same visits already."
    fix = f"If this notice takes its place, add --replaces {old.record_id}."
    raise NotReady(Problem(says, fix))


def _printed(looked: Looked, notice: Notice) -> Printed:
    """Whom the file names. Of several numbers the one that is on the card, if it is among them."""
    named, card = notice.named, looked.opened.case.plan.member_id
    fitting = [number for number in named.member_ids if card and _bare(number) == _bare(card)]
    member = next(iter((*fitting, *named.member_ids)), None)
    return Printed(named.name or None, named.birth_date, member)


def _bare(number: str) -> str:
    return "".join(sign for sign in number.casefold() if sign.isalnum())


def _notes(looked: Looked, notice: Notice, notice_date: date | None) -> tuple[str, ...]:
    found = []
    if len(looked.notices) > 1:
        found.append(f"The file holds {len(looked.notices)} notices; this is number {notice.number}.")
    if notice_date is None:
        found.append(
            f"The notice date, {notice.created}, is the file's. If your letter bears another, use --notice-date: "
            "the days to appeal count from the letter."
        )
    return tuple(found)
