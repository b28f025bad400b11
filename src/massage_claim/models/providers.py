"""Who treated, who ordered, who is paid: one record for each. Takes texts, gives a record."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import Field

from massage_claim.models.kinds import Day, Ein, Line, Npi, Phone, ProviderId, Taxonomy, UsState
from massage_claim.models.people import Address
from massage_claim.models.record import Block, Record

Role = Literal["referring", "rendering", "billing"]


class Licence(Block):
    """The state's permission to practise: a licence, or a certification or registration where that is the regime."""

    number: Line | None = Field(None, description="The licence number.")
    state: UsState | None = Field(None, description="The state that gave it.")
    kind: Literal["license", "certification", "registration"] | None = Field(
        None, description="license, certification (California) or registration (Vermont)."
    )


class Network(Block):
    """Whether the plan lists this provider."""

    status: Literal["in", "out", "unknown"] = Field("unknown", description="in, out or unknown.")
    source: Line | None = Field(None, description="Who said so.")
    date: Day | None = Field(None, description="The day it was said.")


class ProviderFields(Block):
    """What is known about a provider, in the provider's own record and in a paper's snapshot of it."""

    name: Line = Field(description="The person's full name, or the practice's legal name.")
    roles: tuple[Role, ...] = Field(
        (), description="referring (who ordered), rendering (who treated), billing (who is paid); one or more."
    )
    credential: Line | None = Field(None, description="The letters after the name, such as LMT, MD or DC.")
    npi: Npi | None = Field(None, description="The ten-digit NPI: the person's own, or the practice's for a practice.")
    ein: Ein | None = Field(None, description="The practice's tax number (EIN). It is free to get; never an SSN.")
    licence: Licence | None = Field(None, description="The state licence.")
    establishment_licence: Line | None = Field(
        None, description="The practice's own state licence, where there is one."
    )
    taxonomy: Taxonomy | None = Field(None, description="The provider type code; a massage therapist is 225700000X.")
    address: Address | None = Field(None, description="The office address.")
    phone: Phone | None = Field(None, description="The office phone number.")
    fax: Phone | None = Field(None, description="The office fax number.")
    network: Network | None = Field(None, description="Whether the plan lists this provider.")

    @property
    def signs_as(self) -> str:
        """Name and credential, as under a signature line."""
        return f"{self.name}, {self.credential}" if self.credential else self.name


class Provider(ProviderFields, Record):
    """A therapist, a doctor or a practice (CMS-1500 items 17, 24J, 31, 33; FHIR Practitioner or Organization)."""

    FOLDER: ClassVar[str] = "providers"
    TITLE: ClassVar[str] = "provider"
    IDENTIFYING: ClassVar[tuple[str, ...]] = ("name",)


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
