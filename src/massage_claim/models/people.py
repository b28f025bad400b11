"""Who is treated, who holds the policy, and where they live. Takes texts, gives records."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from massage_claim.models.kinds import Day, Line, Phone, UsState, Zip
from massage_claim.models.record import Block, Record

Sex = Literal["F", "M", "X", "U"]
Relation = Literal["self", "spouse", "child", "other"]


class Address(Block):
    """A postal address in the United States."""

    street: Line | None = Field(None, description="House number and street.")
    unit: Line | None = Field(None, description="Apartment, suite or unit.")
    city: Line | None = Field(None, description="City or town.")
    state: UsState | None = Field(None, description="Two letters, such as OH.")
    zip: Zip | None = Field(None, description="ZIP code, five or nine digits.")

    @property
    def lines(self) -> tuple[str, ...]:
        """The address as it stands on an envelope; absent parts leave no gap."""
        street = ", ".join(part for part in (self.street, self.unit) if part)
        place = " ".join(part for part in (", ".join(p for p in (self.city, self.state) if p), self.zip) if part)
        return tuple(line for line in (street, place) if line)

    @property
    def one_line(self) -> str:
        """The address on one line."""
        return ", ".join(self.lines)

    @property
    def complete(self) -> bool:
        """True when a letter would arrive."""
        return all((self.street, self.city, self.state, self.zip))


class Subscriber(Block):
    """The person who holds the policy, when that is not the patient (CMS-1500 items 4, 7, 11a; FHIR Coverage.subscriber)."""

    name: Line | None = Field(None, description="Name of the person who holds the policy, as on the insurance card.")
    birth_date: Day | None = Field(None, description="The policy holder's date of birth.")
    address: Address | None = Field(None, description="The policy holder's address, if it differs from yours.")


class Patient(Record):
    """The person who was treated (CMS-1500 items 2, 3, 5, 6; FHIR Patient)."""

    FOLDER: ClassVar[str] = ""
    TITLE: ClassVar[str] = "patient"

    name: Line | None = Field(None, description="Legal name, exactly as on the insurance card.")
    birth_date: Day | None = Field(None, description="Date of birth, as 1980-05-21.")
    sex: Sex | None = Field(None, description="F, M, X or U, as the insurer has it on file.")
    address: Address | None = Field(None, description="Your address, exactly as the insurer has it on file.")
    phone: Phone | None = Field(None, description="A phone number where the insurer can reach you.")
    email: Line | None = Field(None, description="An e-mail address, if you want it on letters.")
    relation_to_subscriber: Relation | None = Field(
        None, description="Your relation to the policy holder: self, spouse, child or other."
    )
    subscriber: Subscriber | None = Field(None, description="The policy holder, when that is not you.")
