"""What a person is told about a file they attach: damage, passwords, signatures, private numbers, what acts by itself.

Takes what was found when it was examined, gives sentences. Reads nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from massage_claim.frozen import dataclass
from massage_claim.packet.examined import Examined
from massage_claim.writing.formats import listed

SIGNATURE_LOST = "its digital signature was lost with the password; ask its signer for a file without one"
_ACTING = {
    "javascript": "scripts",
    "launch": "a command that starts a program",
    "submit form": "a button that sends the form",
    "import data": "a command that reads another file",
    "open another file": "links to other files",
    "media": "sound or film",
    "embedded files": "other files inside it",
    "acts when opened": "commands that run when it is opened",
}
"""What a PDF does by itself (`Examined.active`), in words."""
_PRIVATE = {"ssn": "a Social Security number", "card": "a payment card's number"}


@dataclass(frozen=True)
class Paper:
    """A file that was examined: its bytes as they will be stored."""

    data: bytes
    examined: Examined
    was_locked: bool


def remarks_on(paper: Paper) -> Iterator[str]:
    """One sentence for each thing to know; none repeats what the file says."""
    for note in paper.examined.notes:
        if not (paper.examined.looks_dark and "dark" in note):  # said below, with what to do
            yield f"{note[:1].upper()}{note[1:]}."
    if paper.was_locked:
        yield "It was protected with a password. The copy in attachments/ is stored without it; your own file is unchanged."
    for kind, page in paper.examined.private_numbers:
        what = _PRIVATE.get(kind, "a private number")
        yield f"Page {page} seems to show {what}. Cover it on the paper, scan it again and attach that one instead."
    if paper.examined.looks_dark:
        yield "It looks dark and may be unreadable after a fax. Scan it again in better light."
    if paper.examined.signed:
        yield "It carries a digital signature. A packet holds its pages unstamped, and the file itself lies beside it."
    acting = [_ACTING[word] for word in paper.examined.active if word in _ACTING]
    if acting:
        kept = (
            " Save the files inside it and attach those you need." if "embedded files" in paper.examined.active else ""
        )
        yield f"It holds {listed(dict.fromkeys(acting))}; none of that goes into a packet.{kept}"
