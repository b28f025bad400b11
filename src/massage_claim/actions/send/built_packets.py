"""Which packets in out/ wait to be sent, by the names of their folders.

`status` and `check` ask this at every start, so it stands apart from `packet_in_out`, which loads what reads a packet.
"""

from __future__ import annotations

from massage_claim.actions.project import Opened

APPEAL_FOLDER = "appeal-"
"""How an appeal's folder in out/ begins; a claim's begins with its date."""


def find_waiting_claims(opened: Opened) -> tuple[str, ...]:
    """The claims whose packet was built and that are not submitted yet, in order."""
    sent = {claim.id for claim in opened.case.claims if claim.submission}
    built = sorted(path.parent.name for path in (opened.folder / "out").glob("*/manifest.yaml"))
    return tuple(name for name in built if name not in sent and not name.startswith(APPEAL_FOLDER))


def find_waiting_rounds(opened: Opened) -> tuple[str, ...]:
    """The appeals whose packet was built and that are not submitted yet, by their record names."""
    built = {path.parent.name for path in (opened.folder / "out").glob("*/manifest.yaml")}
    return tuple(
        one.record_id
        for one in opened.case.appeals
        if one.submission is None and f"{APPEAL_FOLDER}{one.stem}-level-{one.level}" in built
    )
