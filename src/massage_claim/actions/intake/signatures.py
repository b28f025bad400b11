"""What is asked of a paper that the doctor or therapist signed: that it is not our own draft, and what its reader looks for.

Of the project only out/ is read, to compare the paper with the drafts there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from massage_claim.calc import letter_contents
from massage_claim.calc.letter_contents import EVERYTHING, NOTHING, PAPERS, list_contents
from massage_claim.errors import AttachmentUnusable, Problem, UsageProblem
from massage_claim.facts.library import Facts
from massage_claim.facts.paper_contents import LetterContent
from massage_claim.packet.look.findings import Examined
from massage_claim.yamltext import Node

LETTERS = {"insurer": "letter_of_medical_necessity", "hsa": "letter_of_medical_necessity_hsa"}
"""Who reads a letter → the template of its draft."""

_SIGNED_KINDS = frozenset({"letter", "prescription"})
_MOST_DRAFTS = 2_000
"""Files of out/ that are compared; a folder with more is not ours."""


def refuse_draft(project: Path, tree: Mapping[str, Node], examined: Examined, name: str) -> None:
    """Raises AttachmentUnusable when the paper is our own draft: unsigned, whatever its description says."""
    if tree.get("kind") not in _SIGNED_KINDS and not tree.get("signed_by"):
        return
    if examined.open_places:
        says = f"{name} still has open places, marked [Dr.: …]. It is a draft that nobody has signed."
        fix = "Ask the doctor to fill every place and sign, then attach that paper. The doctor's own letter will do as well."
        raise AttachmentUnusable(Problem(says, fix))
    if any(draft == examined.sha256 for draft in _hash_drafts(project, examined.size_bytes)):
        says = f"{name} is the program's own paper, byte for byte. Nobody has signed it."
        raise AttachmentUnusable(Problem(says, "Print it, have it signed, scan it, and attach the scan."))


def _hash_drafts(project: Path, size: int) -> Iterator[str]:
    """The digests of generated papers of that size."""
    papers = (path for path in (project / "out").rglob("*.pdf") if path.is_file() and not path.is_symlink())
    for path in islice(papers, _MOST_DRAFTS):
        if path.stat().st_size == size:
            yield hashlib.sha256(path.read_bytes()).hexdigest()


def check_contents(facts: Facts, kind: Node, said: Sequence[str], option: str = "--contains") -> list[Node]:
    """The answers as they are kept: names of the checklist, all of them for `all`, or `none`. Raises UsageProblem."""
    if kind == letter_contents.KIND and [word.strip().lower() for word in said] == [letter_contents.WORD]:
        return [letter_contents.WORD]
    if kind not in PAPERS:
        says = f"{option}: only a doctor's order or letter has a checklist."
        raise UsageProblem(Problem(says, "Leave it out, or give --kind letter or --kind prescription."))
    names = [item.id for item in list_contents(facts, str(kind))]
    words = [word.strip().lower() for text in said for word in text.split(",") if word.strip()]
    strange = [word for word in words if word not in (*names, NOTHING, EVERYTHING)]
    if strange or (NOTHING in words and len(set(words)) > 1):
        says = f"{option}: {'a name is not on the checklist' if strange else 'none stands alone'}."
        raise UsageProblem(Problem(says, f"Write names of it: {', '.join(names)}; or all, or none."))
    if EVERYTHING in words:
        return list(names)
    return [name for name in (*names, NOTHING) if name in words]


def find_gaps(facts: Facts, kind: str, reader: str, said: Sequence[Node]) -> tuple[LetterContent, ...]:
    """What that reader looks for and the paper does not say."""
    return tuple(item for item in list_contents(facts, kind, reader) if item.id not in said)


def find_letter_remarks(facts: Facts, kind: str, reader: str, said: Sequence[Node]) -> Iterator[str]:
    """What the person is told after the comparison: what is lacking, and what a letter alone does not do."""
    if said:
        missing = find_gaps(facts, kind, reader, said)
        if not missing:
            yield "It says everything that its reader looks for."
        for item in missing:
            yield f"It does not say: {item.words}. {item.why}"
    if kind == "letter":
        yield from find_enclosures(facts, reader)


def find_enclosures(facts: Facts, reader: str) -> Iterator[str]:
    """What belongs beside a letter for that reader, never in it."""
    for note in facts.beside_letters:
        if note.reader == reader:
            yield note.words
