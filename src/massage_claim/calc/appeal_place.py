"""Where one round of appeal goes. Takes the case, the round and its record, gives a department, an address and a fax.

The plan's own appeals address holds only for the rounds that the plan decides or takes in; a judge's, a state's or an
outside reviewer's stands in the last letter, and is known here only when the person wrote it into the round's record.
"""

from __future__ import annotations

from massage_claim.calc.rounds import round_of
from massage_claim.facts.library import Facts
from massage_claim.frozen import dataclass
from massage_claim.models.appeal import Appeal
from massage_claim.models.case import Case


@dataclass(frozen=True, slots=True)
class Place:
    """`elsewhere`: somebody other than the plan takes this round in."""

    department: str | None = None
    address: tuple[str, ...] = ()
    fax: str | None = None
    elsewhere: bool = False


def appeal_place(case: Case, facts: Facts, level: str, record: Appeal | None) -> Place:
    """Where the round goes; empty where that is not known."""
    found = round_of(case, facts, level)
    elsewhere = found is not None and found.elsewhere
    own = record.send_to if record else None
    if own is not None:
        return Place(own.department, own.address.lines if own.address else (), own.fax, elsewhere)
    if elsewhere:
        return Place(elsewhere=True)
    rules = case.plan.rules
    place = rules.appeals_address
    return Place(
        place.department if place else None,
        place.address.lines if place and place.address else (),
        rules.appeals_fax.value if rules.appeals_fax else None,
    )
