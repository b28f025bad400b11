"""`massage-claim build-packet`: the case → a checked claim packet in out/."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NotRequired, TypedDict

import typer

from massage_claim.cli.options import DryRun, Json, NoInput, Open, Project, Quiet

if TYPE_CHECKING:
    from massage_claim.cli.json_shapes import Copy, Dollars


class Content(TypedDict):
    """One paper of the packet."""

    title: Annotated[str, "Its title."]
    first: Annotated[int, "Its first page, from 1."]
    last: Annotated[int, "Its last page."]


class Signature(TypedDict):
    """Where somebody signs."""

    page: Annotated[int, "The page."]
    label: Annotated[str, "What stands there."]
    who: Annotated[str, "Who signs."]


class LeftOut(TypedDict):
    """Something that did not go in."""

    what: Annotated[str, "What it is."]
    why: Annotated[str, "Why it was left out."]


class Packet(TypedDict):
    """One claim and its packet."""

    claim: Annotated[str, "The claim's own reference."]
    corrects: Annotated[str | None, "The claim it corrects."]
    pages: Annotated[int, "How many pages it has."]
    visits: Annotated[int, "How many visits are in it."]
    charged: Annotated[Dollars, "What they cost."]
    paid: Annotated[Dollars, "What the patient paid."]
    draft: Annotated[bool, "Whether DRAFT stands on each page."]
    contents: Annotated[list[Content], "Its papers, in order."]
    signatures: Annotated[list[Signature], "Where to sign."]
    left_out: Annotated[list[LeftOut], "What did not go in."]


class Data(TypedDict):
    """The packets that were built; with --dry-run or --preview those that would be."""

    claims: Annotated[list[Packet], "Each of them; none when something must be fixed first."]
    copies: NotRequired[Annotated[dict[str, list[Copy]], "By the claim's reference: the further files."]]


def build_packet(
    claim: Annotated[str | None, typer.Option(metavar="ID", help="Rebuild this claim.")] = None,
    from_: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First date of service.")] = None,
    to: Annotated[str | None, typer.Option(metavar="DATE", help="Last date of service.")] = None,
    corrects: Annotated[str | None, typer.Option(metavar="ID", help="Build the correction of this claim.")] = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="Build it although something must be fixed; DRAFT on each page.")
    ] = False,
    preview: Annotated[bool, typer.Option("--preview", help="Show the papers here; write nothing.")] = False,
    fax: Annotated[bool, typer.Option("--fax", help="Also in black and white, as a fax machine sends it.")] = False,
    max_mb: Annotated[
        int | None, typer.Option("--max-mb", metavar="MB", help="Also in parts of at most so many megabytes.")
    ] = None,
    max_pages: Annotated[
        int | None, typer.Option("--max-pages", metavar="PAGES", help="Also in parts of at most so many pages.")
    ] = None,
    encrypt: Annotated[
        bool, typer.Option("--encrypt", help="Also as a file that opens with a password; it is asked for twice.")
    ] = False,
    password: Annotated[
        str | None, typer.Option(metavar="-", help="With --encrypt: - reads the password from standard input.")
    ] = None,
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
    dry_run: DryRun = False,
    open_: Open = False,
) -> int:
    """Build the claim packet: the papers and your attachments as one PDF, checked, in out/.

    It proposes claims from the visits not claimed yet, and refuses while something must be fixed.
    """
    from massage_claim.actions.packets.claim_packets import build_packet as action
    from massage_claim.actions.packets.copies import Limit, Wanted
    from massage_claim.cli import show
    from massage_claim.cli.bar import Bar
    from massage_claim.cli.day_option import day
    from massage_claim.cli.passwords import new_password

    limit = Limit(max_pages, max_mb)
    Wanted(fax, limit, "not asked for yet" if encrypt else None)  # refuses what can't go together before it asks
    wanted = Wanted(fax, limit, new_password(encrypt, password, no_input=no_input))
    bar = Bar()
    answer = action(
        project,
        claim=claim,
        from_=day("--from", from_),
        to=day("--to", to),
        corrects=corrects,
        draft=draft,
        preview=preview,
        dry_run=dry_run,
        wanted=wanted,
        progress=None if as_json or quiet else bar,
    )
    bar.close()
    return show.result(answer, as_json=as_json, quiet=quiet, opens=open_, project=project)
