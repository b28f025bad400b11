"""`massage-claim check-licence`: flags or prompts → one look at a state's license register; or a comparison of therapists."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from massage_claim.cli.options import DryRun, Json, NoInput, Project, Quiet

if TYPE_CHECKING:
    from massage_claim.cli.ask import Asker
    from massage_claim.cli.form import Form, Tree


def check_licence(
    provider: Annotated[
        str | None, typer.Option(metavar="PROVIDER", help="Whose license you looked up; default: the only therapist.")
    ] = None,
    date: Annotated[str | None, typer.Option(metavar="DATE", help="The day you looked.")] = None,
    what: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What you looked up; default: the number in the record.")
    ] = None,
    where: Annotated[str | None, typer.Option(metavar="TEXT", help="Where: the register's name or web page.")] = None,
    result: Annotated[
        str | None, typer.Option(metavar="WORD", help="What it said: active, expired, not-found or restricted.")
    ] = None,
    valid_until: Annotated[str | None, typer.Option(metavar="DATE", help="The license's last day.")] = None,
    compare: Annotated[
        bool, typer.Option("--compare", help="Show all therapists against what is required; write nothing.")
    ] = False,
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
    dry_run: DryRun = False,
) -> int:
    """Write down a look at the state's license register, or compare therapists.

    Without --provider, --date or --result it asks, and says where to look.
    """
    from massage_claim.actions.record import licence_look as action
    from massage_claim.cli import show
    from massage_claim.cli.form import options_of, tree_of
    from massage_claim.cli.recording import asker_for

    if compare:
        return show.result(action.compare(project), as_json=as_json, quiet=quiet)
    given = tree_of(
        {
            ("provider",): provider or action.the_only_therapist(project),
            ("date",): date,
            ("what",): what,
            ("where",): where,
            ("result",): result,
            ("valid_until",): valid_until,
        }
    )
    asker = asker_for(project)
    form = _form(asker.today)
    tree = _asked(asker, project, given, form, no_input=no_input)
    answer = action.check_licence(project, tree, options=options_of(form), dry_run=dry_run)
    return show.result(asker.with_unknown(answer), as_json=as_json, quiet=quiet)


def _asked(asker: Asker, project: Path | None, given: Tree, form: Form, *, no_input: bool) -> Tree:
    """The whole tree; the state's rules and where to look are said as soon as the provider is known."""
    from massage_claim.actions.record.licence_look import guide
    from massage_claim.cli import ask, show
    from massage_claim.models.coverage import LicenceCheck

    lacking = any(item.required and not given.get(item.path[0]) for item in form)
    if not lacking or not ask.possible(no_input):
        return asker.fill(LicenceCheck, given, form, no_input=no_input)
    tree = asker.fill(LicenceCheck, given, form[:1])
    asker.explain()
    show.plainly("")
    for line in guide(project, str(tree["provider"])):
        show.plainly(line)
    return asker.fill(LicenceCheck, tree, form[1:], force=True)


def _form(today: str) -> Form:
    from massage_claim.cli.form import Field

    def no_day(field: str) -> Callable[[Tree, str], tuple[str, str] | None]:
        def refuse(tree: Tree, answer: str) -> tuple[str, str] | None:
            from datetime import date

            from massage_claim.actions.record.licence_look import refusal

            return refusal(field, answer, tree, date.fromisoformat(today))

        return refuse

    return (
        Field(path=("provider",), option="--provider", label="Therapist", required=True, folder="providers"),
        Field(
            path=("date",),
            option="--date",
            label="Looked up on",
            required=True,
            usual=lambda _: today,
            refuse=no_day("date"),
        ),
        Field(path=("what",), option="--what", label="What"),
        Field(path=("where",), option="--where", label="Where"),
        Field(
            path=("result",),
            option="--result",
            label="Result",
            required=True,
            sentence="What it said: active, expired, not-found or restricted.",
        ),
        Field(path=("valid_until",), option="--valid-until", label="Valid until", refuse=no_day("valid_until")),
    )
