"""The facts about plans and papers: regimes, clocks, coverage questions, licences, packet order, words. Frozen records."""

from __future__ import annotations

from decimal import Decimal

from massage_claim.facts.plain_kinds import Duration, Fact
from massage_claim.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanKind(Fact):
    """`law` is the regime; `therapist_paid`: no, ask or state-law; `levels` 0 means "read the plan"."""

    kind: str
    words: str
    law: str
    internal_appeal: str
    external_appeal: str
    levels: int
    therapist_paid: str
    clues: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadEnd(Fact):
    """A case that this law or plan never pays: `says` so, and what is `still_possible`. `state` None: everywhere."""

    name: str
    kind: str
    state: str | None
    says: str
    still_possible: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRule(Fact):
    """One clock. Its counting is in `calc/deadlines.py`; every number is here.

    `bound`: exact; minimum (the plan may allow more, not less); maximum (the plan or state may allow less).
    `starts`: the event counted from. `presumed`: receipt is taken to be this long after the notice's date.
    `no_such_day`: last_of_month or first_of_next_month. `rolls`: past Saturday, Sunday and federal holiday.
    `advise`: count this instead, from the notice's date, for the day we recommend. `legal`: set by law, not by a plan.
    `limit` None: no number can be known; `words` says what to do.
    """

    name: str
    clock: str
    limit: Duration | None
    bound: str
    starts: str
    presumed: Duration | None
    advise: Duration | None
    no_such_day: str
    rolls: bool
    end_of_year: bool
    legal: bool
    filed_when: str
    level: int | None
    who: str | None
    states: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount(Fact):
    """A sum of money in a rule, in dollars."""

    name: str
    dollars: Decimal
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageQuestion(Fact):
    """A question for the insurer. `answer`: yes-no, text, money, number, date. `stop_answer` is the knock-out answer.

    `short`: the same in a few words, for a figure on the printed sheet.
    """

    id: str
    question: str
    answer: str
    where: str
    group: str
    knock_out: bool
    stop_answer: str | None
    stop_means: str | None
    short: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence(Fact):
    """How a state regulates massage therapists. `regime`: license, certification, registration, none, unknown."""

    state: str
    regime: str
    titles: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketPart(Fact):
    """A kind of paper or attachment and its place in a packet. `when`: first, on-request, exhibit or never."""

    kind: str
    packet: str
    rank: int
    title: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Fact):
    word: str
    also: tuple[str, ...]
    words: str
