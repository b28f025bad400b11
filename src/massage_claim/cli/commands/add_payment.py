"""`massage-claim add-payment`: one payment, for one visit or several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from massage_claim.cli.fields import Entry, records
from massage_claim.cli.form import Node
from massage_claim.errors import Problem, UsageProblem
from massage_claim.models.payment import Payment

if TYPE_CHECKING:
    from massage_claim.actions.result import Result
    from massage_claim.cli.json_shapes import Changed, Recorded


Data: TypeAlias = "Recorded | Changed"
"""What `--json` holds under `data`; changed: of a package, whose visits were used."""


@records(
    Payment,
    package="Paid in advance: a package or membership of so many visits.",
    from_="What it was paid from; default: as --method.",
    for_="A visit and what was paid for it.",
)
def add_payment(
    entry: Entry,
    session: Annotated[
        list[str] | None,
        typer.Option(metavar="SESSION", help="A visit it was for; its amount is worked out. May repeat."),
    ] = None,
    use: Annotated[
        str | None,
        typer.Option(metavar="PAYMENT", help="A package written down before: its visits used, by --session."),
    ] = None,
) -> Result:
    """Write down a payment. One payment may cover several visits.

    Without --date or --amount it asks, question by question. With --session and no amount, the visits are paid oldest
    first. A package is spread over its visits to the cent; those not used yet are on no paper.
    """
    from massage_claim.actions.record.new_payment import add_payment as action
    from massage_claim.actions.record.package_use import use_package

    if use is not None:
        if entry.given:
            says = "--use goes with --session only: the payment of the package is written down already."
            raise UsageProblem(Problem(says, "Leave the other options out."))
        return use_package(entry.project, use, session or (), dry_run=entry.dry_run)
    if session:
        shares = entry.given.get("for")
        named: list[Node] = [{"session": one} for one in session]
        entry.given["for"] = [*(shares if isinstance(shares, list) else []), *named]
    return action(entry.project, entry.fill(), options=entry.options, dry_run=entry.dry_run)
