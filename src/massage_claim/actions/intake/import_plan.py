"""What an import adds to the case: visits, payments and the columns they were read from, all or none. Takes the visits
of a file, adds files; when one can't be added, those of this run are taken back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from massage_claim.actions.intake.columns import Looked
from massage_claim.actions.intake.rows import Visit
from massage_claim.actions.project import Place
from massage_claim.actions.record import drafts
from massage_claim.actions.record.new_payment import payment_tree
from massage_claim.errors import CannotWrite, Problem
from massage_claim.models.imported import Import
from massage_claim.models.payment import Payment
from massage_claim.models.session import Session
from massage_claim.store.read import records_of
from massage_claim.store.undo import take_back
from massage_claim.writing.formats import plural
from massage_claim.yamltext import Node


@dataclass
class ImportPlan:
    """What is to be written. `there`: the first line of a visit → the record that it already has."""

    place: Place
    looked: Looked
    visits: Sequence[Visit]
    there: Mapping[int, str]

    def __post_init__(self) -> None:
        paid = _paid_shares(self.place) if self.there else frozenset()
        self.new = [visit for visit in self.visits if visit.lines[0] not in self.there]
        self.drafts = {visit.lines[0]: self._draft(visit) for visit in self.new}
        self.payments = [v for v in self.visits if v.payment and self.there.get(v.lines[0]) not in paid]
        for visit in self.payments:
            self._payment(visit, self.there.get(visit.lines[0], f"sessions/{visit.day}"))

    def _draft(self, visit: Visit) -> drafts.Draft[Session]:
        return drafts.draft(self.place, Session, visit.session, options={})

    def _payment(self, visit: Visit, session: str) -> drafts.Draft[Payment]:
        share = Decimal(str(visit.payment["amount"])) - Decimal(str(visit.payment.get("tip") or "0.00"))
        shares: list[Node] = [{"session": session, "amount": f"{share:.2f}"}]
        tree = payment_tree({**visit.payment, "for": shares if share else None})
        return drafts.draft(self.place, Payment, tree, options={}, coming=(session,))

    def write(self) -> tuple[str, ...]:
        """Every file of the plan, or none: what was added is taken back when one can't be."""
        done: list[tuple[str, bytes]] = []
        ids = dict(self.there)
        try:
            for visit in self.new:
                ids[visit.lines[0]] = self._add(self.drafts[visit.lines[0]], done)
            for visit in self.payments:
                self._add(self._payment(visit, ids[visit.lines[0]]), done)
            self._add(self._columns(), done)
        except KeyboardInterrupt:
            for name, data in reversed(done):
                take_back(self.place.folder, name, data)
            raise
        except CannotWrite as failure:
            stay = [name for name, data in reversed(done) if not take_back(self.place.folder, name, data)]
            fix = "Mend the cause, then import the file again."
            if stay:
                says = f"{plural(len(stay), 'file')} of this import could not be taken back."
                raise CannotWrite((*failure.problems, Problem(says, f"{fix} Add --skip-existing."))) from None
            raise CannotWrite((*failure.problems, Problem("Nothing of the import was kept.", fix))) from None
        return tuple(name for name, _ in done)

    def _add(self, drafted: drafts.Draft[drafts.RecordT], done: list[tuple[str, bytes]]) -> str:
        result = drafts.write(self.place, drafted, dry_run=False)
        done.append((result.written[0], drafted.text.encode()))
        return str(result.data["record"])

    def _columns(self) -> drafts.Draft[Import]:
        listed: list[Node] = [{"field": name, "column": heading} for name, heading in self.looked.columns.items()]
        tree: dict[str, Node] = {
            "date": self.place.today.isoformat(),
            "columns": listed,
            "sha256": self.looked.sha256,
            "visits": str(len(self.new)),
        }
        return drafts.draft(self.place, Import, tree, options={})

    def data(self) -> dict[str, object]:
        return {
            "visits": len(self.new),
            "payments": len(self.payments),
            "already_there": sorted(self.there.values()),
            "columns": dict(self.looked.columns),
        }


def _paid_shares(place: Place) -> frozenset[str]:
    """The sessions that a payment names."""
    return frozenset(share.session for payment in records_of(place.folder, Payment) for share in payment.for_)
