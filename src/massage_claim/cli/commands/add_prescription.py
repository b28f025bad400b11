"""`massage-claim add-prescription`: flags or prompts → one doctor's order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from massage_claim.cli.options import DryRun, Json, NoInput, Project, Quiet

if TYPE_CHECKING:
    from massage_claim.cli.form import Form, Tree


def add_prescription(
    date: Annotated[
        str | None, typer.Option(metavar="DATE", help="The date on the order; not later than the first visit.")
    ] = None,
    referring: Annotated[str | None, typer.Option(metavar="PROVIDER", help="Who ordered it.")] = None,
    condition: Annotated[str | None, typer.Option(metavar="CONDITION", help="The condition it is for.")] = None,
    service: Annotated[str | None, typer.Option(metavar="TEXT", help="What is ordered: massage therapy.")] = None,
    region: Annotated[
        list[str] | None, typer.Option(metavar="REGION", help="Body region to treat. May repeat.")
    ] = None,
    minutes_per_visit: Annotated[str | None, typer.Option(metavar="MINUTES", help="Hands-on minutes a visit.")] = None,
    per_week: Annotated[str | None, typer.Option(metavar="VISITS", help="Visits a week.")] = None,
    weeks: Annotated[str | None, typer.Option(metavar="N", help="For how many weeks.")] = None,
    visits: Annotated[str | None, typer.Option(metavar="N", help="How many visits in all.")] = None,
    valid_until: Annotated[str | None, typer.Option(metavar="DATE", help="The last day the order covers.")] = None,
    goal: Annotated[list[str] | None, typer.Option(metavar="TEXT", help="A goal on the order. May repeat.")] = None,
    precaution: Annotated[
        list[str] | None, typer.Option(metavar="TEXT", help="What to take care of. May repeat.")
    ] = None,
    signed: Annotated[str | None, typer.Option(metavar="yes|no", help="Did the prescriber sign it?")] = None,
    signed_on: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day beside the signature, if not the order's date.")
    ] = None,
    note: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Anything else on the order; - reads standard input.")
    ] = None,
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
    dry_run: DryRun = False,
) -> int:
    """Write down a doctor's order for massage therapy.

    Without --date or --referring it asks, question by question.
    """
    from massage_claim.actions.record.new_prescription import add_prescription as action
    from massage_claim.cli import show, stdin
    from massage_claim.cli.form import options_of, texts, tree_of
    from massage_claim.cli.recording import asker_for
    from massage_claim.models.prescription import Prescription

    text = stdin.text_or_standard_input("--note", note)
    given = tree_of(
        {
            ("date",): date,
            ("referring",): referring,
            ("condition",): condition,
            ("service",): service,
            ("regions",): texts(region),
            ("minutes_per_visit",): minutes_per_visit,
            ("per_week",): per_week,
            ("weeks",): weeks,
            ("visits",): visits,
            ("valid_until",): valid_until,
            ("goals",): texts(goal),
            ("precautions",): texts(precaution),
            ("signed",): signed,
            ("signed_on",): signed_on,
            ("note",): text,
        }
    )
    asker = asker_for(project)
    form = _form(asker.today)
    tree = asker.fill(Prescription, given, form, no_input=no_input or note == "-")
    answer = action(project, tree, options=options_of(form), dry_run=dry_run)
    return show.result(asker.with_unknown(answer), as_json=as_json, quiet=quiet)


def _form(today: str) -> Form:
    from massage_claim.cli.form import Field

    def not_later(tree: Tree, answer: str) -> tuple[str, str] | None:
        return ("That day is still to come.", "Write the date that stands on the order.") if answer > today else None

    def not_yet(tree: Tree, answer: str) -> tuple[str, str] | None:
        return ("That day is still to come.", "Write the day beside the signature.") if answer > today else None

    def signed(tree: Tree) -> bool:
        return str(tree.get("signed")).strip().lower() in ("yes", "y", "true")

    def not_before(tree: Tree, answer: str) -> tuple[str, str] | None:
        ends_first = answer < str(tree.get("date") or "")
        return (
            ("The order would end before its date.", "Write the day as it stands on the order.") if ends_first else None
        )

    def in_all(tree: Tree) -> str | None:
        each, weeks = str(tree.get("per_week") or ""), str(tree.get("weeks") or "")
        return str(int(each) * int(weeks)) if each.isdigit() and weeks.isdigit() else None

    return (
        Field(path=("date",), option="--date", label="Date of the order", required=True, refuse=not_later),
        Field(path=("referring",), option="--referring", label="Ordered by", required=True, folder="providers"),
        Field(path=("condition",), option="--condition", label="Condition", folder="conditions"),
        Field(path=("service",), option="--service", label="Service", who="doctor"),
        Field(path=("regions",), option="--region", label="Body regions", many=True, who="doctor"),
        Field(path=("minutes_per_visit",), option="--minutes-per-visit", label="Minutes a visit", who="doctor"),
        Field(path=("per_week",), option="--per-week", label="Visits a week", who="doctor"),
        Field(path=("weeks",), option="--weeks", label="Weeks", who="doctor"),
        Field(path=("visits",), option="--visits", label="Visits in all", who="doctor", usual=in_all),
        Field(path=("valid_until",), option="--valid-until", label="Valid until", who="doctor", refuse=not_before),
        Field(path=("goals",), option="--goal", label="Goals", many=True, who="doctor"),
        Field(path=("precautions",), option="--precaution", label="Precautions", many=True, who="doctor"),
        Field(path=("signed",), option="--signed", label="Signed", who="doctor"),
        Field(path=("signed_on",), option="--signed-on", label="Signed on", who="doctor", when=signed, refuse=not_yet),
        Field(path=("note",), option="--note", label="Anything else"),
    )
