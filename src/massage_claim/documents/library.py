"""The papers there are: the person's own templates first, then the shipped ones. Takes a project folder, gives the library."""

from __future__ import annotations

from pathlib import Path

from massage_claim.documents.conditions import CONDITIONS
from massage_claim.documents.spec import vocabulary
from massage_claim.shipped import shipped
from massage_claim.writing.templates import Library


def paper_library(project: Path | None) -> Library:
    """Templates of `<project>/templates/`, then the shipped folder; never of the current directory."""
    own = [project / "templates"] if project and (project / "templates").is_dir() else []
    return Library([*own, shipped("templates")], vocabulary(frozenset(CONDITIONS)))
