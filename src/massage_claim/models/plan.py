"""The plan contract: which payer, which kind of plan, and the plan's own rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from massage_claim.models.choices import PlanKind
from massage_claim.models.field import asked
from massage_claim.models.kinds import (
    Count,
    Day,
    Identifier,
    Line,
    MemberId,
    MonthDay,
    Name,
    PastDay,
    Phone,
    UsState,
    Words,
    YesNo,
)
from massage_claim.models.people import Address
from massage_claim.models.record import Block, Record

if TYPE_CHECKING:
    from massage_claim.models.field import Answers

_WHO_SAID = "Who said so: the booklet's page, the letter, the person on the phone."
_SAID_ON = "The day it was said or printed."


def _group(answers: Answers, name: str) -> Answers:
    found = answers.get(name)
    return found if isinstance(found, dict) else {}


def _other_plan(answers: Answers) -> bool:
    return _group(answers, "other_coverage").get("has") == "yes"


def _by_car(answers: Answers) -> bool:
    return _group(answers, "accident").get("auto") == "yes"


def _by_accident(answers: Answers) -> bool:
    return "yes" in [_group(answers, "accident").get(name) for name in ("work", "auto", "other")]


class Rule(Block):
    """One of the plan's own rules, with who said so and when. It overrides a shipped fact, never lengthens a legal limit."""

    value: Words = asked("The rule itself, as the plan said it.", label="The answer", option="")
    source: Line | None = asked(_WHO_SAID, None, label="Who said so")
    said_on: PastDay | None = asked(_SAID_ON, None, label="Said on")


class LimitRule(Block):
    """A time limit that the plan gave, as `180 days`, `4 months` or `1 year`."""

    days: Count | None = asked("The limit in days.", None, label="Limit in days")
    months: Count | None = asked("The limit in months.", None, label="Limit in months")
    years: Count | None = asked("The limit in years.", None, label="Limit in years")
    source: Line | None = asked(_WHO_SAID, None, label="Who said so")
    said_on: PastDay | None = asked(_SAID_ON, None, label="Said on")


class CountRule(Block):
    """A number that the plan gave."""

    value: Count = asked("The number.", label="The answer", option="")
    source: Line | None = asked(_WHO_SAID, None, label="Who said so")
    said_on: PastDay | None = asked(_SAID_ON, None, label="Said on")


class YesNoRule(Block):
    """A yes or no that the plan gave."""

    value: YesNo = asked("yes or no.", label="The answer", option="")
    source: Line | None = asked(_WHO_SAID, None, label="Who said so")
    said_on: PastDay | None = asked(_SAID_ON, None, label="Said on")


class AddressRule(Block):
    """Where the plan wants something sent."""

    department: Line | None = asked("The department's name, such as Claims or Appeals.", None, label="Department")
    address: Address | None = asked("The postal address.", None, label="Postal address")
    source: Line | None = asked(_WHO_SAID, None, label="Who said so")
    said_on: PastDay | None = asked(_SAID_ON, None, label="Said on")


class PlanRules(Block):
    """How this plan wants claims and appeals. Each rule says who said so and when."""

    filing_limit: LimitRule | None = asked(
        "How long after a visit a claim may arrive (timely filing).",
        None,
        label="Time to send a claim",
        where='Plan booklet: "time limit for filing claims". Such as 180 days or 1 year.',
        who="plan",
    )
    originals: YesNoRule | None = asked(
        "Does the plan want original papers?", None, label="Original papers wanted", who="plan", guide=False
    )
    claims_address: AddressRule | None = asked(
        "Where claims go by mail.",
        None,
        label="Where claims go",
        where="Back of the card or the claim form: a postal address on one line, a fax number, a web address; several with ; between.",
        who="plan",
    )
    fax: Rule | None = asked("The fax number for claims.", None, label="Fax number for claims", who="plan", guide=False)
    portal: Rule | None = asked(
        "The web portal for claims.", None, label="Web portal for claims", who="plan", guide=False
    )
    claim_form: Rule | None = asked(
        "The name of the payer's own claim form, or `none`.",
        None,
        label="Claim form",
        where='Member portal, "forms". Write none if it wants no form of its own.',
        who="plan",
    )
    max_pages: CountRule | None = asked(
        "The most pages the plan takes in one sending.", None, label="Most pages", who="plan", guide=False
    )
    max_mb: CountRule | None = asked(
        "The largest upload in megabytes.", None, label="Largest upload", who="plan", guide=False
    )
    lines_per_claim: CountRule | None = asked(
        "The most service lines the plan takes in one claim.",
        None,
        label="Most lines in a claim",
        who="plan",
        guide=False,
    )
    one_visit_per_claim: YesNoRule | None = asked(
        "Does the plan want a claim of its own for each visit?",
        None,
        label="One claim for each visit",
        who="plan",
        guide=False,
    )
    papers_in_order: Rule | None = asked(
        "The order of the papers, if the plan names one: claim-form, superbill, payment-proof.",
        None,
        label="Order of the papers",
        who="plan",
        guide=False,
    )
    processing_time: LimitRule | None = asked(
        "How long the plan says a decision takes after a claim arrives.",
        None,
        label="Time for a decision",
        who="plan",
        guide=False,
    )
    signature: Rule | None = asked(
        "Whose signature the plan wants, and where.", None, label="Whose signature", who="plan", guide=False
    )
    pays_to: Rule | None = asked(
        "Who gets the money: the member or the provider.", None, label="Who gets the money", who="plan", guide=False
    )
    appeals_address: AddressRule | None = asked(
        "Where appeals go by mail.", None, label="Where appeals go", who="plan", guide=False
    )
    appeals_fax: Rule | None = asked(
        "The fax number for appeals.", None, label="Fax number for appeals", who="plan", guide=False
    )
    appeal_limit: LimitRule | None = asked(
        "How long after the denial an appeal may arrive.", None, label="Time to appeal", who="plan", guide=False
    )
    external_review: Rule | None = asked(
        "Who does the external review: the state or a federal process.",
        None,
        label="Who does the external review",
        who="plan",
        guide=False,
    )
    requires_order: YesNoRule | None = asked(
        "Does the plan want a doctor's order?", None, label="Order wanted", who="plan", guide=False
    )
    requires_letter: YesNoRule | None = asked(
        "Does the plan want a letter of medical necessity?",
        None,
        label="Letter of medical necessity wanted",
        who="plan",
        guide=False,
    )
    requires_authorization: YesNoRule | None = asked(
        "Does the plan want approval before care?", None, label="Approval wanted before care", who="plan", guide=False
    )
    requires_notes: YesNoRule | None = asked(
        "Does the plan want session notes with a first claim?",
        None,
        label="Session notes wanted",
        who="plan",
        guide=False,
    )
    massage_covered: YesNoRule | None = asked(
        "Does the plan cover massage at all?", None, label="Massage covered", who="plan", guide=False
    )
    massage_therapist_accepted: YesNoRule | None = asked(
        "Does it accept a massage therapist as provider?",
        None,
        label="Massage therapist accepted",
        who="plan",
        guide=False,
    )
    only_within_therapy: YesNoRule | None = asked(
        "Only within physical therapy or chiropractic care?",
        None,
        label="Only within other therapy",
        who="plan",
        guide=False,
    )
    out_of_network: YesNoRule | None = asked(
        "Does the plan pay outside its network?", None, label="Pays outside its network", who="plan", guide=False
    )
    visit_limit: CountRule | None = asked(
        "How many visits the plan pays in a plan year.", None, label="Visits in a plan year", who="plan", guide=False
    )
    modifier: Rule | None = asked(
        "The modifier the plan wants on massage codes, if any.", None, label="Modifier wanted", who="plan", guide=False
    )


