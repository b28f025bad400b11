"""A number of a superbill or receipt is given out once, however many programs run: its record's file name is the claim to it.

Takes the record of a statement, adds it to statements/; touches nothing else.
"""

from __future__ import annotations

from massage_claim.errors import Failure, NotReady, Problem, Where
from massage_claim.models.claim import Statement
from massage_claim.store.exchange import digest
from massage_claim.store.read import read_record
from massage_claim.store.undo import Added
from massage_claim.yamltext import Node, write


def give_out(added: Added, stem: str, tree: dict[str, Node], kept: str | None = None) -> str:
    """Adds statements/STEM.yaml; gives its name. Raises NotReady when that number and version was given out meanwhile.

    `kept`: the PDF in sent/, which stays when the other program's statement names it too. What an interrupted run left
    there about the same claim does not count.
    """
    name = f"{stem}.yaml"
    if added.only("statements", name, write(tree).encode()):
        return f"statements/{name}"
    there = _there(added, stem)
    if there is not None and there.claim is not None and there.claim == tree.get("claim"):
        return added.numbered("statements", stem, ".yaml", write(tree).encode())
    if there is not None and kept is not None and there.file == kept:
        added.leave(kept)
    says = "Another program gave this number out at this very moment; this paper was not handed out."
    raise NotReady(Problem(says, "Give the command again; it then takes the next number.", Where(f"statements/{name}")))


def give_out_printed(added: Added, file: str, stem: str, tree: dict[str, Node], pdf: bytes) -> tuple[str, str]:
    """Adds sent/FILE.pdf, then the statement that names it; gives both names, the statement's first. Raises as `give_out`."""
    kept = added.numbered("sent", file, ".pdf", pdf)
    whole: dict[str, Node] = {**tree, "file": kept, "sha256": digest(pdf)}
    present: dict[str, Node] = {name: value for name, value in whole.items() if value not in (None, [], {})}
    return give_out(added, stem, present, kept), kept


def _there(added: Added, stem: str) -> Statement | None:
    try:
        record, _ = read_record(added.project, f"statements/{stem}")
    except Failure:
        return None  # `check` names it
    return record if isinstance(record, Statement) else None
