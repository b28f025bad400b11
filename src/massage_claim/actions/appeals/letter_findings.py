"""Whether an edited letter still fits the facts behind it: the findings that `check` shows about letters/.

Checks read no disk, so this one is beside them, and it is loaded only where there are letters. A letter that was sent
stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from massage_claim.actions.appeals.one_round import find_basis, name_letter
from massage_claim.actions.appeals.own_letter import COMPARE, FOLDER, name_letter_file, read_letter, tell_changes
from massage_claim.actions.project import Opened
from massage_claim.checks import Finding, Severity
from massage_claim.documents.papers import paper_library
from massage_claim.errors import NotReady, Unreadable, Where
from massage_claim.models.decision import Decision

NAME = "edited_letter_fits_the_facts"
STEP = "appeal"
WHY = "A letter says what the records say on the day it goes out"


def find_in_letters(opened: Opened) -> tuple[Finding, ...]:
    """One finding for each edited letter, not sent yet, behind which something changed, which can't be read or is not used."""
    found = (*_find_unused(opened), *_find_stale(opened))
    return tuple(replace(one, check=NAME, step=STEP, because=WHY) for one in found)


def _find_unused(opened: Opened) -> Iterator[Finding]:
    """Letters that belong to no round: nothing reads them."""
    used = {name_letter_file(record) for record in opened.case.appeals}
    for path in sorted((opened.folder / FOLDER).glob("*.md")):
        file = f"{FOLDER}/{path.name}"
        if file not in used:
            says = "This edited letter belongs to no appeal of the case, so it is not used."
            fix = "Name the file and its `letter_for` after the appeal's record, or move it away."
            yield Finding(says, fix, Where(file, 1), severity=Severity.RISKY)


def _find_stale(opened: Opened) -> Iterator[Finding]:
    library = paper_library(opened.folder)
    for record in opened.case.appeals:
        decision = opened.case.find(Decision, record.decision)
        waits = record.submission is None and (opened.folder / name_letter_file(record)).exists()
        if not waits or decision is None:
            continue
        try:
            own = read_letter(opened.folder, record, name_letter(record))
            stale = own.stale(find_basis(opened, library, decision, record, own.written)) if own else ()
        except Unreadable as unreadable:
            for problem in unreadable.problems:
                yield Finding(problem.says, problem.fix, problem.where, severity=Severity.MUST_FIX)
            continue
        except NotReady:
            continue  # the decision is about no claim of this case: its own finding says so
        if own is not None and stale:
            where = Where(own.file, 1)
            yield Finding(tell_changes(own, stale), COMPARE.format(file=own.file), where, severity=Severity.RISKY)
