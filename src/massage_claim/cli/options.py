"""The options that all commands share, declared once; and how a command's answer is to be shown. No heavy imports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

Project: TypeAlias = Annotated[
    Path | None,
    typer.Option("-C", "--project", metavar="FOLDER", help="Case folder; default: this one or the nearest above."),
]
Json: TypeAlias = Annotated[bool, typer.Option("--json", help="Answer as JSON on standard output.")]
NoInput: TypeAlias = Annotated[bool, typer.Option("--no-input", help="Never ask; say which option is missing.")]
Quiet: TypeAlias = Annotated[bool, typer.Option("--quiet", help="Print only the names of written files.")]
DryRun: TypeAlias = Annotated[bool, typer.Option("--dry-run", help="Say what would be written; write nothing.")]
Open: TypeAlias = Annotated[bool, typer.Option("--open", help="Open the PDF that was made.")]
