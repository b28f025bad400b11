"""Which route to payment there is: one verdict of a closed list, why, the next step, and what is still possible.

The words are facts (`facts/routes.yaml`); the order of the questions is here: who pays first, what the plan never pays, what
it answered, and what it has not. A way that was not read in its source says so: it is for the person's eyes only.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from massage_claim.calc import route as answers
from massage_claim.calc.roles import MASSAGE_THERAPIST, OF_OTHER_THERAPY, provider_kind, treating
from massage_claim.calc.route import dead_ends
from massage_claim.errors import Where
from massage_claim.facts.library import Facts
from massage_claim.facts.plans import CoverageQuestion, PlanRoute
from massage_claim.frozen import dataclass
from massage_claim.models.case import Case
from massage_claim.models.condition import Condition
from massage_claim.models.providers import Provider


@dataclass(frozen=True, slots=True)
class Way:
    """One way on. `check`: what to check first, when it comes from general knowledge."""

    name: str
    says: str
    source: str
    check: str | None


def list_ways(case: Case, facts: Facts, verdict: str) -> tuple[Way, ...]:
    """The ways that fit this verdict, kind of plan and state, in the order of the facts."""
    ways = [Way(end.name, end.still_possible, str(end.source), None) for end in dead_ends(case, facts)]
    ways = ways if verdict in ("not_covered_stop", "within_therapy_only", "predetermination_first") else []
    for fact in facts.alternatives:
        if verdict in fact.routes and fact.is_for(case.plan.kind) and fact.state in (None, case.plan.state):
            ways.append(Way(fact.name, fact.says, str(fact.source), None if fact.may_be_quoted else fact.note))
    return tuple(ways)


def law_for_the_payer(case: Case, facts: Facts, verdict: str) -> tuple[tuple[str, str], ...]:
    """Words and source of the laws that a letter to this payer may name: only what was read in its source."""
    return tuple(
        (fact.payer_words, str(fact.source))
        for fact in facts.alternatives
        if fact.payer_words
        and fact.may_be_quoted
        and verdict in fact.routes
        and fact.is_for(case.plan.kind)
        and fact.state in (None, case.plan.state)
    )


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: a fact of the case with its place, and the authority behind the question."""

    says: str
    source: str
    where: Where | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where the answers lead. `pays`: yes, maybe or no, through this therapist and this plan.

    `asks` are the questions to ask next: decisive ones that nobody has answered, or that were answered both ways. `check`
    is said with a verdict that comes from general knowledge only. `stops` are the plan's answers that mean no payment,
    `unknown` the decisive questions without an answer; both are empty where the law or the kind of plan decides alone.
    """

    name: str
    title: str
    pays: str
    says: str
    because: tuple[Reason, ...]
    next_step: str
    source: str
    check: str | None
    provider: str
    alternatives: tuple[Way, ...]
    asks: tuple[CoverageQuestion, ...] = ()
    stops: tuple[CoverageQuestion, ...] = ()
    unknown: tuple[CoverageQuestion, ...] = ()

    @property
    def ends_the_matter(self) -> bool:
        """Whether no paper can get the plan to pay; at most an HSA or FSA is left."""
        return self.name in ("not_covered_stop", "hsa_fsa_only")


ACTIVE = "coverage_active"
ACCOUNT = "health_account"
NETWORK_SEARCH = "network_exception"
FIRST_INSURERS = frozenset({"workers-comp", "auto"})


def judge(case: Case, facts: Facts, today: date, provider: Provider | None = None) -> Verdict:
    """The route for `provider`, else for the first who treats; without one, for a massage therapist to be found."""
    who = provider or next(iter(treating(case)), None)
    return _Judge(case, facts, today, who).judge()


def is_approved(case: Case, today: date) -> bool:
    """Whether an approval (authorization, referral) is on file that has not run out."""
    return any(item.until is None or item.until >= today for item in case.authorizations)


class _Judge:
    def __init__(self, case: Case, facts: Facts, today: date, who: Provider | None) -> None:
        self.case, self.facts, self.today, self.who = case, facts, today, who
        self.kind = provider_kind(who, facts)
        self.in_network = who is not None and who.network is not None and who.network.status == "in"
        self.questions = {question.id: question for question in facts.coverage_questions}

    def judge(self) -> Verdict:
        return self._first() or self._stopped() or self._narrowed() or self._paid()

    # --- who decides before the plan's own answers do

    def _first(self) -> Verdict | None:
        accident = self.case.plan.accident
        if self.case.plan.kind not in FIRST_INSURERS and accident and (accident.work or accident.auto):
            named = "work" if accident.work else "auto"
            says = "It comes from work." if accident.work else "It comes from a car accident."
            where = self.case.where("plan", "accident", named)
            return self._give("accident_or_work_insurer_first", [self._reason(says, where)])
        if self._said(ACTIVE) is False:
            return self._give("not_covered_stop", [self._answer(ACTIVE)])
        decided = self._of_plan("approved" if is_approved(self.case, self.today) else "not-approved") or self._of_plan(
            "always"
        )
        if decided is None:
            return None
        if decided.route == "hsa_fsa_only" and self._account() is False:
            return self._give("not_covered_stop", [self._kind(), self._answer(ACCOUNT)], by_law=True)
        return self._by_plan(decided, by_law=True)

    # --- what is not paid at all

    def _stopped(self) -> Verdict | None:
        for end in answers.dead_ends(self.case, self.facts):
            if end.kind != "medicare":  # there the provider decides too: `plan_routes`
                reasons = [Reason(end.says, str(end.source), self.case.where("plan", "kind"))]
                return self._give("not_covered_stop", reasons, by_law=True)
        if self._said(answers.EXCLUDED):
            route = "hsa_fsa_only" if self._account() else "not_covered_stop"
            return self._give(route, [self._answer(answers.EXCLUDED)])
        both = {name: pair for name in self._decisive() if (pair := answers.find_opposing(self.case, name))}
        if both:
            reasons = [
                Reason(f"Answered both yes and no. {self._question(name).question}", self._source(name), answer.where)
                for name, pair in both.items()
                for answer in pair
            ]
            return self._give("unknown_ask", reasons, asks=list(both))
        return None

    # --- what is paid, but not this way

    def _narrowed(self) -> Verdict | None:
        if self._said(answers.WITHIN_OTHER_THERAPY) and self.kind not in OF_OTHER_THERAPY:
            return self._give("within_therapy_only", [self._answer(answers.WITHIN_OTHER_THERAPY)])
        if self._said(answers.THERAPIST_ACCEPTED) is False and self.kind == MASSAGE_THERAPIST:
            return self._give("within_therapy_only", [self._answer(answers.THERAPIST_ACCEPTED)])
        declined = self._declined()
        if declined:
            where = self.case.where(declined, "declined")
            return self._give("doctor_declined", [self._reason("A doctor declined to order it.", where)])
        if self._said(answers.OUT_OF_NETWORK) is False and not self.in_network:
            reasons = [self._answer(answers.OUT_OF_NETWORK)]
            others = [name for name in self._unknown() if name != answers.OUT_OF_NETWORK]
            search = self._searched()
            if search is None:
                return self._give("in_network_only", reasons, asks=[NETWORK_SEARCH])
            if not others:
                return self._give("exception_worth_asking", [*reasons, search])
            return self._give("unknown_ask", [*reasons, search], asks=others)
        return None

    def _declined(self) -> Condition | None:
        """The condition for which a doctor declined, while it leaves the order, or every diagnosis, missing."""
        for condition in self.case.conditions:
            if condition.declined is None:
                continue
            since = condition.declined.on
            ordered = any(order.signed and order.date >= since for order in self.case.prescriptions)
            enough = answers.order_required(self.case) is False and any(item.by for item in condition.diagnoses)
            if not ordered and not enough:
                return condition
        return None

    # --- what is paid, or not known

    def _paid(self) -> Verdict:
        first = list(self._approval_first())
        if first:
            return self._give("predetermination_first", first, asks=self._unknown())
        unknown = self._unknown()
        if unknown or self.case.plan.kind in FIRST_INSURERS:  # these give an approval, not a benefit
            decided = self._of_plan("unasked")
            if decided:
                return self._by_plan(decided, asks=unknown)
            return self._give("unknown_ask", [self._not_answered(name) for name in unknown[:1]], asks=unknown)
        names = [answers.EXCLUDED, answers.THERAPIST_ACCEPTED if self.kind == MASSAGE_THERAPIST else ACTIVE]
        reasons = [self._answer(name) for name in names]
        if self.in_network and self.who:
            where = self.case.where(self.who, "network")
            return self._give(
                "covered_through_this_therapist", [*reasons, self._reason("The therapist is in the network.", where)]
            )
        outside = self._of_plan("outside")
        if outside:
            return self._by_plan(outside)
        return self._give("out_of_network_superbill", [*reasons, self._answer(answers.OUT_OF_NETWORK)])

    def _approval_first(self) -> Iterator[Reason]:
        """Why something must come first that is not there yet. An order alone is step 2, not an approval."""
        if is_approved(self.case, self.today):
            return
        wanted = answers.authorization_required(self.case)
        if wanted and answers.authorization_from_visit(self.case) == 1:
            yield self._answer(answers.AUTHORIZATION)
        elif wanted is None and answers.order_required(self.case) is None and self._said(answers.ORDER_OR_APPROVAL):
            yield self._answer(answers.ORDER_OR_APPROVAL)

    # --- the pieces

    def _decisive(self) -> tuple[str, ...]:
        return tuple(question.id for question in answers.list_decisive(self.facts, self.who))

    def _unknown(self) -> list[str]:
        return [name for name in self._decisive() if self._said(name) is None]

    def _said(self, question: str) -> bool | None:
        return answers.settle(self.case, question)

    def _account(self) -> bool | None:
        """Whether there is an HSA, FSA or HRA: as answered, or because it paid before."""
        if any(payment.from_ in ("hsa", "fsa") for payment in self.case.payments):
            return True
        return self._said(ACCOUNT)

    def _searched(self) -> Reason | None:
        """The newest answer that no massage therapist is in the network; None when there is one, or nobody looked."""
        found = answers.answers_to(self.case, NETWORK_SEARCH)
        return self._answer(NETWORK_SEARCH) if found and not found[0].yes else None

    def _of_plan(self, when: str) -> PlanRoute | None:
        fitting = (r for r in self.facts.plan_routes if r.kind == self.case.plan.kind and r.when == when)
        return next((route for route in fitting if self.kind in route.providers), None)

    def _by_plan(self, decided: PlanRoute, asks: list[str] | None = None, *, by_law: bool = False) -> Verdict:
        return self._give(decided.route, [self._kind()], decided=decided, asks=asks or [], by_law=by_law)

    def _give(
        self,
        name: str,
        reasons: list[Reason],
        *,
        decided: PlanRoute | None = None,
        asks: list[str] | None = None,
        by_law: bool = False,
    ) -> Verdict:
        """`by_law`: the law or the kind of plan decided, so its answers neither stop nor open anything."""
        decisive = () if by_law else answers.list_decisive(self.facts, self.who)
        words = self.facts.routes[name]
        behind = decided or words
        return Verdict(
            name=name,
            title=words.title,
            pays=words.pays,
            says=behind.says,
            because=tuple(reasons),
            next_step=(decided.next_step if decided else None) or words.next_step,
            source=str(behind.source),
            check=None if behind.may_be_quoted else behind.note,
            provider=self.kind,
            alternatives=list_ways(self.case, self.facts, name),
            asks=tuple(self._question(asked) for asked in asks or []),
            stops=answers.list_stopping(self.case, decisive),
            unknown=tuple(question for question in decisive if not answers.answers_to(self.case, question.id)),
        )

    def _kind(self) -> Reason:
        words = self.facts.plan_kinds[self.case.plan.kind].words
        return self._reason(f"The kind of plan: {words}.", self.case.where("plan", "kind"))

    def _answer(self, question: str) -> Reason:
        found = answers.answers_to(self.case, question)
        words = "yes" if found and found[0].yes else "no"
        asked = self._question(question).question
        return Reason(f"{asked} The answer: {words}.", self._source(question), found[0].where if found else None)

    def _not_answered(self, question: str) -> Reason:
        return Reason(f"Not answered yet. {self._question(question).question}", self._source(question))

    def _reason(self, says: str, where: Where) -> Reason:
        return Reason(says, "what is written in the case", where)

    def _question(self, question: str) -> CoverageQuestion:
        return self.questions[question]

    def _source(self, question: str) -> str:
        return str(self.questions[question].source)
