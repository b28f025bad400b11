"""`massage-claim init`: a new case folder, empty and explained, or a copy of an example."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NotRequired, TypedDict

import typer

from massage_claim.cli.options import DryRun, Json, NoInput, Quiet


class Data(TypedDict):
    """The case that was made."""

    folder: Annotated[str, "Its folder, as it was named."]
    would_write: NotRequired[Annotated[list[str], "With --dry-run: the files, relative to the case."]]


def init(
    folder: Annotated[Path | None, typer.Argument(help="The folder to make; default: my-claim.")] = None,
    name: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The patient's name, exactly as on the insurance card.")
    ] = None,
    prepared_by: Annotated[
        str | None, typer.Option(metavar="WHO", help="patient, or practice (therapist or clinic).")
    ] = None,
    example: Annotated[str | None, typer.Option(metavar="NAME", help="Copy an example case instead.")] = None,
    practice: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="A practice folder that many cases share.")
    ] = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
    dry_run: DryRun = False,
) -> int:
    """Make a new case folder, with every field explained.

    On a terminal it asks for a name and the folder, nothing more. --no-input needs no answer.
    """
    from massage_claim.actions.record.new_case import DEFAULT_FOLDER
    from massage_claim.actions.record.new_case import init as action
    from massage_claim.cli import ask, show

    if example is None and folder is None and ask.possible(no_input):
        asker = ask.Asker()
        asker.explain()
        if name is None:
            name = asker.one(
                "Name of the patient", "Exactly as on the insurance card.", check=_name, meant=lambda _: ()
            )
        folder = Path(asker.one("Folder", "Where to make the case.", usual=DEFAULT_FOLDER) or DEFAULT_FOLDER)
    answer = action(folder, name=name, prepared_by=prepared_by, example=example, practice=practice, dry_run=dry_run)
    return show.result(answer, as_json=as_json, quiet=quiet)


def _name(answer: str) -> tuple[str, str] | None:
    from massage_claim.models.new_values import wrong_values
    from massage_claim.models.people import Patient

    wrong = tuple(wrong_values(Patient, {"name": answer}))
    return (wrong[0][1], f"{wrong[0][2]}.") if wrong else None
