"""Writes down a payment, which may cover several visits. Takes a tree of texts, gives what was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import get_args

from massage_claim.actions import recording
from massage_claim.actions.opening import open_place
from massage_claim.actions.result import Result
from massage_claim.models.payment import PaidFrom, Payment
from massage_claim.yamltext import Node


def add_payment(
    project: Path | None, tree: Mapping[str, Node], *, options: recording.Options, dry_run: bool = False
) -> Result:
    """Adds payments/DATE.yaml. Raises UsageProblem, CannotWrite."""
    place = open_place(project)
    drafted, result = recording.record(place, Payment, payment_tree(tree), options=options, dry_run=dry_run)
    payment = drafted.record
    shared = sum((share.amount for share in payment.for_), Decimal("0.00"))
    rest = payment.amount - shared - (payment.tip or 0) - sum((item.amount for item in payment.other_items), Decimal(0))
    visits = f" for {len(payment.for_)} visit{'' if len(payment.for_) == 1 else 's'}" if payment.for_ else ""
    says = (*result.says, f"${payment.amount:,.2f} paid{visits}, tip {_tip(payment)}.")
    notes = result.notes
    if rest > 0:
        notes += (f"${rest:,.2f} of it is for nothing named yet; name the visit with --for SESSION=AMOUNT.",)
    following = "massage-claim attach FILE --kind receipt   (a proof of the payment)"
    return replace(result, says=says, notes=notes, next=following)


def payment_tree(tree: Mapping[str, Node]) -> dict[str, Node]:
    """The tree with `from` read out of `method` when it is not said: `card ending 4242` is `card`."""
    method = tree.get("method")
    word = str(method).split(maxsplit=1)[0].strip(",;:").lower() if isinstance(method, str) and method.strip() else ""
    if tree.get("from") is None and word in get_args(PaidFrom):
        return {**tree, "from": word}
    return dict(tree)


def _tip(payment: Payment) -> str:
    return f"${payment.tip:,.2f}" if payment.tip else "none"
