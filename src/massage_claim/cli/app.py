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

from massage_claim.errors import Problem, UsageProblem
from massage_claim.journey import STEPS

COMMANDS: dict[str, str] = {
    "init": "Make a new case folder, or copy an example.",
    "guide": "Be led through all steps, question by question.",
    "status": "Where the case stands, and the one next command.",
    "check": "What would get the claim refused.",
    "verify-coverage": "Step 1: what the plan says, and what to ask it.",
    "add-condition": "Step 2: what hurts, since when, what was tried.",
    "add-prescription": "Step 2: the doctor's order.",
    "request-letter": "Step 2: the letter for your doctor to sign.",
    "add-provider": "Step 3: therapist, doctor or practice.",
    "check-licence": "Step 3: a look at the license register.",
    "add-session": "Step 4: one visit, and its payment.",
    "add-payment": "Step 4: a payment, for one visit or several.",
    "add-measure": "Step 4: how you are: a score, a number, a diary.",
    "import-sessions": "Step 4: visits from a CSV export.",
    "attach": "Step 4: take in a scan, photo or PDF.",
    "progress": "Step 4: whether it gets better, in numbers.",
    "build-packet": "Step 5: the checked claim packet as a PDF.",
    "submit": "Step 5: write down that you sent it.",
    "log-contact": "Step 6: a call or letter, and what was said.",
    "record-decision": "Step 6: what the insurer decided.",
    "import-eob": "Step 6: an EOB downloaded as FHIR (JSON).",
    "deadlines": "Step 6: every last day, soonest first.",
    "appeal": "Step 7: the appeal letter and its packet.",
    "expenses": "What care cost in a year: taxes, HSA, FSA.",
    "paper": "One paper alone, on the screen or as a PDF.",
    "templates": "The words of the papers, to change.",
    "explain": "A code or a word in plain words.",
    "edit": "Change a record.",
    "close": "Close the case, or open it again.",
    "schema": "The JSON Schema of --json, or of a record.",
}
"""Every command and its line in the list of commands. The command `add-x` is the function `add_x` of `cli/add_x.py`."""

_HELP = f"""Get therapeutic massage paid by US health insurance.

Keeps a case folder on this machine, checks it, and builds the papers. Sends nothing anywhere.

\b
The seven steps:
{chr(10).join(f"{step.number}. {step.title}: {step.question}" for step in STEPS)}

Begin with `massage-claim guide`; `massage-claim status` names the next command.

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
    found: Callable[..., int] = getattr(import_module(f"massage_claim.cli.commands.{word}"), word)
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
