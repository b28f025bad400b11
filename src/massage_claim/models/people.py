"""Who is treated, who holds the policy, and where they live."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from massage_claim.models.choices import Relation, Sex
from massage_claim.models.field import asked
from massage_claim.models.kinds import Line, Name, PastDay, Phone, UsState, Zip
from massage_claim.models.record import Block, Record

if TYPE_CHECKING:
    from massage_claim.models.field import Answers


def _depends(answers: Answers) -> bool:
    return answers.get("relation_to_subscriber") not in (None, "self")


class Address(Block):
    """A postal address in the United States."""

    street: Line | None = asked("House number and street.", None, label="Street")
    unit: Line | None = asked("Apartment, suite or unit.", None, label="Suite or unit")
    city: Line | None = asked("City or town.", None, label="City")
    state: UsState | None = asked("Two letters, such as OH.", None, label="State")
    zip: Zip | None = asked("ZIP code, five or nine digits.", None, label="ZIP code")

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

    name: Name | None = asked(
        "Name of the person who holds the policy, as on the insurance card.",
        None,
        label="Policy holder's name",
        when=_depends,
    )
    birth_date: PastDay | None = asked(
        "The policy holder's date of birth.", None, label="Policy holder's date of birth", when=_depends
    )
    address: Address | None = asked(
        "The policy holder's address, if it differs from yours.",
        None,
        label="Policy holder's address",
        when=_depends,
        guide=False,
    )


class Patient(Record):
    """The person who was treated (CMS-1500 items 2, 3, 5, 6; FHIR Patient)."""

    FOLDER: ClassVar[str] = ""
    TITLE: ClassVar[str] = "patient"

    name: Name | None = asked("Legal name, exactly as on the insurance card.", None, label="Name of the patient")
    birth_date: PastDay | None = asked("Date of birth, as 1980-05-21.", None, label="Date of birth")
    sex: Sex | None = asked("F, M, X or U, as the insurer has it on file.", None, label="Sex")
    address: Address | None = asked(
        "Your address, exactly as the insurer has it on file.",
        None,
        label="Home address",
        where="On one line: 418 Alder Street, Apt 3, Tacoma, WA 98402.",
    )
    phone: Phone | None = asked("A phone number where the insurer can reach you.", None, label="Phone")
    email: Line | None = asked(
        "An e-mail address, if you want it on letters.", None, label="E-mail address", guide=False
    )
    relation_to_subscriber: Relation | None = asked(
        "Your relation to the policy holder: self, spouse, child or other.",
        None,
        label="Relation to the policy holder",
    )
    subscriber: Subscriber | None = asked("The policy holder, when that is not you.", None, label="Policy holder")
