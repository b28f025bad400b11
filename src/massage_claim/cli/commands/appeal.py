"""`massage-claim appeal`: a recorded denial → the appeal letter and its packet in out/."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from massage_claim.cli.options import DryRun, Json, NoInput, Open, Project, Quiet


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
