"""Holds what commands print with `--json` against their schemas; each schema is made once."""

from __future__ import annotations

from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from massage_claim.cli.app import COMMANDS
from massage_claim.cli.json_schema import command_schema
from massage_claim.models.file_schema import record_schema
from massage_claim.store.folder import kind_of


@cache
def schema_of(command: str) -> Draft202012Validator:
    """The schema of a command's answer; of what is no command, the one of a failure is enough."""
    name = command if command in COMMANDS else "schema"
    return Draft202012Validator(command_schema(name), format_checker=Draft202012Validator.FORMAT_CHECKER)


@cache
def schema_of_records(kind: Any) -> Draft202012Validator:
    return Draft202012Validator(record_schema(kind))


def conforming(arguments: tuple[str, ...], answer: Any) -> Any:
    """The answer of a command line, once it is what the command's schema says."""
    command = arguments[0] if arguments else ""
    wrong = [f"{error.json_path}: {error.message}" for error in _leaves(schema_of(command).iter_errors(answer))]
    assert not wrong, f"{command} --json: {'; '.join(wrong)[:2000]}"
    would = answer.get("data", {}).get("would_write")
    if isinstance(would, dict):
        record_conforms(would["record"], would["content"])
    return answer


def record_conforms(record: str, content: Any) -> None:
    """A record's file is what the schema of its kind says."""
    kind = kind_of(record)
    assert kind is not None, record
    wrong = [f"{error.json_path}: {error.message}" for error in _leaves(schema_of_records(kind).iter_errors(content))]
    assert not wrong, f"{record}: {'; '.join(wrong)[:2000]}"


def _leaves(errors: Any) -> Any:
    """The errors themselves, instead of only that none of several shapes fits."""
    for error in errors:
        yield from _leaves(error.context) if error.context else (error,)
