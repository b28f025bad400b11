"""`build-packet`: proposes claims from what is not claimed yet, and builds each one's packet in out/. Takes plain
arguments, gives a result. Writes only out/; nothing reads that folder except `submit`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from massage_claim.actions.packets import packet_words
from massage_claim.actions.packets.copies import Copy, Wanted, copies
from massage_claim.actions.packets.one_claim import Built, Progress, build_claim, manifest_text
from massage_claim.actions.packets.proposal import Asked, blocks_all, frozen_claim, proposed
from massage_claim.actions.project import open_case
from massage_claim.actions.result import Result
from massage_claim.checks import find
from massage_claim.documents.library import paper_library
from massage_claim.errors import NotReady, Problem
from massage_claim.store.write import make_folder, remove_others, replace_file

__all__ = ["build_packet", "manifest_text"]


def build_packet(
    project: Path | None,
    *,
    claim: str | None = None,
    from_: date | None = None,
    to: date | None = None,
    corrects: str | None = None,
    draft: bool = False,
    preview: bool = False,
    dry_run: bool = False,
    wanted: Wanted | None = None,
    progress: Progress | None = None,
) -> Result:
    """Builds the packet of each claim that could be sent now, or rebuilds `claim`; with `preview` writes nothing.

    `wanted`: for the fax, in parts, or encrypted as well.

    Its result has the code NOT_READY when findings stop every claim (not with `draft`). Raises NotReady when a paper
    lacks what it must say, UsageProblem for an unknown claim, AttachmentUnusable, Unreadable, CannotWrite.
    """
    asked = Asked(claim, corrects, from_, to)
    opened = open_case(project)
    findings = find(opened.case, opened.facts, opened.today)
    if not draft and frozen_claim(opened.case, asked) is None:
        blocking = tuple(finding for finding in findings if blocks_all(finding))
        if blocking:
            return packet_words.refused(opened, blocking)
    chosen = proposed(opened, asked, findings, draft=draft)
    if not chosen.claims:
        return packet_words.nothing(opened, asked, chosen)
    library = paper_library(opened.folder)
    built: list[Built] = []
    problems: list[Problem] = []
    for view in chosen.claims:
        try:
            built.append(build_claim(opened, library, view, draft=draft, progress=progress))
        except NotReady as refusal:
            problems += refusal.problems
    if problems:
        raise NotReady(dict.fromkeys(problems))
    beside: dict[str, tuple[Copy, ...]] = {}
    for one in built if not preview else ():
        beside[one.claim.reference] = copies(opened, library, one, wanted or Wanted(), progress)
    written: list[str] = []
    for one in built if not preview else ():
        written += _write(opened.folder, one, beside[one.claim.reference], dry_run=dry_run)
    result = packet_words.built(opened, built, chosen, findings, written=tuple(written), preview=preview)
    return packet_words.with_copies(result, beside)


def _write(folder: Path, built: Built, beside: Sequence[Copy], *, dry_run: bool) -> list[str]:
    out = f"out/{built.claim.reference}"
    tree = built.manifest | ({"copies": [one.listed() for one in beside]} if beside else {})
    names = {one.name: one.data for one in beside}
    names = {built.pdf_name: built.packet.merged.pdf, **names, "manifest.yaml": manifest_text(tree).encode()}
    if not dry_run:
        make_folder(folder / "out")
        for name, data in names.items():
            replace_file(folder, out, name, data)
        remove_others(folder, out, frozenset(names))
    return [f"{out}/{name}" for name in names]
