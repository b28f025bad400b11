"""What was sent, how, and whether it is still what was built. Takes the packet in out/, gives its bytes and manifest.

Shared by `submit` for claims and for appeals. Reads out/, adds to sent/; changes nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from massage_claim import yamltext
from massage_claim.errors import NotReady, Problem, Unreadable, Where
from massage_claim.packet.manifest import verify
from massage_claim.store.read import file_bytes
from massage_claim.store.write import add_numbered

MAX_PDF_BYTES = 500_000_000


@dataclass(frozen=True, slots=True)
class InOut:
    """A packet as it lies in out/, with its manifest as texts."""

    folder: str
    pdf_name: str
    pdf: bytes
    manifest: dict[str, yamltext.Node]
    manifest_sha256: str

    @property
    def built_on(self) -> date:
        return date.fromisoformat(str(self.manifest.get("built_on")))

    @property
    def draft(self) -> bool:
        return self.manifest.get("draft") == "yes"


def packet_in_out(project: Path, reference: str, command: str) -> InOut:
    """The packet that was built last. Raises NotReady when there is none, or when it is not what its manifest says."""
    folder = f"out/{reference}"
    name = f"{folder}/manifest.yaml"
    again = f"Build it again with `{command}`."
    if not (project / name).is_file():
        raise NotReady(Problem("There is no packet to submit yet.", again, Where(folder)))
    text = file_bytes(project, name)
    tree = yamltext.read(yamltext.decode(text, name), name).value
    pdfs = sorted(path.name for path in (project / folder).glob("*.pdf"))
    if not isinstance(tree, dict) or len(pdfs) != 1:
        raise Unreadable(Problem("The packet's folder is not as it was built.", again, Where(folder)))
    pdf = file_bytes(project, f"{folder}/{pdfs[0]}", MAX_PDF_BYTES)
    if not verify(pdf, tree):
        says = "The PDF is not the one that was built: its digest does not match the manifest."
        fix = f"{again} To send a signed scan, attach it first: `massage-claim attach FILE --kind superbill`."
        raise NotReady(Problem(says, fix, Where(f"{folder}/{pdfs[0]}")))
    try:
        date.fromisoformat(str(tree.get("built_on")))
    except ValueError:
        raise Unreadable(Problem("The packet's manifest is not as it was written.", again, Where(name))) from None
    return InOut(folder, pdfs[0], pdf, tree, hashlib.sha256(text).hexdigest())


def keep(project: Path, folder: str, stem: str, ending: str, data: bytes) -> str:
    """Adds the file, and gives folder/name; one that an interrupted run left there with the same content is used."""
    if (project / folder / f"{stem}{ending}").is_file() and file_bytes(
        project, f"{folder}/{stem}{ending}", MAX_PDF_BYTES
    ) == data:
        return f"{folder}/{stem}{ending}"
    return f"{add_numbered(project, folder, stem, ending, data)}{ending}"


def changed_since(packet: InOut, again: bytes, command: str) -> None:
    """Raises NotReady when the records would now make another packet than the one in out/."""
    if packet.pdf != again:
        says = "The records, attachments or templates were changed after this packet was built."
        raise NotReady(Problem(says, f"Build it again with `{command}`, and look at it.", Where(packet.folder)))
