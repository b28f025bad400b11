"""The facts that an appeal states or asks for: rights, parts of a notice, answers to adverse studies. Frozen records."""

from __future__ import annotations

from massage_claim.facts.plain_kinds import Duration, Fact
from massage_claim.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealRight(Fact):
    """A sentence of the letter that asks for something this law gives. `when`: always, medical-judgment, representative.

    `spares_grandfathered`: it does not hold for a plan that is grandfathered under the Affordable Care Act.
    `levels`: the rounds in which it holds; empty: in each of the plan's own.
    """

    name: str
    words: str
    when: str
    spares_grandfathered: bool
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeElement(Fact):
    """Something a denial notice must hold. `when`: always, missing-information, criterion, medical-judgment, urgent."""

    id: str
    words: str
    when: str
    spares_grandfathered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AdverseAnswer(Fact):
    """How a letter tells of a study that speaks against it: its `limits`, then what follows for this case.

    `with_progress` when the case has measured changes, `without_progress` when it has none.
    """

    evidence: str
    limits: str
    with_progress: str
    without_progress: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase(Fact):
    """From how long after the onset a condition counts as being in that phase; only used to choose a citation."""

    name: str
    after: Duration


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose(Fact):
    """The least treatment to which a study speaks: visits a week and minutes a visit."""

    evidence: str
    per_week: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealLevel(Fact):
    """One round: `level` as in an appeal's record, `title` on its letter, `called` in a sentence, who decides, where it goes.

    `clock`: until when to send it; `decides`: how long the decision may take. `scope`: any, or medical-judgment.
    `optional`: only where the plan has it. `passes_on`: the plan sends the case there itself. `court`: a case in court.
    `elsewhere`: it does not go to the plan's own address.
    `amount`: the name of the least amount in dispute; `form`: the official form, where there is one.
    """

    name: str
    level: str
    title: str
    called: str
    to: str
    where: str
    clock: str
    decides: str | None
    form: str | None
    amount: str | None
    scope: str
    optional: bool
    passes_on: bool
    court: bool
    elsewhere: bool
    spares_grandfathered: bool
    words: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue(Fact):
    """What a decision that comes too late about that level allows; `opens`: the round that may be asked for at once."""

    name: str
    level: str
    opens: str | None
    words: str
    spares_grandfathered: bool
    grandfathered_only: bool
