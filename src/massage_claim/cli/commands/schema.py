"""`massage-claim schema`: the JSON Schema of what a command prints with `--json`, or of a record's file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, TypeAlias, TypedDict

import typer

from massage_claim.cli.options import Json, NoInput, Quiet
from massage_claim.errors import Problem, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from massage_claim.models.record import Record


class Schemas(TypedDict):
    """Without a name: what has a schema."""

    commands: Annotated[list[str], "The commands."]
    records: Annotated[list[str], "The kinds of record, for --record."]


class OneSchema(TypedDict):
    """One schema."""

    schema: Annotated[dict[str, object], "The JSON Schema."]


Data: TypeAlias = "Schemas | OneSchema"
"""What `--json` holds under `data`."""


def schema(
    command: Annotated[
        str | None, typer.Argument(metavar="[COMMAND]", help="The command; without one, a list of them.")
    ] = None,
    record: Annotated[
        str | None, typer.Option(metavar="KIND", help="Of a record's file instead: session, payment, plan …")
    ] = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
) -> int:
    """Print the JSON Schema of what a command prints with --json, or of a record's file.

    It is all that stands on standard output, so it can be kept as a file. An
    editor that knows the schema of a record completes its fields.
    """
    from massage_claim.actions.result import Result
    from massage_claim.cli import show
    from massage_claim.command_text import COMMANDS, spell

    if command is not None and record is not None:
        raise UsageProblem(Problem("A command and --record are two schemas.", "Give one of the two."))
    if command is None and record is None:
        kinds = _kinds()
        notes = (f"Of a record's file: {spell('schema', record='KIND')}. Kinds: {', '.join(kinds)}.",)
        listed = {"commands": list(COMMANDS), "records": list(kinds)}
        return show.result(Result(says=tuple(COMMANDS), notes=notes, data=listed), as_json=as_json, quiet=quiet)
    found = _of_command(command) if command is not None else _of_record(str(record))
    if as_json:
        return show.result(Result(data={"schema": found}), as_json=True)
    return show.as_it_stands(json.dumps(found, ensure_ascii=False, indent=2) + "\n")


def _of_command(name: str) -> Mapping[str, object]:
    from massage_claim.cli.json_schema import command_schema
    from massage_claim.command_text import COMMANDS

    if name not in COMMANDS:
        raise UsageProblem(_unknown("There is no command of that name.", name, COMMANDS))
    return command_schema(name)


def _of_record(name: str) -> Mapping[str, object]:
    from massage_claim.cli.json_schema import DRAFT
    from massage_claim.models.file_schema import record_schema

    kinds = _kinds()
    kind = kinds.get(name) or next((one for one in kinds.values() if one.FOLDER == name.rstrip("/") != ""), None)
    if kind is None:
        raise UsageProblem(_unknown("--record: there is no kind of that name.", name, kinds))
    return {"$schema": DRAFT, **record_schema(kind)}


def _kinds() -> dict[str, type[Record]]:
    """Every kind of record by its name: session, licence-check."""
    from massage_claim.store.folder import RECORD_FOLDERS, SINGLE_FILES

    def spelled(kind: type[Record]) -> str:
        return "".join(f"-{one.lower()}" if one.isupper() else one for one in kind.__name__).strip("-")

    return {**SINGLE_FILES, **{spelled(kind): kind for kind in RECORD_FOLDERS.values()}}


def _unknown(says: str, name: str, known: Iterable[str]) -> Problem:
    import difflib

    from massage_claim.command_text import spell

    near = difflib.get_close_matches(name, list(known), n=1)
    return Problem(says, f"Did you mean {near[0]}?" if near else f"Look at the list: {spell('schema')}.")
