"""Names the visits that were used of a package."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from massage_claim.actions.record.drafts import exists, known
from massage_claim.actions.record.payment_shares import balances, full_name
from massage_claim.actions.record.record_change import Change, open_record, set_fields
from massage_claim.actions.result import Result
from massage_claim.calc.money import care_of, price_of_visit, visits_left
from massage_claim.command_text import spell
from massage_claim.errors import NotReady, Problem, UsageProblem, Where
from massage_claim.models.payment import Payment
from massage_claim.store.folder import record_file
from massage_claim.store.read import read_record
from massage_claim.writing.formats import money, plural

NEXT = spell("status")


def use_package(project: Path | None, package: str, sessions: Sequence[str], *, dry_run: bool = False) -> Result:
    """Adds the visits to the payment's `for`, each with its part of the price. Raises UsageProblem, NotReady, CannotWrite."""
    name = package if "/" in package else f"{Payment.FOLDER}/{package}"
    opening = open_record(project, name)
    where = Where(record_file(opening.record_id))
    payment = cast(Payment, read_record(opening.place.folder, opening.record_id)[0])
    if not isinstance(payment, Payment) or payment.package is None:
        fix = "Name the payment of a package, or write down this one with --package VISITS."
        raise UsageProblem(Problem("--use: this payment is for no package.", fix, where))
    wanted = [full_name(session) for session in sessions]
    if not wanted:
        raise UsageProblem(Problem("--use: no visit is named.", "Add --session SESSION for each visit used."))
    absent = [session for session in wanted if not exists(opening.place, session)]
    if absent:
        there = known(opening.place, "sessions")[-8:]
        fix = f"Use one of these: {', '.join(there)}." if there else f"Add it first: {spell('add-session')}."
        raise UsageProblem(Problem("--session: there is no such visit.", fix))
    if len(set(wanted)) < len(wanted):
        raise UsageProblem(Problem("--session: one visit is named twice.", "Name each visit once."))
    paid = {share.session for share in payment.for_}
    again = [session for session in wanted if session in paid]
    if again:
        raise NotReady(Problem(f"{again[0]} is paid from this package already.", "Leave it out.", where))
    if len(wanted) > visits_left(payment):
        says = f"The package has {plural(visits_left(payment), 'visit')} left."
        raise NotReady(Problem(says, "Name no more than that, or write down the next package.", where))
    first, care = len(payment.for_), care_of(payment)
    changes: list[Change] = []
    for number, session in enumerate(wanted, first):
        amount = price_of_visit(care, payment.package.visits, number)
        changes += [(f"for.{number + 1}.session", session), (f"for.{number + 1}.amount", f"{amount:.2f}")]
    result = set_fields(opening, changes, ask_reason=False, dry_run=dry_run)
    after = payment if dry_run else cast(Payment, read_record(opening.place.folder, opening.record_id)[0])
    parts = [
        f"{session.rpartition('/')[2]} {money(price_of_visit(care, payment.package.visits, number))}"
        for number, session in enumerate(wanted, first)
    ]
    told = () if dry_run else tuple(balances(opening.place, after, after.record_id))
    return replace(result, says=(*result.says, f"Of the package: {', '.join(parts)}.", *told), next=NEXT)
