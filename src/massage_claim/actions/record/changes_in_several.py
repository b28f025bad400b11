"""The same change in several records, all or none. Every record is tried first, so that nothing is written while one of them would refuse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from massage_claim.actions.record import amendments
from massage_claim.actions.record.record_change import Change, Opening, set_fields
from massage_claim.actions.result import Result
from massage_claim.command_text import spell
from massage_claim.errors import Failure, Problem
from massage_claim.writing.formats import plural

Several = Sequence[tuple[Opening, Sequence[Change]]]
"""Each record as it was opened, and what is to be changed in it."""


def set_in_all(several: Several, *, reason: amendments.Reason = None, dry_run: bool = False) -> Result:
    """Makes the changes in every record, or in none when one refuses.

    Raises UsageProblem with what every record refuses, NotReady, CannotWrite. When the disk refuses in between, the
    message names the records that are changed already.
    """
    why = _asked_once(reason)
    _try_all(several, why)
    done: list[Result] = []
    for opening, changes in several:
        try:
            done.append(set_fields(opening, changes, reason=why, dry_run=dry_run))
        except Failure as failure:
            changed = [one.written[0] for one in done if one.written]
            if not changed:
                raise
            says = f"{plural(len(changed), 'record was', 'records were')} changed before: {', '.join(changed)}."
            raise type(failure)((*failure.problems, Problem(says, "Give the command again for the others."))) from None
    return Result(
        says=tuple(words for one in done for words in one.says),
        written=tuple(file for one in done for file in one.written),
        notes=tuple(dict.fromkeys(note for one in done for note in one.notes)),
        next=next((one.next for one in done if one.data.get("went_out")), spell("check")),
        data={"records": [dict(one.data) for one in done if one.data]},
    )


def _try_all(several: Several, why: amendments.Reason) -> None:
    refused: list[Failure] = []
    for opening, changes in several:
        try:
            set_fields(opening, changes, reason=why, dry_run=True)
        except Failure as failure:
            refused.append(failure)
    if refused:
        raise type(refused[0])(_once(problem for failure in refused for problem in failure.problems))


def _once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """What several records refuse alike, said once, at the first of them."""
    alike: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        alike.setdefault((problem.says, problem.fix), []).append(problem)
    for first, *others in alike.values():
        more = f" So in {plural(len(others), 'more record')}." if others else ""
        yield replace(first, says=f"{first.says}{more}")


def _asked_once(reason: amendments.Reason) -> amendments.Reason:
    """A person is asked for one reason, about the first paper that went out, and it is kept beside every record."""
    if not callable(reason):
        return reason
    said: list[str | None] = []

    def why(papers: tuple[str, ...]) -> str | None:
        if not said:
            said.append(reason(papers))
        return said[0]

    return why
