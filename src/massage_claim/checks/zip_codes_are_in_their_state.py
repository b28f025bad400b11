"""Statement: the ZIP code of each address can be one of its state's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.checks import Finding, Severity
from massage_claim.facts.library import Facts
from massage_claim.models.case import Case
from massage_claim.models.people import Address
from massage_claim.models.record import Block, Record

STEP = "keep-records"
SEVERITY = Severity.RISKY
WHY = "Domestic Mail Manual, labeling list L002 (US Postal Service): the first three digits of a state's ZIP codes"


def check(case: Case, facts: Facts, today: date) -> Iterator[Finding]:
    for record in (case.patient, case.plan, *case.providers, *case.appeals):
        for path, address in _addresses(record, ()):
            known = facts.zip_codes.get(address.state or "")
            if known is not None and address.zip is not None and not known.can_begin(address.zip):
                yield Finding(
                    says=f"The ZIP code {address.zip} is not one of {address.state}.",
                    fix="Compare state and ZIP code with a letter that arrived, and check with your plan what it has on file.",
                    where=case.where(record, *path, "zip"),
                )


def _addresses(group: Record | Block, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Address]]:
    for name, value in group:
        if isinstance(value, Address):
            yield (*path, name), value
        elif isinstance(value, Block):
            yield from _addresses(value, (*path, name))
