"""Who treated, who ordered, who is paid: one record for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from massage_claim.models.choices import LicenceKind, NetworkStatus, Role
from massage_claim.models.field import asked
from massage_claim.models.kinds import Ein, Identifier, Line, Name, Npi, PastDay, Phone, ProviderId, Taxonomy, UsState
from massage_claim.models.people import Address
from massage_claim.models.record import Block, Record

if TYPE_CHECKING:
    from massage_claim.models.field import Answers


def _roles(answers: Answers) -> frozenset[str]:
    roles = answers.get("roles")
    return frozenset(role for role in roles if isinstance(role, str)) if isinstance(roles, list) else frozenset()


def _treats(answers: Answers) -> bool:
    return not _roles(answers) or "rendering" in _roles(answers)


def _is_paid(answers: Answers) -> bool:
    return not _roles(answers) or "referring" not in _roles(answers) or "billing" in _roles(answers)


def _listed(answers: Answers) -> bool:
    return bool(answers.get("network"))


class Licence(Block):
    """The state's permission to practice: a license, or a certification or registration where that is the regime."""

    number: Identifier | None = asked(
        "The license number.",
        None,
        label="License number",
        where="On the wall of the office, on the bill, or in the state's public register.",
        metavar="NUMBER",
        who="therapist",
        when=_treats,
    )
    state: UsState | None = asked(
        "The state that gave it.", None, label="State of the license", who="therapist", when=_treats
    )
    kind: LicenceKind | None = asked(
        "license, certification (California) or registration (Vermont).",
        None,
        label="Kind of license",
        metavar="KIND",
        who="therapist",
        when=_treats,
        guide=False,
    )


class Network(Block):
    """Whether the plan lists this provider."""

    status: NetworkStatus = asked(
        "Whether the plan lists this provider: in, out or unknown.",
        "unknown",
        label="In the plan's network",
        where="Look in the plan's directory.",
        option="",
        metavar="WORD",
        who="plan",
        when=_treats,
    )
    source: Line | None = asked("Who said so.", None, label="Who said so", when=_listed, guide=False)
    date: PastDay | None = asked("The day it was said.", None, label="Said on", when=_listed, guide=False)


class ProviderFields(Block):
    """What is known about a provider, in the provider's own record and in a paper's snapshot of it."""

    name: Name = asked("The person's full name, or the practice's legal name.", label="Name")
    roles: tuple[Role, ...] = asked(
        "referring (who ordered), rendering (who treated), billing (who is paid); one or more.",
        (),
        label="Roles",
        option="role",
        metavar="ROLE",
    )
    credential: Line | None = asked(
        "The letters after the name, such as LMT, MD or DC.", None, label="Letters after the name", metavar="LETTERS"
    )
    npi: Npi | None = asked(
        "The ten-digit NPI: the person's own, or the practice's for a practice.",
        None,
        label="NPI",
        where="On the bill or the order, or free to look up at npiregistry.cms.hhs.gov.",
        who="therapist",
    )
    ein: Ein | None = asked(
        "The practice's tax number (EIN). It is free to get; never an SSN.",
        None,
        label="EIN",
        metavar="EIN",
        who="therapist",
        when=_is_paid,
    )
    licence: Licence | None = asked("The state license.", None, label="License")
    establishment_licence: Line | None = asked(
        "The practice's own state license, where there is one.",
        None,
        label="Practice's license",
        who="therapist",
        when=_is_paid,
        guide=False,
    )
    taxonomy: Taxonomy | None = asked(
        "The provider type code; a massage therapist is 225700000X.",
        None,
        label="Taxonomy code",
        who="therapist",
        when=_treats,
        guide=False,
    )
    address: Address | None = asked("The office address.", None, label="Office address", option="--")
    phone: Phone | None = asked("The office phone number.", None, label="Office phone")
    fax: Phone | None = asked("The office fax number.", None, label="Office fax", guide=False)
    network: Network | None = asked("Whether the plan lists this provider.", None, label="Network")

    @property
    def signs_as(self) -> str:
        """Name and credential, as under a signature line."""
        return f"{self.name}, {self.credential}" if self.credential else self.name


class Provider(ProviderFields, Record):
    """A therapist, a doctor or a practice (CMS-1500 items 17, 24J, 31, 33; FHIR Practitioner or Organization)."""

    FOLDER: ClassVar[str] = "providers"
    TITLE: ClassVar[str] = "provider"
    IDENTIFYING: ClassVar[tuple[str, ...]] = ("name",)
    LISTED: ClassVar[tuple[str, ...]] = ("name", "roles", "npi")


class Party(ProviderFields):
    """A provider as a paper printed it: later changes of the provider's record don't reach it."""

    provider: ProviderId = Field(description="The provider's record.")

    @classmethod
    def of(cls, provider: Provider) -> Party:
        """The provider as its record says now."""
        return cls.model_construct(provider=provider.record_id, **_values(provider))

    @property
    def as_provider(self) -> Provider:
        """The record as it said then."""
        return Provider.model_construct(record_id=self.provider, **_values(self))


class Parties(Block):
    """Who stood on a paper when it went out: who treated, who is paid, who ordered."""

    therapist: Party | None = Field(None, description="Who treated, as printed.")
    practice: Party | None = Field(None, description="Who is paid, as printed; left out when it is the therapist.")
    prescribers: tuple[Party, ...] = Field((), description="Who ordered, as printed.")

    @property
    def providers(self) -> tuple[Provider, ...]:
        """Each of them once, by record id."""
        listed = [party for party in (self.therapist, self.practice, *self.prescribers) if party]
        return tuple(party.as_provider for party in {party.provider: party for party in listed}.values())


def _values(fields: ProviderFields) -> dict[str, Any]:
    return {name: getattr(fields, name) for name in ProviderFields.model_fields}
