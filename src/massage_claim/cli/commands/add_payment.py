"""`massage-claim add-payment`: flags or prompts → one payment, for one visit or several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from massage_claim.cli.options import DryRun, Json, NoInput, Project, Quiet
from massage_claim.errors import Problem, UsageProblem

if TYPE_CHECKING:
    from massage_claim.cli.form import Form


def add_payment(
    date: Annotated[str | None, typer.Option(metavar="DATE", help="The day you paid, 2026-01-14.")] = None,
    amount: Annotated[str | None, typer.Option(metavar="AMOUNT", help="The total, tip included: 110.00.")] = None,
    for_: Annotated[
        list[str] | None,
        typer.Option("--for", metavar="SESSION=AMOUNT", help="A visit and what was paid for it. May repeat."),
    ] = None,
    session: Annotated[
        list[str] | None,
        typer.Option(metavar="SESSION", help="A visit it was for; its amount is worked out. May repeat."),
    ] = None,
    package: Annotated[
        str | None, typer.Option(metavar="VISITS", help="Paid in advance: a package or membership of so many visits.")
    ] = None,
    use: Annotated[
        str | None,
        typer.Option(metavar="PAYMENT", help="A package written down before: its visits used, by --session."),
    ] = None,
    method: Annotated[
        str | None, typer.Option(metavar="METHOD", help="How: card ending 4242, cash, check 1021.")
    ] = None,
    tip: Annotated[str | None, typer.Option(metavar="AMOUNT", help="The tip in it; never claimed.")] = None,
    other_item: Annotated[
        list[str] | None, typer.Option(metavar="WHAT=AMOUNT", help="Something that was not care. May repeat.")
    ] = None,
    from_: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="SOURCE", help="card, cash, check, hsa, fsa, hra, package, other; default: as --method."
        ),
    ] = None,
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
    dry_run: DryRun = False,
) -> int:
    """Write down a payment. One payment may cover several visits.

    Without --date or --amount it asks, question by question. With --session and no amount, the visits are paid oldest
    first. A package is spread over its visits to the cent; those not used yet are on no paper.
    """
    from massage_claim.actions.record.new_payment import add_payment as action
    from massage_claim.actions.record.package_use import use_package
    from massage_claim.cli import show, syntax
    from massage_claim.cli.form import options_of, tree_of
    from massage_claim.cli.recording import asker_for
    from massage_claim.models.payment import Payment

    if use is not None:
        others = [date, amount, method, tip, from_, package, *(for_ or ()), *(other_item or ())]
        if any(other is not None for other in others):
            says = "--use goes with --session only: the payment of the package is written down already."
            raise UsageProblem(Problem(says, "Leave the other options out."))
        return show.result(use_package(project, use, session or (), dry_run=dry_run), as_json=as_json, quiet=quiet)
    shares = syntax.pairs("--for", for_ or (), "session", "amount", "SESSION=AMOUNT")
    for one in session or ():
        shares.append({"session": one})
    given = tree_of(
        {
            ("date",): date,
            ("amount",): amount,
            ("method",): method,
            ("tip",): tip,
            ("other_items",): syntax.pairs("--other-item", other_item or (), "what", "amount", "WHAT=AMOUNT"),
            ("for",): shares,
            ("package", "visits"): package,
            ("from",): from_,
        }
    )
    asker = asker_for(project)
    form = _form(asker.today)
    tree = asker.fill(Payment, given, form, no_input=no_input)
    answer = action(project, tree, options=options_of(form), dry_run=dry_run)
    return show.result(asker.with_unknown(answer), as_json=as_json, quiet=quiet)


def _form(today: str) -> Form:
    from massage_claim.cli.form import Field, Rows
    from massage_claim.models.payment import OtherItem, Share

    return (
        Field(path=("date",), option="--date", label="Paid on", required=True, usual=lambda _: today),
        Field(path=("amount",), option="--amount", label="Amount", required=True),
        Field(path=("method",), option="--method", label="How"),
        Field(path=("tip",), option="--tip", label="Tip"),
        Rows(
            path=("other_items",),
            option="--other-item",
            label="item",
            block=OtherItem,
            fields=(
                Field(path=("what",), option="--other-item", label="Something that was not care"),
                Field(path=("amount",), option="--other-item", label="Its price", must=True),
            ),
        ),
        Field(
            path=("package", "visits"),
            option="--package",
            label="Package: how many visits",
            sentence="Only for visits paid in advance, a package or a membership; Enter for visits paid one by one.",
        ),
        Rows(
            path=("for",),
            option="--for",
            label="visit",
            block=Share,
            fields=(
                Field(path=("session",), option="--for", label="For the visit", folder="sessions"),
                Field(
                    path=("amount",),
                    option="--for",
                    label="Paid for it",
                    sentence="Without tip. Enter: what is open, or its part of the package.",
                ),
            ),
        ),
        Field(path=("from",), option="--from", label="Paid from", when=lambda tree: not tree.get("method")),
    )
