"""The papers there are, and what one is: the library of templates, the closed words of their front matter, a finished paper.

The person's own templates come first, then the shipped ones; never those of the current directory.
"""

from __future__ import annotations

from pathlib import Path

from massage_claim.documents.conditions import CONDITIONS
from massage_claim.frozen import dataclass
from massage_claim.journey import STEPS
from massage_claim.shipped import shipped
from massage_claim.writing.blocks import Block
from massage_claim.writing.front_matter import Vocabulary
from massage_claim.writing.shelf import Library

PER = frozenset(
    {"case", "claim", "appeal", "condition", "prescription", "session", "sending", "request", "decision", "office"}
)
SIGNERS = frozenset({"patient", "rendering", "prescriber", "none"})
PACKETS = frozenset({"claim", "appeal"})


def vocabulary(when: frozenset[str]) -> Vocabulary:
    """The words that front matter may use; `when` are the names of the conditions."""
    return Vocabulary(frozenset(step.slug for step in STEPS), PER, when, SIGNERS, PACKETS)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that is ready to be drawn. `name` is its template's, `about` the record it is for.

    `draft` are the words of the draft mark, or None. `blanks` are the places that only its signer can fill.
    `running` stands at the head of every page: the paper's title, and whose it is.
    """

    name: str
    title: str
    about: str
    signer: str
    packets: tuple[str, ...]
    blocks: tuple[Block, ...]
    running: tuple[str, str]
    draft: str | None = None
    blanks: tuple[str, ...] = ()


def paper_library(project: Path | None) -> Library:
    """Templates of `<project>/templates/`, then the shipped folder; never of the current directory."""
    own = [project / "templates"] if project and (project / "templates").is_dir() else []
    return Library([*own, shipped("templates")], vocabulary(frozenset(CONDITIONS)))
