"""`massage-claim import-sessions`: a CSV export of a practice system → its visits and payments, after the columns were confirmed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias, TypedDict

import typer

from massage_claim.cli.options import DryRun, Json, NoInput, Project, Quiet
from massage_claim.command_text import spell
from massage_claim.errors import NotReady, Problem, UsageProblem

if TYPE_CHECKING:
    from massage_claim.actions.intake.columns import Looked
    from massage_claim.cli.json_shapes import RecordName


class Imported(TypedDict):
    """What was taken in; with --dry-run what would be."""

    visits: Annotated[int, "How many visits are new."]
    payments: Annotated[int, "How many payments are new."]
    already_there: Annotated[list[RecordName], "Visits of the file that were written down before."]
    columns: Annotated[dict[str, str], "Each field of a visit, and the column that holds it."]


class Template(TypedDict):
    """With --template: the shape of a file that needs no mapping."""

    csv: Annotated[str, "The headings and one invented row."]


Data: TypeAlias = "Imported | Template"
"""What `--json` holds under `data`."""


def import_sessions(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE.csv", help="The export: one row for each service.")
    ] = None,
    mapping: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD=COLUMN", help="Which column holds a field; FIELD= for none. May repeat."),
    ] = None,
    client: Annotated[
        str | None, typer.Option(metavar="NAME", help="Whose visits, when the file holds several clients.")
    ] = None,
    place: Annotated[
        str | None, typer.Option(metavar="NN", help="Place of service of rows that say none: 11 office, 12 home.")
    ] = None,
    therapist: Annotated[
        str | None,
        typer.Option("--therapist", "--rendering", metavar="NAME", help="Who treated, in rows that do not say it."),
    ] = None,
    skip_existing: Annotated[
        bool, typer.Option("--skip-existing", help="Leave out visits that are written down already.")
    ] = False,
    template: Annotated[
        bool, typer.Option("--template", help="Print the headings and one invented row; import nothing.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="The columns and the sums are right: do not ask.")] = False,
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
    dry_run: DryRun = False,
) -> int:
    """Take in visits from a CSV export of a practice system.

    It shows which column it takes for what, and what it would add; you confirm it. Nothing is written until every row
    is right, and the columns are kept for the next time. --template shows the shape that needs no mapping.
    """
    from massage_claim.actions.intake.columns import look, shown
    from massage_claim.actions.intake.visits_from_csv import import_sessions as action
    from massage_claim.actions.intake.visits_from_csv import shape
    from massage_claim.actions.result import Result
    from massage_claim.cli import ask, show
    from massage_claim.cli.ask import Asker

    if template:
        return show.result(Result(data={"csv": shape()}), as_json=True) if as_json else show.as_it_stands(shape())
    if file is None:
        raise UsageProblem(Problem("The file is missing.", f"Name it: {spell('import-sessions', 'FILE.csv')}."))
    looked = look(project, file, dict(_pair(text) for text in mapping or ()))
    possible = ask.possible(no_input)
    looked = _with_date(looked) if possible else looked
    if not (quiet or as_json):
        for line in shown(looked):
            show.plainly(line)

    def confirm(says: tuple[str, ...]) -> None:
        if yes:
            return
        if not possible:
            fix = "Look at the columns with --dry-run, then add --yes."
            raise NotReady(Problem("Nobody can be asked here whether the columns are right.", fix))
        for line in says:
            show.plainly(line)
        if not Asker().gate("Is that right? Write it all down?"):
            raise NotReady(Problem("Nothing was imported.", "Correct the columns with --mapping FIELD=COLUMN."))

    given = {name: value for name, value in (("place", place), ("therapist", therapist)) if value is not None}
    answer = action(looked, client=client, given=given, skip_existing=skip_existing, dry_run=dry_run, confirm=confirm)
    return show.result(answer, as_json=as_json, quiet=quiet)


def _pair(text: str) -> tuple[str, str | None]:
    field, equals, column = text.partition("=")
    if not equals or not field.strip():
        raise UsageProblem(Problem("--mapping: this is not FIELD=COLUMN.", 'Write it as minutes="Hands-on min".'))
    return field.strip().lower().replace("-", "_"), " ".join(column.split()) or None


def _with_date(looked: Looked) -> Looked:
    """Asks for the one column that every visit needs."""
    from massage_claim.actions.intake.columns import with_column
    from massage_claim.actions.intake.visits_from_csv import REQUIRED
    from massage_claim.cli.ask import Asker

    if REQUIRED in looked.columns:
        return looked
    headings = [heading for heading in looked.sheet.headings if heading]

    choices = [(heading, heading) for heading in headings]
    heading = Asker().choose("Which column holds the date of the visit", "", choices, required=True)
    return with_column(looked, REQUIRED, heading) if heading else looked
