"""`massage-claim guide`: the interview over the seven steps. Asks what is needed next, writes each record when it is whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NotRequired, TypeAlias, TypedDict

import typer

from massage_claim.cli.options import DryRun, Json, NoInput, Project, Quiet
from massage_claim.command_text import spell
from massage_claim.errors import AttachmentUnusable, NotReady, Problem, UsageProblem, WouldOverwrite

if TYPE_CHECKING:
    from massage_claim.actions.guide.interview import Interview
    from massage_claim.cli.guide.run import Run
    from massage_claim.cli.json_shapes import Nothing

    Runner = Callable[[Run, Interview], None]


class ToAsk(TypedDict):
    """With --dry-run: what would be asked next."""

    step: Annotated[int | None, "The step, 1 to 7, or 0; null when nothing is left to ask."]
    part: Annotated[str | None, "The part of the guide."]
    about: NotRequired[Annotated[str | None, "The record it is about."]]
    questions: NotRequired[Annotated[list[str], "The questions."]]


class Asked(TypedDict):
    """What was asked in this run."""

    asked: Annotated[int, "How many questions."]
    not_known: Annotated[list[str], "Those that were answered with ?, by their labels."]


Data: TypeAlias = "ToAsk | Asked | Nothing"
"""What `--json` holds under `data`; nothing: it was stopped before a case was made."""


def guide(
    folder: Annotated[Path | None, typer.Argument(help="The case's folder; a new one is made if need be.")] = None,
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
    dry_run: DryRun = False,
) -> int:
    """Be led through the seven steps, question by question. Stop at any time; it goes on from there.

    Each record is written as soon as it is whole. ? is an answer everywhere: it means I don't know. --dry-run says
    what would be asked next.
    """
    from massage_claim.actions.guide.interview import guide as action
    from massage_claim.cli import ask, show

    if folder is not None and project is not None:
        raise UsageProblem(Problem("FOLDER and -C name a folder each.", "Give one of the two."))
    if dry_run:
        return show.result(action(folder or project), as_json=as_json, quiet=quiet)
    if not ask.possible(no_input):
        raise UsageProblem(_nobody_to_ask(no_input))
    return _in_terminal(folder or project, as_json=as_json, quiet=quiet)


def _nobody_to_ask(no_input: bool) -> Problem:
    why = "--no-input was given" if no_input else "This is not a terminal"
    says = f"{why}, so nothing can be asked."
    fix = (
        "Use the commands with their options: init, verify-coverage, add-condition, add-provider, add-prescription, "
        "check-licence, add-session, add-payment, attach, build-packet, submit, record-decision, appeal. "
        f"`{spell('status')}` names the next one."
    )
    return Problem(says, fix)


def _in_terminal(folder: Path | None, *, as_json: bool, quiet: bool) -> int:
    from massage_claim.actions.result import Result
    from massage_claim.cli import show
    from massage_claim.cli.ask import Asker, StopError
    from massage_claim.cli.guide import start

    asker = Asker()
    run: Run | None = None
    try:
        asker.explain()
        run = start.case(asker, folder)
        _interview(run)
    except StopError:
        asker.say("")
        asker.say("Stopped. What is written stays.")
        if run is not None and run.nothing_more is None:
            run.nothing_more = f"{start.go_on(run)}   (it goes on from here)"
    except KeyboardInterrupt:
        if run is not None:
            show.plainly("")
            show.plainly(f"Go on with: {start.go_on(run)}")
        raise
    if run is None:
        following = spell("guide")
        return show.result(Result(says=("No case is made yet.",), next=following), as_json=as_json, quiet=quiet)
    answer = start.summary(run)
    return show.result(answer, as_json=as_json, quiet=quiet)


def _interview(run: Run) -> None:
    """Part after part, until nothing is left to ask in this run."""
    from massage_claim.actions.guide.interview import STILL_OPEN, TITLES, next_questions

    before = 0
    while True:
        opened = run.opened()
        part = next_questions(opened.case, opened.facts, opened.today, run.passed)
        if part is None:
            return  # the command's own result says what was written
        if part.step != before:
            run.end_of_step(before, f"step {part.step}, {TITLES[part.task]}")
            run.begin_step(part.step)
        before = part.step
        run.passed.add(STILL_OPEN)  # offered at the beginning of a run only; what follows was asked in this run
        _one(run, part)


def _one(run: Run, part: Interview) -> None:
    """One part; what can't be written is said, and the part is asked again or left for later."""
    from massage_claim.cli import show
    from massage_claim.cli.ask import EndedError

    try:
        _runner(part.task)(run, part)
    except EndedError:
        raise
    except NotReady as failure:
        show.failure(failure.problems, failure.code)
        run.leave(part)
    except (UsageProblem, WouldOverwrite, AttachmentUnusable) as failure:
        show.failure(failure.problems, failure.code)
        first = part.key not in run.retried
        run.retried.add(part.key)
        if run.asker.part(lambda: run.asker.gate("Try this part again?", usual=first)):
            run.passed.discard(part.key)
        else:
            run.leave(part)


def _runner(task: str) -> Runner:
    from massage_claim.cli.guide import claims_part as sending
    from massage_claim.cli.guide import earlier_claim_part as before
    from massage_claim.cli.guide import people_part as people
    from massage_claim.cli.guide import plan_part as coverage
    from massage_claim.cli.guide import scans_part as files
    from massage_claim.cli.guide import visits_part as records

    runners: dict[str, Runner] = {
        "still-open": coverage.still_open,
        "sent-before": before.sent_before,
        "card": coverage.card,
        "coverage": coverage.coverage,
        "undecided": coverage.undecided,
        "not-covered": coverage.not_covered,
        "more-coverage": coverage.more_coverage,
        "rules": coverage.rules,
        "worth": coverage.worth,
        "condition": people.condition,
        "doctor": people.doctor,
        "diagnosis": people.diagnosis,
        "order": people.order,
        "therapist": people.therapist,
        "practice": people.practice,
        "licence": people.licence,
        "measure": before.measure,
        "visit": records.visit,
        "payment": records.payment,
        "attach-order": files.order,
        "attach-letter": files.letter,
        "attach-superbill": files.superbill,
        "attach-proof": files.proof,
        "patient": records.patient,
        "mend": records.mend,
        "claim": sending.claim,
        "decision": sending.decision,
        "contact": before.contact,
        "stronger": before.stronger,
        "appeal": sending.appeal,
    }
    return runners[task]
