"""A superbill or receipt by its number: given out once, and printed again as it was.

However many programs run, the file name of a statement's record is the claim to its number. A reprint is the very bytes
that were kept; what went out inside a packet was not kept alone: it is drawn again from its snapshot, and says so.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from massage_claim.actions.packets.assembly import draw_paper
from massage_claim.actions.packets.one_claim import make_claim_scene
from massage_claim.actions.project import Opened
from massage_claim.actions.result import Result
from massage_claim.command_text import spell
from massage_claim.documents.build import make_paper
from massage_claim.documents.claims import view_claim
from massage_claim.documents.statements import view_of
from massage_claim.errors import Failure, NotReady, Problem, Unreadable, UsageProblem, Where
from massage_claim.models.claim import Claim, Statement
from massage_claim.store.read import file_bytes, read_record
from massage_claim.store.rollback import MOST_BYTES, Added
from massage_claim.store.swap import digest
from massage_claim.store.write import make_folder, replace_file
from massage_claim.writing.shelf import Library
from massage_claim.yamltext import Node, write

_VERSION = re.compile(r"(.+?)-v(\d+)")


def give_out(added: Added, stem: str, tree: dict[str, Node], kept: str | None = None) -> str:
    """Adds statements/STEM.yaml and returns its name. Raises NotReady when that number and version was given out meanwhile.

    `kept`: the PDF in sent/, which stays when the other program's statement names it too. What an interrupted run left
    there about the same claim does not count.
    """
    name = f"{stem}.yaml"
    if added.only("statements", name, write(tree).encode()):
        return f"statements/{name}"
    there = _read_statement(added, stem)
    if there is not None and there.claim is not None and there.claim == tree.get("claim"):
        return added.numbered("statements", stem, ".yaml", write(tree).encode())
    if there is not None and kept is not None and there.file == kept:
        added.leave(kept)
    says = "Another program gave this number out at this very moment; this paper was not handed out."
    raise NotReady(Problem(says, "Give the command again; it then takes the next number.", Where(f"statements/{name}")))


def give_out_printed(added: Added, file: str, stem: str, tree: dict[str, Node], pdf: bytes) -> tuple[str, str]:
    """Adds sent/FILE.pdf, then the statement that names it. Returns both names, the statement's first. Raises as `give_out`."""
    kept = added.numbered("sent", file, ".pdf", pdf)
    whole: dict[str, Node] = {**tree, "file": kept, "sha256": digest(pdf)}
    present: dict[str, Node] = {name: value for name, value in whole.items() if value not in (None, [], {})}
    return give_out(added, stem, present, kept), kept


def _read_statement(added: Added, stem: str) -> Statement | None:
    try:
        record, _ = read_record(added.project, f"statements/{stem}")
    except Failure:
        return None  # `check` names it
    return record if isinstance(record, Statement) else None


def read_kept_pdf(folder: Path, statement: Statement) -> bytes | None:
    """The PDF that was handed out; None when none was kept alone. Raises Unreadable when it is not that PDF any more."""
    if statement.file is None:
        return None
    again = "Take the file back from a backup, or hand out a new version with --reason."
    try:
        data = file_bytes(folder, statement.file, MOST_BYTES)
    except Failure as failure:
        raise Unreadable(tuple(replace(problem, fix=again) for problem in failure.problems)) from None
    if statement.sha256 is not None and digest(data) != statement.sha256:
        says = "This PDF is not the one that was handed out: its digest differs."
        raise Unreadable(Problem(says, again, Where(statement.file)))
    return data


def find_statement(opened: Opened, number: str, paper: str) -> Statement:
    """The statement of that number, `S-2026-01-14` (its newest version) or `S-2026-01-14-v1`. Raises UsageProblem."""
    bare = number.strip().removeprefix("statements/").removesuffix(".yaml")
    of_kind = [one for one in opened.case.statements if one.paper == paper]
    versions = [one for one in of_kind if one.number == bare]
    dated = _VERSION.fullmatch(bare)
    if not versions and dated:
        versions = [one for one in of_kind if one.number == dated[1] and one.version == int(dated[2])]
    if not versions:
        known = ", ".join(dict.fromkeys(one.number for one in of_kind))
        fix = f"Name one of: {known}." if known else f"Hand one out first: `{spell('paper', paper)}`."
        raise UsageProblem(Problem(f"--reprint: there is no {paper} of this number.", fix))
    return max(versions, key=lambda one: one.version)


def print_again(opened: Opened, library: Library, name: str, number: str, *, preview: bool, dry_run: bool) -> Result:
    """The paper as it was handed out, in out/papers/. Raises UsageProblem, Unreadable."""
    statement = find_statement(opened, number, name)
    sent = opened.case.find(Claim, statement.claim)
    issued = statement.issued or opened.today
    reference = sent.id if sent else statement.number.partition("-")[2]
    view = replace(view_claim(opened.case, reference, statement.lines, sent), parties=statement.parties)
    scene = replace(make_claim_scene(opened, view, issued), statement=view_of(statement, issued))
    paper = make_paper(library, name, scene, statement.record_id)
    kept = read_kept_pdf(opened.folder, statement)
    drawn = draw_paper(paper, alone=True)
    title = f"{paper.title} {statement.number}, version {statement.version}"
    how = "the very PDF that was handed out" if kept is not None else "drawn again from what was sent"
    file = f"{name}-{statement.stem}.pdf"
    if not preview and not dry_run:
        make_folder(opened.folder / "out")
        replace_file(opened.folder, "out/papers", file, drawn.pdf if kept is None else kept)
    return Result(
        says=(f"{title}: {how}.",),
        written=() if preview or dry_run else (f"out/papers/{file}",),
        notes=opened.notes,
        blocks=paper.blocks if preview else (),
        data={"papers": [{"name": name, "number": statement.number, "version": statement.version, "reprint": True}]},
    )
