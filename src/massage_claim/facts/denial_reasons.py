"""The kinds of fact about why a plan paid less: reason codes, and the families of reasons that a letter argues about."""

from collections.abc import Mapping
from typing import Literal, get_args

from massage_claim.facts.fact import Fact, Misfits
from massage_claim.frozen import dataclass

ActionName = Literal["fix", "route", "appeal", "check", "wait", "none", "info", "dead-end"]
GuardName = Literal["no-appeal", "new-claim"]
FamilyName = Literal[
    "not_medically_necessary",
    "experimental",
    "frequency_or_number",
    "visit_limit_miscounted",
    "no_authorization",
    "authorization_exceeded",
    "order_missing_or_incomplete",
    "provider_type_not_payable",
    "not_licensed_on_date",
    "network_or_gap",
    "bundled",
    "units_or_minutes",
    "documentation_missing",
    "diagnosis_does_not_support",
    "routine_or_comfort",
    "timely_filing",
    "other_coverage",
    "work_or_auto",
    "duplicate",
    "wrong_benefit_or_share",
    "exclusion_wording",
]
FAMILIES: tuple[str, ...] = get_args(FamilyName)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCode(Fact, file="denial_codes", section="groups", key="code"):
    """CO, PR, OA, PI, CR. `patient_owes`: yes, no or depends."""

    code: str
    words: str
    patient_owes: Literal["yes", "no", "depends"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DenialCode(Fact):
    """A reason (CARC) or remark (RARC) code in our own words.

    `action`: fix, route, appeal, check, wait, none, info, dead-end. `then`: the action after the first, if it fails.
    `severity`: blocking-fix, appealable, informational, dead-end. `argument`: the family of the letter, if appealable.
    `by_paper`: a fix that is answered by sending a paper, not by a corrected claim.
    `by_remark`: a remark code beside it decides.
    `guard`: no-appeal (send a new or corrected claim), new-claim (not a replacement), or None.
    """

    code: str
    words: str
    action: ActionName
    then: ActionName | None = None
    severity: Literal["blocking-fix", "appealable", "informational", "dead-end"]
    argument: FamilyName | None = None
    evidence: str | None = None
    letter: str | None = None
    by_paper: bool = False
    by_remark: bool = False
    guard: GuardName | None = None

    def misfits(self) -> Misfits:
        if self.argument is None and "appeal" in (self.action, self.then):
            yield "argument", "is missing: a reason that can be appealed belongs to a family of arguments"
        if self.argument is None and self.severity == "appealable":
            yield "severity", "is appealable, so an `argument` family must be named"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonCode(DenialCode, file="denial_codes", section="carcs", key="code"):
    """A claim adjustment reason code (CARC)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkCode(DenialCode, file="denial_codes", section="rarcs", key="code"):
    """A remittance advice remark code (RARC)."""


@dataclass(frozen=True)
class DenialCodes:
    """Reason codes. An unknown code gives None: it is said to be unknown, never guessed."""

    groups: Mapping[str, GroupCode]
    carcs: Mapping[str, ReasonCode]
    rarcs: Mapping[str, RemarkCode]

    def group(self, code: str) -> GroupCode | None:
        return self.groups.get(code.strip().upper())

    def carc(self, code: str) -> DenialCode | None:
        """`code` as printed: "50", or with its group: "CO-50", "CO 50", "CO50"."""
        bare = code.strip().upper()
        if bare[:2] in self.groups:
            bare = bare[2:].lstrip("- ")
        return self.carcs.get(bare)

    def rarc(self, code: str) -> DenialCode | None:
        return self.rarcs.get(code.strip().upper())


@dataclass(frozen=True, slots=True, kw_only=True)
class DenialFamily(Fact, file="denial_families"):
    """What a group of reasons comes down to, in plain words; `external`: yes, no or depends (external review).

    `action`, `then`, `by_paper`: as of a code, for a notice that gives its reason in words alone.
    """

    name: FamilyName
    title: str
    words: str
    action: ActionName
    then: ActionName | None = None
    by_paper: bool = False
    external: Literal["yes", "no", "depends"]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherMeaning(Fact, file="denial_families", section="other_meanings"):
    """What a notice may mean beside the families: nothing that a letter argues about. `action`, `guard`: as of a code."""

    name: str
    title: str
    words: str
    action: ActionName
    guard: GuardName | None = None
