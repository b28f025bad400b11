"""`massage-claim add-condition`: flags or prompts → one condition that is treated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from massage_claim.cli.options import DryRun, Json, NoInput, Project, Quiet

if TYPE_CHECKING:
    from massage_claim.cli.form import Form, Node, Tree


def add_condition(
    name: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The condition in plain words: low back pain.")
    ] = None,
    diagnosis: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help='The prescriber\'s code: "M54.50; words=…; by=PROVIDER". May repeat.'),
    ] = None,
    onset: Annotated[str | None, typer.Option(metavar="DATE", help="The day it began, as near as you know.")] = None,
    onset_by: Annotated[
        str | None, typer.Option(metavar="WHO", help="Who said when it began, if not --said-by.")
    ] = None,
    cause: Annotated[str | None, typer.Option(metavar="TEXT", help="How it began.")] = None,
    cause_by: Annotated[
        str | None, typer.Option(metavar="WHO", help="Who said how it began, if not --said-by.")
    ] = None,
    history: Annotated[str | None, typer.Option(metavar="TEXT", help="What happened since.")] = None,
    history_by: Annotated[
        str | None, typer.Option(metavar="WHO", help="Who said what happened since, if not --said-by.")
    ] = None,
    tried: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHAT",
            help='Tried before: "physical therapy; from=2025-03; to=…; result=…; said_by=…". May repeat.',
        ),
    ] = None,
    limit: Annotated[
        list[str] | None,
        typer.Option(metavar="ACTIVITY", help='What you cannot do: "sitting; now=20 minutes; before=…". May repeat.'),
    ] = None,
    goal: Annotated[
        list[str] | None,
        typer.Option(metavar="MEASURE", help='A goal: "sitting time; target=60 minutes; by=2026-06-30". May repeat.'),
    ] = None,
    said_by: Annotated[
        str | None,
        typer.Option(metavar="WHO", help="Who said all that names nobody: patient, a provider or an attachment."),
    ] = None,
    declined: Annotated[
        str | None, typer.Option(metavar="DATE", help="Only if a doctor would not order massage: the day.")
    ] = None,
    declined_by: Annotated[str | None, typer.Option(metavar="PROVIDER", help="Which doctor that was.")] = None,
    declined_reason: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Why, and what the doctor advises instead.")
    ] = None,
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
    dry_run: DryRun = False,
) -> int:
    """Write down what hurts, since when, what was tried, and what it stops you from doing.

    Without --name it asks, question by question.
    """
    from massage_claim.actions.record.new_condition import add_condition as action
    from massage_claim.cli import show, syntax
    from massage_claim.cli.form import options_of, tree_of
    from massage_claim.cli.recording import asker_for
    from massage_claim.models.condition import Condition

    given = tree_of(
        {
            ("name",): name,
            ("diagnoses",): syntax.groups("--diagnosis", diagnosis or (), "code", ("words", "by")),
            ("onset",): onset,
            ("onset_said_by",): onset_by,
            ("cause", "text"): cause,
            ("cause", "said_by"): cause_by,
            ("history", "text"): history,
            ("history", "said_by"): history_by,
            ("treatments_tried",): syntax.groups("--tried", tried or (), "what", ("from", "to", "result", "said_by")),
            ("limits",): syntax.groups("--limit", limit or (), "activity", ("now", "before", "said_by")),
            ("declined", "on"): declined,
            ("declined", "by"): declined_by,
            ("declined", "reason"): declined_reason,
            ("goals",): syntax.groups("--goal", goal or (), "measure", ("target", "by", "said_by")),
        }
    )
    asker = asker_for(project)
    form = _form(said_by or "patient", asker.today)
    tree = asker.fill(Condition, given, form, no_input=no_input)
    options = {**options_of(form), **_DECLINED, "cause": "--cause", "history": "--history", "said_by": "--said-by"}
    answer = action(project, _told(tree, said_by), options=options, dry_run=dry_run)
    return show.result(asker.with_unknown(answer), as_json=as_json, quiet=quiet)


_DECLINED = {"declined.on": "--declined", "declined.by": "--declined-by", "declined.reason": "--declined-reason"}
_TOLD = ("cause", "history", "treatments_tried", "limits", "goals")


def _told(tree: dict[str, Node], said_by: str | None) -> dict[str, Node]:
    """The tree with the speaker put to every statement that names none."""
    if said_by is None:
        return tree

    def with_speaker(node: Node) -> Node:
        if isinstance(node, list):
            return [with_speaker(item) for item in node]
        return {**node, "said_by": node.get("said_by") or said_by} if isinstance(node, dict) else node

    told = {key: with_speaker(value) if key in _TOLD else value for key, value in tree.items()}
    return {**told, "onset_said_by": told.get("onset_said_by") or said_by} if "onset" in told else told


def _form(speaker: str, today: str) -> Form:
    """`speaker`: who is taken to have said the first thing; after that, who said the one before."""
    from massage_claim.cli.form import Field, Rows, get
    from massage_claim.models.condition import Diagnosis, Goal, Limit, Treatment

    def last(tree: Tree) -> str:
        said: list[object] = [tree.get("onset_said_by")]
        for key in _TOLD:
            value = tree.get(key)
            said += [
                item.get("said_by")
                for item in (value if isinstance(value, list) else [value])
                if isinstance(item, dict)
            ]
        return next((str(who) for who in reversed(said) if who), speaker)

    def who(path: tuple[str, ...], option: str, about: tuple[str, ...] = ()) -> Field:
        asked = (lambda tree: get(tree, about) is not None) if about else None
        return Field(path=path, option=option, label="Said by", usual=last, when=asked)

    def not_later(tree: Tree, answer: str) -> tuple[str, str] | None:
        return ("That day is still to come.", "Write the day it began.") if answer > today else None

    return (
        Field(path=("name",), option="--name", label="Condition", required=True),
        Rows(
            path=("diagnoses",),
            option="--diagnosis",
            label="diagnosis",
            block=Diagnosis,
            fields=(
                Field(path=("code",), option="--diagnosis", label="Diagnosis code", who="doctor"),
                Field(path=("words",), option="--diagnosis", label="The diagnosis in words", who="doctor"),
                Field(path=("by",), option="--diagnosis", label="Diagnosed by", folder="providers", who="doctor"),
            ),
        ),
        Field(path=("onset",), option="--onset", label="Began on", refuse=not_later),
        who(("onset_said_by",), "--onset-by", ("onset",)),
        Field(path=("cause", "text"), option="--cause", label="Cause", sentence="How it began."),
        who(("cause", "said_by"), "--cause-by", ("cause", "text")),
        Field(path=("history", "text"), option="--history", label="History", sentence="What happened since."),
        who(("history", "said_by"), "--history-by", ("history", "text")),
        *(
            Rows(
                path=(place,),
                option=option,
                label=label,
                block=block,
                fields=(
                    *(Field(path=(name,), option=option, label=asked) for name, asked in names.items()),
                    who(("said_by",), option),
                ),
            )
            for place, option, label, block, names in (
                ("treatments_tried", "--tried", "treatment", Treatment, _TRIED),
                ("limits", "--limit", "limit", Limit, _LIMIT),
                ("goals", "--goal", "goal", Goal, _GOAL),
            )
        ),
    )


_TRIED = {"what": "Tried before", "from": "From", "to": "To", "result": "Result"}
_LIMIT = {"activity": "Activity that is limited", "now": "Possible now", "before": "Possible before"}
_GOAL = {"measure": "Goal: what is measured", "target": "Target", "by": "By when"}
