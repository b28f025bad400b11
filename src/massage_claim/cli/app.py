"""Registers the commands, nothing else.

Only the command that was asked for is imported and built; for all others the list of commands needs one line each.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Annotated, Any

import typer
import typer.core

from massage_claim.command_text import COMMANDS, spell
from massage_claim.errors import Problem, UsageProblem
from massage_claim.journey import STEPS

_HELP = f"""Get therapeutic massage paid by US health insurance.

Keeps a case folder on this machine, checks it, and builds the papers. Sends nothing anywhere.

\b
The seven steps:
{chr(10).join(f"{step.number}. {step.title}: {step.question}" for step in STEPS)}

Begin with `{spell("guide")}`; `{spell("status")}` names the next command.

Not legal, medical or tax advice.
"""


def program(arguments: Sequence[str]) -> Callable[..., Any]:
    """What runs `arguments`: called with them, it gives the command's answer."""
    completes = _COMPLETION in os.environ  # a shell asks what could come next
    app = typer.Typer(
        help=_HELP,
        add_completion=completes or not arguments or arguments[0].startswith("-"),
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    wanted = next((argument for argument in arguments if not argument.startswith("-")), None)
    alone = (
        not completes and wanted in COMMANDS and arguments[0] == wanted
    )  # else the list of commands may be asked for
    for name in [wanted] if wanted is not None and alone else COMMANDS:
        real = completes or name == wanted
        app.command(name, short_help=COMMANDS[name], cls=_Once)(command(name) if real else _listed_only)
    app.callback(invoke_without_command=True)(_bare)
    return typer.main.get_command(app).main


_COMPLETION = "_MASSAGE_CLAIM_COMPLETE"
"""What a shell sets when it asks the program to complete a line."""


class _Once(typer.core.TyperCommand):
    """A command that refuses an option given twice, where it can be given once only: the last one would win in silence."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        _, _, order = self.make_parser(ctx).parse_args(args=list(args))
        for param in order:
            if order.count(param) > 1 and not param.multiple and not getattr(param, "is_flag", True):
                says = f"{max(param.opts, key=len)} was given twice, and can be given once."
                raise UsageProblem(Problem(says, "Keep one of the two, or give the command once for each."))
        return super().parse_args(ctx, args)


def command(name: str) -> Callable[..., int]:
    """The function of a command."""
    word = name.replace("-", "_")
    module = import_module(f"massage_claim.cli.commands.{word}")
    found: Callable[..., int] = getattr(module, f"{word}_" if hasattr(module, f"{word}_") else word)
    return found


def _listed_only() -> int:
    """Stands for a command that this run does not ask for."""
    raise AssertionError


def _bare(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
