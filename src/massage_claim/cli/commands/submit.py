"""`massage-claim submit`: says that a packet was sent; freezes the claim and keeps the very PDF."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal, NotRequired, TypeAlias, TypedDict

import typer

from massage_claim.cli import show
from massage_claim.cli.day_option import day
from massage_claim.cli.fields import Entry, records
from massage_claim.cli.form import Tree
from massage_claim.errors import Problem, UsageProblem
from massage_claim.models.claim import Submission

if TYPE_CHECKING:
    from massage_claim.actions.result import Result
    from massage_claim.cli.json_shapes import Day, RecordName


class SentClaim(TypedDict):
    """A claim that was sent."""

    claim: Annotated[str, "The claim's own reference."]
    lines: Annotated[int, "How many service lines are in it."]
    sent: Annotated[Day, "The day it was sent."]
    without_packet: NotRequired[Annotated[Literal[True], "It was sent without this program."]]
    sessions: NotRequired[Annotated[list[RecordName], "With --without-packet: its visits."]]


class SentAppeal(TypedDict):
    """An appeal that was sent."""

    appeal: Annotated[RecordName, "The appeal."]
    sent: Annotated[Day, "The day it was sent."]
    without_packet: NotRequired[Annotated[Literal[True], "It was a letter of one's own."]]


class SignHere(TypedDict):
    """Where somebody signs."""

    page: Annotated[int, "The page."]
    paper: Annotated[str, "The paper it belongs to."]
    who: Annotated[str, "Who signs."]
    label: Annotated[str, "What stands there."]


class SendingRule(TypedDict):
    """A rule of the plan about sending."""

    name: Annotated[str, "Its name in plan.yaml."]
    words: Annotated[str, "The rule in words."]
    said: Annotated[str, "Who said so and when; empty where nobody wrote it down."]


class Checklist(TypedDict):
    """What to see to before it goes out."""

    file: Annotated[str, "The packet."]
    pages: Annotated[int, "How many pages it has."]
    size_mb: Annotated[str, "Its size in megabytes."]
    signatures: Annotated[list[SignHere], "Where to sign."]
    rules: Annotated[list[SendingRule], "The plan's own rules about sending."]
    ways: Annotated[list[str], "Where it can go."]
    last_day: Annotated[Day | None, "The day by which it must arrive or be sent."]


class ToSee(TypedDict):
    """With --checklist: what to see to first."""

    checklist: Annotated[Checklist, "The list."]


Data: TypeAlias = "SentClaim | SentAppeal | ToSee"
"""What `--json` holds under `data`."""


@records(Submission, to="Address, fax number or portal it went to.")
def submit(
    entry: Entry,
    claim: Annotated[str | None, typer.Option(metavar="ID", help="The claim that was sent.")] = None,
    appeal: Annotated[str | None, typer.Option(metavar="ID", help="The appeal that was sent.")] = None,
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
) -> Result:
    """Write down that you sent a packet. This program sends nothing itself.

    Without --date or --method it shows what to see to first, then asks. A claim that was sent without this program,
    by you or by the therapist, is recorded with --without-packet; then record the plan's answer, and appeal it.
    """
    from massage_claim.actions.send.submission import before_sending
    from massage_claim.actions.send.submission import submit as action

    given = entry.given
    if portal and not given.get("method"):
        given["method"] = "portal"
    asked = not entry.silent and not (given.get("date") and given.get("method"))
    if without_packet and checklist:
        raise UsageProblem(Problem("--checklist is for a packet that was built here.", "Leave one of the two out."))
    if not without_packet and (checklist or asked or (portal and not given.get("date"))):
        shown = before_sending(entry.project, claim=claim, appeal=appeal, portal=portal)
        if checklist or not asked:
            return shown
        if not entry.as_json:
            show.result(replace(shown, next=None), quiet=entry.quiet)
    signed = signed_on_paper

    def in_ink(tree: Tree) -> Tree:
        nonlocal signed
        if not signed_on_paper and not without_packet:
            signed = entry.asker.gate("Was the print signed in ink where a signature line is?")
        return tree

    text = {key: str(value) for key, value in entry.fill(then=in_ink).items() if value is not None}
    return action(
        entry.project,
        claim=claim,
        appeal=appeal,
        on=day("--date", text.get("date")),
        method=text.get("method", ""),
        to=text.get("to"),
        confirmation=text.get("confirmation"),
        tracking=text.get("tracking"),
        proof=text.get("proof"),
        signed_on_paper=signed,
        past_limit=past_limit,
        changed=changed,
        portal=portal,
        without_packet=without_packet,
        first_visit=day("--first-visit", first_visit),
        last_visit=day("--last-visit", last_visit),
        dry_run=entry.dry_run,
    )
