"""`massage-claim submit`: says that a packet was sent; freezes the claim and keeps the very PDF."""

from __future__ import annotations

from typing import Annotated

import typer

from massage_claim.cli.options import DryRun, Json, NoInput, Project, Quiet

METHODS = ("mail", "certified-mail", "fax", "portal", "email", "hand", "other")


def submit(
    claim: Annotated[str | None, typer.Option(metavar="ID", help="The claim that was sent.")] = None,
    appeal: Annotated[str | None, typer.Option(metavar="ID", help="The appeal that was sent.")] = None,
    date: Annotated[str | None, typer.Option(metavar="DATE", help="The day you sent it.")] = None,
    method: Annotated[
        str | None, typer.Option(metavar="METHOD", help="mail, certified-mail, fax, portal, email, hand or other.")
    ] = None,
    to: Annotated[str | None, typer.Option(metavar="WHERE", help="Address, fax number or portal it went to.")] = None,
    confirmation: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="The portal's or fax's confirmation.")
    ] = None,
    tracking: Annotated[str | None, typer.Option(metavar="NUMBER", help="The mail piece's tracking number.")] = None,
    proof: Annotated[str | None, typer.Option(metavar="ATTACHMENT", help="The attachment that proves it.")] = None,
    signed_on_paper: Annotated[
        bool, typer.Option("--signed-on-paper", help="The print was signed in ink before it was sent.")
    ] = False,
    past_limit: Annotated[
        bool, typer.Option("--past-limit", help="Record it although its filing limit had passed.")
    ] = False,
    changed: Annotated[
        bool, typer.Option("--changed", help="Record it although the file or the records were changed since.")
    ] = False,
    portal: Annotated[
        bool, typer.Option("--portal", help="Show what to copy into the plan's portal; with --date record it.")
    ] = False,
    without_packet: Annotated[
        bool, typer.Option("--without-packet", help="It was sent without this program: take the visits written down.")
    ] = False,
    first_visit: Annotated[
        str | None, typer.Option(metavar="DATE", help="With --without-packet: the first visit it held.")
    ] = None,
    last_visit: Annotated[
        str | None, typer.Option(metavar="DATE", help="With --without-packet: the last visit it held.")
    ] = None,
    checklist: Annotated[
        bool, typer.Option("--checklist", help="Show what to see to before it goes out; record nothing.")
    ] = False,
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
    dry_run: DryRun = False,
) -> int:
    """Write down that you sent a packet. This program sends nothing itself.

    Without --date or --method it shows what to see to first, then asks. A claim that was sent without this program,
    by you or by the therapist, is recorded with --without-packet; then record the plan's answer, and appeal it.
    """
    from dataclasses import replace

    from massage_claim.actions.send.submission import before_sending
    from massage_claim.actions.send.submission import submit as action
    from massage_claim.cli import ask, show
    from massage_claim.cli.days import day
    from massage_claim.cli.form import Field, tree_of
    from massage_claim.cli.recording import asker_for
    from massage_claim.errors import Problem, UsageProblem
    from massage_claim.models.claim import Submission

    form = (
        Field(path=("date",), option="--date", label="Sent on", required=True),
        Field(
            path=("method",), option="--method", label="How", required=True, sentence=f"One of: {', '.join(METHODS)}."
        ),
        Field(path=("to",), option="--to", label="To"),
        Field(path=("confirmation",), option="--confirmation", label="Confirmation"),
        Field(path=("tracking",), option="--tracking", label="Tracking number"),
        Field(path=("proof",), option="--proof", label="Proof", folder="attachments"),
    )
    given = tree_of(
        {
            ("date",): date,
            ("method",): method,
            ("to",): to,
            ("confirmation",): confirmation,
            ("tracking",): tracking,
            ("proof",): proof,
        }
    )
    if portal and method is None:
        given["method"] = "portal"
    asked = ask.possible(no_input) and not (date and given.get("method"))
    if without_packet and checklist:
        raise UsageProblem(Problem("--checklist is for a packet that was built here.", "Leave one of the two out."))
    if not without_packet and (checklist or asked or (portal and date is None)):
        shown = before_sending(project, claim=claim, appeal=appeal, portal=portal)
        if checklist or not asked:
            return show.result(shown, as_json=as_json, quiet=quiet)
        if not as_json:
            show.result(replace(shown, next=None), quiet=quiet)
    asker = asker_for(project)
    tree = asker.fill(Submission, given, form, no_input=no_input)
    if tree is not given and not signed_on_paper and not without_packet:
        signed_on_paper = asker.yes("Was the print signed in ink where a signature line is?")
    text = {key: str(value) for key, value in tree.items() if value is not None}
    answer = action(
        project,
        claim=claim,
        appeal=appeal,
        on=day("--date", text.get("date")),
        method=text.get("method", ""),
        to=text.get("to"),
        confirmation=text.get("confirmation"),
        tracking=text.get("tracking"),
        proof=text.get("proof"),
        signed_on_paper=signed_on_paper,
        past_limit=past_limit,
        changed=changed,
        portal=portal,
        without_packet=without_packet,
        first_visit=day("--first-visit", first_visit),
        last_visit=day("--last-visit", last_visit),
        dry_run=dry_run,
    )
    return show.result(asker.with_unknown(answer), as_json=as_json, quiet=quiet)
