"""The plan contract: which payer, which kind of plan, and the plan's own rules. Takes texts, gives a record."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from massage_claim.models.kinds import Count, Day, Line, Phone, PlanKind, UsState, Words, YesNo
from massage_claim.models.people import Address
from massage_claim.models.record import Block, Record


class Rule(Block):
    """One of the plan's own rules, with who said so and when. It overrides a shipped fact, never lengthens a legal limit."""

    value: Words = Field(description="The rule itself, as the plan said it.")
    source: Line | None = Field(
        None, description="Who said so: the booklet's page, the letter, the person on the phone."
    )
    said_on: Day | None = Field(None, description="The day it was said or printed.")


class LimitRule(Block):
    """A time limit that the plan gave, as `180 days`, `4 months` or `1 year`."""

    days: Count | None = Field(None, description="The limit in days.")
    months: Count | None = Field(None, description="The limit in months.")
    years: Count | None = Field(None, description="The limit in years.")
    source: Line | None = Field(
        None, description="Who said so: the booklet's page, the letter, the person on the phone."
    )
    said_on: Day | None = Field(None, description="The day it was said or printed.")


class CountRule(Block):
    """A number that the plan gave."""

    value: Count = Field(description="The number.")
    source: Line | None = Field(None, description="Who said so.")
    said_on: Day | None = Field(None, description="The day it was said or printed.")


class YesNoRule(Block):
    """A yes or no that the plan gave."""

    value: YesNo = Field(description="yes or no.")
    source: Line | None = Field(
        None, description="Who said so: the booklet's page, the letter, the person on the phone."
    )
    said_on: Day | None = Field(None, description="The day it was said or printed.")


class AddressRule(Block):
    """Where the plan wants something sent."""

    department: Line | None = Field(None, description="The department's name, such as Claims or Appeals.")
    address: Address | None = Field(None, description="The postal address.")
    source: Line | None = Field(None, description="Who said so.")
    said_on: Day | None = Field(None, description="The day it was said or printed.")


class PlanRules(Block):
    """How this plan wants claims and appeals. Each rule says who said so and when."""

    filing_limit: LimitRule | None = Field(
        None, description="How long after a visit a claim may arrive (timely filing)."
    )
    claim_form: Rule | None = Field(None, description="The name of the payer's own claim form, or `none`.")
    originals: YesNoRule | None = Field(None, description="Does the plan want original papers?")
    claims_address: AddressRule | None = Field(None, description="Where claims go by mail.")
    fax: Rule | None = Field(None, description="The fax number for claims.")
    portal: Rule | None = Field(None, description="The web portal for claims.")
    max_pages: CountRule | None = Field(None, description="The most pages the plan takes in one sending.")
    max_mb: CountRule | None = Field(None, description="The largest upload in megabytes.")
    lines_per_claim: CountRule | None = Field(None, description="The most service lines the plan takes in one claim.")
    one_visit_per_claim: YesNoRule | None = Field(
        None, description="Does the plan want a claim of its own for each visit?"
    )
    papers_in_order: Rule | None = Field(
        None, description="The order of the papers, if the plan names one: claim-form, superbill, payment-proof."
    )
    processing_time: LimitRule | None = Field(
        None, description="How long the plan says a decision takes after a claim arrives."
    )
    signature: Rule | None = Field(None, description="Whose signature the plan wants, and where.")
    pays_to: Rule | None = Field(None, description="Who gets the money: the member or the provider.")
    appeals_address: AddressRule | None = Field(None, description="Where appeals go by mail.")
    appeals_fax: Rule | None = Field(None, description="The fax number for appeals.")
    appeal_limit: LimitRule | None = Field(None, description="How long after the denial an appeal may arrive.")
    external_review: Rule | None = Field(
        None, description="Who does the external review: the state or a federal process."
    )
    requires_order: YesNoRule | None = Field(None, description="Does the plan want a doctor's order?")
    requires_letter: YesNoRule | None = Field(None, description="Does the plan want a letter of medical necessity?")
    requires_authorization: YesNoRule | None = Field(None, description="Does the plan want approval before care?")
    requires_notes: YesNoRule | None = Field(None, description="Does the plan want session notes with a first claim?")
    massage_covered: YesNoRule | None = Field(None, description="Does the plan cover massage at all?")
    massage_therapist_accepted: YesNoRule | None = Field(
        None, description="Does it accept a massage therapist as provider?"
    )
    only_within_therapy: YesNoRule | None = Field(
        None, description="Only within physical therapy or chiropractic care?"
    )
    out_of_network: YesNoRule | None = Field(None, description="Does the plan pay outside its network?")
    visit_limit: CountRule | None = Field(None, description="How many visits the plan pays in a plan year.")
    modifier: Rule | None = Field(None, description="The modifier the plan wants on massage codes, if any.")


class Accident(Block):
    """Whether the condition comes from work or an accident (CMS-1500 item 10)."""

    work: YesNo | None = Field(None, description="Did it happen at work?")
    auto: YesNo | None = Field(None, description="Did it happen in a car accident?")
    other: YesNo | None = Field(None, description="Was it any other accident?")
    state: UsState | None = Field(None, description="The state of the car accident.")
    date: Day | None = Field(None, description="The day of the accident.")


class OtherCoverage(Block):
    """Another health plan of the same person (CMS-1500 items 9, 11d)."""

    has: YesNo = Field(description="Is there any other health insurance? yes or no.")
    payer: Line | None = Field(None, description="The other insurer's name.")
    member_id: Line | None = Field(None, description="The member ID there.")
    primary: YesNo | None = Field(None, description="Does the other plan pay first?")


class Plan(Record):
    """The contract that may pay (CMS-1500 items 1, 1a, 11; FHIR Coverage)."""

    FOLDER: ClassVar[str] = ""
    TITLE: ClassVar[str] = "plan"

    payer: Line | None = Field(None, description="The insurer's name, as on the card.")
    plan_name: Line | None = Field(None, description="The plan's name, as on the card.")
    kind: PlanKind = Field(
        "unknown",
        description="The kind of plan; ask HR or the card's phone line whether the employer pays the claims itself.",
    )
    state: UsState | None = Field(
        None, description="The state whose insurance law applies, usually where the policy was sold."
    )
    member_id: Line | None = Field(None, description="Member ID on the card, with all zeros and letters.")
    group_number: Line | None = Field(None, description="Group number on the card.")
    card_phone: Phone | None = Field(None, description="Member services phone number on the back of the card.")
    plan_year_start: Line | None = Field(None, description="First day of the plan year, as month-day: 01-01.")
    effective_from: Day | None = Field(
        None, description="The day your coverage began, if it began after the plan year did."
    )
    effective_until: Day | None = Field(None, description="The day your coverage ended, if it did.")
    other_coverage: OtherCoverage | None = Field(None, description="Any other health insurance you have.")
    accident: Accident | None = Field(None, description="Whether this comes from work, a car or another accident.")
    rules: PlanRules = Field(
        default_factory=PlanRules, description="The plan's own rules, each with who said so and when."
    )
