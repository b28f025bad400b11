"""A packet as it lies in out/: whether it is still what was built, and whether it can be what was sent.

Shared by `submit` for claims and for appeals. Copies for the fax and in parts are kept in sent/; nothing is changed.
"""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from massage_claim import yamltext
from massage_claim.command_text import spell
from massage_claim.errors import NotReady, Problem, Unreadable, UsageProblem, Where
from massage_claim.frozen import dataclass
from massage_claim.models.case import Case
from massage_claim.packet.manifest import verify
from massage_claim.store.read import file_bytes
from massage_claim.store.rollback import MOST_BYTES, Added


@dataclass(frozen=True, slots=True)
class InOut:
    """A packet as it lies in out/, with its manifest as texts."""

    folder: str
    pdf_name: str
    pdf: bytes
    manifest: dict[str, yamltext.Node]
    manifest_sha256: str
    altered: bool = False
    """The PDF is not the one that the manifest was written for, and the person said that it was sent so."""

    @property
    def built_on(self) -> date:
        return date.fromisoformat(str(self.manifest.get("built_on")))

    @property
    def draft(self) -> bool:
        return self.manifest.get("draft") == "yes"


def read_packet(project: Path, reference: str, command: str, *, changed: bool = False) -> InOut:
    """The packet that was built last. Raises NotReady when there is none, or when it is not what its manifest says.

    With `changed` a PDF that is another one now is taken as it lies there: the person says that it was sent so.
    """
    folder = f"out/{reference}"
    name = f"{folder}/manifest.yaml"
    again = f"Build it again with `{command}`."
    if not (project / name).is_file():
        raise NotReady(Problem("There is no packet to submit yet.", again, Where(folder)))
    text = file_bytes(project, name)
    tree = yamltext.read(yamltext.decode(text, name), name).value
    beside = _list_copies(tree)
    pdfs = sorted(path.name for path in (project / folder).glob("*.pdf") if path.name not in beside)
    if not isinstance(tree, dict) or len(pdfs) != 1:
        raise Unreadable(Problem("The packet's folder is not as it was built.", again, Where(folder)))
    pdf = file_bytes(project, f"{folder}/{pdfs[0]}", MOST_BYTES)
    altered = not verify(pdf, tree)
    if altered and not (changed and pdf.startswith(b"%PDF-")):
        says = "The PDF is not the one that was built: its digest does not match the manifest."
        fix = f"{again} To send a signed scan, attach it first: `{spell('attach', 'FILE', kind='superbill')}`."
        fix += "" if changed else " If you sent this very file, say so with --changed."
        raise NotReady(Problem(says, fix, Where(f"{folder}/{pdfs[0]}")))
    try:
        date.fromisoformat(str(tree.get("built_on")))
    except ValueError:
        raise Unreadable(Problem("The packet's manifest is not as it was written.", again, Where(name))) from None
    return InOut(folder, pdfs[0], pdf, tree, hashlib.sha256(text).hexdigest(), altered)


def keep_copies(project: Path, packet: InOut, added: Added) -> list[str]:
    """Adds to sent/ what was made of the packet for the fax or in parts, as it lies in out/. Returns the folder/name of each."""
    kept = []
    for name, form in _list_copies(packet.manifest).items():
        if form in ("fax", "part") and "/" not in name and (project / packet.folder / name).is_file():
            data = file_bytes(project, f"{packet.folder}/{name}", MOST_BYTES)
            kept.append(added.numbered("sent", name.removesuffix(".pdf"), ".pdf", data))
    return kept


def _list_copies(tree: yamltext.Node) -> dict[str, str]:
    """The files that lie beside the packet, by name: for the fax, in parts, encrypted, signed."""
    listed = tree.get("copies") if isinstance(tree, dict) else None
    found = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return {str(one["file"]): str(one.get("form")) for one in found if "file" in one}


def find_change(packet: InOut, again: bytes, command: str, *, allowed: bool = False) -> bool:
    """Whether the records would now make another packet than the one in out/. Raises NotReady then, unless `allowed`."""
    if packet.pdf == again:
        return False
    if not allowed:
        says = "The records, attachments or templates were changed after this packet was built."
        fix = f"Build it again with `{command}`, and look at it. If you sent the old one, say so with --changed."
        raise NotReady(Problem(says, fix, Where(packet.folder)))
    return True


def find_early_day(packet: InOut, day: date, *, allowed: bool = False) -> bool:
    """Whether the packet in out/ was made after that day, so it can't be what went out. Raises NotReady then, unless `allowed`."""
    if day >= packet.built_on:
        return False
    if not allowed:
        says = f"The packet in out/ was built on {packet.built_on.isoformat()}, after the day given with --date."
        fix = "Give the day you sent it. If you built it again after sending the same papers, add --changed."
        raise NotReady(Problem(says, fix, Where(packet.folder)))
    return True


def find_proof(case: Case, name: str | None) -> str | None:
    """The record of the attachment that proves the sending, by its own or its file's name. Raises UsageProblem."""
    if name is None:
        return None
    bare = name.strip().removeprefix("attachments/")
    for one in case.attachments:
        if bare in (one.stem, one.file, f"{one.stem}.yaml"):
            return one.record_id
    fix = f"Attach it first: `{spell('attach', 'FILE', kind='proof-of-sending')}`, then name it."
    raise UsageProblem(Problem("--proof names no attachment of this case.", fix))
