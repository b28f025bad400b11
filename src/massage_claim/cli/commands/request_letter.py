"""`massage-claim request-letter`: the doctor's letter as a draft to complete, or the signed one compared with its checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias, TypedDict

import typer

from massage_claim.cli.options import DryRun, Json, NoInput, Open, Project, Quiet
from massage_claim.errors import Problem, UsageProblem

if TYPE_CHECKING:
    from pathlib import Path

    from massage_claim.cli.ask import Asker
    from massage_claim.cli.json_shapes import Changed, Nothing


# "for" can't be written as a name
Letter = TypedDict(
    "Letter",
    {
        "for": 'Annotated[Literal["insurer", "hsa"], "Who reads it."]',
        "open": 'Annotated[list[str], "The places that only the doctor can fill."]',
    },
)

Data: TypeAlias = "Letter | Changed | Nothing"
"""What `--json` holds under `data`; changed: with --compare; nothing: with --preview."""


def request_letter(
    for_: Annotated[
        str | None, typer.Option("--for", metavar="READER", help="insurer, or hsa for an HSA or FSA.")
    ] = None,
    order: Annotated[
        str | None, typer.Option(metavar="ORDER", help="The order it belongs to; default: the newest.")
    ] = None,
    preview: Annotated[bool, typer.Option("--preview", help="Show it here; write nothing.")] = False,
    compare: Annotated[
        str | None, typer.Option(metavar="ATTACHMENT", help="Compare a signed letter or order with its checklist.")
    ] = None,
    contains: Annotated[
        list[str] | None,
        typer.Option(metavar="ITEM", help="With --compare: what it says; all, or none. May repeat."),
    ] = None,
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
    dry_run: DryRun = False,
    open_: Open = False,
) -> int:
    """Draft the letter of medical necessity for your doctor: PDF, Word file and text.

    The doctor completes it, prints it on letterhead and signs. With --compare, say what the signed one contains.
    """
    from massage_claim.actions.papers import letter_draft as action
    from massage_claim.cli import show
    from massage_claim.cli.fields import asker_for

    if compare is None and contains:
        raise UsageProblem(Problem("--contains belongs to --compare.", "Add --compare ATTACHMENT."))
    if compare is not None:
        if for_ or order or preview:
            says = "--compare looks at a letter that is there; the other options make a new one."
            raise UsageProblem(Problem(says, "Give --compare alone, or leave it out."))
        said = contains or _asked(asker_for(project), project, compare, no_input)
        answer = action.compare(project, compare, said, dry_run=dry_run)
        return show.result(answer, as_json=as_json, quiet=quiet)
    reader = for_ if for_ is not None else _reader(asker_for(project), no_input)
    answer = action.request_letter(project, reader, order=order, preview=preview, dry_run=dry_run)
    return show.result(answer, as_json=as_json, quiet=quiet, opens=open_, project=project)


def _reader(asker: Asker, no_input: bool) -> str | None:
    """Who reads the letter, asked for; None when nobody can be asked."""
    from massage_claim.cli import ask

    if not ask.possible(no_input):
        return None
    asker.explain()

    from massage_claim.models.attachment import Attachment
    from massage_claim.models.field import at

    field = at(Attachment, ("letter_for",))
    return asker.choose("Letter for", "Who reads it.", field.words if field else (), usual="insurer")


def _asked(asker: Asker, project: Path | None, name: str, no_input: bool) -> list[str]:
    """The checklist, one question after the other."""
    from massage_claim.actions.papers import letter_draft as action
    from massage_claim.cli import ask

    kind, reader = action.about_attachment(project, name)
    asked = action.questions(kind, reader)
    if not ask.possible(no_input):
        names = ", ".join(item for item, _ in asked)
        says = "--contains is missing: what the signed paper says."
        raise UsageProblem(Problem(says, f"Add --contains with names of this list: {names}; or all, or none."))
    asker.explain()
    return [item for item, words in asked if asker.gate(f"Does it say: {words}?")] or ["none"]
