"""`massage-claim templates`: the list of templates; `templates export`: copies of them to change."""

from __future__ import annotations

from typing import Annotated, TypeAlias, TypedDict

import typer

from massage_claim.cli.options import DryRun, Json, NoInput, Project, Quiet
from massage_claim.command_text import spell
from massage_claim.errors import Problem, UsageProblem


class Template(TypedDict):
    """One template."""

    name: Annotated[str, "Its name; a piece that templates share has its folder before it."]
    title: Annotated[str, "Its title; empty for a piece."]
    own: Annotated[bool, "Whether the case has a copy of its own."]


class Templates(TypedDict):
    """The list of templates."""

    templates: Annotated[list[Template], "Each of them."]


class Copied(TypedDict):
    """With export: the copies."""

    copied: Annotated[list[str], "The templates that were copied; with --dry-run those that would be."]
    kept: Annotated[list[str], "Those whose copy was there already, and stays."]


Data: TypeAlias = "Templates | Copied"
"""What `--json` holds under `data`."""


def templates(
    action: Annotated[str | None, typer.Argument(metavar="[export]", help="export: copy; without it, a list.")] = None,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="The template's name; without one, all are copied.")
    ] = None,
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
    dry_run: DryRun = False,
) -> int:
    """The words of the papers, as files you may change. Your copies in templates/ are used; none is ever replaced.

    `templates export appeal_letter` copies one, `templates export` all that you have no copy of yet.
    """
    from massage_claim.actions.papers.template_copies import templates as act
    from massage_claim.cli import show

    if action not in (None, "export"):
        raise UsageProblem(
            Problem("After templates comes export, or nothing.", f"Write: {spell('templates', 'export')}.")
        )
    answer = act(project, export=action == "export", name=name, dry_run=dry_run)
    return show.result(answer, as_json=as_json, quiet=quiet)
