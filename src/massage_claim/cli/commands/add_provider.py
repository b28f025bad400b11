"""`massage-claim add-provider`: flags or prompts → one therapist, doctor or practice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from massage_claim.cli.options import DryRun, Json, NoInput, Project, Quiet

if TYPE_CHECKING:
    from massage_claim.cli.form import Form, Node


def add_provider(
    name: Annotated[str | None, typer.Option(metavar="TEXT", help="Full name, or the practice's legal name.")] = None,
    role: Annotated[
        list[str] | None,
        typer.Option(metavar="ROLE", help="referring (ordered), rendering (treated), billing (is paid). May repeat."),
    ] = None,
    credential: Annotated[str | None, typer.Option(metavar="LETTERS", help="Letters after the name: LMT, MD.")] = None,
    npi: Annotated[str | None, typer.Option(metavar="NPI", help="The ten-digit NPI.")] = None,
    ein: Annotated[str | None, typer.Option(metavar="EIN", help="The practice's tax number; never an SSN.")] = None,
    licence_number: Annotated[str | None, typer.Option(metavar="NUMBER", help="State licence number.")] = None,
    licence_state: Annotated[str | None, typer.Option(metavar="XX", help="State of the licence: OH.")] = None,
    licence_kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="license, certification or registration.")
    ] = None,
    establishment_licence: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The practice's own state licence.")
    ] = None,
    taxonomy: Annotated[
        str | None, typer.Option(metavar="CODE", help="Provider type code; massage therapist: 225700000X.")
    ] = None,
    street: Annotated[str | None, typer.Option(metavar="TEXT", help="Office address: street.")] = None,
    unit: Annotated[str | None, typer.Option(metavar="TEXT", help="Office address: suite or unit.")] = None,
    city: Annotated[str | None, typer.Option(metavar="TEXT", help="Office address: city.")] = None,
    state: Annotated[str | None, typer.Option(metavar="XX", help="Office address: state.")] = None,
    zip_: Annotated[str | None, typer.Option("--zip", metavar="ZIP", help="Office address: ZIP code.")] = None,
    phone: Annotated[str | None, typer.Option(metavar="NUMBER", help="Office phone.")] = None,
    fax: Annotated[str | None, typer.Option(metavar="NUMBER", help="Office fax.")] = None,
    network: Annotated[str | None, typer.Option(metavar="WORD", help="Listed by the plan: in, out or unknown.")] = None,
    network_source: Annotated[str | None, typer.Option(metavar="TEXT", help="Who said so.")] = None,
    network_date: Annotated[str | None, typer.Option(metavar="DATE", help="The day it was said.")] = None,
    to_practice: Annotated[
        bool, typer.Option("--to-practice", help="Put it in the practice folder that many cases share.")
    ] = False,
    project: Project = None,
    as_json: Json = False,
    no_input: NoInput = False,
    quiet: Quiet = False,
    dry_run: DryRun = False,
) -> int:
    """Write down who treats, who ordered, or who is paid.

    Without --name it asks, question by question. The file is named after the provider.
    """
    from massage_claim.actions.record.new_provider import add_provider as action
    from massage_claim.cli import show
    from massage_claim.cli.form import options_of, texts, tree_of
    from massage_claim.cli.recording import asker_for
    from massage_claim.models.providers import Provider

    given = tree_of(
        {
            ("name",): name,
            ("roles",): texts(role),
            ("credential",): credential,
            ("npi",): npi,
            ("ein",): ein,
            ("licence", "number"): licence_number,
            ("licence", "state"): licence_state,
            ("licence", "kind"): licence_kind,
            ("establishment_licence",): establishment_licence,
            ("taxonomy",): taxonomy,
            ("address", "street"): street,
            ("address", "unit"): unit,
            ("address", "city"): city,
            ("address", "state"): state,
            ("address", "zip"): zip_,
            ("phone",): phone,
            ("fax",): fax,
            ("network", "status"): network,
            ("network", "source"): network_source,
            ("network", "date"): network_date,
        }
    )
    asker = asker_for(project)
    form = _form()
    tree = asker.fill(Provider, given, form, no_input=no_input)
    answer = action(project, tree, options=options_of(form), to_practice=to_practice, dry_run=dry_run)
    return show.result(asker.with_unknown(answer), as_json=as_json, quiet=quiet)


def _form() -> Form:
    from massage_claim.cli.form import Field, Tree

    def hands_on(tree: Tree) -> bool:
        roles = tree.get("roles")
        return not isinstance(roles, list) or not roles or "rendering" in roles

    def paid(tree: Tree) -> bool:
        roles = tree.get("roles")
        return not isinstance(roles, list) or not roles or "referring" not in roles or "billing" in roles

    return (
        Field(path=("name",), option="--name", label="Name", required=True),
        Field(path=("roles",), option="--role", label="Roles", many=True),
        Field(path=("credential",), option="--credential", label="Credential"),
        Field(path=("npi",), option="--npi", label="NPI", who="therapist", refuse=_no_npi),
        Field(path=("ein",), option="--ein", label="EIN", who="therapist", when=paid),
        Field(
            path=("licence", "number"),
            option="--licence-number",
            label="Licence number",
            who="therapist",
            when=hands_on,
        ),
        Field(
            path=("licence", "state"), option="--licence-state", label="Licence state", who="therapist", when=hands_on
        ),
        Field(path=("licence", "kind"), option="--licence-kind", label="Licence kind", who="therapist", when=hands_on),
        Field(
            path=("establishment_licence",),
            option="--establishment-licence",
            label="Practice's licence",
            who="therapist",
            when=paid,
        ),
        Field(path=("taxonomy",), option="--taxonomy", label="Taxonomy code", who="therapist", when=hands_on),
        Field(path=("address", "street"), option="--street", label="Street"),
        Field(path=("address", "unit"), option="--unit", label="Suite or unit"),
        Field(path=("address", "city"), option="--city", label="City"),
        Field(path=("address", "state"), option="--state", label="State"),
        Field(path=("address", "zip"), option="--zip", label="ZIP code"),
        Field(path=("phone",), option="--phone", label="Phone", refuse=_no_phone),
        Field(path=("fax",), option="--fax", label="Fax", refuse=_no_phone),
        Field(path=("network", "status"), option="--network", label="In the plan's network", who="plan", when=hands_on),
        Field(path=("network", "source"), option="--network-source", label="Who said so", when=_in_network),
        Field(path=("network", "date"), option="--network-date", label="Said on", when=_in_network),
    )


def _no_npi(tree: dict[str, Node], answer: str) -> tuple[str, str] | None:
    """A phone number, or a mistyped one, is refused where it is typed; a file may hold any ten digits."""
    from massage_claim.actions.project import today_without_case
    from massage_claim.actions.record.new_provider import refused_npi
    from massage_claim.facts.library import facts_on

    phones = tuple(str(tree[name]) for name in ("phone", "fax") if tree.get(name))
    return refused_npi(answer, facts_on(today_without_case()), phones)


def _no_phone(tree: dict[str, Node], answer: str) -> tuple[str, str] | None:
    """One in ten phone numbers that begin with 2 passes for an NPI; the same number twice gives it away."""
    digits = "".join(letter for letter in answer if letter.isdigit())[-10:]
    if digits and digits == tree.get("npi"):
        return (
            "This is the number that was given as the NPI.",
            "Write the phone number, or stop with Ctrl-C and begin again.",
        )
    return None


def _in_network(tree: dict[str, Node]) -> bool:
    return bool(tree.get("network"))
