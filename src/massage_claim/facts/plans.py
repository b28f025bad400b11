"""The kinds of fact about plans: what each kind of plan is, what it pays and to whom, the questions to ask it, and where its answers lead."""

from typing import Literal, get_args

from massage_claim.facts.fact import Fact, Misfits, PlanName
from massage_claim.frozen import dataclass

RouteName = Literal[
    "covered_through_this_therapist",
    "in_network_only",
    "within_therapy_only",
    "out_of_network_superbill",
    "exception_worth_asking",
    "predetermination_first",
    "hsa_fsa_only",
    "accident_or_work_insurer_first",
    "doctor_declined",
    "not_covered_stop",
    "unknown_ask",
]
Profession = Literal["massage-therapist", "physical-therapist", "chiropractor", "physician", "other"]
"""`other`: a taxonomy code of some other profession is written down."""

ROUTES: tuple[str, ...] = get_args(RouteName)
PROVIDER_KINDS: tuple[str, ...] = get_args(Profession)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanKind(Fact, file="plan_kinds", key="kind"):
    """`law` is the regime; `therapist_paid`: no, ask or state-law; `levels` 0 means "read the plan"."""

    kind: PlanName
    words: str
    law: str
    internal_appeal: str
    external_appeal: str
    levels: int
    therapist_paid: Literal["no", "ask", "state-law"]
    clues: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadEnd(Fact, file="plan_kinds", section="dead_ends"):
    """A case that this law or plan never pays: `says` so, and what is `still_possible`. `state` None: everywhere."""

    name: str
    kind: PlanName
    state: str | None = None
    says: str
    still_possible: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageQuestion(Fact, file="coverage_questions", key="id"):
    """A question for the insurer. `answer`: yes-no, text, money, number, date. `stop_answer` is the knock-out answer.

    `short`: the same in a few words, for a figure on the printed sheet.
    """

    id: str
    question: str
    answer: Literal["yes-no", "text", "money", "number", "date"]
    where: str
    group: str
    knock_out: bool = False
    stop_answer: str | None = None
    stop_means: str | None = None
    short: str | None = None

    def misfits(self) -> Misfits:
        if self.knock_out != (self.stop_answer is not None) or self.knock_out != (self.stop_means is not None):
            yield "knock_out", "belongs to a question with `stop_answer` and `stop_means`, and to no other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence(Fact, file="licences", key="state"):
    """How a state regulates massage therapists. `regime`: license, certification, registration, none, unknown."""

    state: str
    regime: Literal["license", "certification", "registration", "none", "unknown"]
    titles: tuple[str, ...] = ()
    words: str


# --- where the answers lead


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderKind(Fact, file="routes", section="provider_kinds", key="kind"):
    """A profession. `taxonomies` are beginnings of taxonomy codes, `credentials` letters after a name."""

    kind: Profession
    words: str
    taxonomies: tuple[str, ...]
    credentials: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteWords(Fact, file="routes"):
    """A verdict: what it `says` and the `next_step`. `pays`: yes, maybe or no, through this therapist and this plan."""

    name: RouteName
    title: str
    pays: Literal["yes", "maybe", "no"]
    says: str
    next_step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRoute(Fact, file="routes", section="plan_routes", key="kind when providers"):
    """What this kind of plan decides for these kinds of provider. `when`: always, approved, not-approved, unasked, outside."""

    kind: PlanName
    providers: tuple[Profession, ...]
    when: Literal["always", "approved", "not-approved", "unasked", "outside"] = "always"
    route: RouteName
    says: str
    next_step: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative(Fact, file="routes", section="alternatives"):
    """What is still possible after the verdicts in `routes`. `payer_words`: the same, for a letter to the payer.

    `state` None: everywhere.
    """

    name: str
    routes: tuple[RouteName, ...]
    state: str | None = None
    says: str
    payer_words: str | None = None
