"""`massage-claim check`: what would get the claim refused, and how to mend it."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias, TypedDict

import typer

from massage_claim.cli.options import Json, NoInput, Project, Quiet


class Counts(TypedDict):
    """How many findings there are of each weight."""

    must_fix: Annotated[int, "How many must be fixed before a packet goes out."]
    risky: Annotated[int, "How many may get the claim refused."]
    advice: Annotated[int, "How many would make it stronger."]


class Letter(TypedDict):
    """With --ask: what the letter asks for."""

    to: Annotated[Literal["therapist", "provider", "plan"], "Who is asked."]
    asks: Annotated[list[str], "Each thing that is asked for, in words."]


Data: TypeAlias = "Counts | Letter"
"""What `--json` holds under `data`."""


def check(
    step: Annotated[str | None, typer.Option(metavar="N", help="Only this step, 1 to 7.")] = None,
    ask: Annotated[
        str | None,
        typer.Option(
            metavar="WHOM", help="Write the text that asks the therapist, provider or plan for what is missing."
        ),
    ] = None,
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
) -> int:
    """Find what would get the claim refused, and how to mend it. Exit code 1 while something must be fixed."""
    from massage_claim.cli import show

    if ask is not None:
        from dataclasses import replace

        from massage_claim.actions.look.question_sheet import asking

        answer = asking(project, ask, step=step)
        if not as_json:  # the letter alone on standard output, ready to be sent
            for note in answer.notes:
                show.plainly(note)
            answer = replace(answer, notes=())
        return show.result(answer, as_json=as_json)
    from massage_claim.actions.look.case_findings import check as action

    return show.result(action(project, step=step), as_json=as_json, quiet=quiet)
