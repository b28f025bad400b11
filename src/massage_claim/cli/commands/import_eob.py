"""`massage-claim import-eob`: an ExplanationOfBenefit in FHIR, as insurers offer it for download → the decision, once confirmed."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NotRequired, TypeAlias, TypedDict

import typer

from massage_claim.cli.json_shapes import Recorded
from massage_claim.cli.options import DryRun, Json, NoInput, Project, Quiet
from massage_claim.command_text import spell
from massage_claim.errors import NotReady, Problem

if TYPE_CHECKING:
    import datetime

    from massage_claim.actions.intake.eob_intake import Looked
    from massage_claim.cli.json_shapes import Day, Dollars, LineVerdict, Nothing
    from massage_claim.exchange.notice import Notice


class EobLine(TypedDict):
    """One line of the notice."""

    service_date: Annotated[Day | None, "The date of service."]
    code: Annotated[str | None, "The procedure code."]
    units: Annotated[int | None, "The units that the plan counted."]
    amounts: Annotated[dict[str, Dollars | None], "Its amounts by their kind: billed, allowed, deductible, paid …"]
    reasons: Annotated[list[str], "Its reason codes, in words."]


class Eob(TypedDict):
    """What was understood of the file."""

    number: Annotated[int, "Its number in the file, from 1."]
    notice_date: Annotated[Day | None, "The date on it."]
    claim_number: Annotated[str | None, "The payer's number for the claim."]
    total_paid: Annotated[Dollars | None, "What the plan paid in all."]
    totals: Annotated[dict[str, Dollars | None], "The sums by their kind."]
    payment: Annotated[Dollars | None, "The amount of the payment."]
    reasons: Annotated[list[str], "Every reason code, in words."]
    notes: Annotated[list[str], "Remarks of the plan, as they stand there."]
    lines: Annotated[list[EobLine], "Its lines."]


class Taken(Recorded):
    """The decision that was written, and what follows from it."""

    lines: NotRequired[
        Annotated[list[LineVerdict], "What to do about each line; not while another record can't be read."]
    ]
    doubts: Annotated[list[str], "What does not fit."]
    notice: Annotated[Eob, "What was understood."]
    notices: Annotated[int, "How many notices the file holds."]


Data: TypeAlias = "Taken | Nothing"
"""What `--json` holds under `data`; nothing: it was written down before."""


def import_eob(
    file: Annotated[Path, typer.Argument(metavar="FILE.json", help="The download: one notice, or a Bundle of them.")],
    claim: Annotated[
        str | None, typer.Option(metavar="CLAIM", help="What it decides; default: the claim with these visits.")
    ] = None,
    number: Annotated[
        int | None, typer.Option(metavar="N", help="Which notice of the file, when several could be meant.")
    ] = None,
    notice_date: Annotated[
        str | None, typer.Option(metavar="DATE", help="The date on the letter; default: the file's.")
    ] = None,
    received: Annotated[str | None, typer.Option(metavar="DATE", help="The day it reached you.")] = None,
    replaces: Annotated[str | None, typer.Option(metavar="DECISION", help="The decision this one replaces.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="It was understood rightly: do not ask.")] = False,
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
    dry_run: DryRun = False,
) -> int:
    """Take in an insurer's decision that you downloaded as FHIR (JSON).

    Such files come from the insurer's website or an app: CARIN or CMS Blue Button, ExplanationOfBenefit. It shows what it
    understood, beside your claim, and what does not fit; nothing is written until you confirm it. Without such a file:
    record-decision.
    """
    from massage_claim.actions.intake.eob_intake import import_eob as action
    from massage_claim.actions.intake.eob_intake import look
    from massage_claim.cli import ask, show
    from massage_claim.cli.ask import Asker
    from massage_claim.cli.day_option import day

    noticed, arrived = day("--notice-date", notice_date), day("--received", received)
    looked = look(project, file)
    possible = ask.possible(no_input)
    notice = _notice(looked, number, possible)
    if noticed is None and notice.created is None and possible:
        noticed = _asked_day()

    def confirm(told: tuple[str, ...], doubts: tuple[str, ...]) -> None:
        if not (quiet or as_json):
            _say(told)
            again = doubts if yes or possible else ()  # else they are the problems that follow
            _say(("", "Please look again:", *(f"- {doubt}" for doubt in again)) if again else ())
        if yes:
            return
        if not possible:
            fix = "Look at it with --dry-run. If it is right, add --yes."
            raise NotReady(
                [*(Problem(doubt, "Compare it with the notice.") for doubt in doubts), Problem(_NOBODY, fix)]
            )
        if not Asker().gate("Is that what the notice says, and is it yours? Write it down?"):
            raise NotReady(Problem("Nothing was written down.", f"Use {spell('record-decision')} to type it yourself."))

    answer = action(
        looked,
        notice,
        claim=claim,
        notice_date=noticed,
        received=arrived,
        replaces=replaces,
        dry_run=dry_run,
        confirm=confirm,
    )
    return show.result(answer, as_json=as_json, quiet=quiet)


_NOBODY = "Nobody can be asked here whether the notice was understood rightly."


def _say(lines: Iterable[str]) -> None:
    """Each line, folded where the screen ends; the columns of a table fit."""
    from massage_claim.cli import show

    for line in lines:
        deep = len(line) - len(line.lstrip())
        folded = textwrap.wrap(line, show.WIDTH, subsequent_indent=" " * (deep or 2), break_on_hyphens=False)
        for part in folded or [""]:
            show.plainly(part)


def _notice(looked: Looked, number: int | None, possible: bool) -> Notice:
    """The one that is meant; asked for when several could be."""
    from massage_claim.actions.intake.eob_intake import chosen, numbers
    from massage_claim.cli.ask import Asker

    if number is not None or len(looked.fitting) == 1 or not possible:
        return chosen(looked, number)
    known = {str(one) for one in numbers(looked.fitting)}
    _say(("The file holds several notices:", *looked.headings))

    def check(answer: str) -> tuple[str, str] | None:
        return None if answer in known else ("There is no such number.", "Write one of the numbers above.")

    answer = Asker().one("Which one", "Its number; take in the others afterwards.", check=check, required=True)
    return chosen(looked, int(answer) if answer else None)


def _asked_day() -> datetime.date | None:
    from massage_claim.cli.ask import Asker
    from massage_claim.cli.day_option import day

    answer = Asker().one("Date on the notice", "The file does not say it. Such as 2026-01-31.")
    return day("--notice-date", answer)
