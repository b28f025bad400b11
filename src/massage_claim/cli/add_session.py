"""`massage-claim add-session`: flags or prompts → one visit, and its payment if it was paid on the spot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from massage_claim.cli.options import DryRun, Json, NoInput, Project, Quiet

if TYPE_CHECKING:
    from collections.abc import Callable

    from massage_claim.actions.last_visits import Usual
    from massage_claim.cli.form import Form


def add_session(
    date: Annotated[str | None, typer.Option(metavar="DATE", help="Date of the visit, 2026-01-14.")] = None,
    service: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE=MINUTES[:PRICE]", help="What was done: 97124=52:95.00. May repeat."),
    ] = None,
    units: Annotated[
        list[str] | None, typer.Option(metavar="N", help="Units as billed, one for each --service in order.")
    ] = None,
    modifier: Annotated[
        list[str] | None, typer.Option(metavar="[CODE:]MODIFIER", help="Modifier the plan asked for. May repeat.")
    ] = None,
    rendering: Annotated[
        str | None, typer.Option(metavar="PROVIDER", help="Who treated; default: as last time.")
    ] = None,
    prescription: Annotated[
        str | None, typer.Option(metavar="ORDER", help="The doctor's order; default: as last time.")
    ] = None,
    start: Annotated[str | None, typer.Option(metavar="HH:MM", help="When the hands-on work began.")] = None,
    end: Annotated[str | None, typer.Option(metavar="HH:MM", help="When it ended.")] = None,
    place: Annotated[
        str | None, typer.Option(metavar="NN", help="Place of service: 11 office, 12 home; default: as last time.")
    ] = None,
    purpose: Annotated[
        str | None, typer.Option(metavar="WORD", help="treatment, or relaxation (never claimed).")
    ] = None,
    region: Annotated[
        list[str] | None, typer.Option(metavar="REGION", help="Body region that was worked on. May repeat.")
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
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
    dry_run: DryRun = False,
) -> int:
    """Write down one visit: what was done, for how long, what it cost.

    Without --date or --service it asks, question by question. What the last visits had (therapist, order, place,
    price) is taken over when it is not said; notes never are.
    """
    from functools import cache

    from massage_claim.actions.add_session import add_session as action
    from massage_claim.actions.last_visits import usual
    from massage_claim.cli import show, stdin, syntax
    from massage_claim.cli.form import options_of, texts, tree_of
    from massage_claim.cli.recording import asker_for
    from massage_claim.models.payment import Payment
    from massage_claim.models.session import Session

    text = stdin.text_or_standard_input("--note", note)
    given = tree_of(
        {
            ("date",): date,
            ("services",): syntax.services(service or (), units or (), modifier or ()),
            ("rendering",): rendering,
            ("prescription",): prescription,
            ("start",): start,
            ("end",): end,
            ("place",): place,
            ("purpose",): purpose,
            ("regions",): texts(region),
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
    form = _form(cache(lambda: usual(project)), asker.today)
    tree = asker.fill(Session, given, form, no_input=no_input or note == "-")
    asked = tree is not given
    if asked and not payment:
        whole = asker.fill(Payment, {"date": tree["date"]}, _payment_form(), force=True)
        payment = {key: value for key, value in whole.items() if key != "date"}
    options = {**options_of(form), **_OPTIONS, **options_of(_payment_form()), "for": "--paid", "date": "--date"}
    answer = action(project, tree, paid=payment, options=options, defaults=not asked, dry_run=dry_run)
    return show.result(asker.with_unknown(answer), as_json=as_json, quiet=quiet)


_OPTIONS = {
    "services": "--service",
    "services.units": "--units",
    "services.modifiers": "--modifier",
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


def _form(last: Callable[[], Usual], today: str) -> Form:
    from massage_claim.cli.form import Field, Rows, Tree, get
    from massage_claim.models.session import Service

    def day(tree: Tree) -> str | None:
        value = get(tree, ("date",))
        return value if isinstance(value, str) else None

    def price(tree: Tree) -> str | None:
        services = tree.get("services")
        only = services[0] if isinstance(services, list) and len(services) == 1 else None
        return last().price(str(only.get("code") or "")) if isinstance(only, dict) else None

    def treated(tree: Tree) -> bool:
        return tree.get("purpose") != "relaxation"

    def noted(tree: Tree) -> bool:
        return bool(tree.get("note"))

    def in_parts(tree: Tree) -> bool:
        return get(tree, ("note", "text")) is None and last().by_practice

    return (
        Field(path=("date",), option="--date", label="Date of the visit", required=True, usual=lambda _: today),
        Rows(
            path=("services",),
            option="--service",
            label="service",
            required=True,
            block=Service,
            fields=(
                Field(path=("code",), option="--service", label="Procedure code", who="therapist"),
                Field(path=("minutes",), option="--service", label="Minutes", who="therapist"),
                Field(path=("charge",), option="--service", label="Price", usual=price, who="therapist"),
                Field(path=("units",), option="--units", label="Units billed", who="therapist"),
                Field(path=("modifiers",), option="--modifier", label="Modifiers", many=True, who="plan"),
            ),
        ),
        Field(path=("purpose",), option="--purpose", label="Purpose", usual=lambda _: "treatment", must=True),
        Field(
            path=("rendering",),
            option="--rendering",
            label="Who treated",
            folder="providers",
            usual=lambda tree: last().rendering() if treated(tree) else None,
        ),
        Field(
            path=("prescription",),
            option="--prescription",
            label="Doctor's order",
            folder="prescriptions",
            usual=lambda tree: last().prescription(day(tree)),
            when=treated,
        ),
        Field(path=("start",), option="--start", label="Start", who="therapist"),
        Field(path=("end",), option="--end", label="End", who="therapist"),
        Field(
            path=("place",),
            option="--place",
            label="Place of service",
            usual=lambda tree: last().place() if treated(tree) else None,
            who="therapist",
        ),
        Field(path=("regions",), option="--region", label="Body regions", many=True),
        Field(path=("pain", "before"), option="--pain-before", label="Pain before"),
        Field(path=("pain", "after"), option="--pain-after", label="Pain after"),
        Field(path=("note", "text"), option="--note", label="Note"),
        Field(path=("note", "s"), option="--s", label="Note, S", when=in_parts),
        Field(path=("note", "o"), option="--o", label="Note, O", when=in_parts),
        Field(path=("note", "a"), option="--a", label="Note, A", when=in_parts),
        Field(path=("note", "p"), option="--p", label="Note, P", when=in_parts),
        Field(
            path=("note", "author"),
            option="--note-author",
            label="Author of the note",
            usual=lambda _: "therapist" if last().by_practice else "patient",
            when=noted,
            must=True,
        ),
        Field(path=("note", "signed_on"), option="--signed-on", label="Note signed on", when=noted),
    )


def _payment_form() -> Form:
    from massage_claim.cli.form import Field, Tree

    def paid(tree: Tree) -> bool:
        return bool(tree.get("amount"))

    return (
        Field(
            path=("amount",),
            option="--paid",
            label="Paid at the visit",
            sentence="The total you paid, tip included; Enter if you did not pay then.",
        ),
        Field(path=("method",), option="--method", label="How", when=paid),
        Field(path=("tip",), option="--tip", label="Tip", when=paid),
    )
