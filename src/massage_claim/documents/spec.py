"""What a paper is: the closed words of its front matter, and the paper once it is made. Touches nothing."""

from __future__ import annotations

from massage_claim.frozen import dataclass
from massage_claim.journey import STEPS
from massage_claim.writing.blocks import Block
from massage_claim.writing.front_matter import Vocabulary

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
