"""`close`: writes into case.yaml that the case is closed, and why; or opens it again.

The change is lossless: every other byte of case.yaml stays. Closing deletes nothing and stops no command.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from massage_claim.actions.project import Opened, open_case
from massage_claim.actions.result import Result
from massage_claim.calc.deadline_list import list_deadlines
from massage_claim.calc.due import Due, Kind
from massage_claim.calc.sendings import list_waiting
from massage_claim.command_text import spell
from massage_claim.errors import NotReady, Problem, UsageProblem
from massage_claim.models.case import Closed
from massage_claim.models.field import words_of
from massage_claim.store.change import change_text
from massage_claim.store.read import file_bytes
from massage_claim.store.swap import replace_text

FILE = "case.yaml"
REASONS: tuple[str, ...] = words_of(Closed, "reason")
"""paid, not-covered, given-up."""
_MEANS = {
    "paid": "What was to be paid is paid.",
    "not-covered": "The plan does not pay for this.",
    "given-up": "It is not pursued any further.",
}


def close(project: Path | None, *, reason: str | None = None, reopen: bool = False, dry_run: bool = False) -> Result:
    """Closes the case for a reason, or opens it again. Raises UsageProblem, NotReady, Unreadable, CannotWrite."""
    opened = open_case(project)
    if reopen:
        if reason is not None:
            raise UsageProblem(Problem("--reopen and --reason don't go together.", "Give one of the two."))
        return _reopen(opened, dry_run)
    if reason is None or reason.strip() not in REASONS:
        says = "--reason is missing." if reason is None else "--reason: it is not one of its words."
        raise UsageProblem(Problem(says, f"Write one of: {', '.join(REASONS)}."))
    closed = opened.case.settings.closed
    if closed is not None:
        says = f"The case was closed on {closed.date.isoformat()} already ({closed.reason})."
        fix = f"Open it again with `{spell('close', reopen=True)}` first, if the reason is another one now."
        raise NotReady(Problem(says, fix, opened.case.where("case", "closed")))
    chosen = reason.strip()
    _write(opened, opened.today.isoformat(), chosen, dry_run)
    still = tuple(still_open(opened))
    says = f"{'Would be closed' if dry_run else 'Closed'}: {chosen}. {_MEANS[chosen]} All records stay."
    notes = (*still_notes(still), *(() if dry_run else (f"To go on later: {spell('close', reopen=True)}",)))
    return Result(
        says=(says,),
        written=() if dry_run else (FILE,),
        notes=(*notes, *opened.day_notes),
        next=None,
        data={"closed": {"date": opened.today.isoformat(), "reason": chosen}, "still_open": list(still)},
    )


def _reopen(opened: Opened, dry_run: bool) -> Result:
    if opened.case.settings.closed is None:
        return Result(says=("The case is open; nothing was changed.",), notes=opened.notes, next=spell("status"))
    _write(opened, None, None, dry_run)
    return Result(
        says=("Would be open again." if dry_run else "The case is open again.",),
        written=() if dry_run else (FILE,),
        notes=opened.day_notes,
        next=spell("status"),
        data={"closed": None},
    )


def _write(opened: Opened, day: str | None, reason: str | None, dry_run: bool) -> None:
    """Both fields in one step: a case.yaml with only one of them could not be read."""
    before = file_bytes(opened.folder, FILE)
    after = change_text(change_text(before, ("closed", "date"), day, FILE), ("closed", "reason"), reason, FILE)
    if not dry_run:
        replace_text(opened.folder, "case", before, after)


def still_open(opened: Opened) -> Iterator[str]:
    """What still has money or rights in it, in sentences with its last day; a day that has passed is left out."""
    for due in list_deadlines(opened.case, opened.facts, opened.today):
        if due.legal_matter and due.day >= opened.today:
            yield _sentence(due)
    for one in list_waiting(opened.case):
        what = "A claim" if one.level is None else "An appeal"
        yield f"{what} was sent and is not decided yet ({one.record_id})."


def still_notes(still: tuple[str, ...]) -> tuple[str, ...]:
    """The sentences under one heading; nothing when there are none."""
    return ("Money or rights are still in it:", *(f"  {sentence}" for sentence in still)) if still else ()


def _sentence(due: Due) -> str:
    return f"Until {due.day.isoformat()} {_STILL[due.kind]} ({due.about})."


_STILL: dict[Kind, str] = {
    "appeal": "a denial can be appealed",
    "external": "an external review can be asked for",
    "hearing": "a fair hearing can be asked for",
    "keep-benefits": "approved visits can be kept going",
    "filing": "visits can be claimed",
    "information": "what the plan asked for can be sent",
}
