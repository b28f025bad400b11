"""`massage-claim appeal`: a recorded denial → the appeal letter and its packet in out/."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NotRequired, TypeAlias, TypedDict

import typer

from massage_claim.cli.options import DryRun, Json, NoInput, Open, Project, Quiet

if TYPE_CHECKING:
    from massage_claim.cli.json_shapes import Copy, Day, LineVerdict, Nothing, RecordName


class Exhibit(TypedDict):
    """A proof page of the letter."""

    letter: Annotated[str, "The letter that names it: A, B, C."]
    title: Annotated[str, "Its title."]
    first: Annotated[int, "Its first page, from 1."]
    last: Annotated[int, "Its last page."]


class Built(TypedDict):
    """The appeal that was built."""

    appeal: Annotated[RecordName, "The appeal."]
    decision: Annotated[RecordName, "The denial it answers."]
    level: Annotated[Literal["1", "2", "3", "4", "5", "external"], "Which round it is."]
    pages: Annotated[int, "How many pages the packet has."]
    path: Annotated[str, "What the denial asks for."]
    because: Annotated[list[str], "Why, in words."]
    outside_review: Annotated[bool, "False where an outside reviewer can never take it."]
    lines: Annotated[list[LineVerdict], "What to do about each line."]
    send_by: Annotated[Day | None, "The day by which to send it."]
    reasons: Annotated[list[str], "The kinds of denial that the letter answers."]
    exhibits: Annotated[list[Exhibit], "The proof pages."]
    copies: NotRequired[
        Annotated[dict[str, list[Copy]], "By the packet's folder in out/: signed files that lie beside it."]
    ]


class NotAppealed(TypedDict):
    """What to do instead: an appeal is the wrong answer here, or it must be asked first."""

    decision: Annotated[RecordName, "The denial."]
    path: Annotated[str, "What it asks for."]
    because: Annotated[list[str], "Why, in words."]
    resend: Annotated[str | None, "Of correct: as a replacement, or as a new claim."]
    send_by: Annotated[Day | None, "The last day to appeal, while that right lasts."]
    late: Annotated[bool, "Whether that day has passed."]
    outside_review: Annotated[bool, "False where an outside reviewer can never take it."]
    lines: Annotated[list[LineVerdict], "What to do about each line."]


class Studies(TypedDict):
    """With --evidence ?: the studies that fit."""

    studies: Annotated[dict[str, str], "Each by its name, with what it says."]


Data: TypeAlias = "Built | NotAppealed | Studies | Nothing"
"""What `--json` holds under `data`; nothing: something must be fixed first."""


def appeal(
    decision: Annotated[
        str | None, typer.Option(metavar="ID", help="The denial it answers; default: the only open one.")
    ] = None,
    level: Annotated[
        str | None, typer.Option(metavar="N", help="1 to 5, or external; default: the round that comes next.")
    ] = None,
    reason: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="Answer this reason only. May repeat.")
    ] = None,
    whats_new: Annotated[
        str | None, typer.Option("--whats-new", metavar="WORDS", help="What is new since the last decision.")
    ] = None,
    good_cause: Annotated[
        str | None, typer.Option("--good-cause", metavar="WORDS", help="Why it comes after its last day.")
    ] = None,
    evidence: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Cite this study of the list; ? lists those that fit. May repeat."),
    ] = None,
    letter: Annotated[
        bool, typer.Option("--letter", help="Also write the letter to letters/, once, for you to edit.")
    ] = False,
    draft: Annotated[
        bool, typer.Option("--draft", help="Build it although something must be fixed; DRAFT on each page.")
    ] = False,
    preview: Annotated[bool, typer.Option("--preview", help="Show the letter here; write nothing.")] = False,
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
    dry_run: DryRun = False,
    open_: Open = False,
) -> int:
    """Build the appeal against a recorded denial: the letter, the proof pages, one PDF in out/."""
    from functools import partial

    from massage_claim.actions.appeals.appeal_packet import appeal as action
    from massage_claim.cli import ask, show

    if whats_new is None and not preview and ask.possible(no_input or as_json):
        whats_new = _whats_new(project, decision, level)
    studies = tuple(evidence or ())
    if not (studies or preview or draft or dry_run) and ask.possible(no_input or as_json):
        from massage_claim.cli.evidence_question import studies_asked

        studies = studies_asked(project, decision, level)
    build = partial(
        action,
        project,
        decision=decision,
        level=level,
        whats_new=whats_new,
        good_cause=good_cause,
        evidence=studies,
        letter=letter,
        preview=preview,
        draft=draft,
        dry_run=dry_run,
    )
    answer = build(reasons=tuple(reason or ()))
    if answer.data.get("path") == "ask" and not reason and ask.possible(no_input or as_json):
        from massage_claim.cli.fields import asker_for
        from massage_claim.cli.notice_questions import choose

        chosen = choose(asker_for(project), {"reason_as_written": "as printed"})
        answer = build(reasons=tuple(chosen), weigh=True) if chosen else answer
    return show.result(answer, as_json=as_json, quiet=quiet, opens=open_, project=project)


def _whats_new(project: Path | None, decision: str | None, level: str | None) -> str | None:
    """Asked for a later round that has nothing new written down yet; None for the first one, or when it is skipped."""
    from massage_claim.actions.appeals.round_choice import lacks_something_new
    from massage_claim.cli.fields import asker_for

    lacking = lacks_something_new(project, decision, level)
    if lacking is None:
        return None
    sentence = f"{lacking} A new paper or measurement, or the point that the last letter passed over."
    return asker_for(project).one("What is new since the last decision", sentence.strip())
