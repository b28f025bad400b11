"""The kinds of fact about appeals: the rounds, what each may ask for, what a notice must hold, and the papers and offices around them."""

from typing import Literal

from massage_claim.facts.deadline_rules import ClockName
from massage_claim.facts.fact import Duration, Fact, Misfits
from massage_claim.frozen import dataclass

RoundLevel = Literal["1", "2", "3", "4", "5", "external"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealLevel(Fact, file="appeal_levels", section="levels"):
    """One round: `level` as in an appeal's record, `title` on its letter, `called` in a sentence, who decides, where it goes.

    `clock`: until when to send it; `decides`: how long the decision may take. `scope`: any, or medical-judgment.
    `optional`: only where the plan has it. `passes_on`: the plan sends the case there itself. `court`: a case in court.
    `elsewhere`: it does not go to the plan's own address.
    `amount`: the name of the least amount in dispute; `form`: the official form, where there is one.
    """

    name: str
    level: RoundLevel
    title: str
    called: str
    to: str
    where: str
    clock: ClockName
    decides: ClockName | None = None
    form: str | None = None
    amount: str | None = None
    scope: Literal["any", "medical-judgment"] = "any"
    optional: bool = False
    passes_on: bool = False
    court: bool = False
    elsewhere: bool = False
    spares_grandfathered: bool = False
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue(Fact, file="appeal_levels", section="overdue"):
    """What a decision that comes too late about that level allows; `opens`: the round that may be asked for at once."""

    name: str
    level: RoundLevel
    opens: RoundLevel | None = None
    words: str
    spares_grandfathered: bool = False
    grandfathered_only: bool = False


# --- the letter of appeal and the notice it answers


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealRight(Fact, file="appeal_rights", section="rights"):
    """A sentence of the letter that asks for something this law gives. `when`: always, medical-judgment, representative.

    `spares_grandfathered`: it does not hold for a plan that is grandfathered under the Affordable Care Act.
    `levels`: the rounds in which it holds; empty: in each of the plan's own.
    """

    name: str
    words: str
    when: Literal["always", "medical-judgment", "representative"] = "always"
    spares_grandfathered: bool = False
    levels: tuple[RoundLevel, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeElement(Fact, file="appeal_rights", section="notice_elements", key="id"):
    """Something a denial notice must hold. `when`: always, missing-information, criterion, medical-judgment, urgent."""

    id: str
    words: str
    when: Literal["always", "missing-information", "criterion", "medical-judgment", "urgent"] = "always"
    spares_grandfathered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AdverseAnswer(Fact, file="appeal_rights", section="adverse_answers", key="evidence"):
    """How a letter tells of a study that speaks against it: its `limits`, then what follows for this case.

    `with_progress` when the case has measured changes, `without_progress` when it has none.
    """

    evidence: str
    limits: str
    with_progress: str
    without_progress: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase(Fact, file="appeal_rights", section="phases"):
    """From how many days after the onset a condition counts as being in that phase; only used to choose a citation."""

    name: Literal["chronic"]
    after: Duration

    def misfits(self) -> Misfits:
        if self.after.unit != "days":
            yield "after", "must be a number of days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose(Fact, file="appeal_rights", section="doses", key="evidence"):
    """The least treatment to which a study speaks: visits a week and minutes a visit."""

    evidence: str
    per_week: int
    minutes: int


# --- around an appeal


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRequest(Fact, file="after_denial", section="file_requests"):
    """Something that this law lets a claimant have a copy of. `when`: always, medical-judgment.

    `spares_grandfathered`: it does not hold for a plan that is grandfathered under the Affordable Care Act.
    """

    name: str
    words: str
    when: Literal["always", "medical-judgment"] = "always"
    spares_grandfathered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LawSentence(Fact, file="after_denial", section="sentences"):
    """One sentence of law for a letter; the part of `name` before its plan kind says what it is about."""

    name: str
    words: str
    spares_grandfathered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Office(Fact, file="after_denial", section="offices"):
    """Who takes a complaint. `asks`: what the complaint asks it; `looks_at`: what it can do, for the patient's eyes.

    `private`: only about a private employer's plan. Its address is asked for, never shipped.
    """

    name: str
    title: str
    asks: str
    looks_at: str
    private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LastWay(Fact, file="after_denial", section="last_ways"):
    """What is left after the final no, for the patient's eyes. `when`: always, medical, contract, unclear.

    `external`: it is about an outside review, and only holds until one has decided.
    """

    name: str
    title: str
    says: str
    when: Literal["always", "medical", "contract", "unclear"] = "always"
    external: bool = False
    spares_grandfathered: bool = False


@dataclass(frozen=True)
class AfterDenial:
    """What the papers around an appeal ask for and name, in the order to show."""

    file_requests: tuple[FileRequest, ...]
    sentences: tuple[LawSentence, ...]
    offices: tuple[Office, ...]
    last_ways: tuple[LastWay, ...]
