"""`massage-claim add-session`: flags or prompts → one visit, and its payment if it was paid on the spot."""

from __future__ import annotations

from typing import Annotated

import typer

from massage_claim.cli.options import DryRun, Json, NoInput, Project, Quiet
from massage_claim.errors import NotReady, Problem, WouldOverwrite


def add_session(
    date: Annotated[str | None, typer.Option(metavar="DATE", help="Date of the visit, 2026-01-14.")] = None,
    service: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODE=MINUTES[:PRICE]", help="What was done: 97124=52:95.00, or unknown=52:95.00. May repeat."
        ),
    ] = None,
    units: Annotated[
        list[str] | None, typer.Option(metavar="N", help="Units as billed, one for each --service in order.")
    ] = None,
    modifier: Annotated[
        list[str] | None, typer.Option(metavar="[CODE:]MODIFIER", help="Modifier the plan asked for. May repeat.")
    ] = None,
    diagnosis: Annotated[
        list[str] | None,
        typer.Option(metavar="[CODE:]ICD10", help="Diagnosis of a service, if not the order's. May repeat."),
    ] = None,
    rendering: Annotated[
        str | None, typer.Option(metavar="PROVIDER", help="Who treated; default: as last time.")
    ] = None,
    prescription: Annotated[
        str | None, typer.Option(metavar="ORDER", help="The doctor's order; default: as last time.")
    ] = None,
    start: Annotated[
        str | None, typer.Option(metavar="HH:MM", help="When it began; with no --end: as last time.")
    ] = None,
    end: Annotated[str | None, typer.Option(metavar="HH:MM", help="When it ended.")] = None,
    place: Annotated[
        str | None, typer.Option(metavar="NN", help="Place of service: 11 office, 12 home; default: as last time.")
    ] = None,
    purpose: Annotated[
        str | None, typer.Option(metavar="WORD", help="treatment, or relaxation (never claimed).")
    ] = None,
    region: Annotated[
        list[str] | None,
        typer.Option(metavar="[CODE:]REGION", help="Body region that was worked on, or of one service. May repeat."),
    ] = None,
    pain_before: Annotated[str | None, typer.Option(metavar="N", help="Pain before, 0 to 10.")] = None,
    pain_after: Annotated[str | None, typer.Option(metavar="N", help="Pain after, 0 to 10.")] = None,
    note: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The note as one text; - reads standard input.")
    ] = None,
    note_author: Annotated[
        str | None, typer.Option(metavar="WHO", help="therapist or patient; default: who prepares the papers.")
    ] = None,
    s: Annotated[str | None, typer.Option("--s", metavar="TEXT", help="Note: what the patient said.")] = None,
    o: Annotated[
        str | None, typer.Option("--o", metavar="TEXT", help="Note: what the therapist found and did.")
    ] = None,
    a: Annotated[str | None, typer.Option("--a", metavar="TEXT", help="Note: how the patient responded.")] = None,
    p: Annotated[str | None, typer.Option("--p", metavar="TEXT", help="Note: the plan from here.")] = None,
    signed_on: Annotated[str | None, typer.Option(metavar="DATE", help="The day the author signed the note.")] = None,
    price_agreed: Annotated[
        str | None, typer.Option(metavar="AMOUNT", help="Price of the visit without tip; default: the services' sum.")
    ] = None,
    paid: Annotated[
        str | None, typer.Option(metavar="AMOUNT", help="What was paid at the visit, tip included: adds the payment.")
    ] = None,
    method: Annotated[
        str | None, typer.Option(metavar="METHOD", help="How it was paid: card, cash, check 1021 …")
    ] = None,
    tip: Annotated[str | None, typer.Option(metavar="AMOUNT", help="The tip in it; never claimed.")] = None,
    second_visit: Annotated[
        bool, typer.Option("--second-visit", help="There were two visits that day: write down both.")
    ] = False,
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
    dry_run: DryRun = False,
) -> int:
    """Write down one visit: what was done, for how long, what it cost.

    Without --date or --service it asks, question by question. What the last visits had (therapist, order, place,
    price, times) is taken over when it is not said, and named; notes never are. A code you don't know is `unknown`.
    """
    from functools import cache, partial

    from massage_claim.actions.record.last_visits import usual
    from massage_claim.actions.record.new_session import add_session as action
    from massage_claim.cli import ask, show, stdin, syntax
    from massage_claim.cli.form import options_of, tree_of
    from massage_claim.cli.recording import asker_for
    from massage_claim.cli.session_form import payment_form, session_form
    from massage_claim.models.payment import Payment
    from massage_claim.models.session import Session

    text = stdin.text_or_standard_input("--note", note)
    services, regions = syntax.regions(
        syntax.services(service or (), units or (), modifier or (), diagnosis or ()), region or ()
    )
    given = tree_of(
        {
            ("date",): date,
            ("services",): services,
            ("rendering",): rendering,
            ("prescription",): prescription,
            ("start",): start,
            ("end",): end,
            ("place",): place,
            ("purpose",): purpose,
            ("regions",): regions,
            ("pain", "before"): pain_before,
            ("pain", "after"): pain_after,
            ("note", "author"): note_author,
            ("note", "text"): text,
            ("note", "s"): s,
            ("note", "o"): o,
            ("note", "a"): a,
            ("note", "p"): p,
            ("note", "signed_on"): signed_on,
            ("price_agreed",): price_agreed,
        }
    )
    payment = tree_of({("amount",): paid, ("method",): method, ("tip",): tip})
    asker = asker_for(project)
    form = session_form(cache(lambda: usual(project)), asker.today)
    asker.write_as_kept(Payment, payment)
    tree = asker.fill(Session, given, form, no_input=no_input or note == "-")
    asked = tree is not given
    if asked and not payment:
        whole = asker.fill(Payment, {"date": tree["date"]}, payment_form(), force=True)
        payment = {key: value for key, value in whole.items() if key != "date"}
    options = {**options_of(form), **_OPTIONS, **options_of(payment_form()), "for": "--paid", "date": "--date"}
    write = partial(action, project, tree, paid=payment, options=options, defaults=not asked, dry_run=dry_run)
    try:
        answer = write(second_visit=second_visit)
    except WouldOverwrite as there:
        if not ask.possible(no_input or note == "-"):
            raise
        show.failure(there.problems, there.code)
        if not asker.yes("Were there two visits on that day?"):
            raise NotReady(Problem("Nothing was written.", "Look at the visit that is there.")) from None
        answer = write(second_visit=True)
    return show.result(asker.with_unknown(answer), as_json=as_json, quiet=quiet)


_OPTIONS = {
    "services": "--service",
    "services.units": "--units",
    "services.modifiers": "--modifier",
    "services.pointers": "--diagnosis",
    "services.regions": "--region",
    "purpose": "--purpose",
    "pain.before": "--pain-before",
    "pain.after": "--pain-after",
    "note.author": "--note-author",
    "note.text": "--note",
    "note.s": "--s",
    "note.o": "--o",
    "note.a": "--a",
    "note.p": "--p",
    "note.signed_on": "--signed-on",
    "price_agreed": "--price-agreed",
}