class Accident(Block):
    """Whether the condition comes from work or an accident (CMS-1500 item 10)."""

    work: YesNo | None = asked("Did it happen at work?", None, label="Accident at work")
    auto: YesNo | None = asked("Did it happen in a car accident?", None, label="Car accident")
    other: YesNo | None = asked("Was it any other accident?", None, label="Another accident")
    state: UsState | None = asked(
        "The state of the car accident.", None, label="State of the car accident", when=_by_car
    )
    date: PastDay | None = asked("The day of the accident.", None, label="Day of the accident", when=_by_accident)


class OtherCoverage(Block):
    """Another health plan of the same person (CMS-1500 items 9, 11d)."""

    has: YesNo = asked("Is there any other health insurance? yes or no.", label="Other health insurance")
    payer: Name | None = asked("The other insurer's name.", None, label="The other insurer", when=_other_plan)
    member_id: MemberId | None = asked("The member ID there.", None, label="Member ID there", when=_other_plan)
    primary: YesNo | None = asked(
        "Does the other plan pay first?", None, label="Does the other plan pay first", who="plan", when=_other_plan
    )


class Plan(Record):
    """The contract that may pay (CMS-1500 items 1, 1a, 11; FHIR Coverage)."""

    FOLDER: ClassVar[str] = ""
    TITLE: ClassVar[str] = "plan"

    payer: Name | None = asked(
        "The insurer's name, as on the card.", None, label="Insurer", where="Front of the card, at the top."
    )
    plan_name: Line | None = asked("The plan's name, as on the card.", None, label="Name of the plan", guide=False)
    member_id: MemberId | None = asked(
        "Member ID on the card, with all zeros and letters.", None, label="Member ID", where="Front of the card."
    )
    group_number: Identifier | None = asked(
        "Group number on the card.", None, label="Group number", where="Front of the card; not every card has one."
    )
    kind: PlanKind = asked(
        "The kind of plan; ask HR or the card's phone line whether the employer pays the claims itself.",
        "unknown",
        label="Kind of plan",
        where="The law and the time limits depend on it.",
        who="plan",
    )
    state: UsState | None = asked(
        "The state whose insurance law applies, usually where the policy was sold.",
        None,
        label="State of the plan",
        where="The name or the two letters: Ohio or OH.",
        who="plan",
    )
    card_phone: Phone | None = asked(
        "Member services phone number on the back of the card.", None, label="Phone on the card", guide=False
    )
    plan_year_start: MonthDay | None = asked(
        "First day of the plan year, as month-day: 01-01.",
        None,
        label="Plan year begins",
        where="Plan booklet, first pages; often 01-01.",
        who="plan",
    )
    effective_from: Day | None = asked(
        "The day your coverage began, if it began after the plan year did.", None, label="Coverage began", guide=False
    )
    effective_until: Day | None = asked(
        "The day your coverage ended, if it did.", None, label="Coverage ended", guide=False
    )
    other_coverage: OtherCoverage | None = asked("Any other health insurance you have.", None, label="Other coverage")
    accident: Accident | None = asked(
        "Whether this comes from work, a car or another accident.",
        None,
        label="Accident",
        where="Does it come from work, a car accident or another accident? no, work, car or other.",
    )
    rules: PlanRules = asked(
        "The plan's own rules, each with who said so and when.", factory=PlanRules, label="Rules of the plan"
    )
