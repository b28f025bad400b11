"""`massage-claim log-contact`: flags or prompts → one line of the contact log; `--script` shows what to ask on the phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from massage_claim.cli.options import DryRun, Json, NoInput, Project, Quiet

if TYPE_CHECKING:
    from massage_claim.cli.form import Form, Tree


def log_contact(
    date: Annotated[str | None, typer.Option(metavar="DATE", help="The day of the contact.")] = None,
    way: Annotated[
        str | None, typer.Option(metavar="WAY", help="call, letter, fax, portal, email or in-person.")
    ] = None,
    with_: Annotated[
        str | None, typer.Option("--with", metavar="WHO", help="With whom: the plan, the therapist, the doctor.")
    ] = None,
    about: Annotated[
        str | None, typer.Option(metavar="RECORD", help="The claim or appeal it was about, or the payer's number.")
    ] = None,
    time: Annotated[str | None, typer.Option(metavar="TIME", help="The time of day, 14:05.")] = None,
    person: Annotated[str | None, typer.Option(metavar="NAME", help="Who you spoke to.")] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="That person's title or department.")] = None,
    phone: Annotated[str | None, typer.Option(metavar="NUMBER", help="The number you called.")] = None,
    reference: Annotated[str | None, typer.Option(metavar="NUMBER", help="The reference number of the call.")] = None,
    said: Annotated[str | None, typer.Option(metavar="TEXT", help="What was said; - reads standard input.")] = None,
    received_on: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day on which, they say, your papers arrived.")
    ] = None,
    claim_number: Annotated[
        list[str] | None,
        typer.Option(metavar="NUMBER[=DATE,…]", help="A claim number you learned, and its visits. May repeat."),
    ] = None,
    promised: Annotated[str | None, typer.Option(metavar="TEXT", help="What was promised.")] = None,
    next_date: Annotated[str | None, typer.Option(metavar="DATE", help="The day to follow up.")] = None,
    asked_for: Annotated[str | None, typer.Option(metavar="TEXT", help="What they asked you to send.")] = None,
    answer_by: Annotated[str | None, typer.Option(metavar="DATE", help="The day by which they want it.")] = None,
    answers: Annotated[
        str | None, typer.Option(metavar="CONTACT", help="The contact in which they asked for what you sent.")
    ] = None,
    sent: Annotated[str | None, typer.Option(metavar="TEXT", help="What you sent, and when.")] = None,
    paper: Annotated[
        list[str] | None, typer.Option(metavar="ATTACHMENT", help="An attachment that you sent. May repeat.")
    ] = None,
    confirmation: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="Confirmation or tracking number of what you sent.")
    ] = None,
    proof: Annotated[str | None, typer.Option(metavar="ATTACHMENT", help="The attachment that proves it.")] = None,
    script: Annotated[
        bool, typer.Option("--script", help="Show what to ask in a call about a sent claim; write nothing.")
    ] = False,
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
    dry_run: DryRun = False,
) -> int:
    """Write down a call, letter or message, or see what to ask in a call.

    Without --date, --way or --with it asks, question by question.
    """
    from massage_claim.actions.record.contact_log import log_contact as action
    from massage_claim.cli import show
    from massage_claim.cli.form import options_of, texts, tree_of
    from massage_claim.cli.recording import asker_for
    from massage_claim.cli.stdin import text_or_standard_input
    from massage_claim.cli.syntax import claim_numbers
    from massage_claim.models.contact import Contact

    if script:
        from massage_claim.actions.papers.single_paper import paper as make

        shown = make(project, "status_call_script", for_=about, preview=True)
        return show.result(shown, as_json=as_json, quiet=quiet)
    given: Tree = tree_of(
        {
            ("date",): date,
            ("way",): way,
            ("with",): with_,
            ("about",): about,
            ("time",): time,
            ("person",): person,
            ("title",): title,
            ("phone",): phone,
            ("reference",): reference,
            ("said",): text_or_standard_input("--said", said),
            ("received_on",): received_on,
            ("claim_numbers",): claim_numbers(claim_number or ()),
            ("promised",): promised,
            ("next_date",): next_date,
            ("asked_for",): asked_for,
            ("answer_by",): answer_by,
            ("answers",): answers,
            ("sent",): sent,
            ("papers",): texts(paper),
            ("confirmation",): confirmation,
            ("proof",): proof,
        }
    )
    asker = asker_for(project)
    form = _form(asker.today)
    tree = asker.fill(Contact, given, form, no_input=no_input)
    answer = action(project, tree, options=options_of(form), dry_run=dry_run)
    return show.result(asker.with_unknown(answer), as_json=as_json, quiet=quiet)


def _form(today: str) -> Form:
    from massage_claim.cli.form import Field, Rows
    from massage_claim.models.claim import ClaimNumber

    def asked(tree: Tree) -> bool:
        return bool(tree.get("asked_for"))

    def outgoing(tree: Tree) -> bool:
        return bool(tree.get("sent"))

    def spoken(tree: Tree) -> bool:
        return tree.get("way") in ("call", "in-person")

    return (
        Field(path=("date",), option="--date", label="Day", required=True, usual=lambda _: today),
        Field(
            path=("way",),
            option="--way",
            label="How",
            required=True,
            usual=lambda _: "call",
            sentence="One of: call, letter, fax, portal, email, in-person.",
        ),
        Field(path=("with",), option="--with", label="With", required=True, usual=lambda _: "the plan"),
        Field(path=("about",), option="--about", label="About"),
        Field(path=("time",), option="--time", label="Time", when=spoken),
        Field(path=("person",), option="--person", label="Name"),
        Field(path=("title",), option="--title", label="Title", when=lambda tree: bool(tree.get("person"))),
        Field(path=("phone",), option="--phone", label="Number called", when=spoken),
        Field(path=("reference",), option="--reference", label="Reference number"),
        Field(path=("said",), option="--said", label="Said"),
        Field(path=("received_on",), option="--received-on", label="Arrived on"),
        Rows(
            path=("claim_numbers",),
            option="--claim-number",
            label="claim number",
            block=ClaimNumber,
            fields=(
                Field(path=("number",), option="--claim-number", label="Claim number, if they gave one"),
                Field(path=("dates",), option="--claim-number", label="Its dates of service", many=True),
            ),
        ),
        Field(path=("promised",), option="--promised", label="Promised"),
        Field(path=("asked_for",), option="--asked-for", label="Asked you to send"),
        Field(path=("answer_by",), option="--answer-by", label="Wanted by", when=asked),
        Field(path=("sent",), option="--sent", label="You sent"),
        Field(path=("answers",), option="--answers", label="It answers", folder="contacts", when=outgoing),
        Field(path=("papers",), option="--paper", label="Papers sent", many=True, folder="attachments", when=outgoing),
        Field(path=("confirmation",), option="--confirmation", label="Confirmation", when=outgoing),
        Field(path=("proof",), option="--proof", label="Proof of sending", folder="attachments", when=outgoing),
        Field(path=("next_date",), option="--next-date", label="Follow up on"),
    )
