"""`massage-claim edit`: changes a record field by field, by --set, or in your own editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias, TypedDict

import typer

from massage_claim.cli.options import DryRun, Json, NoInput, Project, Quiet
from massage_claim.errors import Failure, NotReady, Problem, UsageProblem

if TYPE_CHECKING:
    from massage_claim.actions.record.amendments import Reason
    from massage_claim.actions.record.record_change import Opening
    from massage_claim.cli.ask import Asker
    from massage_claim.cli.json_shapes import Changed, Nothing


class Several(TypedDict):
    """Several records that were changed together."""

    records: Annotated[list[Changed], "Each that was changed."]


Data: TypeAlias = "Changed | Several | Nothing"
"""What `--json` holds under `data`; nothing: with --dry-run, or when nothing was changed."""


def edit(
    record: Annotated[
        list[str], typer.Argument(help="The record: sessions/2026-01-14, patient, plan …; several with --set.")
    ],
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="FIELD=VALUE",
            help="note.s=…, services.1.units=3; goals=…, … (the whole list), goals+=… (one more); empty: no value. May repeat.",
        ),
    ] = None,
    editor: Annotated[bool, typer.Option("--editor", help="Open it in your editor ($VISUAL or $EDITOR).")] = False,
    reason: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="Why; needed once a paper with this record went out. Kept in amendments/."),
    ] = None,
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
    dry_run: DryRun = False,
) -> int:
    """Change a record. Comments and everything you do not change stay as they are.

    On a terminal it goes through the fields: Enter keeps a value. A change that does not fit is refused. Once a paper
    with the record went out, the change needs a reason, and what was sent can be corrected. Several records take the
    same --set together, or none of them does.
    """
    from massage_claim.actions.record import record_change as action
    from massage_claim.actions.record.changes_in_several import set_in_all
    from massage_claim.cli import ask, show
    from massage_claim.cli.set_option import changes_of

    if set_ and editor:
        raise UsageProblem(Problem("--set and --editor don't go together.", "Give one of the two."))
    opened = {found.file: found for name in record for found in [action.open_record(project, name)]}
    (opening, *more) = opened.values()
    if more and not set_:
        raise UsageProblem(Problem("Several records are changed with --set only.", "Add --set FIELD=VALUE."))
    if set_:
        why = _why if reason is None and ask.possible(no_input) else reason
        if more:
            several = [(one, changes_of(one, set_)) for one in opened.values()]
            return show.result(set_in_all(several, reason=why, dry_run=dry_run), as_json=as_json, quiet=quiet)
        changes = changes_of(opening, set_)
        answer = action.set_fields(opening, changes, reason=why, dry_run=dry_run)
        return show.result(answer, as_json=as_json, quiet=quiet)
    if not ask.possible(no_input):
        says = "Nobody can be asked here, and no --set says what to change."
        raise UsageProblem(Problem(says, "Add --set FIELD=VALUE, or give the command in a terminal."))
    if editor:
        return _in_editor(opening, reason or _why, as_json=as_json, quiet=quiet, dry_run=dry_run)
    answer = action.set_fields(opening, _field_by_field(opening), reason=reason or _why, dry_run=dry_run)
    return show.result(answer, as_json=as_json, quiet=quiet)


def _why(papers: tuple[str, ...]) -> str | None:
    """Why a record is changed that a paper went out with."""
    from massage_claim.cli.ask import Asker

    sentence = f"A paper with it went out: {', '.join(papers)}. Your reason is kept in amendments/."
    return Asker().one("Why is it changed", sentence, required=True, plain=True)


def _field_by_field(opening: Opening) -> list[tuple[str, str | None]]:
    """Every single value of the record, with what it says now; Enter keeps it, - empties it."""
    from massage_claim.cli import show
    from massage_claim.cli.ask import Asker, StopError

    show.plainly("Enter keeps a value, and so do ? and skip; - empties it; back, help; stop or Ctrl-C changes nothing.")
    asker = Asker(skip_keeps=True)
    try:
        return asker.part(lambda: _answers(opening, asker))
    except StopError:
        fix = "Give the command again when you are ready."
        raise NotReady(Problem("Stopped. Nothing was changed.", fix)) from None


def _answers(opening: Opening, asker: Asker) -> list[tuple[str, str | None]]:
    from massage_claim.actions.record.record_change import fields, refusal
    from massage_claim.actions.record.usual_writings import readings
    from massage_claim.models.field import at
    from massage_claim.models.word_list import chosen

    changes: list[tuple[str, str | None]] = []
    for name, now, sentence in fields(opening):
        field = at(opening.kind, name.split("."))
        words = field.words if field is not None else ()
        answer = asker.one(
            name,
            sentence,
            check=lambda text, name=name, words=words: refusal(  # type: ignore[misc]
                opening, [*changes, (name, chosen(words, text) or text)]
            ),
            usual=now,
            plain=True,
            choices=words,
            meant=lambda text, name=name: readings(  # type: ignore[misc]
                opening.kind, name.split("."), text, opening.place.today
            ),
        )
        if answer is None and now is not None:
            changes.append((name, None))
        elif answer is not None and answer != now:
            changes.append((name, answer))
    return changes


def _in_editor(opening: Opening, reason: Reason, *, as_json: bool, quiet: bool, dry_run: bool) -> int:
    """The editor on a private copy; what does not validate can be opened again, and is never put in place."""
    from massage_claim.actions.record import record_change as action
    from massage_claim.cli import show
    from massage_claim.cli.ask import Asker

    with action.private_copy(opening) as copy:
        while True:
            action.run_editor(copy)
            try:
                answer = action.accept(opening, copy, reason=reason, dry_run=dry_run)
            except Failure as failure:
                show.failure(failure.problems, failure.code)
                if Asker().gate("Open it again? (no: your changes are dropped)", usual=True):
                    continue
                raise
            return show.result(answer, as_json=as_json, quiet=quiet)
