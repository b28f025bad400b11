"""What the recording commands share on the screen's side: who asks, and about which records. Takes the project folder."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from massage_claim.cli.ask import Asker


def asker_for(project: Path | None) -> Asker:
    """An asker that knows the names of the case's records, and which day is today. Raises Unreadable."""
    from massage_claim.actions.project import open_place
    from massage_claim.actions.record import drafts

    place = open_place(project)
    return Asker(known=cache(lambda folder: drafts.known(place, folder)), today=place.today.isoformat())
