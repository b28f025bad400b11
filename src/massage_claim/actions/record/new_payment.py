"""Writes down a payment, which may cover several visits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from massage_claim.actions.project import open_place
from massage_claim.actions.record import drafts
from massage_claim.actions.record.payment_shares import balances, with_shares
from massage_claim.actions.result import Result
from massage_claim.calc.money import find_unassigned
from massage_claim.command_text import spell
from massage_claim.models.field import words_of
from massage_claim.models.payment import Payment
from massage_claim.writing.formats import money, plural
from massage_claim.yamltext import Node


def add_payment(
    project: Path | None, tree: Mapping[str, Node], *, options: drafts.Options, dry_run: bool = False
) -> Result:
    """Adds payments/DATE.yaml. A visit in `for` without an amount gets its own: see `payment_shares`.

    Raises UsageProblem, CannotWrite.
    """
    place = open_place(project)
    whole = with_shares(place, payment_tree(tree))
    drafted, result = drafts.record(place, Payment, whole, options=options, dry_run=dry_run)
    payment = drafted.record
    rest = find_unassigned(payment)
    visits = f" for {plural(len(payment.for_), 'visit')}" if payment.for_ else ""
    package = f", for a package of {plural(payment.package.visits, 'visit')}" if payment.package else ""
    record_id = str(result.data.get("record") or "")
    says = (*result.says, f"{money(payment.amount)} paid{visits}{package}, tip {_tip(payment)}.")
    says += tuple(balances(place, payment, record_id))
    notes = result.notes
    if rest > 0:
        notes += (f"{money(rest)} of it is for nothing named yet; name the visit with --for SESSION=AMOUNT.",)
    if payment.from_ in ("hsa", "fsa", "hra"):
        notes += (f"Paid from the {payment.from_.upper()}: if the plan repays it, give it back there.",)
    following = f"{spell('attach', 'FILE', kind='receipt')}   (a proof of the payment)"
    return replace(result, says=says, notes=notes, next=following)


def payment_tree(tree: Mapping[str, Node]) -> dict[str, Node]:
    """The tree with `from` read out of `method` when it is not said: `card ending 4242` is `card`."""
    method = tree.get("method")
    word = str(method).split(maxsplit=1)[0].strip(",;:").lower() if isinstance(method, str) and method.strip() else ""
    if tree.get("from") is None and word in words_of(Payment, "from"):
        return {**tree, "from": word}
    return dict(tree)


def _tip(payment: Payment) -> str:
    return money(payment.tip) if payment.tip else "none"
