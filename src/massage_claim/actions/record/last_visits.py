"""What the last visits had, for defaults.

Reads those few files by name, never the whole case; one that is damaged gives no default.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from massage_claim.actions.project import Place, open_place
from massage_claim.actions.record import drafts
from massage_claim.errors import Failure
from massage_claim.frozen import dataclass
from massage_claim.models.prescription import Prescription
from massage_claim.models.providers import Provider
from massage_claim.models.record import Record
from massage_claim.models.session import Session
from massage_claim.store.read import last_stems, read_record

_LOOK_BACK = 5


@dataclass(frozen=True)
class Usual:
    """What the last visits had, newest first, and the only therapist and order of a case without visits yet."""

    sessions: tuple[Session, ...]
    only_rendering: str | None
    only_prescription: str | None
    orders: Mapping[str, Prescription]
    by_practice: bool

    def place(self) -> str | None:
        return next((session.place for session in self._treatments() if session.place), None)

    def rendering(self) -> str | None:
        return next((s.rendering for s in self._treatments() if s.rendering), self.only_rendering)

    def prescription(self, day: str | None) -> str | None:
        """The order of the last visit, unless it does not cover `day`."""
        name = next((s.prescription for s in self._treatments() if s.prescription), self.only_prescription)
        return name if name and self.covers(name, day) else None

    def covers(self, name: str, day: str | None) -> bool:
        """False when the order ended before `day` or was written after it."""
        order = self.orders.get(name)
        if order is None or not day:
            return True
        until = order.valid_until
        return order.date.isoformat() <= day and (until is None or day <= until.isoformat())

    def price(self, code: str | None) -> str | None:
        """What the last visit with this code alone cost."""
        for session in self._treatments():
            if len(session.services) == 1 and session.services[0].code == (code or "").upper():
                charge = session.services[0].charge
                return str(charge) if charge is not None else None
        return None

    def times(self, minutes: int | None) -> tuple[str, str] | None:
        """When the last visit with times began and ended, if that many hands-on minutes fit between."""
        for session in self._treatments():
            if session.start and session.end:
                long = (session.end.hour - session.start.hour) * 60 + session.end.minute - session.start.minute
                clocks = session.start.isoformat("minutes"), session.end.isoformat("minutes")
                return clocks if minutes is None or minutes <= long else None
        return None

    def _treatments(self) -> Iterator[Session]:
        return (session for session in self.sessions if session.purpose == "treatment")


def usual(project: Path | None) -> Usual:
    """The defaults that prompts may show. Raises Unreadable."""
    return usual_at(open_place(project))


def usual_at(place: Place) -> Usual:
    """The same for a case that is open already."""
    names = [f"sessions/{stem}" for stem in last_stems(place.folder, "sessions", _LOOK_BACK)]
    sessions = tuple(_read(place, reversed(names), Session))
    rendering = prescription = None
    if not any(session.rendering for session in sessions):
        found = [p.record_id for p in _read(place, drafts.known(place, "providers"), Provider) if _treats(p)]
        rendering = found[0] if len(found) == 1 else None
    if not any(session.prescription for session in sessions):
        there = drafts.known(place, "prescriptions")
        prescription = there[0] if len(there) == 1 else None
    named = {session.prescription for session in sessions if session.prescription} | {prescription} - {None}
    orders = {order.record_id: order for order in _read(place, sorted(n for n in named if n), Prescription)}
    return Usual(sessions, rendering, prescription, orders, place.settings.prepared_by == "practice")


def _treats(provider: Provider) -> bool:
    return "rendering" in provider.roles


def _read(place: Place, names: object, kind: type[drafts.RecordT]) -> Iterator[drafts.RecordT]:
    """The records of those names that can be read; a damaged one only gives no default: `check` names it."""
    for name in names:  # type: ignore[attr-defined]
        folders = [place.folder]
        if kind is Provider and place.settings.practice:
            folders.append(place.folder / place.settings.practice)
        for folder in folders:
            if not (folder / f"{name}.yaml").is_file():
                continue
            try:
                record: Record = read_record(folder, name)[0]
            except Failure:
                break
            if isinstance(record, kind):
                yield record
            break
